"""One run of read shapes over columns: set by set, and never the same value twice by the same constraint."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from rdflib.term import Node

from werkzaam.validation.columns import Columns, Terms
from werkzaam.validation.shacl import Severity
from werkzaam.validation.shape_paths import Path, walk


class Found(NamedTuple):
    """One result. ``path``: where it is not that of the shape; ``words``: where not those of the shape."""

    focus: int
    shape: "Shape"
    component: str
    value: int | None = None
    path: Node | None = None
    words: tuple[str, str] | None = None


@dataclass
class Values:
    """The value nodes of a shape by focus node."""

    by_focus: Mapping[int, Collection[int]]

    @cached_property
    def distinct(self) -> set[int]:
        """All of them, each once."""
        return {value for values in self.by_focus.values() for value in values}

    def among(self, bad: set[int]) -> Iterator[tuple[int, int]]:
        """Each focus node with each of its values that is in ``bad``."""
        if not bad.isdisjoint(self.distinct):
            for focus, given in self.by_focus.items():
                yield from ((focus, value) for value in given if value in bad)

    def with_any(self, bad: set[int]) -> list[int]:
        """The focus nodes that have a value in ``bad``."""
        if bad.isdisjoint(self.distinct):
            return []
        return [focus for focus, given in self.by_focus.items() if not bad.isdisjoint(given)]


class Constraint(Protocol):
    """A constraint as it is applied to many nodes at once."""

    def found(self, run: "Run", shape: "Shape", values: Values) -> Iterator[tuple[int, Found]]:
        """The results, each with the focus node of ``shape`` that it counts for."""
        ...

    def failing(self, run: "Run", shape: "Shape", values: Values) -> Iterable[int]:
        """The focus nodes with a result."""
        ...


@dataclass(frozen=True, eq=False)
class Shape:
    """A shape as it is applied. ``words``: its message in Dutch and English; "" where it has none."""

    node: Node
    path_node: Node | None
    path: Path | None
    severity: Severity
    words: tuple[str, str]
    deactivated: bool
    constraints: tuple[Constraint, ...]
    depth: int


@dataclass
class Run:
    """Shapes over ``columns``. ``asked``: of whom constraints in SPARQL are asked (``Asking``)."""

    columns: Columns
    asked: Any = None
    _failing: dict[Shape, tuple[set[int], set[int]]] = field(default_factory=dict)
    _values: dict[Path, tuple[set[int], Values]] = field(default_factory=dict)
    _memos: dict[object, Any] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        """The terms of the columns."""
        return self.columns.terms

    def memo(self, owner: object, fresh: Callable[[], Any]) -> Any:
        """What ``owner`` remembers in this run; at first ``fresh``."""
        if owner not in self._memos:
            self._memos[owner] = fresh()
        return self._memos[owner]

    def results(self, shape: Shape, focus: set[int]) -> Iterator[tuple[int, Found]]:
        """The results of ``shape`` on ``focus``, each with the node of ``focus`` that it counts for."""
        if shape.deactivated or not focus:
            return
        values = self.values(shape, focus)
        for constraint in shape.constraints:
            yield from constraint.found(self, shape, values)

    def failing(self, shape: Shape, nodes: Collection[int]) -> set[int]:
        """All nodes, ``nodes`` among them, that are known not to conform to ``shape``."""
        judged, bad = self._failing.setdefault(shape, (set(), set()))
        new = set(nodes) - judged
        if new and not shape.deactivated:
            values = self.values(shape, new)
            for constraint in shape.constraints:
                bad.update(constraint.failing(self, shape, values))
        judged |= new
        return bad

    def values(self, shape: Shape, focus: set[int]) -> Values:
        """The value nodes of ``shape``."""
        if shape.path is None:
            return Values({node: (node,) for node in focus})
        kept = self._values.get(shape.path)
        if kept is not None and kept[0] is focus:
            return kept[1]
        step = walk(shape.path, self.columns)
        values = Values({node: step(node) for node in focus})
        self._values[shape.path] = (focus, values)
        return values
