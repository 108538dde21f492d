"""Log lines: JSON, one a line, whatever is in them."""

import json
import logging

from hypothesis import given
from hypothesis import strategies as st

from werkzaam.logs import JsonLines


@given(st.text(), st.text())
def test_one_record_is_one_line_that_cannot_be_forged(message: str, value: str) -> None:
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "path": value})
    line = JsonLines().format(record)
    assert len(line.split("\n")) == 1
    assert json.loads(line)["event"] == message
    assert json.loads(line)["path"] == value
