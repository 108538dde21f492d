"""The session of the page about submissions, and a report as a reader gets it."""

import base64
import io
import random
from dataclasses import dataclass
from threading import Event
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.links import Links
from werkzaam.domain.changes import Agent
from werkzaam.domain.queries import Bilingual, Language
from werkzaam.errors import Forbidden
from werkzaam.ingest.coverage_change import Coverage, CoverageChange
from werkzaam.ingest.formats import XLSX
from werkzaam.web.drawing import environment
from werkzaam.web.pieces import Named
from werkzaam.web.session import (
    refuse_other_origins,
    require_session,
    session_of,
    sign_in,
    sign_out,
)
from werkzaam.web.submit_coverage import coverage_view
from werkzaam.web.submit_downloads import downloads_of
from werkzaam.web.submit_pieces import (
    CoverageRow,
    CoverageView,
    FindingGroup,
    ReportView,
    UnmatchedRow,
)
from werkzaam.web.submit_report import report_view


@dataclass
class OneToken:
    """Knows one token."""

    def check(self, secret: str) -> Agent | None:
        return Agent("one", "submitter") if secret == "right" else None


def request(public_url: str = "http://here:1", **headers: str) -> Request:
    service = SimpleNamespace(tokens=OneToken(), links=Links(public_url))
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    app = SimpleNamespace(state=SimpleNamespace(service=service))
    return Request({"type": "http", "method": "POST", "headers": raw, "app": app})


def test_the_cookie_is_secure_behind_https_and_below_its_prefix() -> None:
    response = Response()
    sign_in(response, "right", Links("https://example.org/kennis"))
    cookie = response.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/kennis/submit", "Secure"):
        assert part in cookie
    plain = Response()
    sign_in(plain, "right", Links("http://127.0.0.1:1"))
    assert "Secure" not in plain.headers["set-cookie"]
    assert "Path=/submit;" in plain.headers["set-cookie"]
    sign_out(response, Links("https://example.org/kennis"))
    assert "Max-Age=0" in response.headers.getlist("set-cookie")[1]


def test_a_form_that_writes_carries_what_belongs_to_the_token() -> None:
    signed_in = request(cookie="werkzaam-session=right")
    found = session_of(signed_in)
    assert found is not None
    assert "right" not in found.csrf
    assert require_session(signed_in, found.csrf).agent.id == "one"
    assert session_of(request(cookie="werkzaam-session=wrong")) is None
    for asked, csrf in [(signed_in, ""), (signed_in, "é\ud800"), (request(), found.csrf)]:
        with pytest.raises(Forbidden):
            require_session(asked, csrf)


@pytest.mark.parametrize("origin", ["http://here:1", "http://proxied", "https://public.example"])
def test_our_own_pages_may_send(origin: str) -> None:
    host = "proxied" if origin == "http://proxied" else "here:1"
    refuse_other_origins(request("https://public.example/x", host=host, origin=origin))
    refuse_other_origins(request(host=host))


@pytest.mark.parametrize("origin", ["null", "", "http://here:2", "http://here:1.example"])
def test_other_sites_may_not(origin: str) -> None:
    with pytest.raises(Forbidden):
        refuse_other_origins(request(host="here:1", origin=origin))


def finding(constraint: str, row: int, message: str, severity: str = "violation") -> dict[str, Any]:
    both = {"nl": message, "en": message}
    return {
        "category": "validity", "sheet": None,
        "constraint": constraint, "severity": severity, "row": row, "column": "A",
        "columnTitle": "x", "value": None, "message": both, "fix": both,
    }  # fmt: skip


def report(findings: list[dict[str, Any]], conforms: bool | None) -> dict[str, Any]:
    counts = dict.fromkeys(("violation", "warning", "info"), 0)
    for one in findings:
        counts[one["severity"]] += 1
    file = {"name": "p.csv", "encoding": "utf-8", "sha256": "0" * 64, "format": "csv"}
    facts = {"delimiter": "tab", "rows": 2000, "new": 1, "changed": 0, "unchanged": 2}
    mapping = {"name": "projects", "version": "1.0.0"}
    return {
        "conforms": conforms, "validated": conforms is not None, "file": file, "counts": counts,
        "facts": facts, "findings": findings, "mapping": mapping,
    }  # fmt: skip


def test_findings_are_grouped_the_worst_first() -> None:
    same = [finding("same", row, "m") for row in range(2, 302)]
    view = report_view(
        report([finding("a", 2, "i", "info"), *same, finding("own", 2, "m"), finding("own", 3, "n")], False),
        {"same": Bilingual(nl="Zelfde", en="Same")},
        "nl",
    )  # fmt: skip
    assert [group.constraint for group in view.groups] == ["same", "own", "a"]
    assert view.sentence == (
        "Dit bestand is nog niet goed: 302 fouten, geen waarschuwingen, 1 opmerking."
    )
    first, own, _ = view.groups
    assert (len(first.first), len(first.others), first.message) == (3, 200, "m")
    assert first.left_out == "Nog 97 bevindingen worden niet getoond."
    assert (first.title, own.title) == ("Zelfde", "")
    assert own.own_messages
    assert [cell.message for cell in own.first] == ["m", "n"]
    assert view.change == ""


def test_a_good_file_says_what_would_change() -> None:
    view = report_view(report([], True), {}, "nl")
    assert view.conforms
    assert view.change == (
        "Als u dit bestand vastlegt: 1 nieuw project, "
        "0 projecten die iets anders zeggen dan nu, 2 die blijven zoals ze zijn."
    )
    assert ("Rijen die worden gelezen", "2.000") in view.facts
    assert ("Tussen de kolommen", "tab") in view.facts


def test_it_begins_with_what_the_file_is_about() -> None:
    told = report([], True)
    told["facts"] |= {"organisations": 1, "earliest": "2023-01-01", "latest": "2023-12-31"}
    assert report_view(told, {}, "nl").summary == (
        "2000 projecten, 1 organisatie, 1 januari 2023 tot en met 31 december 2023. "
        "Is dat wat u verwachtte?"
    )


def test_values_in_no_list_are_told_once_and_a_cell_with_its_sheet() -> None:
    wrong = {**finding("unknown-code", 2, 'Bedoelt u "Houvast"?'), "value": "Houvasd", "sheet": "P"}
    in_json = {**finding("x", 2, "m"), "row": None, "path": "/0/titel"}
    view = report_view(report([wrong, {**wrong, "row": 3}, in_json], False), {}, "nl")
    assert view.unmatched == [UnmatchedRow("x", "Houvasd", "2 keer", "Houvast")]
    codes, other = view.groups
    assert (codes.sheets, [cell.sheet for cell in codes.first]) == (True, ["P", "P"])
    assert (other.sheets, other.first[0].path) == (False, "/0/titel")


def test_the_findings_stand_in_the_page_as_files() -> None:
    data = b"identificatie\r\nP 1\r\n"
    made, lacking = downloads_of(report([finding("x", 2, "m")], False), data, "nl", Event())
    assert [(one.id, one.name) for one in made] == [
        ("download-xlsx", "p-bevindingen.xlsx"),
        ("download-marked", "p-met-opmerkingen.xlsx"),
    ]
    assert lacking == ""
    for one in made:
        kind, _, text = one.href.partition(";base64,")
        assert kind == f"data:{XLSX}"
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(text)))
        assert book.sheetnames[0] == "Bevindingen"
    assert downloads_of(report([], True), data, "nl", Event()) == ([], "")


def test_a_file_that_is_too_large_for_the_page_is_not_in_it() -> None:
    small = b"identificatie\r\nP 1\r\n"
    told = report([finding("x", 2, "m")], False)
    told["facts"]["rows"] = 2001
    assert lacking_of(told, small) == ["download-xlsx"]
    told["facts"]["rows"] = 1
    assert lacking_of(told, small + b" " * 1_000_000) == ["download-xlsx"]
    noise = random.Random(1)
    values = [base64.b64encode(noise.randbytes(700)).decode() for _ in range(2500)]
    told["findings"] = [{**finding("x", 2, "m"), "value": value} for value in values]
    assert lacking_of(told, small) == []
    told["file"]["format"] = "xlsx"
    told["findings"] = [finding("x", 2, "m")]
    assert lacking_of(told, b"PK") == ["download-xlsx"]
    for other in (None, "json", "turtle"):
        told["file"]["format"] = other
        made, lacking = downloads_of(told, b"", "nl", Event())
        assert ([one.id for one in made], lacking) == (["download-xlsx"], "")


def lacking_of(told: dict[str, Any], data: bytes) -> list[str]:
    """What is there of a report of which one file is not; it is said how to get it."""
    made, lacking = downloads_of(told, data, "nl", Event())
    assert "Controleren, opmerkingen downloaden" in lacking
    return [one.id for one in made]


def test_other_files_than_projects_are_not_called_projects() -> None:
    told = report([], True)
    told["mapping"]["name"] = "organisations"
    assert report_view(told, {}, "nl").change == (
        "Als u dit bestand vastlegt: 1 nieuw gegeven, "
        "0 gegevens die iets anders zeggen dan nu, 2 die blijven zoals ze zijn."
    )


def test_columns_are_told_sheet_by_sheet() -> None:
    told = report([], True)
    told["facts"]["unreadSheets"] = ["Uitleg"]
    told["facts"]["columns"] = [
        {"sheet": "Projecten", "column": "A", "title": "identificatie", "name": "identifier"},
        {"sheet": "Projecten", "column": "B", "title": "titel", "name": "title"},
        {"sheet": "Partners", "column": "A", "title": "project", "name": "project"},
    ]
    facts = dict(report_view(told, {}, "nl").facts)
    assert facts["Kolommen die worden gelezen"] == (
        "Projecten: A identificatie; B titel; Partners: A project"
    )
    assert facts["Bladen die niet worden gelezen"] == "Uitleg"


def test_a_file_that_could_not_be_checked_is_not_called_good_or_bad() -> None:
    view = report_view(report([finding("nul-byte", 1, "m")], None), {}, "en")
    assert view.sentence == "This file could not be checked: 1 fault."
    assert not view.conforms


def element(name: str) -> Named:
    return Named(name, f"/id/working-element/{name}", "nl", f"https://example.org/{name}")


def test_only_elements_that_change_are_listed_in_the_order_of_the_answer() -> None:
    change = CoverageChange(
        0,
        3,
        {
            "https://example.org/b": (Coverage(), Coverage(1, 2)),
            "https://example.org/a": (Coverage(), Coverage(0, 1)),
        },
    )
    view = coverage_view(change, [element("c"), element("b"), element("a")], "nl")
    assert view.sentence == "Voor 2 werkzame elementen veranderen de aantallen."
    assert view.loaded == "Geladen projecten: nu 0, na het vastleggen 3."
    assert [(row.element.text, row.before, row.after) for row in view.rows] == [
        ("b", "geen projectgegevens", "1 van 2 gecodeerde projecten"),
        ("a", "geen projectgegevens", "0 van 1 gecodeerde projecten"),
    ]
    assert view.left_out == ""


def test_no_coded_project_is_not_called_none_that_address_it() -> None:
    gone = CoverageChange(4, 4, {"https://example.org/a": (Coverage(1, 1), Coverage())})
    [row] = coverage_view(gone, [element("a")], "en").rows
    assert (row.before, row.after) == (
        "1 of 1 coded projects",
        "not coded in the 4 loaded projects",
    )
    same = coverage_view(CoverageChange(4, 5, {}), [element("a")], "en")
    assert same.sentence == "The numbers change for no working element."
    assert same.rows == []


def test_at_most_a_hundred_elements_are_shown_and_the_others_counted() -> None:
    elements = [element(str(number)) for number in range(103)]
    pair = (Coverage(), Coverage(1, 1))
    view = coverage_view(CoverageChange(0, 1, {one.iri: pair for one in elements}), elements, "en")
    assert len(view.rows) == 100
    assert view.sentence == "The numbers change for 103 working elements."
    assert view.left_out == "3 more elements change."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_titles_and_coverage_are_drawn(language: Language) -> None:
    nasty = "<script>alert(1)</script>"
    group = FindingGroup("finding-x", "x-y", "Fault", "m", "f", "1 time", [], [], title=nasty)
    row = CoverageRow(Named(nasty, "/id/working-element/a", "fy"), nasty, "2")
    coverage = CoverageView("s", "l", [row], nasty)
    template = environment(language).get_template("submit_report.html.jinja")
    frame = SimpleNamespace(language=language, content_language=language)
    module = template.make_module({"frame": frame})
    text = str(module.report(ReportView(True, "s", [], [group], "c", "", coverage)))  # type: ignore[attr-defined]
    assert "<script>" not in text
    assert ": &lt;script&gt;alert(1)&lt;/script&gt; <code" in text
    assert '<code class="constraint">x-y</code>' in text
    assert 'href="/id/working-element/a" lang="fy"' in text
    assert 'id="coverage-left-out"' in text
