"""Validation in two stages: all nodes fast, and those that matter once more by pySHACL, the reference.

The first stage gives all results. Of the nodes with violations some are judged a second time, with a sample of
the others, on a part of the data that is cut out around them. Where the two differ the results of both
count, and the difference is told. What the first stage cannot read goes to pySHACL whole.
"""

import logging
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import pyoxigraph as ox
from rdflib import SH, Graph
from rdflib.term import Node

from werkzaam.validation.columns import Columns
from werkzaam.validation.first_stage import FirstResults, first_results, focus_nodes
from werkzaam.validation.narrowing import aimed_at
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult, in_order, validate
from werkzaam.validation.shape_plan import Plan
from werkzaam.validation.sparql_asking import Asked
from werkzaam.validation.sparql_statements import looked_at, within_reach
from werkzaam.validation.subgraph import statements_around, triples_of

_SEED: Final = 20261128
_log = logging.getLogger(__name__)

Key = tuple[object, ...]


@dataclass(frozen=True)
class SecondOpinion:
    """How much is judged twice: so many nodes with a violation, the first ones, and a sample of so many
    others; and up to so many statements of what SPARQL looks at, else it is not asked again. ``silent``:
    of the constraints in SPARQL that found nothing so many, drawn by lot; None: all of them."""

    violating: int = 100
    others: int = 20
    statements: int = 20_000
    silent: int | None = None


STANDARD: Final = SecondOpinion(silent=3)
"""For uploads: rdflib takes 30 ms to read each constraint in SPARQL, and most find nothing."""


@dataclass(frozen=True)
class Difference:
    """A node that could not be judged the same way twice: what only the fast stage found, and what only
    pySHACL did."""

    focus: str
    only_first: tuple[ShaclResult, ...]
    only_second: tuple[ShaclResult, ...]


@dataclass(frozen=True)
class Outcome:
    """``results`` in a fixed order. ``judged``: how many nodes a shape aimed at; ``twice``: how many of them
    pySHACL judged as well, ``all_twice``: by all constraints, those in SPARQL that look far too. ``left``: the shapes that pySHACL
    judged alone, with the reason. ``elsewhere``: violations that arise in records in force."""

    results: tuple[ShaclResult, ...]
    judged: int
    twice: int
    all_twice: bool
    differences: tuple[Difference, ...]
    left: Mapping[str, str]
    elsewhere: tuple[ShaclResult, ...] = ()


@dataclass
class TwoStages:
    """Judges parts of the data one after another by ``plan``; ``outcome`` ends it.

    ``whole``: what constraints in SPARQL look at, where that is more than one part.
    """

    plan: Plan
    second: SecondOpinion = STANDARD
    whole: Asked | None = None
    _results: list[ShaclResult] = field(default_factory=list)
    _again: list[ShaclResult] = field(default_factory=list)
    _triples: set[ox.Triple] = field(default_factory=set)
    _targets: dict[Node, set[Node]] = field(default_factory=dict)
    _room: int = field(init=False)
    _twice: int = 0
    _judged: int = 0
    _far: set[Node] = field(default_factory=set)
    _unasked: set[Node] = field(default_factory=set)
    _left: dict[str, str] = field(default_factory=dict)
    _chance: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311

    def __post_init__(self) -> None:
        """All room for a second opinion is free."""
        self._room = self.second.violating

    def judge(self, columns: Columns, only: set[int] | None = None, share: float = 1.0) -> None:
        """Judge what the shapes aim at in ``columns``, among ``only`` if that is given.

        ``share``: how much of the whole this part is. Raises ContentError where it could not be validated.
        """
        focus = focus_nodes(self.plan, columns, only)
        first = first_results(self.plan, columns, focus, self.whole)
        self._judged += len(set().union(*focus.values()))
        self._judge_left(columns, first)
        chosen = self._chosen(first, share)
        self._results += [found.result for found in first.results if found.node not in chosen]
        self._again += [found.result for found in first.results if found.node in chosen]
        self._cut(columns, first, chosen)

    def outcome(self) -> Outcome:
        """What was found, after the second stage. Raises ContentError as ``judge`` does."""
        differences = self._second() if self._targets else ()
        for difference in differences:
            _log.error("judged in two ways: %s", difference)
        missed = [result for one in differences for result in one.only_second]
        results = in_order([*self._results, *self._again, *missed])
        left = dict(sorted(self._left.items()))
        return Outcome(
            tuple(results),
            self._judged,
            self._twice,
            not (self._far or self._unasked),
            differences,
            left,
        )

    def _judge_left(self, columns: Columns, first: FirstResults) -> None:
        """What the first stage could not read, by pySHACL alone, on all of this part."""
        if not first.left:
            return
        self._left |= {str(shape): reason for shape, reason in first.left.items()}
        terms = columns.terms
        nodes = {shape: [terms.node(node) for node in first.focus[shape]] for shape in first.left}
        everything = graph_of(triples_of(columns, columns.statements()))
        self._results += validate(everything, aimed_at(self.plan.graph, nodes))

    def _chosen(self, first: FirstResults, share: float) -> set[int]:
        judged = set().union(
            *(nodes for shape, nodes in first.focus.items() if shape not in first.left)
        )
        bad = dict.fromkeys(f.node for f in first.results if f.result.severity == "violation")
        violating = list(bad)[: self._room]
        self._room -= len(violating)
        others = sorted(judged - set(bad))
        size = min(len(others), math.ceil(self.second.others * share))
        chosen = {*violating, *self._chance.sample(others, size)}
        self._twice += len(chosen)
        return chosen

    def _cut(self, columns: Columns, first: FirstResults, chosen: set[int]) -> None:
        focus = {
            shape: nodes & chosen
            for shape, nodes in first.focus.items()
            if shape not in first.left and nodes & chosen
        }
        if not focus:
            return
        self._triples.update(triples_of(columns, statements_around(self.plan, columns, focus)))
        self._triples.update(self._looked_at(columns, focus, chosen))
        for shape, nodes in focus.items():
            self._targets.setdefault(shape, set()).update(map(columns.terms.node, nodes))

    def _looked_at(
        self, columns: Columns, focus: Mapping[Node, set[int]], chosen: set[int]
    ) -> Iterator[ox.Triple]:
        """What constraints in SPARQL look at; far from the nodes only if it is not too much for rdflib."""
        roots = [shape for shape in self.plan.roots if shape.node in focus]
        questions = self.plan.questions(roots)
        near = [question.needs for question in questions if question.is_local]
        far = [question.needs for question in questions if not question.is_local]
        yield from triples_of(columns, within_reach(columns, near, chosen))
        if not far or self._far:
            return
        if self.whole is not None:
            few = self.whole.size <= self.second.statements and not self.whole.read
            found = list(self.whole.triples()) if few else []
        else:
            most = self.second.statements
            found = list(islice(triples_of(columns, looked_at(columns, far)), most + 1))
            few = len(found) <= most
        if few:
            yield from found
        else:
            self._far |= self.plan.looking_far(self.plan.roots)

    def _drawn_out(self, shapes: Graph) -> set[Node]:
        """The constraints in SPARQL that found nothing and that are not asked a second time."""
        if self.second.silent is None:
            return set()
        found = {result.shape for result in self._again if result.constraint == "SPARQL"}
        silent = [
            shape
            for shape in sorted(set(shapes.subjects(SH.sparql)) - self._far, key=str)
            if (shape, SH.targetNode, None) in shapes and str(shape) not in found
        ]
        chance = random.Random(f"{_SEED} {self._judged} {len(self._triples)}")  # noqa: S311
        kept = chance.sample(silent, min(self.second.silent, len(silent)))
        return set(silent).difference(kept)

    def _second(self) -> tuple[Difference, ...]:
        """Where pySHACL differs on the part that was cut out."""
        shapes = aimed_at(self.plan.graph, self._targets)
        self._unasked = self._drawn_out(shapes)
        for shape in self._far | self._unasked:
            shapes.remove((shape, SH.sparql, None))
        names = {str(shape) for shape in self._far}
        first = [
            result
            for result in self._again
            if result.constraint != "SPARQL" or result.shape not in names
        ]
        return tuple(_differences(first, validate(graph_of(self._triples), shapes)))


def _differences(
    first: Sequence[ShaclResult], second: Sequence[ShaclResult]
) -> Iterator[Difference]:
    """By focus node, what only one of the two found; the words of messages do not matter."""
    by_key = {_key(result): result for result in (*second, *first)}
    ours, theirs = Counter(map(_key, first)), Counter(map(_key, second))
    only_first, only_second = (
        [by_key[key] for key in surplus.elements()] for surplus in (ours - theirs, theirs - ours)
    )
    for focus in sorted({result.focus.value for result in (*only_first, *only_second)}):
        here = [
            tuple(result for result in results if result.focus.value == focus)
            for results in (only_first, only_second)
        ]
        yield Difference(focus, *here)


def _key(result: ShaclResult) -> Key:
    return (
        result.focus, result.path, result.value, result.severity, result.shape, result.constraint,
    )  # fmt: skip
