"""Answers in a browser: by case, with a search in all rows, and whole on paper."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.accessibility import both_widths, violations

FIGURES = "/queries/across/diverging-figures"
NAMES = "/queries/across/names-per-document"
TENSIONS = "/queries/consistency/tensions"
ROWS = "#answer-table tbody tr:not(.case-title, .case-facts)"
PAPER = {"width": 1047, "height": 718}  # A4 landscape within its margins, in CSS pixels


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", [FIGURES, "/queries/across/conflicting-statements"])
def test_an_answer_by_case_is_accessible_and_seen_without_going_sideways(
    open_page: Any, path: str, language: str
) -> None:
    page = open_page(path, language=language)
    table = page.locator("#answer-table")
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert table.evaluate("one => one.scrollWidth <= one.closest('.table-region').clientWidth")
    assert violations(page) == ""
    cases = page.locator("tbody.case")
    assert cases.count() == 3
    for case in cases.all():
        assert case.locator(".case-facts dd").count() >= 1
        assert case.locator("tr").count() >= 4
    assert page.locator("#columns-once dt").count() >= 4


def test_on_a_small_screen_the_rows_of_a_case_are_cards_under_its_head(open_page: Any) -> None:
    page = open_page(FIGURES, width=390)
    boxes = [row.bounding_box() for row in page.locator("tbody.case").first.locator("tr").all()]
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    first = page.locator(ROWS).first.locator("td").first
    assert first.evaluate("e => getComputedStyle(e, '::before').content") == '"Waarde"'
    title = page.locator(".case-title th").first
    assert title.evaluate("e => getComputedStyle(e, '::before').content") == "none"


def test_a_long_answer_begins_with_a_hundred_rows_and_shows_all_when_asked(
    open_page: Any, service: Any
) -> None:
    page = open_page(f"{TENSIONS}?lang=en&contentLang=nl")
    answer = service.client.get(f"/v1{TENSIONS}?lang=nl").json()
    shown = page.locator(ROWS).count()
    assert 100 <= shown <= 200
    # the case that the hundredth row is in stands here whole
    assert page.locator(".case-title .soft").count() == 0
    for place in ("#answer-table-shown", "#rows-left-out"):
        assert f"{shown} of {len(answer['rows'])} rows" in page.locator(place).inner_text()
    page.locator("#all-rows").click()
    page.wait_for_url("**rows=all**")
    assert page.locator(ROWS).count() == len(answer["rows"])
    assert page.locator("#rows-left-out").count() == 0
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("script", [True, False])
def test_the_search_finds_rows_that_are_not_on_the_page(open_page: Any, script: bool) -> None:
    page = open_page(NAMES, script=script)
    assert page.locator(ROWS, has_text="Talent").count() == 0
    page.get_by_role("main").get_by_role("searchbox").fill("TALÉNT")
    page.get_by_role("main").get_by_role("button", name="Zoek", exact=True).click()
    page.wait_for_url("**filter=**")
    assert page.locator(ROWS).count() >= 3
    assert page.locator(".case-title", has_text="Talentontwikkeling").count() == 1
    assert "van de 370 rijen" in page.locator("#answer-table-shown").inner_text()
    assert "370 rijen" in page.locator("#headline").inner_text()
    page.locator("#row-search-without").click()
    page.wait_for_url(lambda url: "filter=" not in url)
    assert page.locator(ROWS).count() >= 100


def test_where_all_rows_are_here_the_search_goes_with_the_typing(open_page: Any) -> None:
    page = open_page(FIGURES)
    field = page.get_by_role("main").get_by_role("searchbox")
    field.fill("MDT opléiding")
    expect(page.locator("tbody.case:visible")).to_have_count(1)
    expect(page.locator("#answer-table-shown")).to_contain_text("van 9 rijen in beeld")
    field.press("Enter")
    assert "filter=" not in page.url
    field.fill("")
    expect(page.locator("tbody.case:visible")).to_have_count(3)


def test_without_a_script_the_same_search_goes_to_the_service(open_page: Any) -> None:
    page = open_page(f"{FIGURES}?lang=en", script=False)
    page.get_by_role("main").get_by_role("searchbox").fill("school LEVEL")
    page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**filter=school**")
    assert page.locator("tbody.case").count() == 1
    page.get_by_role("main").get_by_role("searchbox").fill("nothing like this")
    page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#no-rows")).to_contain_text("No row holds all these words")
    assert violations(open_page(page.url)) == ""


def test_rows_are_sorted_within_their_case(open_page: Any) -> None:
    page = open_page(FIGURES)
    page.get_by_role("button", name="Waarde").click()
    for case in page.locator("tbody.case").all():
        rows = case.locator("tr")
        assert "case-title" in (rows.nth(0).get_attribute("class") or "")
        cells = case.locator("td.is-number .cell-main, td.is-number:not(:has(.cell-main))")
        values = [float(text.replace(",", ".")) for text in cells.all_inner_texts() if text != "–"]
        assert len(values) > 1
        assert values == sorted(values)


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_found_by_its_description_or_tag(open_page: Any, script: bool) -> None:
    page = open_page("/queries?lang=en", script=script)
    everything = page.locator("section.topic li").count()
    page.get_by_role("main").get_by_role("searchbox").fill("convert nothing across")
    if not script:
        page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
        page.wait_for_url("**q=convert**")
    expect(page.locator("section.topic:visible")).to_have_count(1)
    found = page.locator("section.topic li:visible").all_inner_texts()
    assert 0 < len(found) < everything
    assert any("diverge" in text for text in found)
    assert f" of {everything} questions" in page.locator(
        "#question-list-shown"
    ).inner_text().replace("of the", "of")
    if not script:
        assert violations(open_page(page.url)) == ""


@pytest.mark.parametrize(
    "path",
    [
        FIGURES,
        "/queries/across/recommendations-by-theme",
        "/queries/pilot/summary-and-last-chapter",
    ],
)
def test_on_paper_no_column_is_broken_off(open_page: Any, path: str) -> None:
    page = open_page(path)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    boxes = page.locator(f"{ROWS} > *").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])"
    )
    region = page.locator(".table-region").bounding_box()
    assert max(right for _, right, _, _ in boxes) <= region["x"] + region["width"] + 1
    assert region["width"] <= PAPER["width"]
    for first, second in combinations(boxes[:40], 2):
        beside = first[1] <= second[0] + 1 or second[1] <= first[0] + 1
        assert beside or first[3] <= second[2] + 1 or second[3] <= first[2] + 1
    inside = page.locator(f"{ROWS} > *").evaluate_all(
        "all => all.every(one => one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 1)"
    )
    assert inside
    assert page.pdf(prefer_css_page_size=True).count(b"841.9") >= 1
    assert page.locator("#row-search").is_hidden()
