"""The upload form with script: progress in words, and the answer in place of the page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

GOOD = (
    "identificatie,titel,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,5a,Houvast,analist\n"
)
# what the status says is kept in the window, which a newly loaded page would not have
WATCH = """
window.said = [];
const status = document.getElementById("upload-status");
new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true});
"""


def choose(page: Page, data: bytes) -> None:
    file: Any = {"name": "projecten.csv", "mimeType": "text/csv", "buffer": data}
    page.locator("#field-file").set_input_files(file)
    page.locator("#check").click()


def test_the_way_of_an_upload_is_told_and_the_answer_takes_the_place_of_the_page(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/submit")
    page.evaluate(WATCH)
    choose(page, GOOD.encode())
    expect(page.locator("#report-sentence")).to_contain_text("is goed")
    said = page.evaluate("window.said")
    assert said[0].startswith("Versturen: ")
    assert said[-1] == "Alles is verstuurd. Het bestand wordt gecontroleerd…"
    expect(page.locator("#report")).to_be_focused()
    assert page.locator("#report").evaluate("part => part.getBoundingClientRect().top") < 900
    page.locator("#report-kept a").click()
    expect(page.locator("#report")).to_have_count(1)


def test_a_refusal_is_focused_and_back_leads_to_the_empty_form(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/submit?lang=en")
    choose(page, GOOD.replace("Houvast", "Houvasd").encode())
    expect(page.locator("#report")).to_contain_text("Value is not in the list")
    choose(page, b"PK\x03\x04")
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.url.endswith("/submit?lang=en")
    page.go_back()
    expect(page.locator("#error-summary")).to_have_count(0)
    page.go_back()
    expect(page.locator("#report, #error-summary")).to_have_count(0)
    expect(page.locator("#upload-form")).to_be_visible()
