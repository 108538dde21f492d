"""The statements that constraints in SPARQL look at, in all that there is or from some nodes on."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox

from werkzaam.validation.columns import Column, Columns
from werkzaam.validation.sparql_looks import Needs


def looked_at(columns: Columns, needs: Iterable[Needs]) -> Iterator[tuple[int, int, int]]:
    """The statements of ``columns`` that queries with these ``needs`` look at; one may come twice."""
    listed = list(needs)
    if any(need.everything for need in listed):
        yield from columns.statements()
        return
    named = {name for need in listed for name in need.properties}
    classes = {name for need in listed for name in need.classes or ()}
    limited = all(need.classes is not None for need in listed)
    text = columns.terms.text
    for property_ in columns.properties():
        if text(property_) in named:
            kept = (lambda value: text(value) in classes) if limited else (lambda _: True)
            yield from _of_property(columns, property_, kept)
    for name in {name for need in listed for name in need.about}:
        for subject in columns.forward(columns.terms.number(ox.NamedNode(name))):
            yield from ((subject, *said) for said in columns.about(subject))


def within_reach(
    columns: Columns, needs: Sequence[Needs], nodes: set[int]
) -> Iterator[tuple[int, int, int]]:
    """The statements that such queries come to from ``nodes``, where they look no further than that."""
    found, front = set(nodes), set(nodes)
    listed = list(_looked_through(columns, needs))
    while front:
        values = {value for _, c in listed for node in front & c.keys() for value in c[node]}
        front = values - found
        found |= front
    for property_, column in listed:
        for subject in found & column.keys():
            for value in column[subject]:
                yield subject, property_, value


def _looked_through(columns: Columns, needs: Sequence[Needs]) -> Iterator[tuple[int, Column]]:
    named = {name for need in needs for name in need.properties}
    everything = any(need.everything or need.about for need in needs)
    for property_ in columns.properties():
        if everything or columns.terms.text(property_) in named:
            yield property_, columns.forward(property_)


def _of_property(
    columns: Columns, property_: int, keeps: Callable[[int], bool]
) -> Iterator[tuple[int, int, int]]:
    """The statements with ``property_``; of types only those that it ``keeps``."""
    typed = property_ == columns.type
    for subject, values in columns.forward(property_).items():
        for value in values:
            if not typed or keeps(value):
                yield subject, property_, value
