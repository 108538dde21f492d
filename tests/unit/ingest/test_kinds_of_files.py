"""The same data in any kind of file gives the same records, and faults stand at their place."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from tests.unit.ingest.conftest import Sheet, good_sheet
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.mapping import TableMapping

ID = "https://w3id.org/mdt-kennisgraaf/id/"
Judge = Callable[..., GateOutcome]


@pytest.fixture(scope="module")
def of_file(all_content: Content) -> Judge:
    def judge_file(data: bytes, name: str) -> GateOutcome:
        return judge(all_content, b"", Upload(data, name, "projects"), False)

    return judge_file


def book(sheet: Sheet, **more: Any) -> bytes:
    return workbook(("Projecten", sheet.rows), **more)


def as_json(sheet: Sheet, mapping: TableMapping) -> list[dict[str, Any]]:
    columns = [mapping.by_title[title] for title in sheet.rows[0]]
    found = []
    for row in sheet.rows[1:]:
        one: dict[str, Any] = {}
        for column, text in zip(columns, row, strict=True):
            parts = [part.strip() for part in text.split(";") if part.strip()]
            value = parts if column.separator else text
            one[column.pointer[1:]] = int(text) if column.datatype == "integer" else value
        found.append(one)
    return found


def statements(records: Mapping[str, bytes], kind: ox.RdfFormat) -> bytes:
    quads = ox.parse(b"".join(records.values()), format=ox.RdfFormat.N_QUADS)
    graphs = kind in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)
    triples: Sequence[Any] = [quad if graphs else quad.triple for quad in quads]
    return ox.serialize(triples, format=kind) or b""


def places(outcome: GateOutcome) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(f.constraint, f.sheet, f.row, f.column) for f in outcome.report.findings]


def test_a_workbook_says_what_the_text_says(of_file: Judge, sound: GateOutcome) -> None:
    outcome = of_file(book(good_sheet()), "a.xlsx")
    assert outcome.records == sound.records
    assert outcome.report.file.format == "xlsx"
    assert {finding.severity for finding in outcome.report.findings} <= {"info"}


@pytest.mark.parametrize("form", ["list", "document", "lines", "one"])
def test_json_says_what_the_text_says(
    of_file: Judge, sound: GateOutcome, mapping: TableMapping, form: str
) -> None:
    [one] = as_json(good_sheet(), mapping)
    text = {
        "list": json.dumps([one]),
        "document": json.dumps({mapping.pointer[1:] or "projects": [one]}),
        "lines": json.dumps(one) + "\n",
        "one": json.dumps(one),
    }[form]
    outcome = of_file(text.encode(), "a.jsonl" if form == "lines" else "a.json")
    assert outcome.records == sound.records
    assert outcome.report.conforms


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        (ox.RdfFormat.TURTLE, "ttl"),
        (ox.RdfFormat.TRIG, "trig"),
        (ox.RdfFormat.N_TRIPLES, "nt"),
        (ox.RdfFormat.N_QUADS, "nq"),
        (ox.RdfFormat.RDF_XML, "rdf"),
        (ox.RdfFormat.JSON_LD, "jsonld"),
    ],
)
def test_linked_data_says_what_the_text_says(
    of_file: Judge, sound: GateOutcome, kind: ox.RdfFormat, ending: str
) -> None:
    outcome = of_file(statements(sound.records, kind), f"a.{ending}")
    assert [f for f in outcome.report.findings if f.severity == "violation"] == []
    assert outcome.records == sound.records


def test_a_finding_in_a_workbook_names_its_sheet(of_file: Judge) -> None:
    sheet = good_sheet().changed("deelnemers", "veel").changed("titel", "")
    assert ("invalid-number", "Projecten", 2, "I") in places(of_file(book(sheet), "a.xlsx"))
    assert ("project-title", "Projecten", 2, "B") in places(of_file(book(sheet), "a.xlsx"))


def test_a_finding_in_json_names_its_path(of_file: Judge, mapping: TableMapping) -> None:
    [one] = as_json(good_sheet(), mapping)
    one["goals"] = ["geen doel", *one["goals"]]
    one["participants"] = "veel"
    outcome = of_file(json.dumps([one]).encode(), "a.json")
    found = {
        (f.constraint, f.path): f for f in outcome.report.findings if f.severity == "violation"
    }
    assert set(found) == {("unknown-code", "/0/goals/0"), ("invalid-number", "/0/participants")}
    [said, _] = [found[key].as_json() for key in sorted(found)]
    assert (said["row"], said["column"], said["path"]) == (None, None, "/0/participants")


def test_unknown_fields_of_json_are_told_once_and_looked_at(
    of_file: Judge, mapping: TableMapping
) -> None:
    [one] = as_json(good_sheet(), mapping)
    one |= {"contact": {"mail": ["iemand@voorbeeld.example"]}, "goal": []}
    two = {**one, "identifier": "P 02", "applicant": "Stichting Anders"}
    del two["goals"], one["goals"]
    found = [
        (f.constraint, f.path)
        for f in of_file(json.dumps([one, two]).encode(), "a.json").report.findings
        if f.severity != "info"
    ]
    assert found == [
        ("unknown-column", "/0/contact"),
        ("personal-data-unread", "/0/contact/mail/0"),
        ("misspelt-column", "/0/goal"),
        ("personal-data-unread", "/1/contact/mail/0"),
    ]


def test_titles_may_stand_lower_and_sheets_in_any_order(of_file: Judge, sound: GateOutcome) -> None:
    rows = [["Projecten van Voorbeeldstad"], [], *good_sheet().rows]
    data = workbook(("Uitleg", [["Lees dit eerst"], ["titel"]]), ("Blad 2", rows))
    outcome = of_file(data, "a.xlsx")
    assert outcome.records == sound.records
    assert ("rows-above-titles", "Blad 2", 3, None) in places(outcome)
    assert outcome.facts["unreadSheets"] == ["Uitleg"]


def test_two_sheets_of_projects_are_both_read(of_file: Judge) -> None:
    second = good_sheet().changed("identificatie", "P 02")
    outcome = of_file(workbook(("2022", good_sheet().rows), ("2023", second.rows)), "a.xlsx")
    assert sorted(outcome.records) == [ID + "project/p-01", ID + "project/p-02"]
    twice = of_file(workbook(("2022", good_sheet().rows), ("2023", good_sheet().rows)), "a.xlsx")
    assert ("duplicate-identifier", "2023", 2, "A") in places(twice)


def test_what_a_workbook_hides_merges_or_cannot_show_is_said_at_its_cell(of_file: Judge) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("E2:E3")
        sheet["H3"] = "#REF!"
        sheet["H3"].data_type = "e"
        sheet["I3"] = "=1+1"
        sheet.merge_cells("A9:B9")

    table = good_sheet().with_row("identificatie", "P 02")
    outcome = of_file(book(table, change=change), "a.xlsx")
    found = [one for one in places(outcome) if one[0] not in ("project-applicant",)]
    assert {
        ("hidden-rows", "Projecten", 3, None),
        ("hidden-column", "Projecten", 1, "C"),
        ("merged-cells", "Projecten", 2, "E"),
        ("error-in-cell", "Projecten", 3, "H"),
        ("unreckoned-formula", "Projecten", 3, "I"),
    } <= set(found)
    assert not [
        one for one in found if one[2] == 3 and one[3] in ("E", "H", "I") and "-" not in one[0]
    ]
    violations = {f.constraint for f in outcome.report.findings if f.severity == "violation"}
    assert violations == {"merged-cells", "error-in-cell", "unreckoned-formula"}


def test_a_hidden_sheet_with_projects_is_not_read_and_that_is_said(of_file: Judge) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.worksheets[1].sheet_state = "hidden"

    second = good_sheet().changed("identificatie", "P 02")
    data = workbook(("2022", good_sheet().rows), ("2023", second.rows), change=change)
    outcome = of_file(data, "a.xlsx")
    assert list(outcome.records) == [ID + "project/p-01"]
    assert ("hidden-sheet", "2023", None, None) in places(outcome)


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        (b'<urn:x> <urn:y> "z" .', "about-something-else"),
        (b'<%s> <urn:y> "z" .', "not-taken-over"),
        (b'<%s> <http://purl.org/dc/terms/title> "Tweede"@nl .', "project-title"),
        (b"<%s> <urn:y> [] .", "nameless-thing"),
        (b"<%s> <urn:y> ", "cut-off-file"),
    ],
)
def test_what_no_column_says_is_not_taken_over_in_part(
    of_file: Judge, sound: GateOutcome, more: bytes, constraint: str
) -> None:
    record = (ID + "project/p-01").encode()
    data = statements(sound.records, ox.RdfFormat.N_TRIPLES) + more.replace(b"%s", record)
    outcome = of_file(data, "a.ttl")
    assert constraint in {f.constraint for f in outcome.report.findings}
    assert not outcome.report.conforms
    assert outcome.records == {}


@pytest.mark.parametrize(
    ("old", "new", "constraint"),
    [
        (b'"2022-09-01"', b'"2022-09-31"', "invalid-date"),
        (b"/subsidy-round/5a>", b"/subsidy-round/9z>", "unknown-code"),
        (b"/working-element/begrenzing>", b"/working-element/verzonnen>", "unknown-code"),
    ],
)
def test_one_fault_in_a_value_of_linked_data_is_one_finding(
    of_file: Judge, sound: GateOutcome, old: bytes, new: bytes, constraint: str
) -> None:
    data = statements(sound.records, ox.RdfFormat.N_TRIPLES)
    outcome = of_file(data.replace(old, new), "a.nt")
    violations = [f.constraint for f in outcome.report.findings if f.severity == "violation"]
    assert data.count(old)
    assert violations == [constraint]


def test_another_graph_is_refused(of_file: Judge, sound: GateOutcome) -> None:
    data = statements(sound.records, ox.RdfFormat.N_QUADS)
    outcome = of_file(data.replace(b"/graph/records>", b"/graph/ontology>"), "a.nq")
    assert {f.constraint for f in outcome.report.findings} >= {"other-graph"}
    assert not outcome.readable


def test_a_context_from_elsewhere_is_not_fetched(of_file: Judge) -> None:
    text = {"@context": "https://schema.org/", "@id": ID + "project/p-01", "name": "x"}
    [found] = of_file(json.dumps(text).encode(), "a.jsonld").report.findings
    assert found.constraint == "remote-context"


def test_an_address_that_is_not_that_of_the_identifier_is_refused(
    of_file: Judge, sound: GateOutcome
) -> None:
    data = statements(sound.records, ox.RdfFormat.N_TRIPLES).replace(
        b"project/p-01", b"project/p-9"
    )
    outcome = of_file(data, "a.nt")
    assert "address-of-another" in {f.constraint for f in outcome.report.findings}
    assert outcome.records == {}
