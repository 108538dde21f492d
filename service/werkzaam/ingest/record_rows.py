"""Records as the rows of a mapping that say the same: the way of ``records`` back.

Used where statements come in as they are, so that they pass the same checks as a table, and where
records go out as a table that can be mended and sent in again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from werkzaam.ingest.mapping_language import Column, GroupTable, TableMapping

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Term = ox.NamedNode | ox.Literal
Values = Mapping[str, Sequence[Term]]


@dataclass(frozen=True)
class GroupRow:
    """A row of a repeat group: the thing that it is about, and the values by column name."""

    group: GroupTable
    about: str
    values: Values


@dataclass(frozen=True)
class RecordRows:
    """One record as rows: the values of the main one by column name, and those of groups."""

    iri: str
    values: Values
    groups: Sequence[GroupRow]


@dataclass
class Said:
    """The statements of one record: subject → property → objects, in order."""

    by_subject: dict[str, dict[str, list[Term]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    @classmethod
    def of(cls, quads: Iterable[ox.Quad | ox.Triple]) -> "Said":
        """What ``quads`` say; blank nodes and triple terms are left out."""
        said = cls()
        for quad in sorted(quads, key=str):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, Term):
                said.by_subject[quad.subject.value][quad.predicate.value].append(quad.object)
        return said

    def values(self, subject: str, property_: str) -> Sequence[Term]:
        """The objects of ``property_``."""
        return self.by_subject.get(subject, {}).get(property_, ())

    def things(self, subject: str, link: str, kind: str) -> Iterator[str]:
        """The things of class ``kind`` that ``subject`` is linked to."""
        for thing in self.values(subject, link):
            if ox.NamedNode(kind) in self.values(thing.value, TYPE):
                yield thing.value


def rows_of(mapping: TableMapping, iri: str, said: Said) -> RecordRows:
    """The rows by which ``mapping`` would make what is said of ``iri``, as far as it can."""
    groups: list[GroupRow] = []
    taken: set[str] = set()
    for group in mapping.groups:
        for thing in said.things(iri, group.link, group.kind):
            values = _values(group.own_columns, thing, thing, said, frozenset())
            groups.append(GroupRow(group, thing, values))
            taken.add(thing)
    values = _values(mapping.columns, iri, iri, said, frozenset(taken))
    return RecordRows(iri, values, groups)


def _values(
    columns: Sequence[Column], record: str, subject: str, said: Said, taken: frozenset[str]
) -> Values:
    """The values of ``columns`` about ``subject``; things in ``taken`` stand in a group's row."""
    found: dict[str, list[Term]] = {}
    copied: dict[str, list[Term]] = {}
    for column in columns:
        if column.silent:
            continue
        values: list[Term] = []
        for about in _abouts(column, record, subject, said, taken):
            property_ = column.item.property if column.item else column.property
            here = [_given(column, term) for term in said.values(about, property_)]
            values += [term for term in here if term is not None]
            if here and column.item:
                for link, source in column.item.copies:
                    copied.setdefault(source, []).extend(said.values(about, link))
        if values:
            found[column.name] = list(dict.fromkeys(values))
    for name, terms in copied.items():
        found.setdefault(name, list(dict.fromkeys(terms))[:1])
    return found


def _abouts(
    column: Column, record: str, subject: str, said: Said, taken: frozenset[str]
) -> Iterator[str]:
    """The things whose property the column holds."""
    if column.item is None:
        yield subject
        return
    pattern = _pattern(column.item.about)
    for thing in said.things(record, column.property, column.item.kind):
        states = all(value in said.values(thing, name) for name, value in column.item.states)
        path = thing.removeprefix(record) if thing.startswith(record) else thing
        if states and thing not in taken and pattern.fullmatch(path):
            yield thing


def _given(column: Column, term: Term) -> Term | None:
    """The value that a cell holds for ``term``; None where the column cannot say it."""
    templates = [text for text in (column.value_url, column.example_value_url) if text]
    if templates:
        for text in templates:
            match = _pattern(text).fullmatch(term.value)
            if match and isinstance(term, ox.NamedNode):
                return ox.Literal(match.groupdict().get("value") or match.group(1))
        return None
    if isinstance(term, ox.NamedNode) != (column.choices is not None):
        return None
    return term


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str]:
    """What the IRIs of ``template`` look like, without the record's own."""
    text = re.sub(r"\\\{[^{}]*\\\}", "([^/]+)", re.escape(template.removeprefix("{record}")))
    return re.compile(text)
