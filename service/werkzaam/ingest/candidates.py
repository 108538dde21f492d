"""The candidate records of an upload, whatever kind of file they came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzaam.ingest.cells import Origin
from werkzaam.ingest.packed_records import PackedRecords
from werkzaam.ingest.records import RecordMaker
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.table import Table


@dataclass(frozen=True)
class Candidates:
    """``maker`` is None where nothing can be made of the file: the findings say why.

    ``facts``: what is only known of this kind of file. ``tables``: the tables it holds, if it does.
    ``origins``: the IRI of the record that a row or place belongs to; that of a row that belongs to no
    record is one of its own.
    """

    findings: Sequence[CellFinding]
    maker: RecordMaker | None = None
    records: PackedRecords = field(default_factory=lambda: PackedRecords(()))
    encoding: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    tables: Sequence[Table] = ()
    origins: Mapping[Origin, str] = field(default_factory=dict)

    def record_of(self, found: CellFinding) -> str | None:
        """The IRI of the record that a finding is about; None where it is about the whole file."""
        if found.path is None:
            return self.origins.get((found.sheet, found.row))
        path = found.path
        while path not in self.origins and path:
            path = path.rpartition("/")[0]
        return self.origins.get(path)
