"""The page about submissions, in a browser: what was wrong in which cell, and the answer that follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

GAP = "/queries/coverage/working-elements-without-projects"
GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,analist\n"
    "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,analist\n"
)
BAD = GOOD.replace("Houvast;", "Houvasd;").replace("MDT-2,", "MDT-1,")
MANY = GOOD + "".join(f"MDT-{n},Titel {n},Kort.,5a,Houvasd,analist\n" for n in range(3, 12))
WCAG = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]}}  # fmt: skip


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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_accessible_and_stays_within_its_frame(desk: Desk, language: str) -> None:
    page = desk.page(width=390, language=language)
    check_page(page, language)
    choose(page, MANY, "#check")
    expect(page.locator("#report details").first).to_be_visible()
    page.locator("#report details summary").first.click()
    check_page(page, language)
    sign_in(page, desk.make_token("submitter", "aanvrager"))
    choose(page, GOOD, "#record")
    expect(page.locator("#notice-recorded")).to_be_visible()
    check_page(page, language)
    choose(page, GOOD, "#check")
    check_page(page, language)


def check_page(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()


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


def test_the_template_has_titles_that_the_gate_reads(desk: Desk) -> None:
    page = desk.page()
    with page.expect_download() as waiting:
        page.locator("#template").click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert text.startswith("identificatie,titel,")


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
        with httpx.Client(base_url=url, headers={**cookie, **headers}) as client:
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
    expect(page.locator("#error-summary")).to_contain_text("geen CSV")
    sign_in(page, desk.make_token("submitter", "een"))
    choose(page, GOOD, "#record")
    other = desk.page()
    sign_in(other, desk.make_token("submitter", "twee"))
    with other.expect_response("**/submit") as waiting:
        choose(other, GOOD.replace("Samen op pad", "Samen op weg"), "#record")
    assert waiting.value.status == 400
    held = other.locator("#finding-violation-other-agents-identifier tbody tr")
    expect(held).to_contain_text(["2A · identificatieMDT-1", "3A · identificatieMDT-2"])
