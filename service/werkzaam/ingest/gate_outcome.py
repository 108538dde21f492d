"""What goes into the gate and what comes out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.report import Report


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
