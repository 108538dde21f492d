"""What differs between two versions, by the thing that the statements are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.answers import Term
from werkzaam.domain.changes import ChangeCounts, ChangeData
from werkzaam.linked_data.asking import listed, query_text, rows_of
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, Name, names_of
from werkzaam.linked_data.statements import TYPE
from werkzaam.store.interface import Store

MOST_STATEMENTS: Final = 100
"""Of each thing so many statements are shown that were added, and as many that were removed."""
_NAMES: Final = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


@dataclass(frozen=True)
class ChangedStatement:
    """A statement about the thing it stands with, and the graph that it stands in."""

    property: str
    value: Term
    graph: str


@dataclass(frozen=True)
class ChangedThing:
    """A thing with what was added and removed about it; ``counts`` says how much there is in all."""

    subject: Term
    added: Sequence[ChangedStatement]
    removed: Sequence[ChangedStatement]
    counts: ChangeCounts

    @property
    def truncated(self) -> bool:
        """Whether statements are left out."""
        return (len(self.added), len(self.removed)) != (self.counts.added, self.counts.removed)


@dataclass(frozen=True)
class Changed:
    """Some of the ``things`` that differ, in the order of their IRIs; ``count`` differ in all."""

    things: Sequence[ChangedThing]
    count: int
    counts: ChangeCounts


@dataclass(frozen=True)
class Called:
    """What the things in a difference are called, and of which classes they are."""

    names: Mapping[str, Name]
    types: Mapping[str, Sequence[str]]


def changed(data: ChangeData, after: int, most: int) -> Changed:
    """At most ``most`` of the things that ``data`` is about, those after the first ``after``."""
    added, removed = (part.split(b"\n")[:-1] for part in (data.added, data.removed))
    subjects = sorted({_subject(line) for lines in (added, removed) for line in lines})
    wanted: dict[bytes, tuple[list[bytes], list[bytes]]] = {
        subject: ([], []) for subject in subjects[after : after + most]
    }
    for sign, lines in enumerate((added, removed)):
        for line in lines:
            kept = wanted.get(_subject(line))
            if kept is not None:
                kept[sign].append(line)
    things = [_thing(*lines) for lines in wanted.values()]
    return Changed(things, len(subjects), ChangeCounts(len(added), len(removed)))


def called(store: Store, things: Sequence[ChangedThing]) -> Called:
    """The names of all that ``things`` mention, by two queries; of what is gone as it was called."""
    subjects = [one.subject.value for one in things if one.subject.kind == "uri"]
    statements = [said for one in things for said in (*one.added, *one.removed)]
    values = [said.value.value for said in statements if said.value.kind == "uri"]
    types: dict[str, list[str]] = {}
    for row in rows_of(store, query_text("types", things=listed(subjects))):
        types.setdefault(row["thing"].value, []).append(row["type"].value)
    for one in things:
        types.setdefault(one.subject.value, _own_types(one))
    shown = [kind for kinds in types.values() for kind in kinds]
    used = [said.property for said in statements]
    names = names_of(store, dict.fromkeys((*used, *shown, *subjects, *values)))
    for one in things:
        texts = _own_names(one)
        if one.subject.value not in names and texts:
            names[one.subject.value] = Name(texts, own=True)
    return Called(names, {iri: sorted(kinds, key=_foreign) for iri, kinds in types.items()})


def _own_types(one: ChangedThing) -> list[str]:
    said = (*one.added, *one.removed)
    return list(dict.fromkeys(part.value.value for part in said if part.property == TYPE))


def _own_names(one: ChangedThing) -> list[Term]:
    said = (*one.added, *one.removed)
    return [part.value for name in _NAMES for part in said if part.property == name]


def _foreign(iri: str) -> tuple[bool, str]:
    return not iri.startswith(MDT), iri


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _thing(added: Sequence[bytes], removed: Sequence[bytes]) -> ChangedThing:
    more, less = _quads(added), _quads(removed)
    subject = _term((more or less)[0].subject)
    counts = ChangeCounts(len(added), len(removed))
    return ChangedThing(subject, [*map(_said, more)], [*map(_said, less)], counts)


def _quads(lines: Sequence[bytes]) -> list[ox.Quad]:
    kept = b"\n".join(lines[:MOST_STATEMENTS])
    return list(ox.parse(kept, format=ox.RdfFormat.N_QUADS))


def _said(quad: ox.Quad) -> ChangedStatement:
    graph = quad.graph_name
    return ChangedStatement(
        quad.predicate.value,
        _term(quad.object),
        graph.value if isinstance(graph, ox.NamedNode) else "",
    )


def _term(term: object) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language else term.datatype.value
        return Term("literal", term.value, datatype, term.language)
    return Term("bnode", str(term).removeprefix("_:"))
