"""Rows that all lack the same columns are told of once, and not gone through one by one."""

from collections import Counter

import pytest

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.ingest.records import RecordMaker
from werkzaam.ingest.report import Report

ROWS = 300


def report(content: Content, text: str) -> Report:
    return judge(content, b"", Upload(text.encode(), "a.csv", "projects"), False).report


def identifiers(count: int) -> str:
    return "identificatie\n" + "".join(f"V-{number}\n" for number in range(count))


def said(found: Report) -> Counter[tuple[str, str | None, int | None]]:
    return Counter((one.constraint, one.column_title, one.row) for one in found.findings)


def test_many_rows_that_lack_the_same_columns_say_what_two_say(content: Content) -> None:
    few, many = report(content, identifiers(2)), report(content, identifiers(ROWS))
    assert said(few) == said(many)
    assert few.counts == many.counts
    assert {one.row for one in many.findings} <= {None, 1}
    assert many.counts["violation"]
    assert many.counts["info"]


def test_only_the_first_of_them_is_gone_through_again(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []
    replay = RecordMaker._replay

    def counted(self: RecordMaker, subject: str) -> bool:
        again.append(subject)
        return replay(self, subject)

    monkeypatch.setattr(RecordMaker, "_replay", counted)
    report(content, identifiers(ROWS))
    assert 0 < len(again) < 5


def test_a_fault_in_a_cell_is_told_of_each_row(content: Content) -> None:
    rows = "".join(f"V-{n},Voorbeeld {n},4b,Voorbeeld {n}\n" for n in range(ROWS))
    found = report(content, "identificatie,titel,subsidieronde,samenvatting\n" + rows)
    short = [one for one in found.findings if one.column_title == "samenvatting"]
    assert {one.row for one in short} == set(range(2, ROWS + 2))


def test_the_order_of_findings_is_that_in_which_they_were_found(content: Content) -> None:
    titles = [one.column_title for one in report(content, identifiers(2)).findings]
    required = [title for title in titles if title in ("titel", "subsidieronde")]
    assert required == ["titel", "subsidieronde"]
