"""What a page says of something that is not here: what comes near, or the version that still has it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from werkzaam.api.links import Links
from werkzaam.domain.identifiers import BASE
from werkzaam.domain.queries import Language
from werkzaam.linked_data.graphs import is_graph
from werkzaam.linked_data.things import address_of, is_term, is_thing
from werkzaam.web.pieces import Named
from werkzaam.web.wording import say


def ways_on(facts: Mapping[str, Any], links: Links, path: str, language: Language) -> list[Named]:
    """The links that the ``facts`` of a refusal give a reader of ``path``: things that come near by
    their name, or the page as it was in the last version that has it."""
    suggested = facts.get("suggestions", ())
    found = [
        Named(
            iri.removeprefix(BASE).partition("/")[2] or iri,
            links.path(quote(address_of(iri))),
            iri=iri,
        )
        for iri in suggested
        if is_thing(iri) or is_term(iri) or is_graph(iri)
    ]
    withdrawn = facts.get("withdrawn")
    if withdrawn:
        number = withdrawn["lastVersion"]
        text = say("As it was in version {number}", language, number=number)
        document = path.replace("/id/", "/doc/", 1) if path.startswith("/id/") else path
        found.append(Named(text, links.path(quote(document), version=str(number))))
    return found
