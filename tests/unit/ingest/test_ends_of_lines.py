"""The end of a line within a cell is the same whatever kind of file it came in."""

import json
from collections.abc import Callable

import pytest
from tests.unit.ingest.conftest import GOOD, Sheet
from tests.unit.ingest.test_sheet_reading import opendocument, words
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload

LINES = "Jongeren en ouderen koken samen in het buurthuis.\nDaarna eten zij met de buurt."


def as_json(summary: str) -> bytes:
    document = json.loads((GOOD.parent / "good-json.json").read_text("utf-8"))
    document["projects"][0]["summary"] = summary
    return json.dumps(document).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_a_line_ends_in_one_way(all_content: Content, sheet: Sheet, kind: str, end: str) -> None:
    summary = LINES.replace("\n", end)
    changed = sheet.changed("samenvatting", summary)
    escaped = changed.changed("samenvatting", summary.replace("\r", "_x000D_")).rows
    marked = changed.changed("samenvatting", summary.replace("\r", "&#13;").replace("\n", "&#10;"))
    data = {
        "csv": lambda: changed.data(),
        "xlsx": lambda: workbook(("Projecten", escaped)),
        "ods": lambda: opendocument("".join(words(*row) for row in marked.rows)),
        "json": lambda: as_json(summary),
    }[kind]()
    outcome = judge(all_content, b"", Upload(data, f"a.{kind}", "projects"), False)
    said = b"".join(outcome.records.values()).decode()
    assert json.dumps(LINES, ensure_ascii=False) in said
    assert "\\r" not in said


def test_lines_of_an_old_text_file_are_rows(
    judged: Callable[..., GateOutcome], sheet: Sheet
) -> None:
    data = sheet.data()
    plain = data.replace(b"\r\n", b"\n")
    for end in (b"\n", b"\r\n", b"\r"):
        assert judged(plain.replace(b"\n", end)).records == judged(data).records
