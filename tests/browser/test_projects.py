"""Projects on the pages of a demo instance: accessible, within the frame, reachable without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations

LISTED = "/queries/coverage/projects-for-working-element"
GAP = "/queries/coverage/working-elements-without-projects"
PATHS = [
    "/map?element=houvast",
    f"{LISTED}?element=houvast",
    GAP,
]


@pytest.mark.slow
def test_pages_with_projects_are_accessible_and_stay_within_their_frame(
    open_demo: Callable[..., Page],
) -> None:
    for path in PATHS:
        for language, width in (("nl", 390), ("en", 1280)):
            page = open_demo(path, language=language, width=width)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert violations(page) == "", path


def test_from_the_gap_to_a_project_without_script(open_demo: Callable[..., Page]) -> None:
    page = open_demo(GAP, script=False)
    row = page.locator("#answer-table tbody tr").filter(has_text="Houvast")
    count = row.locator(".nl-link", has_text="gecodeerde projecten")
    addressed, coded = (word for word in count.inner_text().split() if word.isdigit())
    count.click()
    expect(page.locator("#headline")).to_contain_text(f"{addressed} van {coded}")
    expect(page.locator("#answer-table tbody tr")).to_have_count(int(coded))
    first = page.locator("#answer-table tbody th a").first
    title = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(title)


def test_states_open_and_close_on_the_map_without_script(open_demo: Callable[..., Page]) -> None:
    page = open_demo("/map", script=False)
    page.locator("#houvast th a").click()
    addressed, silent = page.locator("#projects-addressed"), page.locator("#projects-not-mentioned")
    expect(addressed.get_by_role("link").first).to_be_visible()
    expect(silent.get_by_role("link").first).to_be_hidden()
    silent.locator("summary").click()
    expect(silent.get_by_role("link").first).to_be_visible()
    page.locator("#all-projects").click()
    expect(page.locator("#field-element")).to_have_value("houvast")
