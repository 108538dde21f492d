"""Records as the rows of a mapping that say the same: the way of ``records`` back.

Used where statements come in as they are, so that they pass the same checks as a table, and where
records go out as a table that can be mended and sent in again.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from werkzaam.ingest.mapping_language import Absence, Column, GroupTable, TableMapping

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
    """The rows by which ``mapping`` would make what is said of ``iri``, as far as it can.

    A thing below the record stands in the main row where that can say all of it, else in the row of a
    group.
    """
    groups: list[GroupRow] = []
    taken: set[str] = set()
    shared: dict[str, Sequence[Term]] = {}
    back = _Back(said, iri, iri, mapping.absence)
    main = [(one, frozenset(back.abouts(one))) for one in mapping.columns if one.item]
    for group in mapping.groups:
        for thing in said.things(iri, group.link, group.kind):
            if _fits_main_row(mapping, said, main, thing, shared):
                continue
            values = _Back(said, thing, thing, None).values(group.own_columns)
            groups.append(GroupRow(group, thing, values))
            taken.add(thing)
    values = _Back(said, iri, iri, mapping.absence, frozenset(taken)).values(mapping.columns)
    return RecordRows(iri, values, groups)


def _fits_main_row(
    mapping: TableMapping,
    said: Said,
    main: Sequence[tuple[Column, Container[str]]],
    thing: str,
    shared: dict[str, Sequence[Term]],
) -> bool:
    """Whether the columns of the main table say all of ``thing``. ``main``: those that hold things, with
    the ones that each holds. ``shared``: what those say that things have in common."""
    columns = [column for column, things in main if thing in things]
    known = {TYPE} | ({mapping.absence.property} if mapping.absence else set())
    for column in columns:
        if column.item is None:
            continue
        known |= {column.item.property, *(name for name, _ in column.item.states)}
        known |= {derived.property for derived in column.derived}
        for copied, source in column.item.copies:
            known.add(copied)
            values = said.values(thing, copied)
            if shared.setdefault(source, values) != values:
                return False
    return bool(columns) and known.issuperset(said.by_subject.get(thing, ()))


@dataclass(frozen=True)
class _Back:
    """The way back for one row about ``subject``; things in ``taken`` stand in the row of a group."""

    said: Said
    record: str
    subject: str
    absence: Absence | None
    taken: frozenset[str] = frozenset()

    def values(self, columns: Sequence[Column]) -> Values:
        """The values by name of the column; those that several things share stand in one."""
        found: dict[str, list[Term]] = {}
        copied: dict[str, list[Term]] = {}
        for column in columns:
            if column.silent:
                continue
            values: list[Term] = []
            for about in self.abouts(column):
                here = list(self._here(column, about))
                values += here
                for link, source in column.item.copies if here and column.item else ():
                    copied.setdefault(source, []).extend(self.said.values(about, link))
            values += self._reasons(column)
            if values:
                found[column.name] = list(dict.fromkeys(values))
        for column in columns:
            given = [_given(column, term) for term in copied.get(column.name, ())]
            for one in [term for term in given if term is not None][:1]:
                found.setdefault(column.name, [one])
        return found

    def abouts(self, column: Column) -> Iterator[str]:
        """The things whose property the column holds."""
        if column.item is None:
            yield self.subject
            return
        pattern = _pattern(column.item.about)
        things = self.said.things(self.record, column.property, column.item.kind)
        for thing in things if column.item.about != "{record}" else [self.record]:
            states = column.item.states
            meant = all(value in self.said.values(thing, name) for name, value in states)
            path = thing.removeprefix(self.record)
            if meant and thing not in self.taken and pattern.fullmatch(path):
                yield thing

    def _here(self, column: Column, about: str) -> Iterator[Term]:
        property_ = column.item.property if column.item else column.property
        for term in self.said.values(about, property_):
            given = _given(column, term)
            if given is not None:
                yield given
        if column.item and column.may_be_absent and self.absence:
            yield from self.said.values(about, self.absence.property)

    def _reasons(self, column: Column) -> Iterator[Term]:
        """Why the column has no value, where that is said."""
        if column.item or not column.may_be_absent or self.absence is None:
            return
        named = ox.NamedNode(column.property)
        for thing in self.said.things(self.record, self.absence.link, self.absence.kind):
            if named in self.said.values(thing, self.absence.names):
                yield from self.said.values(thing, self.absence.property)


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
