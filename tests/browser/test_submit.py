"""The page about submissions, in a browser: what was wrong in which cell, and the answer that follows."""

import io
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.accessibility import violations

GAP = "/queries/coverage/working-elements-without-projects"
GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,analist\n"
    "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,analist\n"
)
BAD = GOOD.replace("Houvast;", "Houvasd;").replace("MDT-2,", "MDT-1,")
MANY = GOOD + "".join(f"MDT-{n},Titel {n},Kort.,5a,Houvasd,analist\n" for n in range(3, 12))


@dataclass
class Desk:
    """A fresh service with a browser, and tokens for it."""

    running: Any
    browser: Browser
    make_token: Callable[[str, str], str]
    opened: list[Any] = field(default_factory=list)

    def page(self, *, width: int = 1280, language: str = "nl", script: bool = True) -> Page:
        """``/submit`` in a browser of its own."""
        context = self.browser.new_context(
            base_url=self.running.url,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=script,
        )
        self.opened.append(context)
        page = context.new_page()
        page.goto("/submit")
        return page


@pytest.fixture
def desk(
    browser: Browser, start_service: Callable[..., Any], werkzaam: Callable[..., Any]
) -> Iterator[Desk]:
    running = start_service()

    def token(role: str, label: str) -> str:
        words = ["token", "create", "--role", role, "--label", label]
        made = werkzaam(*words, WERKZAAM_DATA_DIR=str(running.folder))
        return str(made.out.decode().strip())

    made = Desk(running, browser, token)
    yield made
    for context in made.opened:
        context.close()


def choose(page: Page, text: str, button: str) -> None:
    file: Any = {"name": "projecten.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#field-file").set_input_files(file)
    page.locator(button).click()


def sign_in(page: Page, token: str) -> None:
    page.locator("#field-token").fill(token)
    page.locator("#sign-in").click()
    expect(page.locator("#agent")).to_be_visible()


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

    sign_in(page, desk.make_token("submitter", "aanvrager"))
    choose(page, BAD, "#record")
    expect(page.locator("#report-sentence")).to_contain_text("2 fouten")
    expect(page.locator("#no-submissions")).to_be_visible()
    choose(page, GOOD, "#check")
    expect(page.locator("#report-change")).to_contain_text("2 nieuwe projecten")
    expect(page.locator("#choose-again")).to_be_visible()
    choose(page, GOOD, "#record")
    expect(page.locator("#notice-recorded")).to_contain_text("als versie 2")
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
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    page.locator("#field-accept").select_option("validRows")
    choose(page, BAD.replace("MDT-1,Buurt", "MDT-2,Buurt"), "#record")
    expect(page.locator("#notice-recorded")).to_contain_text("1 project")
    expect(page.locator("#notice-refused")).to_contain_text("1 is afgekeurd om een fout")
    assert violations(page) == ""
    name, book = saved(page, "#refused-rows")
    assert name == "projecten-geweigerde-rijen.xlsx"
    assert book.worksheets[0]["E2"].comment.text.startswith("Fout: ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_accessible_and_stays_within_its_frame(desk: Desk, language: str) -> None:
    page = desk.page(width=390, language=language)
    check_page(page, language)
    choose(page, MANY, "#check")
    expect(page.locator("#report details").first).to_be_visible()
    page.locator("#report details summary").first.click()
    check_page(page, language)
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    choose(page, GOOD, "#check")
    expect(page.locator("#coverage tbody tr")).to_have_count(2)
    check_page(page, language)
    choose(page, GOOD, "#record")
    expect(page.locator("#notice-recorded")).to_be_visible()
    check_page(page, language)
    sign_in(other := desk.page(width=390, language=language), desk.make_token("curator", "drie"))
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
    sign_in(page, desk.make_token("submitter", "aanvrager"))
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
    token = desk.make_token("submitter", "aanvrager")
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
    sign_in(page, desk.make_token("submitter", "een"))
    choose(page, GOOD, "#record")
    other = desk.page()
    sign_in(other, desk.make_token("submitter", "twee"))
    with other.expect_response("**/submit") as waiting:
        choose(other, GOOD.replace("Samen op pad", "Samen op weg"), "#record")
    assert waiting.value.status == 400
    held = other.locator("#finding-violation-other-agents-identifier tbody tr")
    expect(held).to_contain_text(["2A · identificatieMDT-1", "3A · identificatieMDT-2"])


def test_a_good_file_stays_chosen_and_recording_is_not_repeated(desk: Desk) -> None:
    page = desk.page()
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    choose(page, GOOD, "#check")
    expect(page.locator("#choose-again")).to_contain_text("nog gekozen")
    page.locator("#record").click()
    expect(page.locator("#notice-recorded")).to_be_focused()
    assert "done=" in urlsplit(page.url).query
    posts: list[str] = []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    page.reload()
    expect(page.locator("#notice-recorded")).to_be_visible()
    page.go_back()
    expect(page.locator("#report")).to_have_count(0)
    expect(page.locator("#my-submissions tbody tr")).to_have_count(1)
    assert posts == []


def test_an_upload_can_be_stopped_and_a_fault_on_the_way_is_told(desk: Desk) -> None:
    page = desk.page()
    page.route("**/submit", lambda _: None)
    choose(page, GOOD, "#check")
    expect(page.locator("#upload-progress")).to_be_visible()
    expect(page.locator("#check")).to_have_attribute("aria-disabled", "true")
    page.locator("#upload-cancel").click()
    expect(page.locator("#upload-status")).to_have_text(
        "Gestopt. Van dit bestand is niets bewaard."
    )
    expect(page.locator("#upload-progress")).to_be_hidden()
    for answer, words in [
        (lambda route: route.abort(), "de verbinding viel weg"),
        (lambda route: route.fulfill(status=502, content_type="text/plain"), "status 502"),
    ]:
        page.unroute("**/submit")
        page.route("**/submit", answer)
        choose(page, GOOD, "#check")
        expect(page.locator("#upload-error")).to_contain_text(words)
        expect(page.locator("#upload-status")).to_be_empty()
    page.unroute("**/submit")
    choose(page, "a" * 10_000_001, "#check")
    expect(page.locator("#upload-error")).to_contain_text("groter dan 10 MB")


def test_a_connection_lost_while_recording_is_not_called_nothing_kept(desk: Desk) -> None:
    page = desk.page()
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    desk.running.process.send_signal(signal.SIGSTOP)
    choose(page, GOOD, "#record")
    expect(page.locator("#upload-status")).to_contain_text("gecontroleerd en vastgelegd")
    expect(page.locator("#upload-cancel")).to_be_hidden()
    desk.running.process.kill()
    expect(page.locator("#upload-error")).to_contain_text("Het is niet zeker")
    expect(page.locator("#upload-error")).not_to_contain_text("niets bewaard")


def test_on_a_small_screen_everything_about_a_submission_is_within_reach(desk: Desk) -> None:
    page = desk.page(width=390)
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    choose(page, GOOD, "#record")
    row = page.locator("#my-submissions tbody tr")
    expect(row).to_have_count(1)
    right = "parts => parts.map(part => part.getBoundingClientRect().right)"
    assert 0 < max(row.locator("button, a").evaluate_all(right)) <= 390
    cut = "cells => cells.filter(cell => cell.scrollHeight > cell.clientHeight + 1).length"
    assert row.locator("th, td").evaluate_all(cut) == 0
    with page.expect_download() as waiting:
        row.get_by_role("link", name="Oorspronkelijk bestand").click()
    assert waiting.value.suggested_filename == "projecten.csv"
    assert waiting.value.path().read_text() == GOOD
    assert page.get_by_role("cell", name="geldt").count() == 1
