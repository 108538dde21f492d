"""A project with its cells and the submission it came with, in a browser: accessible, and one click apart."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations

PROJECT = "/doc/voorbeeld/voorbeeldproject-12"


def test_from_a_value_to_its_row_in_the_submission_and_back(open_demo: Callable[..., Page]) -> None:
    page = open_demo(PROJECT)
    expect(page.locator("#origin")).to_contain_text("rij 13 van een aangeleverd bestand")
    page.get_by_role("link", name="rij 13, kolom I (deelnemers)").click()
    expect(page.locator("h1")).to_contain_text("Aanlevering in wijziging")
    assert page.url.endswith("#row-13")
    row = page.locator("#row-13")
    expect(row).to_be_in_viewport()
    row.get_by_role("link", name="Voorbeeldproject 12").click()
    expect(page.locator("h1")).to_have_text("Voorbeeldproject 12")


@pytest.mark.slow
def test_both_pages_are_accessible_and_stay_within_their_frame(
    open_demo: Callable[..., Page],
) -> None:
    submission = open_demo(PROJECT).locator("#origin a").get_attribute("href")
    for path in (PROJECT, submission, f"{submission}/row/13", f"{submission}/column/K"):
        for language, width in (("nl", 390), ("en", 1280)):
            page = open_demo(path, script=True, language=language, width=width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert violations(page) == "", path
