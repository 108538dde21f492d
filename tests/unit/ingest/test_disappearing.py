"""A record that is sent again with less: what would be gone is told, by column."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.summary import disappearing

Judged = Callable[..., GateOutcome]
NAMES = ("values-disappear", "column-disappears")
PARTNERS = [["project", "naam", "rol"], ["P 01", "ROC", "partner"]]


def told(outcome: GateOutcome) -> dict[str, str]:
    """The kind of warning, by title of the column."""
    found = [f for f in outcome.report.findings if f.constraint in NAMES]
    assert all((f.severity, f.category) == ("warning", "usefulness") for f in found)
    return {f.column_title or "": f.constraint for f in found}


def numbers(outcome: GateOutcome) -> dict[str, int]:
    return {one["name"]: one["records"] for one in outcome.facts.get("disappear", ())}


def lines(outcome: GateOutcome) -> bytes:
    assert outcome.report.conforms, [f.message.en for f in outcome.report.findings]
    return b"".join(outcome.records.values())


@pytest.fixture(scope="module")
def standing(sound: GateOutcome) -> bytes:
    return lines(sound)


def book(sheet: Any, *groups: tuple[str, list[list[str]]]) -> bytes:
    return workbook(("Projecten", sheet.rows), *groups)


def sent(content: Content, data: bytes, name: str, current: bytes = b"") -> GateOutcome:
    return judge(content, current, Upload(data, name, "projects"), False)


def test_the_values_of_columns_that_are_left_out_are_told(judged: Judged, standing: bytes) -> None:
    thin = b"identificatie,titel,subsidieronde,gemeenten\nP 01,Samen eten,5a,\n"
    found = judged(thin, standing)
    assert found.report.conforms
    assert told(found).pop("gemeenten") == "values-disappear"
    left_out = {
        *("samenvatting", "penvoerder", "startdatum", "einddatum", "deelnemers", "doelen"),
        *("werkzame elementen: wel", "werkzame elementen: uitdrukkelijk niet"),
        *("werkzame elementen: niet genoemd", "gecodeerd door", "bronnen"),
    }
    assert {t for t, kind in told(found).items() if kind == "column-disappears"} == left_out
    assert set(numbers(found).values()) == {1}
    assert len(numbers(found)) == 1 + len(left_out)


def test_the_first_that_loses_is_named_with_its_value_and_how_many(
    sheet: Any, judged: Judged
) -> None:
    whole = sheet.with_rows([("deelnemers", "50"), ("deelnemers", "")])
    current = lines(judged(whole.data()))
    found = judged(whole.changed("deelnemers", "").changed("deelnemers", "", 2).data(), current)
    [one] = [f for f in found.report.findings if f.constraint == "values-disappear"]
    assert (one.row, one.column, one.column_title) == (2, "I", "deelnemers")
    for words, said in (
        (one.message.nl, "Aantal rijen: 2."),
        (one.message.en, "Number of rows: 2."),
    ):
        assert said in words
        assert "P 01, " in words
        assert '"40"' in words
    assert "/v1/mappings/projects/records" in one.fix.nl
    assert "/v1/mappings/projects/records" in one.fix.en
    assert numbers(found) == {"participants": 2}
    told_of = found.report.as_json()
    assert disappearing(told_of, "nl") == "deelnemers: 2 rijen"
    assert disappearing(told_of, "en") == "participants: 2 rows"


def test_a_value_of_a_list_is_told_by_its_name(sheet: Any, judged: Judged, standing: bytes) -> None:
    found = judged(sheet.changed("doelen", "").data(), standing)
    [one] = [f for f in found.report.findings if f.constraint == "values-disappear"]
    assert '"Ontmoetingen om het sociale contact te bevorderen"' in one.message.nl
    assert '"Encounters to promote social contact"' in one.message.en


def test_what_is_changed_or_shorter_or_new_does_not_disappear(
    sheet: Any, judged: Judged, standing: bytes
) -> None:
    other = sheet.changed("titel", "Anders").changed("doelen", "Welbevinden")
    assert told(judged(other.data(), standing)) == {}
    assert "disappear" not in judged(other.data(), standing).facts
    less = other.changed("deelnemers", "")
    assert told(judged(less.data(), standing)) == {"deelnemers": "values-disappear"}
    assert told(judged(other.changed("identificatie", "P 02").data(), standing)) == {}


def test_an_element_that_is_judged_otherwise_does_not_disappear(
    sheet: Any, judged: Judged, standing: bytes
) -> None:
    moved = sheet.changed("werkzame elementen: uitdrukkelijk niet", "")
    moved = moved.changed("werkzame elementen: niet genoemd", "Toegankelijkheid; Begrenzing")
    assert told(judged(moved.data(), standing)) == {}
    less = moved.changed("deelnemers", "")
    assert told(judged(less.data(), standing)) == {"deelnemers": "values-disappear"}
    gone = sheet.changed("werkzame elementen: uitdrukkelijk niet", "")
    found = judged(gone.data(), standing)
    assert told(found) == {"werkzame elementen: uitdrukkelijk niet": "values-disappear"}


def test_a_stated_absence_counts_and_is_told_by_its_reason(sheet: Any, judged: Judged) -> None:
    rows = [[*row, more] for row, more in zip(sheet.rows, ("regeling", "niet bekend"), strict=True)]
    absent = type(sheet)(rows)
    current = lines(judged(absent.data()))
    found = judged(sheet.data(), current)
    assert told(found) == {"regeling": "column-disappears"}
    [one] = [f for f in found.report.findings if f.constraint == "column-disappears"]
    assert '"geen informatie"' in one.message.nl
    stated = absent.changed("regeling", "")
    assert told(judged(stated.data(), current)) == {"regeling": "values-disappear"}


def test_a_value_for_which_an_absence_is_stated_does_not_disappear(
    sheet: Any, judged: Judged
) -> None:
    whole = type(sheet)([[*sheet.rows[0], "minimumleeftijd"], [*sheet.rows[1], "14"]])
    current = lines(judged(whole.data()))
    assert told(judged(whole.changed("minimumleeftijd", "").data(), current)) != {}
    assert told(judged(whole.changed("minimumleeftijd", "niet bekend").data(), current)) == {}


def test_a_value_that_cannot_be_read_is_told_as_that_alone(
    sheet: Any, judged: Judged, standing: bytes
) -> None:
    found = judged(sheet.changed("deelnemers", "veel").data(), standing)
    assert not found.report.conforms
    assert told(found) == {}


def test_a_sheet_that_is_left_out_or_names_the_record_no_more_is_told(
    sheet: Any, all_content: Content
) -> None:
    current = lines(sent(all_content, book(sheet, ("Partners", PARTNERS)), "a.xlsx"))
    found = sent(all_content, book(sheet), "a.xlsx", current)
    assert told(found) == {"partners": "column-disappears"}
    assert numbers(found) == {"partners": 1}
    more = sheet.with_rows([("titel", "Samen sporten")])
    rest = [PARTNERS[0], ["Q 0", "ROC", "partner"]]
    found = sent(all_content, book(more, ("Partners", rest)), "a.xlsx", current)
    [one] = [f for f in found.report.findings if f.constraint in NAMES]
    assert (one.constraint, one.sheet) == ("values-disappear", "Partners")
    same = sent(all_content, book(sheet, ("Partners", PARTNERS)), "a.xlsx", current)
    assert told(same) == {}


def test_what_only_a_sheet_holds_is_told_by_its_own_column(
    sheet: Any, all_content: Content
) -> None:
    rows = [[*PARTNERS[0], "KvK-nummer"], [*PARTNERS[1], "01234574"]]
    whole = sent(all_content, book(sheet, ("Partners", rows)), "a.xlsx")
    found = sent(all_content, book(sheet, ("Partners", PARTNERS)), "a.xlsx", lines(whole))
    assert set(numbers(found)) == {"partnerKvk"}
    assert set(told(found).values()) == {"column-disappears"}
    rows[1][3] = ""
    found = sent(all_content, book(sheet, ("Partners", rows)), "a.xlsx", lines(whole))
    assert set(told(found).values()) == {"values-disappear"}


def test_json_and_linked_data_have_no_columns_but_lose_values_too(
    all_content: Content, standing: bytes
) -> None:
    thin = {"projects": [{"identifier": "P 01", "title": "Anders", "round": "5a"}]}
    found = sent(all_content, json.dumps(thin).encode(), "a.json", standing)
    assert set(told(found).values()) == {"values-disappear"}
    assert "summary" in numbers(found)
    assert "title" not in numbers(found)
    paths = {f.path for f in found.report.findings if f.constraint in NAMES}
    assert paths == {"/projects/0"}
    kept = [line for line in standing.split(b"\n") if b"/terms/description>" not in line]
    found = sent(all_content, b"\n".join(kept), "a.nq", standing)
    assert numbers(found) == {"summary": 1}
