"""A part of the data, cut out for pySHACL: some nodes, with all that the shapes reach from them.

What is reached is seen by judging the nodes once more over columns that note what is asked of them. All
that is said of a node from which something was asked comes along, wanted or not: so what the first stage
should have looked at, and did not, is there for pySHACL to see.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox
from rdflib.term import Node

from werkzaam.validation.columns import Column, Columns
from werkzaam.validation.shape_plan import Plan
from werkzaam.validation.shape_run import Run

Statement = tuple[int, int, int]


class _Noted(Mapping[int, Sequence[int]]):
    """A column that notes what is asked of it."""

    def __init__(self, column: Column, asked: set[int]) -> None:
        self._column = column
        self._asked = asked

    def get(self, key: int, default: Any = ()) -> Any:
        self._asked.add(key)
        return self._column.get(key, default)

    def __getitem__(self, key: int) -> Sequence[int]:
        self._asked.add(key)
        return self._column[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._column)

    def __len__(self) -> int:
        return len(self._column)


class _NotedColumns:
    """Columns that note of which nodes something was asked, forwards and backwards by property."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.terms, self.type, self.subclass = columns.terms, columns.type, columns.subclass
        self.subjects: set[int] = set()
        self.values: dict[int, set[int]] = {}

    def forward(self, property_: int) -> Column:
        return _Noted(self._columns.forward(property_), self.subjects)

    def backward(self, property_: int) -> Column:
        asked = self.values.setdefault(property_, set())
        return _Noted(self._columns.backward(property_), asked)

    def properties(self) -> set[int]:
        return self._columns.properties()


class _NothingAsked:
    """No answers to SPARQL: what that looks at is known from its text."""

    def answers(self, *_: object) -> Iterator[tuple[int, Any]]:
        return iter(())


def statements_around(
    plan: Plan, columns: Columns, focus: Mapping[Node, set[int]]
) -> set[Statement]:
    """All that the shapes of ``plan`` reach from the nodes ``focus``, but by SPARQL."""
    noted: Any = _NotedColumns(columns)
    run = Run(noted, _NothingAsked())
    for root in plan.roots:
        for _ in run.results(root, focus.get(root.node, set())):
            pass
    subjects = noted.subjects.union(*focus.values())
    found = {(node, *said) for node in subjects for said in columns.about(node)}
    for property_, values in noted.values.items():
        column = columns.backward(property_)
        found |= {(node, property_, value) for value in values for node in column.get(value, ())}
    hierarchy = columns.forward(columns.subclass)
    return found | {(low, columns.subclass, high) for low in hierarchy for high in hierarchy[low]}


def triples_of(columns: Columns, statements: Iterable[Statement]) -> Iterator[ox.Triple]:
    """The statements in their terms."""
    terms: list[Any] = columns.terms.all
    for subject, property_, value in statements:
        yield ox.Triple(terms[subject], terms[property_], terms[value])
