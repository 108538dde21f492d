"""The way of one upload: bytes → rows → statements → shapes → report. Nothing is kept here.

It parses what a caller sent, so it runs in a confined process: see ``gate_process``.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from werkzaam.domain.content import Content
from werkzaam.errors import ContentError
from werkzaam.ingest.background import background_of, vocabulary
from werkzaam.ingest.candidate_reading import CandidateReader
from werkzaam.ingest.candidates import Candidates, Origin
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.facts import facts_of
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format, format_of
from werkzaam.ingest.mapping import TableMapping, read_mapping
from werkzaam.ingest.packed_records import PackedStatements
from werkzaam.ingest.report import CellFinding, Report, UploadedFile, make_report, with_findings
from werkzaam.ingest.shape_check import findings_of, judge_records
from werkzaam.ingest.swapped import swapped_columns
from werkzaam.validation.report_graph import standard_report
from werkzaam.validation.two_stages import Outcome


@dataclass(frozen=True)
class Upload:
    """A file as it came in, with the mapping that it is declared to follow."""

    data: bytes
    name: str
    mapping: str


@dataclass(frozen=True)
class GateOutcome:
    """``readable`` is False where the file could not be read as a table: the findings say why.

    ``records`` maps the IRI of each record that may enter to its N-Quads, sorted lines. It is empty
    unless the report conforms, or, where only valid rows were asked for, the rest does.
    ``places`` maps the IRI of every record with a good identifier to its cell, ``group_places`` that of
    each thing of a row of a group. ``valid_rows``: only
    those without a violation were asked for. ``standard``: the results of the shapes as Turtle, if
    that was asked for (`SHACL §3 <https://www.w3.org/TR/shacl/#validation-report>`_).
    """

    readable: bool
    report: Report
    records: Mapping[str, bytes] = field(default_factory=dict)
    places: Mapping[str, Cell] = field(default_factory=dict)
    group_places: Mapping[str, Cell] = field(default_factory=dict)
    valid_rows: bool = False
    standard: bytes = b""

    @property
    def rows(self) -> Mapping[str, int]:
        """The row of every record with a good identifier that stands in one."""
        return {iri: cell.row for iri, cell in self.places.items() if cell.row is not None}

    @property
    def other_places(self) -> Mapping[str, Mapping[str, str | int]]:
        """By IRI where things stand that the row of their record alone does not tell: ``sheet``, ``row``
        and ``path``, as far as there are any."""
        sheets = {table["sheet"] for table in self.facts.get("tables", ()) if not table["group"]}
        records = {
            iri: cell
            for iri, cell in self.places.items()
            if cell.path is not None or len(sheets) > 1
        }
        return {
            iri: {
                name: value
                for name, value in (("sheet", cell.sheet), ("row", cell.row), ("path", cell.path))
                if value is not None
            }
            for iri, cell in (*records.items(), *self.group_places.items())
        }

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was read, in numbers: shown before the findings."""
        return self.report.facts

    @property
    def may_enter(self) -> bool:
        """Whether anything may be recorded: all, or the valid rows where only those were asked for."""
        return bool(self.report.conforms) or bool(self.records)


@dataclass(frozen=True)
class Wish:
    """What a caller wants of the gate. ``demo``: as of ``RecordMaker``. ``valid_rows``: the records
    without a violation may enter though others have one. ``keep``: he wants the records back;
    ``standard``: and the report of the standard."""

    demo: bool | None = None
    valid_rows: bool = False
    keep: bool = True
    standard: bool = False


Told = Callable[[str, int], None]


def judge(
    content: Content,
    current: bytes,
    upload: Upload,
    demo: bool | None = None,
    wish: Wish | None = None,
    tell: Told = lambda _part, _number: None,
) -> GateOutcome:
    """What is in ``upload``, and what is wrong with it. ``current``: N-Quads of the records in force.

    ``tell`` hears, now and then, which part of the work goes on and with how many records. Raises
    NotFound for an unknown mapping, ContentError for a fault in the content.
    """
    wanted = wish or Wish(demo)
    whole = _Judging(content, current, upload, wanted, tell)
    outcome = whole.outcome()
    if not wanted.valid_rows or outcome.report.conforms is not False or not outcome.readable:
        return outcome
    return _valid_rows(whole, outcome)


def _valid_rows(whole: "_Judging", outcome: GateOutcome) -> GateOutcome:
    """``outcome`` with the records that stay when those with a violation are left out, until the rest
    conforms; none where a violation is about the file itself."""
    judging, rest = whole, outcome
    while rest.report.conforms is False:
        faulty = judging.faulty()
        if not faulty:
            return outcome
        judging = replace(whole, without=judging.without | judging.origins_of(faulty))
        rest = judging.outcome()
    accepted, total = len(judging.read.records), len(whole.read.records)
    if not rest.report.conforms or not accepted:
        return outcome
    return _partial(replace(outcome, records=rest.records), accepted, total, judging.without)


@dataclass(frozen=True)
class _Judging:
    """One way of an upload through the gate, but for the rows and places in ``without``."""

    content: Content
    current: bytes
    upload: Upload
    wish: Wish
    tell: Told
    without: frozenset[Origin] = frozenset()

    @cached_property
    def mapping(self) -> TableMapping:
        return read_mapping(self.content, self.upload.mapping)

    @cached_property
    def kind(self) -> Format:
        return format_of(self.upload.data, self.upload.name)

    @cached_property
    def read(self) -> Candidates:
        """The candidates."""
        demo = self.wish.demo
        lists = vocabulary(self.mapping, background_of(self.content).known, demo)
        tell = partial(self.tell, "reading")
        reader = CandidateReader(self.mapping, lists, demo, self.without, tell)
        return reader.read(self.upload.data, self.kind)

    @cached_property
    def by_shapes(self) -> Outcome:
        """What the shapes say. Raises ContentError where they could not be applied."""
        statements = PackedStatements(self.read.records)
        return judge_records(background_of(self.content), statements, self.current)

    @cached_property
    def validated(self) -> tuple[bool, Sequence[CellFinding]]:
        """Whether the shapes could be applied, and all that is wrong."""
        read, maker = self.read, self.read.maker
        assert maker is not None  # noqa: S101
        self.tell("checking", len(read.records))
        try:
            shapes = background_of(self.content).shapes
            judged = findings_of(self.by_shapes, shapes, maker.trace)
            validated = True
        except ContentError as fault:
            reason = str(fault)
            judged = [finding("not-validated", Cell(), reasonNl=reason, reasonEn=reason)]
            validated = False
        found = [*read.findings, *maker.findings, *_told_once(judged), *_about_all(read)]
        return validated, found

    def outcome(self) -> GateOutcome:
        """What is to be said, and what may enter."""
        read, maker = self.read, self.read.maker
        sha256 = hashlib.sha256(self.upload.data).hexdigest()
        version = (self.mapping.name, self.mapping.version)
        if maker is None:
            file = UploadedFile(self.upload.name, sha256, read.encoding)
            report = make_report(file, version, read.findings, read.facts, validated=False)
            return GateOutcome(False, report)
        validated, found = self.validated
        facts = {**read.facts, **facts_of(read, maker, self.current)}
        file = UploadedFile(self.upload.name, sha256, read.encoding, self.kind)
        report = make_report(file, version, found, facts, validated)
        records = dict(read.records.lines()) if report.conforms and self.wish.keep else {}
        standard = b""
        if self.wish.standard and validated:
            standard = standard_report(self.by_shapes, background_of(self.content).shapes)
        return GateOutcome(
            True,
            report,
            records,
            maker.places,
            maker.group_places if self.wish.keep else {},
            self.wish.valid_rows,
            standard,
        )

    def faulty(self) -> set[str] | None:
        """The IRIs of the records with a violation; None where one is about no record."""
        found = {
            self.read.record_of(one) for one in self.validated[1] if one.severity == "violation"
        }
        return None if None in found else {iri for iri in found if iri is not None}

    def origins_of(self, records: Collection[str]) -> frozenset[Origin]:
        """The rows and places that belong to ``records``."""
        return frozenset(at for at, iri in self.read.origins.items() if iri in records)


def held_by_others(outcome: GateOutcome, held: Collection[str]) -> GateOutcome:
    """``outcome`` with a violation for each record whose IRI is in ``held``: those of other agents."""
    found = [
        finding("other-agents-identifier", cell)
        for iri, cell in outcome.places.items()
        if iri in held
    ]
    if not found:
        return outcome
    report = with_findings(outcome.report, found)
    kept = outcome.records if outcome.valid_rows else {}
    records = {iri: quads for iri, quads in kept.items() if iri not in held}
    outcome = replace(outcome, report=report, records=records)
    if not records:
        return outcome
    cells = [cell for iri, cell in outcome.places.items() if iri in held]
    origins: list[Origin] = [cell.path or (cell.sheet, cell.row) for cell in cells]
    return _partial(outcome, len(records), len(outcome.places), origins)


def _partial(
    outcome: GateOutcome, accepted: int, total: int, refused: Iterable[Origin]
) -> GateOutcome:
    """``outcome`` with what may enter of the file and what not, in its facts."""
    rows: dict[str | None, list[int]] = {}
    paths = []
    for origin in refused:
        if isinstance(origin, str):
            paths.append(origin)
        elif origin[1] is not None:
            rows.setdefault(origin[0], []).append(origin[1])
    earlier = {one["sheet"]: one["rows"] for one in outcome.facts.get("refusedRows", ())}
    for sheet, numbers in earlier.items():
        rows.setdefault(sheet, []).extend(numbers)
    facts = {
        **outcome.facts,
        "acceptedRecords": accepted,
        "refusedRecords": total - accepted,
        "refusedRows": [
            {"sheet": sheet, "rows": sorted(set(rows[sheet]))}
            for sheet in sorted(rows, key=lambda name: name or "")
        ],
        "refusedPaths": sorted({*paths, *outcome.facts.get("refusedPaths", ())}),
    }
    return replace(outcome, report=replace(outcome.report, facts=facts))


def _told_once(judged: Iterable[CellFinding]) -> Iterator[CellFinding]:
    """Advice about a column that the file has not is about the file, not about each of its rows."""
    for found in judged:
        absent = found.column is None and found.path is None and found.column_title is not None
        if absent and found.severity == "info":
            yield replace(found, row=None, value=None)
        else:
            yield found


def _about_all(read: Candidates) -> Iterator[CellFinding]:
    if not read.records:
        yield finding("no-rows", Cell())
    for table in read.tables:
        if table.group is None and read.maker is not None:
            yield from swapped_columns(table, read.maker.mapping, read.maker.vocabulary)
