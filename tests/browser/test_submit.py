"""The page about submissions, in a browser: what was wrong in which cell, and the answer that follows."""

import io
from typing import Any
from urllib.parse import urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations
from tests.browser.submit_desk import GOOD, Desk, choose, sign_in

GAP = "/queries/coverage/working-elements-without-projects"
BAD = GOOD.replace("Houvast;", "Houvasd;").replace("MDT-2,", "MDT-1,")
MANY = GOOD + "".join(f"MDT-{n},Titel {n},Kort.,5a,Houvasd,analist\n" for n in range(3, 12))


def record_good(desk: Desk, page: Page) -> None:
    """Record ``GOOD``, as the version after the newest."""
    newest = desk.running.client.get(f"/v1{GAP}").json()["version"]
    choose(page, GOOD, "#record")
    expect(page.locator("#notice-recorded")).to_contain_text(f"als versie {newest + 1} ")


def said_of_houvast(page: Page) -> str:
    page.goto(f"{GAP}?lang=nl")
    rows = page.locator("#answer-table tbody tr")
    return rows.filter(has_text="Houvast").first.inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_from_no_data_to_an_answer_and_back(desk: Desk, script: bool) -> None:
    page = desk.page(script=script)
    assert "geen projectgegevens" in said_of_houvast(page)

    page.goto("/submit")
    choose(page, BAD, "#check")
    expect(page.locator("#report-sentence")).to_contain_text("2 fouten")
    code = page.locator("#finding-violation-unknown-code")
    expect(code).to_contain_text("Bedoelt u")
    expect(code.locator("tbody tr")).to_contain_text(["2E · werkzame elementen: welHouvasd"])
    twice = page.locator("#finding-violation-duplicate-identifier tbody tr")
    expect(twice).to_contain_text(["3A · identificatieMDT-1"])
    expect(page.locator("#report-kept")).to_be_visible()

    sign_in(page, desk.token("submitter"))
    choose(page, BAD, "#record")
    expect(page.locator("#report-sentence")).to_contain_text("2 fouten")
    expect(page.locator("#no-submissions")).to_be_visible()
    choose(page, GOOD, "#check")
    expect(page.locator("#report-change")).to_contain_text("2 nieuwe projecten")
    expect(page.locator("#choose-again")).to_be_visible()
    record_good(desk, page)
    page.reload()
    expect(page.locator("#my-submissions tbody tr")).to_have_count(1)
    assert "2 van 2 gecodeerde projecten" in said_of_houvast(page)
    page.goto("/map?lang=nl")
    expect(page.locator("main")).to_contain_text("2 van 2 gecodeerde projecten")

    page.goto("/submit")
    page.locator("#my-submissions button").click()
    expect(page.locator("#notice-withdrawn")).to_be_visible()
    expect(page.locator("#my-submissions tbody tr")).to_contain_text("ingetrokken")
    assert "geen projectgegevens" in said_of_houvast(page)


def test_the_good_rows_are_recorded_and_the_others_come_back(desk: Desk) -> None:
    page = desk.page()
    sign_in(page, desk.token("submitter"))
    page.locator("#field-accept").select_option("validRows")
    choose(page, BAD.replace("MDT-1,Buurt", "MDT-2,Buurt"), "#record")
    expect(page.locator("#notice-recorded")).to_contain_text("1 project")
    expect(page.locator("#notice-refused")).to_contain_text("1 is afgekeurd om een fout")
    assert violations(page) == ""
    name, book = saved(page, "#refused-rows")
    assert name == "projecten-geweigerde-rijen.xlsx"
    assert book.worksheets[0]["E2"].comment.text.startswith("Fout: ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_accessible_and_stays_within_its_frame(fresh_desk: Desk, language: str) -> None:
    page = fresh_desk.page(width=390, language=language)
    check_page(page, language)
    choose(page, MANY, "#check")
    expect(page.locator("#report details").first).to_be_visible()
    page.locator("#report details summary").first.click()
    check_page(page, language)
    sign_in(page, fresh_desk.token("submitter"))
    choose(page, GOOD, "#check")
    expect(page.locator("#coverage tbody tr")).to_have_count(2)
    check_page(page, language)
    choose(page, GOOD, "#record")
    expect(page.locator("#notice-recorded")).to_be_visible()
    check_page(page, language)
    sign_in(other := fresh_desk.page(width=390, language=language), fresh_desk.token("curator"))
    check_page(other, language)
    choose(other, "PK\x03\x04", "#check")
    expect(other.locator("#error-summary")).to_be_visible()
    check_page(other, language)


def check_page(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    # each language on one of the two screens last: what differs between them is words
    for width in (1280, 390) if language == "nl" else (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for table in page.locator("table.stacked:visible").all():
            region = table.locator("xpath=..")
            assert region.evaluate("region => region.scrollWidth - region.clientWidth") <= 0
    assert violations(page) == ""


def test_the_cookie_is_for_these_pages_only_and_not_for_scripts(desk: Desk) -> None:
    page = desk.page()
    sign_in(page, desk.token("submitter"))
    kept = {one["name"]: one for one in page.context.cookies()}
    cookie = kept["werkzaam-session"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/submit")
    assert cookie["secure"] is False
    page.locator("#sign-out").click()
    expect(page.locator("#field-token")).to_be_visible()
    assert "werkzaam-session" not in {one["name"] for one in page.context.cookies()}


def saved(page: Page, link: str) -> tuple[str, Any]:
    """The name of what a link or button saves, and the workbook that it is."""
    with page.expect_download() as waiting:
        page.locator(link).click()
    return waiting.value.suggested_filename, openpyxl.load_workbook(
        io.BytesIO(waiting.value.path().read_bytes())
    )


@pytest.mark.parametrize("script", [True, False])
def test_from_the_template_to_the_remarks_in_ones_own_file(desk: Desk, script: bool) -> None:
    page = desk.page(script=script)
    with page.expect_download() as waiting:
        page.locator("#template-projects-csv").click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert text.startswith("identificatie,titel,")
    name, book = saved(page, "#template-projects")
    assert (name, book.sheetnames[0]) == ("werkzaam-projects.xlsx", "Projecten")

    choose(page, BAD, "#check")
    expect(page.locator("#report-summary")).to_contain_text("2 projecten. Is dat wat u verwachtte?")
    expect(page.locator("#unmatched tbody tr")).to_contain_text(["Houvasd"])
    name, book = saved(page, "#download-xlsx")
    assert (name, book.sheetnames) == ("projecten-bevindingen.xlsx", ["Bevindingen"])
    name, book = saved(page, "#download-marked")
    assert (name, book.sheetnames) == (
        "projecten-met-opmerkingen.xlsx",
        ["Bevindingen", "projecten"],
    )
    assert book["projecten"]["E2"].comment.text.startswith("Fout: ")

    file: Any = {"name": "b.csv", "mimeType": "text/csv", "buffer": BAD.encode()}
    page.locator("#field-file").set_input_files(file)
    name, book = saved(page, "#check-marked")
    assert name == "b-met-opmerkingen.xlsx"
    assert page.locator("#field-file").evaluate("field => field.files.length") == 1


def test_what_does_not_come_from_the_page_writes_nothing(desk: Desk) -> None:
    token = desk.token("submitter")
    page = desk.page()
    sign_in(page, token)
    csrf = page.locator("#upload-form input[name=csrf]").get_attribute("value") or ""
    url = desk.running.url
    host = urlsplit(url).netloc

    def post(path: str, csrf: str, **headers: str) -> httpx.Response:
        cookie = {"Cookie": f"werkzaam-session={token}", "Accept-Language": "nl"}
        fields = {"mode": "commit", "mapping": "projects", "csrf": csrf, "submission": "x"}
        files = {"file": ("p.csv", GOOD.encode(), "text/csv")}
        with httpx.Client(base_url=url, headers={**cookie, **headers}, timeout=60) as client:
            return client.post(path, data=fields, files=files)

    for path in ("/submit", "/submit/withdraw"):
        for answer in (post(path, ""), post(path, "0" * 64), post(path, "é")):
            assert answer.status_code == 403
            assert "Dit mag niet" in answer.text
        assert post(path, csrf, Origin="https://elsewhere.example").status_code == 403
        assert post(path, csrf, Origin="null").status_code == 403
        assert post(path, csrf, Cookie="").status_code == 403
    page.reload()
    expect(page.locator("#no-submissions")).to_be_visible()
    assert post("/submit", csrf, Origin=f"http://{host}").status_code == 303


def test_what_goes_wrong_is_told_in_the_page(desk: Desk) -> None:
    page = desk.page()
    page.locator("#field-token").fill("nonsense")
    page.locator("#sign-in").click()
    expect(page.locator("#error-summary")).to_contain_text("token")
    choose(page, "a\0b", "#check")
    expect(page.locator("#report-sentence")).to_contain_text("kon niet worden gecontroleerd")
    choose(page, "PK\x03\x04", "#check")
    expect(page.locator("#error-summary")).to_contain_text("wordt niet gelezen")
    sign_in(page, desk.token("submitter"))
    choose(page, GOOD, "#record")
    other = desk.page()
    sign_in(other, desk.token("submitter"))
    with other.expect_response("**/submit") as waiting:
        choose(other, GOOD.replace("Samen op pad", "Samen op weg"), "#record")
    assert waiting.value.status == 400
    held = other.locator("#finding-violation-other-agents-identifier tbody tr")
    expect(held).to_contain_text(["2A · identificatieMDT-1", "3A · identificatieMDT-2"])
