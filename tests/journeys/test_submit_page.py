"""The page about submissions over HTTP: what it announces comes true, and who may save what."""

import base64
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import openpyxl
import pytest
from tests.unit.ingest.workbooks import workbook as made_workbook

from werkzaam.ingest.formats import XLSX

HEAD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,"
    "werkzame elementen: uitdrukkelijk niet,werkzame elementen: niet genoemd,gecodeerd door\n"
)
FIRST = HEAD + (
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,Begrenzing,,analist\n"
    "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,,Wederkerigheid,analist\n"
)
# MDT-1 loses an element and gains one, MDT-2 stays out of the file, MDT-3 is new
SECOND = HEAD + (
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Begrenzing,Houvast,,analist\n"
    "MDT-3,Nieuw hier,Jongeren ontmoeten elkaar.,5a,houvast,,,analist\n"
)
Readers = Callable[..., "Reader"]
PER_ELEMENT = "/v1/queries/coverage/projects-per-working-element"
ROW = re.compile(
    r'<tr role="row"><th scope="row" role="rowheader">\s*<a class="nl-link" href="([^"]+)"[^>]*>[^<]*</a>\s*'
    r'</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td></tr>'
)  # fmt: skip


@dataclass
class Reader:
    """Somebody at the page, signed in with a token."""

    running: Any
    token: str

    def get(self, path: str) -> httpx.Response:
        with self._client() as client:
            return client.get(path)

    def send(
        self, text: str | bytes, mode: str, name: str = "projecten.csv", accept: str = "all"
    ) -> httpx.Response:
        page = self.get("/submit").text
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        data = {"mapping": "projects", "mode": mode, "csrf": found[1] if found else ""}
        data["accept"] = accept
        sent = text.encode() if isinstance(text, str) else text
        with self._client() as client:
            return client.post("/submit", data=data, files={"file": (name, sent)})

    def submissions(self) -> list[str]:
        """The names of those on the page, in order."""
        return re.findall(r'href="/submit/([0-9a-f]+)/original"', self.get("/submit?lang=en").text)

    def _client(self) -> httpx.Client:
        headers = {"Cookie": f"werkzaam-session={self.token}", "Accept-Language": "en"}
        return httpx.Client(base_url=self.running.url, headers=headers, timeout=60)


def readers(running: Any) -> Readers:
    """``reader(role, label)``: somebody at the page of ``running``, with a new token."""
    return lambda role, label="": Reader(running, running.secret(role, label))


@pytest.fixture
def reader(intake: Any) -> Readers:
    """Somebody, without a label nobody else, at the page of a service without records."""
    return readers(intake)


def announced(answer: httpx.Response) -> dict[str, tuple[str, str]]:
    """By element, what the page says the answer is now and will be."""
    assert answer.status_code == 200, answer.text
    return {
        href.rsplit("/", 1)[1]: (html.unescape(before), html.unescape(after))
        for href, before, after in ROW.findall(answer.text)
    }


def version(reader: Reader) -> int:
    """The newest version of the dataset."""
    return int(reader.get(f"{PER_ELEMENT}?lang=en").json()["version"])


def said(reader: Reader) -> dict[str, str]:
    """By element, what the catalogued question says now."""
    found = reader.get(f"{PER_ELEMENT}?lang=en").json()
    return {
        row["element"]["value"].rsplit("/", 1)[1]: row["records"]["value"] for row in found["rows"]
    }


def test_what_is_announced_is_what_the_question_says_afterwards(reader: Readers) -> None:
    somebody = reader("submitter")
    for text, changing in [
        (FIRST, ["begrenzing", "houvast", "wederkerigheid"]),
        (SECOND, ["begrenzing", "houvast", "wederkerigheid"]),
    ]:
        before = said(somebody)
        promise = announced(somebody.send(text, "preview"))
        assert sorted(promise) == changing
        assert said(somebody) == before
        assert somebody.send(text, "commit").status_code == 303
        after = said(somebody)
        for element, (was, then) in promise.items():
            assert (was, then) == (before[element], after[element])
        for element in before.keys() - promise.keys():
            assert " of " not in before[element] + after[element]
    assert said(somebody)["houvast"] == "2 of 3 coded projects"
    again = somebody.send(SECOND, "preview")
    assert announced(again) == {}
    assert "The numbers change for no working element." in again.text
    assert "Loaded projects: now 3, after recording 3." in again.text


def test_a_file_with_faults_announces_nothing(reader: Readers) -> None:
    answer = reader("submitter").send(FIRST.replace("Houvast;", "Houvasd;"), "preview")
    assert 'id="coverage-sentence"' not in answer.text
    assert "Fault, 1 time: Value is not in the list" in answer.text
    assert '<code class="constraint">unknown-code</code>' in answer.text


def test_the_file_and_the_report_can_be_saved(reader: Readers) -> None:
    somebody = reader("submitter")
    somebody.send(FIRST, "commit", "mijn projecten é.csv")
    [name] = somebody.submissions()
    original = somebody.get(f"/submit/{name}/original")
    report = somebody.get(f"/submit/{name}/report.json")
    remarks = somebody.get(f"/submit/{name}/remarks.xlsx")
    assert original.content == FIRST.encode()
    assert json.loads(report.content)["conforms"] is True
    assert workbook(remarks).sheetnames == ["Findings", "mijn projecten é"]
    plain = "application/octet-stream"
    for answer, saved, kind in (
        (original, "mijn%20projecten%20%C3%A9.csv", plain),
        (report, "mijn%20projecten%20%C3%A9-report.json", plain),
        (remarks, "mijn%20projecten%20%C3%A9-with-remarks.xlsx", XLSX),
    ):
        headers = answer.headers
        assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{saved}"
        assert headers["content-type"] == kind
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "etag" not in headers


def workbook(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_a_checked_file_comes_with_its_findings_and_the_file_with_remarks(reader: Readers) -> None:
    somebody = reader("submitter")
    bad = FIRST.replace("Houvast;", "Houvasd;")
    page = somebody.send(bad, "preview").text
    assert "2 projects. Is that what you expected?" in page
    found = dict(re.findall(r'id="download-(\w+)" href="data:[^,]+;base64,([^"]+)"', page))
    assert sorted(found) == ["marked", "xlsx"]
    for part, names in (("xlsx", ["Findings"]), ("marked", ["Findings", "projecten"])):
        data = base64.b64decode(html.unescape(found[part]))
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == names
    marked = somebody.send(bad, "marked")
    assert marked.headers["content-disposition"].endswith("projecten-with-remarks.xlsx")
    assert (
        workbook(marked).worksheets[1]["E2"].comment.text.startswith('Fault: "Houvasd" is not in')
    )
    refused = somebody.send(bad, "commit")
    assert (refused.status_code, 'id="download-marked"' in refused.text) == (400, True)
    assert somebody.submissions() == []


def test_what_is_without_faults_can_be_recorded_and_the_rest_comes_back(reader: Readers) -> None:
    somebody = reader("submitter")
    bad = FIRST.replace("Houvast;", "Houvasd;")
    recorded = version(somebody) + 1
    done = somebody.send(bad, "commit", accept="validRows")
    assert done.status_code == 303
    [name] = somebody.submissions()
    page = somebody.get(f"{done.headers['location']}&lang=en").text
    assert f"projecten.csv is recorded as version {recorded} of the dataset: 1 project." in page
    assert "1 was refused because of a fault, and is not recorded." in page
    assert f'href="/submit/{name}/refused"' in page
    assert "(XLSX)" in page
    rows = workbook(somebody.get(f"/submit/{name}/refused")).worksheets[0]
    assert [cell.value for cell in rows["A"]] == ["identificatie", "MDT-1"]
    again = somebody.send(FIRST, "commit")
    assert 'id="notice-refused"' not in somebody.get(again.headers["location"]).text


def test_refused_objects_come_back_as_a_file_like_the_one_that_was_sent(reader: Readers) -> None:
    somebody = reader("submitter")
    good = '{"identifier": "MDT-1", "title": "Samen op pad", "round": "5a"}'
    bad = good.replace("MDT-1", "MDT-2").replace("5a", "55a")
    done = somebody.send(f"[{good}, {bad}]", "commit", "p.json", "validRows")
    [name] = somebody.submissions()
    page = somebody.get(f"{done.headers['location']}&lang=en").text
    assert "Download these records, mend them and send them in again" in page
    back = somebody.get(f"/submit/{name}/refused")
    assert (back.content, back.headers["content-type"]) == (f"[{bad}]".encode(), "application/json")
    assert back.headers["content-disposition"].endswith("p-refused-rows.json")


def test_rows_that_belong_to_no_record_come_back_too(reader: Readers) -> None:
    rows = [("identificatie", "titel", "subsidieronde"), ("MDT-1", "Samen op pad", "5a")]
    partners = [("project", "naam"), ("MDT-9", "Stichting Voorbeeld Een")]
    data = made_workbook(("Projecten", rows), ("Partners", partners))
    somebody = reader("submitter")
    done = somebody.send(data, "commit", "p.xlsx", "validRows")
    [name] = somebody.submissions()
    page = somebody.get(f"{done.headers['location']}&lang=en").text
    assert "Rows that belong to none of these were refused" in page
    assert len(workbook(somebody.get(f"/submit/{name}/refused")).sheetnames) == 2


def test_a_file_that_cannot_be_read_does_not_come_back(reader: Readers) -> None:
    answer = reader("submitter").send("a\0b", "marked")
    assert answer.status_code == 400
    assert "This file could not be checked" in answer.text
    assert 'id="download-xlsx"' in answer.text
    assert 'id="download-marked"' not in answer.text


def test_a_table_to_fill_in_comes_in_the_language_of_the_page(service: Any) -> None:
    for path, kind in (("csv", "text/csv; charset=utf-8"), ("xlsx", XLSX)):
        for query, first in (
            ("lang=en", "identifier"),
            ("mapping=projects&lang=nl", "identificatie"),
        ):
            answer = service.client.get(f"/submit/template.{path}?{query}")
            assert answer.headers["content-type"] == kind
            assert answer.headers["content-disposition"].endswith(f"werkzaam-projects.{path}")
            cell = (
                workbook(answer).worksheets[0]["A1"].value
                if path == "xlsx"
                else answer.content.decode("utf-8-sig").partition(",")[0]
            )
            assert cell == first
        assert service.client.get(f"/submit/template.{path}?mapping=x").status_code == 404


def test_who_may_see_and_save_what(start_service: Callable[..., Any]) -> None:
    reader = readers(start_service())
    one, two = reader("submitter", "een"), reader("submitter", "twee")
    curator = reader("curator", "drie")
    one.send(FIRST, "commit")
    two.send(FIRST.replace("MDT-", "X-"), "commit")
    [of_one], [of_two] = one.submissions(), two.submissions()
    assert curator.submissions() == [of_two, of_one]
    page = curator.get("/submit?lang=en").text
    assert "All submissions" in page
    assert re.findall(r'data-label="Submitted by">([^<]+)<', page) == ["twee", "een"]
    assert "Submitted by" not in one.get("/submit?lang=en").text
    nobody, ended = Reader(one.running, ""), Reader(one.running, "nonsense")
    for part in ("original", "report.json", "remarks.xlsx"):
        assert curator.get(f"/submit/{of_one}/{part}").status_code == 200
        assert one.get(f"/submit/{of_one}/{part}").status_code == 200
        assert two.get(f"/submit/{of_one}/{part}").status_code == 403
        assert nobody.get(f"/submit/{of_one}/{part}").status_code == 403
        assert ended.get(f"/submit/{of_one}/{part}").status_code == 403
        assert one.get(f"/submit/0123456789abcdef/{part}").status_code == 404
        for refused in (
            two.get(f"/submit/{of_one}/{part}"),
            nobody.get(f"/submit/{of_one}/{part}"),
        ):
            assert "MDT-1" not in refused.text
            assert "content-disposition" not in refused.headers


def test_the_file_of_another_is_told_beforehand_and_ones_own_again_changes_nothing(
    reader: Readers,
) -> None:
    one, two, nobody = reader("submitter"), reader("submitter"), reader("submitter")
    nobody.token = ""
    new = version(one) + 1
    assert one.send(FIRST, "commit").status_code == 303
    for mode in ("preview", "commit"):
        answer = two.send(FIRST, mode)
        assert '<code class="constraint">other-agents-identifier</code>' in answer.text
        assert 'id="coverage-sentence"' not in answer.text
    assert two.submissions() == []
    for somebody in (one, nobody):
        assert "other-agents-identifier" not in somebody.send(FIRST, "preview").text
    again = one.send(FIRST, "commit")
    assert again.status_code == 303
    [name] = one.submissions()
    assert again.headers["location"] == f"/submit?stood={name}"
    notice = one.get(f"{again.headers['location']}&lang=en").text
    assert f"projecten.csv stood already, as version {new} of the dataset: 2 projects." in notice
    assert 'id="notice-recorded"' not in two.get(again.headers["location"]).text
