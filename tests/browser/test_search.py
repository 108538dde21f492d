"""The page with search results, and the box on every page, in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.accessibility import both_widths, violations

PATHS = [
    "/search",
    "/search?q=empathie",
    "/search?q=empathie&type=claim&document=ontmoetingen",
    "/search?q=wederkerigeid",
    "/search?q=houvast+azc+taalles",
    "/search?q=qqqqqqqqqq",
    "/search?type=nothing&q=x",
    "/search?q=vertrouwen&after=20",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_stays_within_its_frame(
    open_page: Any, path: str, language: str
) -> None:
    page = open_page(path, width=390, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


@pytest.mark.parametrize("script", [True, False])
def test_from_the_box_to_a_thing(open_page: Any, script: bool) -> None:
    page = open_page("/about", script=script)
    box = page.get_by_role("search", name="Zoeken op deze site")
    box.get_by_label("Zoek naar").fill("houvasd")
    box.get_by_role("button", name="Zoek").click()
    page.wait_for_url("**/search?q=houvasd")
    assert "houvast" in page.locator(".search-note").inner_text()
    page.locator("#hits .hit a").first.click()
    page.wait_for_url("**/doc/working-element/houvast**")


def test_a_choice_narrows_and_is_let_go(open_page: Any) -> None:
    page = open_page("/search?q=empathie")
    before = page.locator("#results-heading").inner_text()
    page.locator(".search-choices a[href*='type=claim']").click()
    page.wait_for_url("**type=claim**")
    assert page.locator("#results-heading").inner_text() != before
    assert {kind.inner_text() for kind in page.locator(".hit__kind").all()} == {"Bewering"}
    page.locator(".search-chosen a").click()
    page.wait_for_url("**/search?q=empathie")
    assert page.locator("#results-heading").inner_text() == before


def test_further_results_begin_where_the_last_ones_ended(open_page: Any) -> None:
    page = open_page("/search?q=vertrouwen")
    page.locator("#following-hits").click()
    page.wait_for_url("**after=20**")
    assert page.locator("#hits").get_attribute("start") == "21"
    page.locator("#previous-hits").click()
    page.wait_for_url("**/search?q=vertrouwen")


def test_the_box_is_whole_on_a_small_screen(open_page: Any) -> None:
    page = open_page("/", width=390)
    box = page.locator(".site-search").bounding_box()
    assert box is not None
    assert box["width"] > 300


def test_names_are_offered_while_somebody_types(open_page: Any) -> None:
    page = open_page("/")
    page.locator("#site-search").press_sequentially("gradat")
    offered = page.locator("#site-search-suggestions option")
    offered.first.wait_for(state="attached")
    values = offered.evaluate_all("all => all.map(one => one.value)")
    assert values[0].startswith("Zorg voor gradatieverschillen")
    page.locator("#site-search").fill("")
    expect(offered).to_have_count(0)
