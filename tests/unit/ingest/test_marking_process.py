"""The file with remarks is made where it can do no harm, and a refusal says what else there is."""

import threading
from typing import Any

import pytest

from werkzaam.errors import QueryStopped, RequestTooLarge
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.marked_workbook import marked_workbook
from werkzaam.ingest.marking_process import run_marking


def test_it_is_what_the_writer_makes(sound: GateOutcome, sheet: Any) -> None:
    data = sheet.data()
    assert run_marking(data, sound.report, "nl") == marked_workbook(data, sound.report, "nl")


@pytest.mark.parametrize("limits", [{"seconds": 0.02}, {"memory_bytes": 30 << 20}])
def test_what_takes_too_much_is_refused(
    sound: GateOutcome, sheet: Any, limits: dict[str, Any]
) -> None:
    with pytest.raises(RequestTooLarge, match="Ask for the findings as a spreadsheet"):
        run_marking(sheet.data(), sound.report, "nl", **limits)


def test_it_stops_when_nobody_waits(sound: GateOutcome, sheet: Any) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(QueryStopped):
        run_marking(sheet.data(), sound.report, "nl", stop=stop)
