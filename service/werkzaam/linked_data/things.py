"""Which IRIs are things of ours, which of them are here, and what comes near one that is not."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import BASE, THINGS
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.store.interface import Store

DOCUMENTS = BASE + "doc/"
_SEGMENT = re.compile(r"[\w.~!$&'*+,;=:@-]{1,200}")
_MOST_SEGMENTS = 12
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class Standing:
    """A thing that is here. ``replacement``: what took its place once it was ``deprecated``."""

    iri: str
    deprecated: bool = False
    replacement: str | None = None

    @property
    def slug(self) -> str:
        """Its kind and slug: what stands after ``/id/``."""
        return self.iri.removeprefix(THINGS)


def is_slug(text: str) -> bool:
    """Whether ``text`` (kind/slug) can stand after ``/id/``: plain segments, none of them dots only."""
    segments = text.split("/")
    return 2 <= len(segments) <= _MOST_SEGMENTS and all(
        _SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments
    )


def is_thing(iri: str) -> bool:
    """Whether ``iri`` has the form of a thing of ours."""
    return iri.startswith(THINGS) and is_slug(iri.removeprefix(THINGS))


def document_of(iri: str) -> str:
    """The IRI of the document about the thing ``iri``."""
    return DOCUMENTS + iri.removeprefix(THINGS)


def find(store: Store, slugs: Sequence[str]) -> Standing:
    """The first of ``slugs`` (kind/slug) that is here. Raises NotFound with the nearest ones."""
    wanted = [THINGS + slug for slug in slugs if is_slug(slug)]
    if not wanted:
        raise NotFound(
            "{slug} cannot be the name of anything here. A name is a kind and a slug, such as "
            "working-element/houvast.",
            slug=quoted(slugs[-1]),
        )
    rows = rows_of(store, query_text("standing", things=listed(wanted)))
    for iri in wanted:
        own = [row for row in rows if row["thing"].value == iri]
        if own:
            deprecated = any(
                "deprecated" in r and r["deprecated"].value in ("true", "1") for r in own
            )
            replaced = [row["replacement"].value for row in own if "replacement" in row]
            return Standing(iri, deprecated, replaced[0] if replaced else None)
    raise _nothing(store, wanted[-1].removeprefix(THINGS))


def _nothing(store: Store, slug: str) -> NotFound:
    kind, _, name = slug.partition("/")
    text = query_text("siblings", folder=in_brackets(f"{THINGS}{kind}/"))
    folder = f"{THINGS}{kind}/"
    names = [row["thing"].value.removeprefix(folder) for row in rows_of(store, text)]
    near = difflib.get_close_matches(name, names, n=_MOST_SUGGESTIONS, cutoff=0.5)
    if near:
        return NotFound(
            "There is no {kind} called {name} here. Did you mean: {near}?",
            kind=kind, name=quoted(name), near=", ".join(near),
        )  # fmt: skip
    if names:
        return NotFound(
            "There is no {kind} called {name} here. There is, for instance: {names}.",
            kind=kind, name=quoted(name), names=", ".join(names[:_MOST_SUGGESTIONS]),
        )  # fmt: skip
    return NotFound("There is nothing here of the kind {kind}.", kind=quoted(kind))
