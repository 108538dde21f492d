"""One fault is told as one, several as several."""

from typing import Any

import pytest

from werkzaam.curation import submissions, updates
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content
from werkzaam.errors import DataRefused
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.report import UploadedFile, make_report
from werkzaam.messages import say

CASES = [(1, "1 violation", "1 fout."), (2, "2 violations", "2 fouten.")]

OF_UPDATES = [(1, "1 violation", "1 overtreding van"), (2, "2 violations", "2 overtredingen van")]


@pytest.mark.parametrize(("number", "english", "dutch"), CASES)
def test_of_a_file(number: int, english: str, dutch: str) -> None:
    found = [finding("missing-value", Cell(row)) for row in range(2, 2 + number)]
    outcome = GateOutcome(True, make_report(UploadedFile("a", ""), ("m", "1"), found, {}))
    refused = submissions._refused(outcome)
    assert f"refused: {english}. Nothing" in str(refused)
    assert dutch in say(refused.template, "nl", **refused.values)


@pytest.mark.parametrize(("number", "english", "dutch"), OF_UPDATES)
def test_of_an_update(
    number: int, english: str, dutch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report: dict[str, Any] = {"conforms": False, "counts": {"violation": number}}
    monkeypatch.setattr(updates, "check_update", lambda *_: report)
    nothing: Any = None
    one = updates.Updates(nothing, nothing, Content(()), lambda: None)
    with pytest.raises(DataRefused, match=f"refused: {english} of") as refused:
        one._refuse_violations(b"", ChangeData(b"", b""))
    assert dutch in say(refused.value.template, "nl", **refused.value.values)
