"""What the shapes say about the candidate records, as findings by cell.

Asserted statements and superclasses only. Records are judged in parts, so that memory stays small. Of what is
in force takes part what a candidate refers to, what refers to a candidate, and what constraints in SPARQL look
at; the records that a candidate replaces do not.
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.domain.characters import shown
from werkzaam.domain.identifiers import THINGS, last_segment, term
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.limits import (
    MOST_PATH_CHARACTERS,
    MOST_TITLE_CHARACTERS,
    MOST_VALUE_CHARACTERS,
)
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.trace import Trace
from werkzaam.validation.columns import Columns
from werkzaam.validation.first_stage import first_results, focus_nodes
from werkzaam.validation.in_force import InForce
from werkzaam.validation.shacl import ShaclResult
from werkzaam.validation.shape_plan import Plan, read_shapes
from werkzaam.validation.shape_run import Shape
from werkzaam.validation.sparql_asking import Asked
from werkzaam.validation.sparql_text import Question
from werkzaam.validation.two_stages import STANDARD, Outcome, SecondOpinion, TwoStages

HOW_TO_MEND = URIRef(term("howToMend"))
CATEGORY = URIRef(term("category"))
_AT_ONCE: Final = 2_500

Records = Sequence[Collection[ox.Quad]]


@dataclass(frozen=True)
class Background:
    """What candidates are judged by and against: the shapes, and ontology and lists of values."""

    shapes: Graph
    known: tuple[ox.Quad, ...]

    @cached_property
    def plan(self) -> Plan:
        """The shapes as they are applied."""
        return read_shapes(self.shapes)

    @cached_property
    def columns(self) -> Columns:
        """What is known, as columns."""
        return Columns(self.known)


def judge_records(
    background: Background,
    records: Records,
    current: bytes,
    second: SecondOpinion = STANDARD,
    tell: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """What the shapes say about candidate ``records``, and how it was judged.

    ``current``: N-Quads of the records in force, those that are replaced included. ``tell`` hears how
    many were judged. Raises ContentError where the records could not be validated: that says nothing
    about them.
    """
    return _Judging(background, records, current, second, tell).outcome()


def findings_of(
    outcome: Outcome, shapes: Graph, trace: Trace, records: Container[str] = frozenset()
) -> list[CellFinding]:
    """The results at their cells; what has no cell, or one with a fault already, is left out.

    ``records``: the IRIs of rows of one table. What a column would have said that the table has not is
    the same for each of them, and advice about it is told of the first one only.
    """
    return _by_cell(outcome.results, shapes, trace, records)


@dataclass
class _Judging:
    """The way of the records through both stages, in parts of so many."""

    background: Background
    records: Records
    current: bytes
    second: SecondOpinion
    tell: Callable[[int], None]

    def outcome(self) -> Outcome:
        """See ``judge_records``."""
        plan = self.background.plan
        judging = TwoStages(plan, self.second)
        size = max(1, len(self.records) if plan.looks_back else _AT_ONCE)
        starts = range(0, len(self.records), size)
        parts = (self._part(self.records[start : start + size]) for start in starts)
        if len(starts) == 1:
            columns, ours = next(parts)
            roots = focus_nodes(plan, columns, ours)
            questions = _far(plan, [root for root in plan.roots if root.node in roots])
            if questions and self.current:
                judging.whole = self._asked(questions, [columns])
            judging.judge(columns, ours)
        elif starts:
            if questions := _far(plan, plan.roots):
                again = (self._part(self.records[start : start + size]) for start in starts)
                judging.whole = self._asked(questions, (columns for columns, _ in again))
            for start, (columns, ours) in zip(starts, parts, strict=True):
                judging.judge(columns, ours, size / len(self.records))
                self.tell(min(start + size, len(self.records)))
        return replace(judging.outcome(), elsewhere=self._elsewhere())

    def _part(self, records: Records) -> tuple[Columns, set[int]]:
        """Some candidates with what they refer to, and the numbers of the things that they speak of."""
        quads = [quad for record in records for quad in record]
        columns = Columns(quads, self.background.columns)
        ours = columns.own_subjects()
        if self.background.plan.looks_back and self.current:
            columns = Columns(self._in_force.about(self._in_force.naming(self._ours)), columns)
        return self._with_reached(columns, self._said), ours

    def _with_reached(self, columns: Columns, say: Callable[[set[str]], list[ox.Quad]]) -> Columns:
        """With what ``say`` knows of the things that are referred to, and of what those refer to."""
        sought: set[str] = set()
        while wanted := columns.unknown(THINGS) - sought:
            sought |= wanted
            said = say(wanted)
            if not said:
                break
            columns = Columns(said, columns)
        return columns

    def _said(self, subjects: set[str]) -> list[ox.Quad]:
        """What other candidates say of ``subjects``, or else records in force."""
        records = {place for subject in subjects for place in self._places.get(subject, ())}
        quads = (quad for place in sorted(records) for quad in self.records[place])
        found = [quad for quad in quads if _iri(quad.subject) in subjects]
        rest = subjects - {_iri(quad.subject) for quad in found}
        return found + (self._in_force.about(rest) if rest and self.current else [])

    def _asked(self, questions: Sequence[Question], parts: Iterable[Columns]) -> Asked:
        """What ``questions`` look at in all candidates and in all records in force."""
        asked = Asked([question.needs for question in questions])
        for columns in parts:
            asked.add(columns)
        if self.current:
            named = {name for need in asked.needs for name in need.properties}
            standing = self._in_force.with_properties(named)
            asked.add(Columns(standing, self.background.columns))
        return asked

    def _elsewhere(self) -> tuple[ShaclResult, ...]:
        """The violations of records in force that refer to a candidate, and that were none before."""
        referring = self._in_force.naming(self._ours) if self.current else set()
        if not referring:
            return ()
        before, after = (
            self._violations(InForce(self.current).about(referring), say)
            for say in (InForce(self.current).about, self._said)
        )
        return tuple(result for result in after if result not in before)

    def _violations(
        self, quads: list[ox.Quad], say: Callable[[set[str]], list[ox.Quad]]
    ) -> list[ShaclResult]:
        columns = Columns(quads, self.background.columns)
        focus = focus_nodes(self.background.plan, columns, columns.own_subjects())
        found = first_results(self.background.plan, self._with_reached(columns, say), focus)
        results = (judged.result for judged in found.results)
        return [result for result in results if result.severity == "violation"]

    @cached_property
    def _places(self) -> Mapping[str, set[int]]:
        """The candidates that speak of a thing, by its IRI."""
        found: dict[str, set[int]] = {}
        for place, record in enumerate(self.records):
            for quad in record:
                found.setdefault(_iri(quad.subject), set()).add(place)
        return found

    @cached_property
    def _ours(self) -> frozenset[str]:
        """All that the candidates speak of."""
        return frozenset(self._places)

    @cached_property
    def _in_force(self) -> InForce:
        """What stays in force."""
        return InForce(self.current, self._ours)


def _far(plan: Plan, roots: Sequence[Shape]) -> list[Question]:
    """What looks further than what a record refers to."""
    return [question for question in plan.questions(roots) if not question.is_local]


def _by_cell(
    results: Iterable[ShaclResult], shapes: Graph, trace: Trace, records: Container[str]
) -> list[CellFinding]:
    found: list[CellFinding] = []
    demands = _Demands(shapes)
    told: set[tuple[str | None, ...]] = set()
    for result in results:
        about = (result.shape, result.path, result.message_nl)
        of_row = result.value is None and result.focus.value in records
        if of_row and about in told:
            continue
        value = result.value.value if result.value else None
        cell = trace.find(result.focus.value, result.path, value)
        if cell is None:
            continue
        spoilt = trace.is_spoilt(cell)
        if not spoilt:
            found.append(_finding(result, cell, demands))
        if of_row and _is_absent(cell) and (spoilt or result.severity == "info"):
            told.add(about)
    return found


def _is_absent(cell: Cell) -> bool:
    """Whether the table has no such column."""
    return cell.column is None and cell.path is None and cell.title is not None


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


@dataclass(frozen=True)
class _Demand:
    """What is said alike of each result of a shape."""

    constraint: str
    category: str
    fix: Bilingual


class _Demands(dict[tuple[str | None, str], _Demand]):
    """The demand of each shape, by its IRI and the kind of constraint: looked up once."""

    def __init__(self, shapes: Graph) -> None:
        super().__init__()
        self._shapes = shapes

    def __missing__(self, key: tuple[str | None, str]) -> _Demand:
        iri, constraint = key
        shape = URIRef(iri or "")
        made = self[key] = _Demand(
            last_segment(iri) if iri else constraint,
            str(self._shapes.value(shape, CATEGORY) or "record"),
            _bilingual(self._shapes.objects(shape, HOW_TO_MEND)),
        )
        return made


def _finding(result: ShaclResult, cell: Cell, demands: _Demands) -> CellFinding:
    demand = demands[result.shape, result.constraint]
    return CellFinding(
        demand.constraint,
        result.severity,
        demand.category,
        cell.row,
        cell.letters,
        shown(cell.title, MOST_TITLE_CHARACTERS),
        shown(cell.text, MOST_VALUE_CHARACTERS),
        Bilingual(nl=result.message_nl, en=result.message_en),
        demand.fix,
        shown(cell.sheet, MOST_TITLE_CHARACTERS),
        shown(cell.path, MOST_PATH_CHARACTERS),
    )


def _bilingual(texts: Iterable[Node]) -> Bilingual:
    words = {text.language: str(text) for text in texts if isinstance(text, Literal)}
    return Bilingual(nl=words.get("nl", ""), en=words.get("en", ""))
