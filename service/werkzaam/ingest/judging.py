"""One way of an upload through the gate: read, made into records, judged by the shapes, told."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from werkzaam.domain.content import Content
from werkzaam.errors import ContentError
from werkzaam.ingest.background import background_of, vocabulary
from werkzaam.ingest.candidate_reading import CandidateReader
from werkzaam.ingest.candidates import Candidates
from werkzaam.ingest.cells import Cell, Origin, letters
from werkzaam.ingest.facts import Compared, compare, facts_of, how_judged
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format, format_of
from werkzaam.ingest.gate_outcome import GateOutcome, Told, Upload, Wish
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE
from werkzaam.ingest.mapping import TableMapping, read_mapping
from werkzaam.ingest.packed_records import PackedStatements
from werkzaam.ingest.report import CellFinding, UploadedFile, make_report
from werkzaam.ingest.shape_check import findings_of, judge_records
from werkzaam.ingest.swapped import swapped_columns
from werkzaam.validation.report_graph import standard_report
from werkzaam.validation.two_stages import Outcome

_SEVERAL = 2


@dataclass(frozen=True)
class Judging:
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
        tell = partial(self.tell, "checking")
        return judge_records(background_of(self.content), statements, self.current, tell=tell)

    @cached_property
    def compared(self) -> Compared:
        """The file held against what is in force."""
        assert self.read.maker is not None  # noqa: S101
        return compare(self.read, self.read.maker, self.current)

    @cached_property
    def validated(self) -> tuple[bool, Sequence[CellFinding]]:
        """Whether the shapes could be applied, and all that is wrong."""
        read, maker = self.read, self.read.maker
        assert maker is not None  # noqa: S101
        self.tell("checking", 0)
        try:
            shapes = background_of(self.content).shapes
            judged = findings_of(self.by_shapes, shapes, maker.trace, maker.places)
            judged += _harm(self.by_shapes)
            validated = True
        except ContentError as fault:
            reason = str(fault)
            judged = [finding("not-validated", Cell(), reasonNl=reason, reasonEn=reason)]
            validated = False
        of_file = [one for one in read.findings if not self._is_left_out(one)]
        told = _told_once(judged, _empty_columns(read))
        found = [*of_file, *maker.findings, *told, *_about_all(read), *self.compared.findings]
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
        facts = {**read.facts, **facts_of(read, maker, self.compared)}
        if validated:
            facts["shapes"] = how_judged(self.by_shapes)
        file = UploadedFile(self.upload.name, sha256, read.encoding, self.kind)
        report = make_report(file, version, found, facts, validated)
        records = dict(read.records.lines()) if report.conforms and self.wish.keep else {}
        standard = b""
        if self.wish.standard and validated:
            standard = standard_report(self.by_shapes, background_of(self.content).shapes)
        paths = {iri: at for at, iri in read.origins.items() if isinstance(at, str)}
        places = {
            iri: replace(cell, path=paths.get(iri, cell.path)) if paths else cell
            for iri, cell in maker.places.items()
        }
        return GateOutcome(
            True,
            report,
            records,
            places,
            maker.group_places if self.wish.keep or self.wish.valid_rows else {},
            self.wish.valid_rows,
            standard,
        )

    def faulty(self) -> set[str] | None:
        """The IRIs of the records with a violation; None where one is about no record. Merged cells
        are about the file: which rows they were meant for cannot be seen."""
        faults = [one for one in self.validated[1] if one.severity == "violation"]
        found = {self.read.record_of(one) for one in faults}
        if None in found or any(one.constraint == "merged-cells" for one in faults):
            return None
        iris = {iri for iri in found if iri is not None}
        twice = (one for one in faults if one.constraint == "duplicate-identifier")
        firsts = {(self.read.record_of(one) or "").rpartition("--")[0] for one in twice}
        return iris | firsts.intersection(self.read.origins.values())

    def _is_left_out(self, found: CellFinding) -> bool:
        """Whether a finding of reading is about a row or place that is not looked at."""
        if found.path is None:
            return (found.sheet, found.row) in self.without
        path = found.path
        while path and path not in self.without:
            path = path.rpartition("/")[0]
        return path in self.without

    def origins_of(self, records: Collection[str]) -> frozenset[Origin]:
        """The rows and places that belong to ``records``."""
        return frozenset(at for at, iri in self.read.origins.items() if iri in records)


def _harm(outcome: Outcome) -> list[CellFinding]:
    """What recording the file would make wrong in records that stand."""
    return [
        finding(
            "harms-record",
            Cell(text=result.focus.value),
            messageNl=result.message_nl,
            messageEn=result.message_en,
        )
        for result in outcome.elsewhere[:MOST_FINDINGS_ALIKE]
    ]


def _empty_columns(read: Candidates) -> set[tuple[str | None, str | None]]:
    """The columns, by sheet and letters, in which nothing is filled in; of one row none is."""
    if len(read.records) < _SEVERAL:
        return set()
    filled = {
        (table.sheet, place)
        for table in read.tables
        for _, row in table.records
        for place, text in enumerate(row)
        if text.strip()
    }
    return {
        (table.sheet, letters(place))
        for table in read.tables
        for place in table.read_places
        if (table.sheet, place) not in filled
    }


def _told_once(
    judged: Iterable[CellFinding], empty: Collection[tuple[str | None, str | None]]
) -> Iterator[CellFinding]:
    """Advice about a column that the file has not, or that is empty throughout, is about the file, not
    about each of its rows."""
    told: set[tuple[str | None, ...]] = set()
    for found in judged:
        absent = found.column is None and found.path is None and found.column_title is not None
        if found.severity != "info" or not (absent or (found.sheet, found.column) in empty):
            yield found
            continue
        one = (found.constraint, found.sheet, found.column, found.column_title, found.message.nl)
        if one not in told:
            told.add(one)
            yield replace(found, row=None, value=None)


def _about_all(read: Candidates) -> Iterator[CellFinding]:
    if not read.records:
        yield finding("no-rows", Cell())
    for table in read.tables:
        if table.group is None and read.maker is not None:
            yield from swapped_columns(table, read.maker.mapping, read.maker.vocabulary)
