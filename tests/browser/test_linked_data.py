"""Pages about terms, parts of the dataset, hubs, and what is not here: accessible and within their frame."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import both_widths, violations

PATHS = [
    "/def",
    "/def/WorkingElement",
    "/def/statedIn",
    "/graph/concepts",
    "/doc/document/ontmoetingen?page=2",
    "/doc/working-element/houvast",
    "/doc/working-element/houvastt",
    "/def/Workingelement",
]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_is_accessible_and_stays_within_its_frame(
    open_page: Callable[..., Page], path: str, language: str
) -> None:
    for width in both_widths(language):
        page = open_page(path, language=language, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_from_the_picture_to_a_neighbour_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/doc/working-element/houvast", script=False)
    first = page.locator("#network-list a").first
    name = first.inner_text()
    page.locator("svg .model__link").first.click()
    expect(page.locator("h1")).to_contain_text(name)


def test_from_what_is_not_here_to_what_was_meant(open_page: Callable[..., Page]) -> None:
    page = open_page("/doc/working-element/houvastt", language="nl")
    page.locator("#ways").get_by_role("link", name="houvast", exact=False).first.click()
    expect(page.locator("h1")).to_have_text("Houvast")
