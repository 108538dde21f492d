"""Nothing is lost without a word, and nothing of a sender is repeated at length, in any kind of file."""

import json
from typing import Any

import pytest
from tests.unit.ingest.conftest import good_sheet
from tests.unit.ingest.test_kinds_of_files import ID, Judge, as_json, places
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.mapping import TableMapping


@pytest.fixture(scope="module")
def of_file(all_content: Content) -> Judge:
    def judge_file(data: bytes, name: str) -> GateOutcome:
        return judge(all_content, b"", Upload(data, name, "projects"), False)

    return judge_file


def test_what_a_sender_names_is_never_repeated_at_length(of_file: Judge) -> None:
    """A key or a name stands in every finding below it."""
    key = "k" * 250_000
    texts = ["iemand@voorbeeld.example", "a\x01b"] * 500
    data = json.dumps([{"identifier": "P 1", "title": "Samen", "round": "5a", key: texts}])
    report = json.dumps(of_file(data.encode(), "a.json").report.as_json())
    assert len(report) < 2_000_000
    [found] = of_file(workbook(("b" * 31, [["a"]])), "a.xlsx").report.findings
    assert found.sheet == "b" * 31


def test_half_a_character_in_a_key_is_no_key(of_file: Judge) -> None:
    text = '[{"identifier":"P 1","title":"Samen","round":"5a","k\\ud800":"x"}]'
    outcome = of_file(text.encode(), "a.json")
    assert "control-character" in {f.constraint for f in outcome.report.findings}
    assert json.dumps(outcome.report.as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("more", "constraint", "path"),
    [
        ({"partners": "Stichting Voorbeeld"}, "no-list-of-rows", "/projects/0/partners"),
        ({"partners": {"name": "Stichting Voorbeeld"}}, "no-list-of-rows", "/projects/0/partners"),
        ({"goals": ["a;b"]}, "separator-in-item", "/projects/0/goals/0"),
        ({"iemand@voorbeeld.example": 1}, "personal-data", "/projects/0"),
    ],
)
def test_nothing_in_json_is_lost_without_a_word(
    of_file: Judge, mapping: TableMapping, more: dict[str, Any], constraint: str, path: str
) -> None:
    [one] = as_json(good_sheet(), mapping)
    document = {"projects": [one | more]}
    found = of_file(json.dumps(document).encode(), "a.json").report.findings
    assert (constraint, path) in [(f.constraint, f.path) for f in found]


def test_what_stands_beside_the_list_is_told_and_looked_at(
    of_file: Judge, mapping: TableMapping
) -> None:
    document = {"projects": as_json(good_sheet(), mapping), "note": "iemand@voorbeeld.example"}
    found = of_file(json.dumps(document).encode(), "a.json").report.findings
    told = {(f.constraint, f.path) for f in found if f.severity != "info"}
    assert told == {("unknown-column", "/note"), ("personal-data-unread", "/note")}


def test_a_term_that_a_context_does_not_know_is_not_left_out(of_file: Judge) -> None:
    context = {"identifier": "http://purl.org/dc/terms/identifier"}
    text = {"@context": context, "@id": ID + "project/p-1", "identifier": "P 1", "summery": "x"}
    found = of_file(json.dumps(text).encode(), "a.jsonld").report.findings
    assert "urn:werkzaam:unknown:summery" in {f.column_title for f in found}


@pytest.mark.parametrize("text", ["Totaal", "totaal 2024", "Subtotaal", "TOTAL", "Som"])
def test_a_row_of_totals_is_no_project(of_file: Judge, text: str) -> None:
    table = good_sheet().with_row("identificatie", text)
    assert ("total-row", None, 3, "A") in places(of_file(table.data(), "a.csv"))
    assert [one for one in places(of_file(table.data(), "a.csv")) if one[2] == 3] == [
        ("total-row", None, 3, "A")
    ]
    named = of_file(good_sheet().changed("titel", text).data(), "a.csv").report
    assert ("total-title", "warning") in [(f.constraint, f.severity) for f in named.findings]
    other = of_file(good_sheet().changed("titel", "Totaalvoetbal in de buurt").data(), "a.csv")
    assert not [one for one in places(other) if one[0].startswith("total")]


def test_sheets_that_are_not_read_are_told(of_file: Judge) -> None:
    rows = good_sheet().rows
    partners = [["P 01", "Stichting Voorbeeld"]]
    outcome = of_file(workbook(("Projecten", rows), ("Partners", partners)), "a.xlsx")
    assert ("sheet-without-titles", "Partners", None, None) in places(outcome)
    titles = [["project", "naam"], *partners]
    alone = of_file(workbook(("Partners", titles)), "a.xlsx")
    assert [one[0] for one in places(alone)] == ["no-main-sheet"]
    assert not alone.readable


@pytest.mark.parametrize("hidden", ["visible", "hidden"])
def test_persons_on_a_sheet_that_is_not_read_are_found(of_file: Judge, hidden: str) -> None:
    def change(book: Any) -> None:
        book.worksheets[1].sheet_state = hidden

    persons = [["mail"], ["iemand@voorbeeld.example"]]
    data = workbook(("Projecten", good_sheet().rows), ("Deelnemers", persons), change=change)
    assert ("personal-data-unread", "Deelnemers", 2, "A") in places(of_file(data, "a.xlsx"))
    above = [["Vragen: iemand@voorbeeld.example"], *good_sheet().rows]
    found = places(of_file(workbook(("Projecten", above)), "a.xlsx"))
    assert ("personal-data-unread", "Projecten", 1, "A") in found


def test_a_record_of_json_stands_at_its_own_place(of_file: Judge, mapping: TableMapping) -> None:
    outcome = of_file(json.dumps(as_json(good_sheet(), mapping)).encode(), "a.json")
    assert [cell.path for cell in outcome.places.values()] == ["/0"]


def test_advice_about_a_column_that_is_empty_throughout_is_told_once(of_file: Judge) -> None:
    table = good_sheet().with_row("identificatie", "P 02").with_row("identificatie", "P 03")
    for row in (1, 2, 3):
        table = table.changed("bronnen", "", row)
    found = of_file(table.data(), "a.csv").report.findings
    assert [(f.row, f.column) for f in found if f.constraint == "project-source"] == [(None, "P")]
    some = of_file(table.changed("bronnen", "Aanvraag", 1).data(), "a.csv").report.findings
    assert [f.row for f in some if f.constraint == "project-source"] == [3, 4]


def test_lists_in_lists_are_no_value_however_deep(of_file: Judge) -> None:
    text = '[{"identifier": "P 1", "title": ' + "[" * 800 + "]" * 800 + "}]"
    outcome = of_file(text.encode(), "a.json")
    assert "no-single-value" in {f.constraint for f in outcome.report.findings}
