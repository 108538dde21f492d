"""What a page says of something that is not here: what comes near, or the version that still has it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from werkzaam.api.links import Links
from werkzaam.domain.identifiers import BASE
from werkzaam.domain.queries import Language
from werkzaam.errors import WerkzaamError
from werkzaam.linked_data.graphs import is_graph
from werkzaam.linked_data.names import Name, names_of
from werkzaam.linked_data.things import address_of, is_term, is_thing
from werkzaam.store.interface import Store
from werkzaam.web.pieces import Named
from werkzaam.web.wording import say


def ways_on(
    store: Store, facts: Mapping[str, Any], links: Links, path: str, language: Language
) -> list[Named]:
    """The links that the ``facts`` of a refusal give a reader of ``path``: things that come near, by
    what ``store`` calls them, or the page as it was in the last version that has it."""
    near = [
        iri
        for iri in facts.get("suggestions", ())
        if is_thing(iri) or is_term(iri) or is_graph(iri)
    ]
    names = _names(store, near)
    found = [
        Named(
            _name(names.get(iri), language) or iri.removeprefix(BASE).partition("/")[2] or iri,
            links.path(quote(address_of(iri))),
            iri=iri,
        )
        for iri in near
    ]
    withdrawn = facts.get("withdrawn")
    if withdrawn:
        number = withdrawn["lastVersion"]
        text = say("As it was in version {number}", language, number=number)
        document = path.replace("/id/", "/doc/", 1) if path.startswith("/id/") else path
        found.append(Named(text, links.path(quote(document), version=str(number))))
    return found


def _names(store: Store, iris: Sequence[str]) -> Mapping[str, Name]:
    """What they are called; nothing where that cannot be asked now: an error has its page all the same."""
    try:
        return names_of(store, iris) if iris else {}
    except WerkzaamError:
        return {}


def _name(name: Name | None, language: Language) -> str:
    text = name.in_(language) if name else None
    return text.value if text else ""
