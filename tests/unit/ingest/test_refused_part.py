"""What was refused comes back: complete, as it was sent, in a file that can be mended and resent."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from tests.unit.ingest.conftest import good_sheet
from tests.unit.ingest.test_valid_rows import PARTNERS, three
from tests.unit.ingest.workbooks import opendocument, workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.formats import resent_as
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload, Wish
from werkzaam.ingest.marked_workbook import marked_workbook
from werkzaam.ingest.partial_outcome import held_by_others
from werkzaam.ingest.refused_part import refused_part
from werkzaam.ingest.report import Report, UploadedFile, make_report

ID = "https://w3id.org/mdt-kennisgraaf/id/project/"
SUBMISSIONS = Path(__file__).parents[2] / "data" / "submissions"
Ask = Callable[..., GateOutcome]


@pytest.fixture(scope="module")
def asked(all_content: Content) -> Ask:
    """What the gate says of a file where only the valid rows are asked for."""

    def judge_file(data: bytes, name: str) -> GateOutcome:
        wish = Wish(False, valid_rows=True)
        return judge(all_content, b"", Upload(data, name, "projects"), wish=wish)

    return judge_file


def opened(data: bytes | None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data or b""))


def texts(sheet: Any) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def told(kind: str, *paths: str) -> Report:
    file = UploadedFile(f"a.{kind}", "0" * 64, None, kind)
    return make_report(file, ("projects", "1"), [], {"refusedPaths": list(paths)})


ONE = '{"identifier": "P 1",  "title": "Samen op pad", "round": "5a"}'
TWO = (
    '{"identifier": "P 2", "title": "Samen \\u006boken", "round": "5a",\n'
    '  "requestedAmount": 1.50e3, "participants": 7.0, "own field": {"a": [1.0, "x,]}"]} }'
)
THREE = '{"identifier":"P 3","title":"Samen lezen","round":"55a"}'


def test_objects_come_back_letter_by_letter_in_the_shape_that_was_sent() -> None:
    text = (
        f'{{ "sent": "2024",\n "projects": [\n  {ONE},\n  {TWO},\n  {THREE}\n ], "more": [1.0] }}\n'
    )
    made = refused_part(text.encode(), told("json", "/projects/1", "/projects/2"), "nl")
    assert (
        made
        == (
            f'{{ "sent": "2024",\n "projects": [\n  {TWO},\n  {THREE}\n ], "more": [1.0] }}\n'
        ).encode()
    )


@pytest.mark.parametrize(
    ("around", "pointer"),
    [
        ("[{}]", ""),
        (" [ {} ]\n", ""),
        ('{{"a/b": [null, {{"c~": [{}]}}], "z": {{}}}}', "/a~1b/1/c~0"),
        ('{{"projects":[],"data":{{"projects":[{}]}}}}', "/data/projects"),
    ],
)
def test_a_list_is_found_wherever_it_stands(around: str, pointer: str) -> None:
    text = around.format(", ".join((ONE, TWO, THREE)))
    for number, kept in enumerate((ONE, TWO, THREE)):
        made = refused_part(text.encode(), told("json", f"{pointer}/{number}"), "nl")
        assert made == around.format(kept).encode()


def test_lines_come_back_as_they_were(asked: Ask) -> None:
    one, three_ = json.dumps(json.loads(ONE)), THREE
    text = f"\ufeff{one}\r\n\r\n{three_}\r\n"
    outcome = asked(text.encode(), "a.jsonl")
    assert outcome.facts["refusedPaths"] == ["/1"]
    assert refused_part(text.encode(), outcome.report, "nl") == f"{three_}\n".encode()


def test_objects_in_another_encoding_come_back_in_utf_8() -> None:
    text = f"[{ONE}, {THREE}]".replace("lezen", "lézen")
    made = refused_part(text.encode("cp1252"), told("json", "/1"), "nl")
    assert "lézen" in (made or b"").decode("utf-8")


def test_refused_objects_can_be_mended_and_resent(asked: Ask) -> None:
    text = f'{{"projects": [{ONE}, {THREE}]}}'
    outcome = asked(text.encode(), "a.json")
    assert list(outcome.records) == [ID + "p-1"]
    made = (refused_part(text.encode(), outcome.report, "nl") or b"").decode()
    assert resent_as(outcome.report.file.format) == (".json", "application/json")
    again = asked(made.replace("55a", "5a").encode(), "a.json")
    assert again.report.conforms
    assert list(again.records) == [ID + "p-3"]


def statements(identifier: str, round_: str = "") -> str:
    """A good record in Turtle under another identifier."""
    text = (SUBMISSIONS / "good-turtle.ttl").read_text("utf-8")
    text = text.replace("p-01", identifier.lower().replace(" ", "-")).replace("P 01", identifier)
    return text + round_


def in_format(text: str, form: ox.RdfFormat) -> bytes:
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    without = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML)
    said = [quad.triple for quad in quads] if form in without else quads
    return ox.serialize(said, format=form) or b""


def triples(data: bytes, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(data, format=form)}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.ttl", ox.RdfFormat.TURTLE),
        ("a.trig", ox.RdfFormat.TRIG),
        ("a.nt", ox.RdfFormat.N_TRIPLES),
        ("a.nq", ox.RdfFormat.N_QUADS),
        ("a.rdf", ox.RdfFormat.RDF_XML),
        ("a.jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_refused_records_of_linked_data_come_back_in_the_format_that_was_sent(
    asked: Ask, name: str, form: ox.RdfFormat
) -> None:
    good, bad = statements("P 01"), statements("P 02", f'<{ID}p-02> <urn:x:own> "iets, 1.0" .\n')
    data = in_format(good + bad, form)
    outcome = asked(data, name)
    assert list(outcome.records) == [ID + "p-01"]
    assert outcome.facts["refusedPaths"] == [ID + "p-02"]
    made = refused_part(data, outcome.report, "nl") or b""
    assert triples(made, form) == triples(in_format(bad, form), form)
    assert resent_as(outcome.report.file.format)[0] == f".{name.partition('.')[2]}"


def test_turtle_keeps_the_short_names_of_the_sender() -> None:
    text = (
        f'@prefix p: <{ID}> . p:p-1 <urn:x:a> "x" . p:p-10 <urn:x:a> "y" . p:p-1/b <urn:x:a> "z" .'
    )
    text = text.replace("p:p-1/b", "p:p-1\\/b")
    made = refused_part(text.encode(), told("turtle", ID + "p-1"), "nl") or b""
    assert b"p:p-1 " in made
    assert triples(made, ox.RdfFormat.TURTLE) == {
        f'<{ID}p-1> <urn:x:a> "x"',
        f'<{ID}p-1/b> <urn:x:a> "z"',
    }


def test_a_term_that_no_context_knows_is_called_as_it_was() -> None:
    text = json.dumps({"@context": {}, "@id": ID + "p-1", "own": "x"})
    made = json.loads(refused_part(text.encode(), told("jsonld", ID + "p-1"), "nl") or b"")
    assert made == [{"@id": ID + "p-1", "own": [{"@value": "x"}]}]


def test_where_nothing_was_refused_there_is_no_file() -> None:
    for kind in ("csv", "json", "jsonl", "turtle"):
        assert refused_part(b"[{}]", told(kind), "nl") is None


def test_a_row_of_a_group_comes_back_below_a_main_sheet_that_can_be_filled_in(asked: Ask) -> None:
    partners = [*PARTNERS[:2], ("P 99", "Stichting Voorbeeld Vijf", "")]
    rows = good_sheet().rows
    data = workbook(("Projecten", rows), ("Partners", partners))
    outcome = asked(data, "a.xlsx")
    assert outcome.facts["refusedRows"] == [{"sheet": "Partners", "rows": [3]}]
    book = opened(refused_part(data, outcome.report, "nl"))
    assert book.sheetnames == ["Projecten", "Partners"]
    assert texts(book["Projecten"]) == [rows[0]]
    assert [row[0] for row in texts(book["Partners"])] == ["project", "P 99"]
    again = asked(saved(book), "b.xlsx").report
    faults = [one for one in again.findings if one.severity == "violation"]
    assert [(one.constraint, one.sheet, one.row) for one in faults] == [
        ("no-rows", None, None),
        ("unknown-record", "Partners", 2),
    ]
    assert "voeg daar een rij toe" in faults[1].fix.nl
    for place, text in enumerate(good_sheet().changed("identificatie", "P 99").rows[1], start=1):
        book["Projecten"].cell(2, place).value = text
    assert list(asked(saved(book), "b.xlsx").records) == [ID + "p-99"]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_of_groups_of_records_of_others_come_back_with_them(asked: Ask) -> None:
    data = workbook(("Projecten", three("titel", "Samen eten").rows), ("Partners", PARTNERS))
    outcome = held_by_others(asked(data, "a.xlsx"), {ID + "p-03"})
    book = opened(refused_part(data, outcome.report, "nl"))
    assert [row[0] for row in texts(book["Partners"])] == ["project", "P 03", "P 02", "P 03"]
    comment = book["Projecten"]["A3"].comment.text
    assert "al door iemand anders aangeleverd" in comment


def test_a_cell_with_an_error_comes_back_as_one(asked: Ask) -> None:
    def change(book: Any) -> None:
        book.worksheets[0]["H3"].value = "#REF!"

    data = workbook(("Projecten", three("titel", "Samen eten").rows), change=change)
    book = opened(refused_part(data, asked(data, "a.xlsx").report, "nl"))
    assert book["Projecten"]["H2"].data_type == "e"


LONG = "Projecten [2024]: de lijst voor de regio / noord"


def test_sheets_with_a_name_that_excel_refuses_come_back_with_their_remarks(asked: Ask) -> None:
    rows = three("subsidieronde", "55a").rows
    other = [
        rows[0],
        *good_sheet().changed("identificatie", "P 7").changed("deelnemers", "x").rows[1:],
    ]
    data = opendocument((f"{LONG} een", rows), (f"{LONG} twee", other), ("History", [["a"]]))
    report = asked(data, "a.ods").report
    assert [one["sheet"] for one in report.facts["refusedRows"]] == [f"{LONG} een", f"{LONG} twee"]
    names = ["Projecten  2024   de lijst voor", "Projecten  2024   de lijst vo 2"]
    book = opened(marked_workbook(data, report, "nl"))
    assert book.sheetnames == ["Bevindingen", *names, "History 2"]
    assert book[names[0]]["D3"].comment.text.startswith('Fout: "55a"')
    assert any(cell.comment for cell in book[names[1]][2])
    assert any(
        f"'{names[1]}'!" in cell.hyperlink.location
        for cell in book["Bevindingen"]["C"][1:]
        if cell.hyperlink
    )
    back = opened(refused_part(data, report, "nl"))
    assert back.sheetnames == names
    assert [row[0] for row in texts(back[names[0]])] == ["identificatie", "P 02"]
    assert [row[0] for row in texts(back[names[1]])] == ["identificatie", "P 7"]
    assert back[names[0]]["D2"].comment.text.startswith('Fout: "55a"')


def test_a_sheet_whose_name_cannot_be_shown_is_found_by_its_name() -> None:
    name = "Lijst\u202e een"
    data = opendocument((name, [["identificatie"], ["P 1"], ["P 2"]]))
    facts = {
        "refusedRows": [{"sheet": name, "rows": [3]}],
        "tables": [{"sheet": name, "titlesRow": 1, "group": None}],
    }
    report = make_report(UploadedFile("a.ods", "0" * 64, None, "ods"), ("projects", "1"), [], facts)
    [sheet] = opened(refused_part(data, report, "nl")).worksheets
    assert texts(sheet) == [["identificatie"], ["P 2"]]
