"""The way of one upload: bytes → rows → statements → shapes → report. Nothing is kept here.

It parses what a caller sent, so it runs in a confined process: see ``gate_process``.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError
from werkzaam.ingest.candidates import Candidates, Reader
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.facts import facts_of
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import format_of
from werkzaam.ingest.mapping import TableMapping, read_mapping
from werkzaam.ingest.records import Record, RecordMaker, record_lines
from werkzaam.ingest.report import CellFinding, Report, UploadedFile, make_report, with_findings
from werkzaam.ingest.shape_check import Background, shape_findings
from werkzaam.ingest.swapped import swapped_columns
from werkzaam.ingest.values import Vocabulary
from werkzaam.validation.rdflib_graph import graph_of

_LISTS = ("ontology/", "graph_data/concepts/", "graph_data/code_lists/", "graph_data/examples/")


@dataclass(frozen=True)
class Upload:
    """A file as it came in, with the mapping that it is declared to follow."""

    data: bytes
    name: str
    mapping: str


@dataclass(frozen=True)
class GateOutcome:
    """``readable`` is False where the file could not be read as a table: the findings say why.

    ``records`` maps the IRI of each record to its N-Quads, sorted lines; it is empty unless the
    report conforms. ``places`` maps the IRI of every record with a good identifier to its cell.
    """

    readable: bool
    report: Report
    records: Mapping[str, bytes] = field(default_factory=dict)
    places: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def rows(self) -> Mapping[str, int]:
        """The row of every record with a good identifier."""
        return {iri: cell.row or 0 for iri, cell in self.places.items()}

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was read, in numbers: shown before the findings."""
        return self.report.facts


def judge(
    content: Content, current: bytes, upload: Upload, demo: bool | None = None
) -> GateOutcome:
    """What is in ``upload``, and what is wrong with it. ``current``: N-Quads of the records in force.

    ``demo``: as of ``RecordMaker``. Raises NotFound for an unknown mapping, ContentError for a fault
    in the content.
    """
    mapping = read_mapping(content, upload.mapping)
    kind = format_of(upload.data, upload.name)
    background = _background(content)
    reader = Reader(mapping, vocabulary(mapping, background.known, demo), demo)
    read = reader.read(upload.data, kind)
    sha256 = hashlib.sha256(upload.data).hexdigest()
    version = (mapping.name, mapping.version)
    maker = read.maker
    if maker is None:
        file = UploadedFile(upload.name, sha256, read.encoding)
        report = make_report(file, version, read.findings, read.facts, validated=False)
        return GateOutcome(False, report)
    validated, judged = _judged(background, read.records, current, maker)
    findings = [*read.findings, *maker.findings, *_told_once(judged), *_about_all(read)]
    facts = {**read.facts, **facts_of(read, maker, current)}
    file = UploadedFile(upload.name, sha256, read.encoding, kind)
    report = make_report(file, version, findings, facts, validated)
    kept = read.records if report.conforms else ()
    lines = {record.iri: b"".join(line + b"\n" for line in record_lines(record)) for record in kept}
    return GateOutcome(True, report, lines, maker.places)


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
    return replace(outcome, report=report, records={})


@lru_cache(maxsize=1)
def _background(content: Content) -> Background:
    """Read once for all uploads that are judged by the same content, one after another."""
    shapes = [quad for file in content.under("shapes", ".ttl") for quad in read_quads(file)]
    return Background(graph_of(shapes), tuple(known_triples(content)))


def _judged(
    background: Background, records: Sequence[Record], current: bytes, maker: RecordMaker
) -> tuple[bool, list[CellFinding]]:
    """Whether the shapes could be applied, and what they found."""
    quads = [record.quads for record in records]
    try:
        return True, shape_findings(background, quads, current, maker.trace)
    except ContentError as fault:
        reason = str(fault)
        return False, [finding("not-validated", Cell(), reasonNl=reason, reasonEn=reason)]


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


def known_triples(content: Content) -> Iterator[ox.Quad]:
    """The ontology and the lists of values; those for examples too, so that they are recognised."""
    for file in content.files:
        if file.path.endswith(".ttl") and file.path.startswith(_LISTS):
            yield from read_quads(file)


def read_quads(file: ContentFile) -> Iterator[ox.Quad]:
    """What a Turtle file says; its blank nodes are its own. Raises ContentError with the line."""
    try:
        yield from ox.parse(file.data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    except SyntaxError as fault:
        raise ContentError(
            file.path,
            fault.lineno,
            "This is not Turtle: {reason}. Mend that line; `werkzaam fmt` shows what it reads.",
            reason=fault.msg,
        ) from None


def vocabulary(
    mapping: TableMapping, known: Sequence[ox.Quad], demo: bool | None = None
) -> Vocabulary:
    """The lists of values that the columns of ``mapping`` refer to."""
    return Vocabulary(code_lists(mapping, known), demo)
