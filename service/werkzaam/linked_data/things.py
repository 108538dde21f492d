"""Which IRIs are things or terms of ours, which of them are here, and what comes near one that is
not."""

import difflib
import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import BASE, TERMS, THINGS, last_segment
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.store.interface import Store

DOCUMENTS = BASE + "doc/"
ONTOLOGY = BASE + "def"
_SEGMENT = re.compile(r"[\w.~!$&'*+,;=:@-]{1,200}")
_MOST_SEGMENTS = 12
_MOST_SUGGESTIONS = 5
_MOST_COMPARED = 100


@dataclass(frozen=True)
class Standing:
    """A thing that is here. ``replacement``: what took its place once it was ``deprecated``."""

    iri: str
    deprecated: bool = False
    replacement: str | None = None

    @property
    def slug(self) -> str:
        """Its kind and slug: what stands after ``/id/``; of a term, what stands after ``/def/``."""
        return self.iri.removeprefix(THINGS).removeprefix(TERMS)


def is_slug(text: str) -> bool:
    """Whether ``text`` (kind/slug) can stand after ``/id/``: plain segments, none of them dots only."""
    segments = text.split("/")
    return 2 <= len(segments) <= _MOST_SEGMENTS and all(
        _SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments
    )


def is_thing(iri: str) -> bool:
    """Whether ``iri`` has the form of a thing of ours."""
    return iri.startswith(THINGS) and is_slug(iri.removeprefix(THINGS))


def is_term(iri: str) -> bool:
    """Whether ``iri`` has the form of a term of our ontology, of a module, or of a version of it."""
    slug = iri.removeprefix(TERMS)
    return iri == ONTOLOGY or (iri != slug and is_slug(f"def/{slug}"))


def document_of(iri: str) -> str:
    """The IRI of the document about the thing ``iri``; a term has no other than its own."""
    return DOCUMENTS + iri.removeprefix(THINGS) if iri.startswith(THINGS) else iri


def address_of(iri: str) -> str:
    """The path at which an instance has the document about ``iri``."""
    return "/" + document_of(iri).removeprefix(BASE)


def find(store: Store, slugs: Sequence[str]) -> Standing:
    """The first of ``slugs`` (kind/slug) that is here. Raises NotFound with the nearest ones, by IRI
    among its facts."""
    wanted = [THINGS + slug for slug in slugs if is_slug(slug)]
    if not wanted:
        raise NotFound(
            "{slug} cannot be the name of anything here. A name is a kind and a slug, such as "
            "working-element/houvast.",
            slug=quoted(slugs[-1]),
        )
    found = first_standing(store, "standing", wanted)
    if found is None:
        raise _nothing(store, wanted[-1].removeprefix(THINGS))
    return found


def find_term(store: Store, names: Sequence[str]) -> Standing:
    """The first of ``names`` (what stands after ``/def/``) that is a term, a module, or the version
    that the ontology or a module has now: that is found as the ontology or module itself. Raises
    NotFound as ``find``."""
    wanted = [TERMS + name for name in names if is_term(TERMS + name)]
    found = first_standing(store, "standing-terms", wanted) if wanted else None
    if found is None:
        raise _no_term(store, names[-1])
    return found


def first_standing(store: Store, query: str, wanted: Sequence[str]) -> Standing | None:
    """The first of ``wanted`` that ``query`` finds."""
    rows = rows_of(store, query_text(query, things=listed(wanted)))
    for iri in wanted:
        own = [row for row in rows if row["asked"].value == iri]
        if own:
            deprecated = any(
                "deprecated" in r and r["deprecated"].value in ("true", "1") for r in own
            )
            replaced = [row["replacement"].value for row in own if "replacement" in row]
            return Standing(own[0]["thing"].value, deprecated, replaced[0] if replaced else None)
    return None


def _nothing(store: Store, slug: str) -> NotFound:
    kind, _, name = slug.partition("/")
    folder = f"{THINGS}{kind}/"
    text = query_text("siblings", folder=in_brackets(folder), ending=f'"/{last_segment(name)}"')
    found = [row["thing"].value for row in rows_of(store, text)]
    names = [iri.removeprefix(folder) for iri in found if iri.startswith(folder)]
    near = _near(name, names)
    if near:
        return NotFound(
            "There is no {kind} called {name} here. Did you mean: {near}?",
            kind=kind, name=quoted(name), near=", ".join(near),
        ).knowing(suggestions=[folder + one for one in near])  # fmt: skip
    elsewhere = [iri for iri in found if not iri.startswith(folder)][:_MOST_SUGGESTIONS]
    some = names[:_MOST_SUGGESTIONS]
    suggested = [*elsewhere, *(folder + one for one in some)]
    if names:
        return NotFound(
            "There is no {kind} called {name} here. There is, for instance: {names}.",
            kind=kind, name=quoted(name), names=", ".join(some),
        ).knowing(suggestions=suggested)  # fmt: skip
    return NotFound("There is nothing here of the kind {kind}.", kind=quoted(kind)).knowing(
        suggestions=suggested
    )


def _no_term(store: Store, name: str) -> NotFound:
    terms = [row["term"].value for row in rows_of(store, query_text("terms"))]
    by_name = {iri.removeprefix(TERMS).lower(): iri for iri in terms}
    near = [by_name[one] for one in _near(name.lower(), by_name)]
    if near:
        return NotFound(
            "There is no term {name} in the model. Did you mean: {near}?",
            name=quoted(name),
            near=", ".join(map(last_segment, near)),
        ).knowing(suggestions=near)
    return NotFound(
        "There is no term {name} in the model. /def has all there are.", name=quoted(name)
    ).knowing(suggestions=[ONTOLOGY])


def _near(name: str, names: Iterable[str]) -> list[str]:
    """Those that come near, of those that share most pairs of letters: to compare all takes long."""
    pairs = _pairs(name)

    def shared(other: str) -> float:
        theirs = _pairs(other)
        return len(pairs & theirs) / (len(pairs) + len(theirs))

    likely = heapq.nlargest(_MOST_COMPARED, names, shared)
    return difflib.get_close_matches(name, likely, n=_MOST_SUGGESTIONS, cutoff=0.5)


def _pairs(text: str) -> set[str]:
    ended = f" {text} "
    return {ended[place : place + 2] for place in range(len(ended) - 1)}
