"""The report on one upload: what was read, what is wrong with it, in which cell, and how to mend it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.limits import MOST_FINDINGS, MOST_FINDINGS_ALIKE

Severity = Literal["violation", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")


@dataclass(frozen=True)
class CellFinding:
    """One fault. ``constraint`` names the demand: a fault of ``faults``, or the last part of the
    IRI of a shape. ``row`` and ``column`` as a spreadsheet shows them; ``sheet`` in a workbook only,
    ``path`` (a JSON Pointer) in JSON only."""

    constraint: str
    severity: Severity
    category: str
    row: int | None
    column: str | None
    column_title: str | None
    value: str | None
    message: Bilingual
    fix: Bilingual
    sheet: str | None = None
    path: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As DESIGN §9 *Report* has it."""
        where = {} if self.path is None else {"path": self.path}
        return {
            "constraint": self.constraint,
            "severity": self.severity,
            "category": self.category,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "columnTitle": self.column_title,
            "value": self.value,
            "message": {"nl": self.message.nl, "en": self.message.en},
            "fix": {"nl": self.fix.nl, "en": self.fix.en},
            **where,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CellFinding":
        """The finding that ``as_json`` wrote."""
        return cls(
            data["constraint"],
            data["severity"],
            data["category"],
            data["row"],
            data["column"],
            data["columnTitle"],
            data["value"],
            Bilingual(**data["message"]),
            Bilingual(**data["fix"]),
            data["sheet"],
            data.get("path"),
        )

    @property
    def order(self) -> tuple[str, int, str, int, str, int, str, str]:
        """Sheet by sheet from the top down, from left to right, the worst first."""
        return (
            self.sheet or "",
            self.row or 0,
            self.path or "",
            len(self.column or ""),
            self.column or "",
            SEVERITIES.index(self.severity),
            self.constraint,
            self.value or "",
        )


@dataclass(frozen=True)
class UploadedFile:
    """The file as it came in; ``encoding`` and ``format`` are None where it could not be read."""

    name: str
    sha256: str
    encoding: str | None = None
    format: str | None = None


@dataclass(frozen=True)
class Report:
    """``conforms`` is None where nothing was validated. ``findings`` are in order of place, at most
    ``MOST_FINDINGS_ALIKE`` of one constraint and ``MOST_FINDINGS`` in all, the worst; ``counts``
    counts all, and ``findingsLeftOut`` in ``facts`` those that are not listed."""

    validated: bool
    conforms: bool | None
    file: UploadedFile
    mapping: str
    mapping_version: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[CellFinding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As DESIGN §9 *Report* has it."""
        return {
            "conforms": self.conforms,
            "validated": self.validated,
            "file": {
                "name": self.file.name,
                "sha256": self.file.sha256,
                "encoding": self.file.encoding,
                "format": self.file.format,
            },
            "mapping": {"name": self.mapping, "version": self.mapping_version},
            "facts": dict(self.facts),
            "counts": dict(self.counts),
            "findings": [finding.as_json() for finding in self.findings],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        """The report that ``as_json`` wrote."""
        return cls(
            data["validated"],
            data["conforms"],
            UploadedFile(**data["file"]),
            data["mapping"]["name"],
            data["mapping"]["version"],
            data["facts"],
            data["counts"],
            tuple(CellFinding.from_json(finding) for finding in data["findings"]),
        )


def make_report(
    file: UploadedFile,
    mapping: tuple[str, str],
    findings: Iterable[CellFinding],
    facts: Mapping[str, Any],
    validated: bool = True,
) -> Report:
    """The report with ``findings`` in order, each once. ``mapping`` is its name and version."""
    empty = Report(
        validated, validated or None, file, *mapping, facts, dict.fromkeys(SEVERITIES, 0)
    )
    return with_findings(empty, findings)


def with_findings(report: Report, more: Iterable[CellFinding]) -> Report:
    """``report`` with further findings."""
    known = set(report.findings)
    new = [finding for finding in dict.fromkeys(more) if finding not in known]
    found = Counter(finding.severity for finding in new)
    counts: dict[str, int] = {
        severity: report.counts[severity] + found[severity] for severity in SEVERITIES
    }
    kept = _listed([*report.findings, *new])
    left_out = sum(counts.values()) - len(kept)
    return replace(
        report,
        conforms=counts["violation"] == 0 if report.validated else None,
        facts={**report.facts, "findingsLeftOut": left_out} if left_out else report.facts,
        counts=counts,
        findings=tuple(kept),
    )


def _listed(findings: Iterable[CellFinding]) -> list[CellFinding]:
    """The first of each constraint, in order of place; of too many the worst."""
    alike: dict[str, list[CellFinding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: finding.order):
        alike[finding.constraint].append(finding)
    first = [finding for found in alike.values() for finding in found[:MOST_FINDINGS_ALIKE]]
    first.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.order))
    return sorted(first[:MOST_FINDINGS], key=lambda finding: finding.order)
