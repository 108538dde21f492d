"""Constraints that look at all values of a focus node together, or at its other properties.

Standard: `SHACL §4.2, 4.4, 4.5, 4.8 <https://www.w3.org/TR/shacl/#core-components>`_.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import Node

from werkzaam.validation.columns import Column
from werkzaam.validation.rdflib_graph import ox_of
from werkzaam.validation.shape_run import Found, Run, Shape, Values


class ByNode(ABC):
    """A constraint whose failing nodes are those with results."""

    @abstractmethod
    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""

    def failing(self, run: Run, shape: Shape, values: Values) -> Iterable[int]:
        """See ``Constraint``."""
        return {focus for focus, _ in self.found(run, shape, values)}


@dataclass(frozen=True, eq=False)
class Count(ByNode):
    """``sh:minCount`` and ``sh:maxCount``: how many values ``fits``."""

    component: str
    fits: Callable[[int], bool]

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:  # noqa: ARG002
        """See ``Constraint``."""
        for focus, given in values.by_focus.items():
            if not self.fits(len(given)):
                yield focus, Found(focus, shape, self.component)


@dataclass(frozen=True, eq=False)
class HasValue(ByNode):
    """``sh:hasValue``."""

    wanted: Node

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        wanted = run.terms.number(ox_of(self.wanted))
        for focus, given in values.by_focus.items():
            if wanted not in given:
                yield focus, Found(focus, shape, "HasValue")


@dataclass(frozen=True, eq=False)
class UniqueLanguage(ByNode):
    """``sh:uniqueLang``: a result for each language that comes twice."""

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        for focus, given in values.by_focus.items():
            if len(given) > 1:
                for _ in range(_twice(run.terms.all[value] for value in given)):
                    yield focus, Found(focus, shape, "UniqueLang")


def _twice(terms: Iterable[object]) -> int:
    """How many languages come more than once."""
    languages = Counter(
        term.language.lower() for term in terms if isinstance(term, ox.Literal) and term.language
    )
    return sum(count > 1 for count in languages.values())


@dataclass(frozen=True, eq=False)
class Closed(ByNode):
    """``sh:closed``: no other properties than ``allowed``, IRIs."""

    allowed: frozenset[str]

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        resource = run.terms.number(ox_of(RDFS.Resource))
        for path, column in self._others(run):
            for focus, given in values.by_focus.items():
                for value in (value for node in given for value in column.get(node, ())):
                    yield from self._result(shape, focus, path, value, resource)

    def _result(
        self, shape: Shape, focus: int, path: Node, value: int, resource: int
    ) -> Iterator[tuple[int, Found]]:
        if path != RDF.type or value != resource:  # as pySHACL: every node is an rdfs:Resource
            yield focus, Found(focus, shape, "Closed", value, path)

    def _others(self, run: Run) -> list[tuple[Node, Column]]:
        names = {number: run.terms.text(number) for number in run.columns.properties()}
        return [
            (URIRef(name), run.columns.forward(number))
            for number, name in names.items()
            if name not in self.allowed
        ]


@dataclass(frozen=True, eq=False)
class Pair(ByNode):
    """``sh:equals`` and ``sh:disjoint``: the values beside those of the property ``other``."""

    component: str
    other: Node

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        column = run.columns.forward(run.terms.number(ox_of(self.other)))
        for focus, given in values.by_focus.items():
            ours, theirs = set(given), set(column.get(focus, ()))
            wrong = ours ^ theirs if self.component == "Equals" else ours & theirs
            for value in wrong:
                yield focus, Found(focus, shape, self.component, value)


@dataclass(frozen=True, eq=False)
class Less(ByNode):
    """``sh:lessThan`` and ``sh:lessThanOrEquals``: each value beside each of the property ``other``.

    A blank node cannot be compared: then pySHACL judges nothing at all, and neither do we.
    """

    component: str
    other: Node

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``. Raises TypeError where pySHACL fails."""
        column = run.columns.forward(run.terms.number(ox_of(self.other)))
        known: dict[tuple[int, int], bool] = run.memo(self, dict)
        if any(isinstance(run.terms.all[value], ox.BlankNode) for value in values.distinct):
            raise TypeError("a blank node cannot be compared")
        for focus, given in values.by_focus.items():
            for pair in product(given, column.get(focus, ())):
                if pair not in known:
                    known[pair] = self._holds(*map(run.terms.node, pair))
                if not known[pair]:
                    yield focus, Found(focus, shape, self.component, pair[0])

    def _holds(self, one: Node, other: Node) -> bool:
        """As pySHACL compares: texts and IRIs as texts, all else as rdflib orders literals."""
        if isinstance(other, BNode):
            raise TypeError("a blank node cannot be compared")
        first, second = _comparable(one), _comparable(other)
        if (type(first) is str) != (type(second) is str):
            return False
        return bool(first < second if self.component == "LessThan" else first <= second)


def _comparable(node: Node) -> Any:
    if isinstance(node, Literal) and not isinstance(node.value, str):
        return node
    return str(node)


@dataclass(frozen=True, eq=False)
class Alternatives:
    """``sh:and``, ``sh:or``, ``sh:xone``, ``sh:not``, ``sh:node``: a value conforms to as many of
    ``shapes`` as ``fits``."""

    component: str
    shapes: Sequence[Shape]
    fits: Callable[[int], bool]

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        for focus, value in values.among(self._bad(run, values)):
            yield focus, Found(focus, shape, self.component, value)

    def failing(self, run: Run, shape: Shape, values: Values) -> Iterable[int]:  # noqa: ARG002
        """See ``Constraint``."""
        return values.with_any(self._bad(run, values))

    def _bad(self, run: Run, values: Values) -> set[int]:
        failing = [run.failing(shape, values.distinct) for shape in self.shapes]
        if len(failing) == 1:
            when_met, when_not = self.fits(1), self.fits(0)
            kept = set() if when_met else values.distinct - failing[0]
            return kept if when_not else kept | (values.distinct & failing[0])
        return {
            value
            for value in values.distinct
            if not self.fits(sum(value not in bad for bad in failing))
        }


@dataclass(frozen=True, eq=False)
class Properties:
    """``sh:property``: the results of ``inner`` on each value are results here."""

    inner: Shape

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        if shape.path is None:
            yield from run.results(self.inner, values.distinct)
            return
        by_value: dict[int, list[Found]] = {}
        for value, result in run.results(self.inner, values.distinct):
            by_value.setdefault(value, []).append(result)
        if by_value:
            for focus, given in values.by_focus.items():
                for result in (result for value in given for result in by_value.get(value, ())):
                    yield focus, result

    def failing(self, run: Run, shape: Shape, values: Values) -> Iterable[int]:  # noqa: ARG002
        """See ``Constraint``."""
        return values.with_any(run.failing(self.inner, values.distinct))


@dataclass(frozen=True, eq=False)
class Qualified(ByNode):
    """``sh:qualifiedValueShape``: ``fits`` says how many values may conform to ``inner`` and to none
    of ``siblings``."""

    component: str
    inner: Shape
    siblings: Collection[Shape]
    fits: Callable[[int], bool]

    def found(self, run: Run, shape: Shape, values: Values) -> Iterator[tuple[int, Found]]:
        """See ``Constraint``."""
        bad = run.failing(self.inner, values.distinct)
        others = [run.failing(sibling, values.distinct) for sibling in self.siblings]
        for focus, given in values.by_focus.items():
            count = sum(
                value not in bad and all(value in failing for failing in others) for value in given
            )
            if not self.fits(count):
                yield focus, Found(focus, shape, self.component)
