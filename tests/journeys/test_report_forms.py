"""A report in the form that is asked, and the workbook to fill in: over HTTP, from template to report."""

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import httpx
import openpyxl
import pytest

from werkzaam.api.report_answers import REPORT_FORMS
from werkzaam.ingest.formats import XLSX

GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast,analist\n"
)
BAD = GOOD.replace("Houvast", "Houvasd")
TEMPLATE = "/v1/mappings/projects/template"


def preview(service: Any, query: str = "", text: str = BAD, **more: Any) -> httpx.Response:
    answer: httpx.Response = service.client.post(
        f"/v1/submissions{query}",
        files={"file": ("mijn é.csv", text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": more.pop("mode", "preview")},
        **more,
    )
    return answer


def opened(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX
    return openpyxl.load_workbook(io.BytesIO(answer.content))


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "*/*", "application/json"),
        ("", "text/csv", "text/csv"),
        ("", f"text/csv;q=0.5, {XLSX}", XLSX),
        ("?format=csv", XLSX, "text/csv"),
        ("?format=json", "text/csv", "application/json"),
    ],
)
def test_a_preview_comes_in_the_form_that_is_asked(
    service: Any, query: str, accept: str, kind: str
) -> None:
    answer = preview(service, query, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
    assert answer.headers["cache-control"] == "no-store"


def test_findings_as_a_table_are_those_of_the_report(service: Any) -> None:
    report = preview(service).json()
    answer = preview(service, "?format=csv&lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["rule"] for row in rows] == [one["constraint"] for one in report["findings"]]
    fault = next(row for row in rows if row["rule"] == "unknown-code")
    assert (fault["row"], fault["column"], fault["value"]) == ("2", "E", "Houvasd")
    assert answer.headers["content-language"] == "en"
    name = "mijn%20%C3%A9-findings.csv"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    marked = preview(service, "?format=csv&lang=en&bom=true")
    assert marked.content == b"\xef\xbb\xbf" + answer.content
    sheet = opened(preview(service, "?format=xlsx&lang=nl")).active
    assert sheet.title == "Bevindingen"
    assert sheet.max_row == len(rows) + 1


def test_the_file_comes_back_with_remarks(service: Any) -> None:
    answer = preview(service, "?format=marked&lang=nl")
    book = opened(answer)
    assert book.sheetnames == ["Bevindingen", "mijn é"]
    assert book.worksheets[1]["E2"].comment.text.startswith('Fout: "Houvasd" staat niet in')
    assert answer.headers["content-disposition"].endswith("mijn%20%C3%A9-met-opmerkingen.xlsx")


def test_what_has_no_report_of_its_own_says_where_there_is_one(service: Any) -> None:
    later = {"Prefer": "respond-async"}
    for answer in (
        preview(service, "?format=csv&lang=en", mode="commit"),
        preview(service, "?format=marked&lang=en", headers=later),
    ):
        assert answer.status_code == 400
        assert "format goes with mode=preview" in answer.json()["detail"]
    wrong = preview(service, "?format=pdf&lang=en")
    assert (wrong.status_code, wrong.json()["choices"]) == (400, list(REPORT_FORMS))
    refused = preview(service, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert preview(service, headers={"Accept": "text/csv", **later}).status_code == 202
    unreadable = preview(service, "?format=csv", text="a\0b")
    assert unreadable.headers["content-type"] == "application/problem+json"
    assert unreadable.json()["report"]["validated"] is False


def test_the_report_on_a_recorded_file_comes_in_every_form(
    start_service: Callable[..., Any],
) -> None:
    running = start_service()
    one, other = running.bearer("submitter", "een"), running.bearer("submitter", "twee")
    done = preview(running, text=GOOD, mode="commit", headers={**one, "Accept": "text/csv"})
    assert done.status_code == 201
    where = f"{done.headers['location']}/report"

    def get(query: str = "", **headers: str) -> httpx.Response:
        answer: httpx.Response = running.client.get(f"{where}{query}", headers={**one, **headers})
        return answer

    assert get().json() == done.json()["report"]
    assert get(Accept="text/csv").text.startswith("bestand,blad,rij,")
    assert opened(get("?format=xlsx")).sheetnames == ["Bevindingen"]
    book = opened(get("?format=marked&lang=en"))
    assert book.sheetnames == ["Findings", "mijn é"]
    assert book.worksheets[1]["B2"].value == "Samen op pad"
    assert running.client.get(f"{where}?format=marked", headers=other).status_code == 403
    assert running.client.get(where).status_code == 401
    assert get("?mode=x").status_code == 400


def test_a_workbook_to_fill_in(service: Any) -> None:
    english = {"Accept-Language": "en"}
    answer = service.client.get(f"{TEMPLATE}?format=xlsx", headers=english)
    book = opened(answer)
    assert book.worksheets[0].title == "Projects"
    assert book.worksheets[0]["A1"].value == "identifier"
    assert answer.headers["content-language"] == "en"
    assert answer.headers["content-disposition"] == 'attachment; filename="werkzaam-projects.xlsx"'
    again = service.client.get(TEMPLATE, headers={**english, "Accept": XLSX})
    assert again.content == answer.content
    tag = {"If-None-Match": answer.headers["etag"], **english}
    assert service.client.get(f"{TEMPLATE}?format=xlsx", headers=tag).status_code == 304
    listed = service.client.get("/v1/mappings", headers=english).json()["mappings"]
    links = {one["name"]: one["workbook"] for one in listed}
    assert service.client.get(links["projects"]).content == answer.content
    assert service.client.get(f"{TEMPLATE}?format=ods").status_code == 400


def test_the_demo_offers_what_it_takes(demo: Any) -> None:
    book = opened(demo.client.get(f"{TEMPLATE}?format=xlsx&lang=nl"))
    assert book.worksheets[-1]["A1"].value == "VOORBEELD"


def fill_in(service: Any, language: str = "nl", **changes: Any) -> Any:
    """The workbook to fill in, with one row in which ``changes`` are made."""
    book = opened(service.client.get(f"{TEMPLATE}?format=xlsx&lang={language}"))
    sheet = book.worksheets[0]
    titles, texts = (line.split(",") for line in GOOD.splitlines()[:2])
    row: dict[str, Any] = dict(zip(titles, texts, strict=True))
    row |= {"startdatum": datetime.date(2023, 1, 1), "deelnemers": 34, **changes}
    for cell in sheet[1]:
        if cell.value in row:
            sheet.cell(2, cell.column).value = row[cell.value]
    return book


def preview_book(service: Any, book: Any, query: str = "") -> httpx.Response:
    data = io.BytesIO()
    book.save(data)
    answer: httpx.Response = service.client.post(
        f"/v1/submissions{query}",
        files={"file": ("ingevuld.xlsx", data.getvalue(), XLSX)},
        data={"mapping": "projects", "mode": "preview"},
    )
    return answer


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_template_as_it_came_holds_nothing(service: Any, language: str) -> None:
    book = opened(service.client.get(f"{TEMPLATE}?format=xlsx&lang={language}"))
    report = preview_book(service, book).json()
    assert [one["constraint"] for one in report["findings"]] == ["no-rows"]
    assert report["facts"]["rows"] == 0


def test_a_template_that_is_filled_in_is_good(service: Any) -> None:
    report = preview_book(service, fill_in(service)).json()
    assert (report["conforms"], report["facts"]["rows"]) == (True, 1)
    assert [one for one in report["findings"] if one["sheet"] not in ("Projecten", None)] == []
    assert report["facts"]["unreadSheets"] == ["Uitleg", "Over dit bestand"]


def test_ordinary_mistakes_are_told_in_the_cells_and_mended_there(service: Any) -> None:
    wrong = fill_in(service, **{"werkzame elementen: wel": "Houvasd", "deelnemers": "dertig"})
    report = preview_book(service, wrong).json()
    faults = [one for one in report["findings"] if one["severity"] == "violation"]
    assert {one["sheet"] for one in faults} == {"Projecten"}
    back = opened(preview_book(service, wrong, "?format=marked&lang=nl"))
    sheet = back["Projecten"]
    for one in faults:
        cell = sheet[f"{one['column']}{one['row']}"]
        assert cell.comment.text.startswith("Fout: ")
    assert len(sheet.data_validations.dataValidation) == len(sheet[1])
    again = preview_book(service, back).json()
    assert again["findings"] == report["findings"]
    for one in faults:
        cell = sheet[f"{one['column']}{one['row']}"]
        cell.value = 30 if one["columnTitle"] == "deelnemers" else "Houvast"
    mended = preview_book(service, back).json()
    assert mended["conforms"] is True
