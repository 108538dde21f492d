"""A report stays small, whatever the file; its numbers stay exact."""

import json
from collections.abc import Callable
from typing import Any

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.limits import MOST_FINDINGS, MOST_FINDINGS_ALIKE
from werkzaam.ingest.partial_outcome import held_by_others
from werkzaam.ingest.report import UploadedFile, make_report, with_findings

Judged = Callable[..., GateOutcome]
FILE = UploadedFile("a.csv", "")


def test_a_long_title_is_not_repeated_with_every_finding(judged: Judged) -> None:
    for title in ("k" * 30_000, "deelnemers" + " " * 30_000):
        rows = "".join(f"Q-{n},Samen op pad,5a,a@b.nl\r\n" for n in range(20))
        data = f"identificatie,titel,subsidieronde,{title}\r\n{rows}"
        outcome = judged(data.encode())
        assert len(json.dumps(outcome.report.as_json())) < 200_000
        assert max(len(f.column_title or "") for f in outcome.report.findings) == 100


def test_a_title_is_too_large_as_any_cell(judged: Judged, sheet: Any) -> None:
    sheet = type(sheet)([[*sheet.rows[0], "k" * 40_000], [*sheet.rows[1], "x"]])
    [found] = judged(sheet.data()).report.findings
    assert (found.constraint, found.row, found.column, found.value) == (
        "too-large-cell",
        1,
        "Q",
        None,
    )


def test_of_each_constraint_so_many_are_listed_and_all_are_counted() -> None:
    many = MOST_FINDINGS_ALIKE + 7
    found = [finding("encoding", Cell(n)) for n in range(1, many + 1)]
    report = make_report(FILE, ("m", "1"), [*found, finding("bsn", Cell(many + 1))], {"rows": 1})
    assert report.counts == {"violation": 1, "warning": many, "info": 0}
    assert report.facts == {"rows": 1, "findingsLeftOut": 7}
    assert [f.row for f in report.findings] == [*range(1, MOST_FINDINGS_ALIKE + 1), many + 1]
    more = with_findings(report, [finding("bsn", Cell(many + 2))])
    assert more.counts == {"violation": 2, "warning": many, "info": 0}
    assert more.facts["findingsLeftOut"] == 7


def test_of_too_many_the_worst_are_listed() -> None:
    names = [
        "byte-order-mark", "encoding", "unknown-column", "untitled-column", "too-few-cells",
        "repeated-item", "bsn",
    ]  # fmt: skip
    found = [finding(name, Cell(n)) for name in names for n in range(MOST_FINDINGS_ALIKE)]
    report = make_report(FILE, ("m", "1"), found, {})
    listed = {f.constraint for f in report.findings}
    assert len(report.findings) == MOST_FINDINGS
    assert "bsn" in listed
    assert "byte-order-mark" not in listed
    assert sum(report.counts.values()) == len(found)
    assert report.facts["findingsLeftOut"] == len(found) - MOST_FINDINGS


def test_what_was_left_out_still_counts_where_a_record_is_another_agents(
    sound: GateOutcome,
) -> None:
    outcome = sound
    [iri] = outcome.places
    whole = with_findings(
        outcome.report, [finding("encoding", Cell(n)) for n in range(MOST_FINDINGS_ALIKE + 3)]
    )
    held = held_by_others(GateOutcome(True, whole, outcome.records, outcome.places), {iri})
    assert held.report.counts == {"violation": 1, "warning": MOST_FINDINGS_ALIKE + 3, "info": 0}


def test_text_of_a_caller_is_shown_without_what_a_page_cannot_hold() -> None:
    found = finding("unknown-column", Cell(1, 0, "a\x1bb", "a\u202eb"))
    assert (found.column_title, found.value) == ("a\ufffdb", "a\ufffdb")
    assert "a\ufffdb" in found.message.nl
