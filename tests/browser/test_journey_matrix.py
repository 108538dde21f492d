"""The journey of participants in a real browser: the matrix, its filters, what no proposal addresses, and
the way from a cell to its statements and passages."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.accessibility import both_widths, violations

PHASES = ["Enthousiasmeren", "Start", "Begeleiding", "Afronding en evaluatie", "Zonder fase"]
CELL = "/journey?phase=start&voice=staff"


def cell(page: Page, phase: str, voice: int) -> Locator:
    return page.locator(f"#phase-{phase} > td").nth(voice)


def flat(text: str) -> str:
    return " ".join(text.split())


def number(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found is not None
    return int(found[0])


def test_phases_are_rows_and_voices_are_columns(open_page: Any) -> None:
    page = open_page("/journey")
    assert page.locator("#journey-table tbody .journey-phase").all_inner_texts() == PHASES
    heads = page.locator("#journey-table thead th").all_inner_texts()
    assert heads == ["Fase", "Jongeren", "Medewerkers", "Auteur"]
    assert page.get_by_role("table").get_by_role("columnheader").count() == 4
    assert page.get_by_role("table").get_by_role("rowheader").count() == 5
    assert page.locator("#journey-table td").count() == 15
    for text in page.locator("#journey-table td").all_inner_texts():
        assert number(text) > 0
    page.goto("/journey?lang=en")
    assert page.locator("#journey-table .journey-phase").last.inner_text() == "Tied to no phase"
    assert page.locator("#journey-table thead th").last.inner_text() == "Author"


def test_a_kind_has_a_symbol_and_a_word_and_as_many_as_the_question_says(
    open_page: Any, service: Any
) -> None:
    page = open_page("/journey", language="en")
    first = cell(page, "enthousiasmeren", 2)
    heads = first.locator(".finding-group__head").all_inner_texts()
    found = [re.fullmatch(r"(\S) (.+?) ?(?:,.*)? (\d+) statements?", flat(head)) for head in heads]
    assert [(one[1], one[2]) for one in found if one] == [
        ("+", "Strengths"),
        ("▲", "Bottlenecks"),
        ("◇", "Suggestions"),
        ("◆", "Recommendations"),
        ("○", "Explanation without judgement"),
    ]
    strengths, bottlenecks, suggestions, recommendations, neither = (
        int(one[3]) for one in found if one
    )
    path = "/v1/queries/pilot/findings?lang=en&phase=enthousiasmeren&voice=author"
    rows = service.client.get(path).json()["rows"]
    kinds = {row["statement"]["value"]: row["findingKind"]["value"] for row in rows}
    assert Counter(kind.rpartition("/")[2] for kind in kinds.values()) == {
        "strength": strengths,
        "bottleneck": bottlenecks,
        "suggestion": suggestions + recommendations,
        "neither": neither,
    }
    assert flat(first.locator(".journey-cell__head .nl-link").inner_text()).startswith(
        f"{len(kinds)} statements"
    )
    places = cell(page, "begeleiding", 2).locator(".secondary").all_inner_texts()
    assert any(text.endswith("Deventer, Hardenberg, no place named") for text in places)


def test_what_nobody_addresses_stands_out_in_the_matrix_and_in_a_list(
    open_page: Any, service: Any
) -> None:
    page = open_page("/journey")
    marks = page.locator("#journey-table li:has(.nobody)")
    marked = {*page.locator("#journey-table li:has(.nobody) > a").all_text_contents()}
    listed = page.locator(".unaddressed-list .nl-link")
    assert {*listed.all_text_contents()} == marked
    asked = service.client.get("/v1/queries/pilot/bottlenecks-nobody-addresses?lang=nl").json()
    assert {row["bottleneckLabel"]["value"] for row in asked["rows"]} == marked != set()
    assert f"Voor {listed.count()} van de " in page.locator(".note--unaddressed").inner_text()
    mark = marks.first.locator(".nobody")
    assert mark.is_visible()
    assert " ".join(mark.inner_text().split()) == "! geen voorstel pakt dit aan"
    addressed = page.locator("#journey-table li:not(:has(.nobody)) > .secondary:nth-of-type(2)")
    assert re.search(r"volgens (het document|onze lezing)", addressed.first.inner_text())
    # none of them is folded away in the matrix
    assert marks.count() == page.locator("#journey-table li:has(.nobody):visible").count()


def test_the_list_names_the_rest_when_opened(open_page: Any) -> None:
    page = open_page("/journey", script=False)
    rest = page.locator(".note--unaddressed details")
    before = page.locator(".unaddressed-list .nl-link:visible").count()
    rest.locator("summary").click()
    assert page.locator(".unaddressed-list .nl-link:visible").count() > before == 6


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_filters_stand_in_the_address(open_page: Any, script: bool) -> None:
    page = open_page("/journey", script=script)
    page.get_by_label("Plaats", exact=True).select_option("deventer")
    page.get_by_label("Soort bevinding", exact=True).select_option("bottleneck")
    page.get_by_role("button", name="Toon").click()
    assert "location=deventer" in page.url
    assert "kind=bottleneck" in page.url
    expect(page.get_by_label("Plaats", exact=True)).to_have_value("deventer")
    total = number(page.locator("#journey-table caption").inner_text())
    assert 0 < total < 60
    assert (
        page.locator("#journey-table .finding-group:not(.finding-group--bottleneck)").count() == 0
    )
    for places in page.locator("#journey-table li > .secondary:first-of-type").all_text_contents():
        assert "Deventer" in places
    empty = page.locator("#journey-table td:has(.none)")
    assert empty.count()
    for text in empty.all_inner_texts():
        assert re.search(r"Met deze filters niets; zonder filters (is|zijn) er \d+", text)
    page.locator("#without-filters").click()
    assert page.url.endswith("/journey")


def test_a_place_at_which_nothing_is_reported_says_so(open_page: Any) -> None:
    page = open_page("/journey?location=rotterdam&lang=en")
    chosen = page.locator("#field-location option:checked").inner_text()
    assert chosen == "Rotterdam (nothing reported)"
    cells = page.locator("#journey-table td .none").all_inner_texts()
    assert cells == ["No findings from this place."] * 15
    assert page.locator("#journey-notes").inner_text() == (
        "The document names this place, but reports no findings from it. "
        "That says nothing about how things go there."
    )
    assert page.locator("#unaddressed").count() == 0
    assert "none with these filters" in page.locator("#legend-bottleneck").inner_text()
    assert not re.search(r"\b0\b", page.locator("main").inner_text())


def test_only_what_nobody_addresses(open_page: Any) -> None:
    page = open_page("/journey")
    page.get_by_label("Voorstellen ertegen", exact=True).select_option("nobody")
    page.get_by_role("button", name="Toon").click()
    assert "addressed=nobody" in page.url
    entries = page.locator("#journey-table li")
    assert entries.count() == page.locator("#journey-table li:has(.nobody)").count() > 0
    assert (
        page.locator(".finding-group--strength, .finding-group--suggestion").locator("li").count()
        == 0
    )


@pytest.mark.parametrize("kind", ["strength", "suggestion", "recommendation", "mixed", "neither"])
def test_a_kind_that_proposals_do_not_go_against_is_explained(open_page: Any, kind: str) -> None:
    page = open_page(f"/journey?kind={kind}&addressed=nobody")
    if kind == "mixed" and page.locator(".finding-group--mixed li").count():
        assert page.locator("#journey-notes").count() == 0
    else:
        note = page.locator("#journey-notes").inner_text()
        assert note.startswith("“Wat geen voorstel aanpakt” gaat over knelpunten.")


def test_a_long_value_is_neither_shown_nor_linked_whole(open_page: Any, service: Any) -> None:
    long = "x" * 5000
    answer = service.client.get(f"/journey?kind={long}&contentLang=en")
    assert answer.status_code == 400
    assert "x" * 79 + "…" in answer.text
    assert "x" * 80 not in answer.text
    page = open_page(f"/journey?kind={long}&contentLang=en")
    link = page.locator("#language-switch")
    assert link.get_attribute("href") == "/journey?contentLang=en&lang=en"
    page.goto("/journey?kind=problem")
    assert link.get_attribute("href") == "/journey?kind=problem&lang=en"


def test_a_cell_leads_to_its_statements_and_these_to_their_passages(open_page: Any) -> None:
    page = open_page("/journey", script=False)
    link = cell(page, "start", 1).locator(".journey-cell__head .nl-link")
    count = number(link.inner_text())
    link.click()
    assert page.url.endswith(f"{CELL}#statements")
    heading = page.locator("#statements")
    assert heading.inner_text() == "Uitspraken: Start, medewerkers"
    # the browser scrolled there
    assert 0 <= heading.bounding_box()["y"] < 450
    found = page.locator("article.finding-card")
    assert found.count() == count
    for text in found.all_inner_texts():
        assert re.search(r"\bp\.\s\d+", text)
        assert "Op welke grond" in text
        assert "Woorden die de kracht bepalen" in text
    assert cell(page, "start", 1).get_attribute("class") == "is-opened"
    found.first.get_by_role("link", name=re.compile(r"p\.\s\d+")).first.click()
    assert "/doc/passage/pilot-" in page.url
    page.go_back()
    page.get_by_role("link", name="Deze uitspraken sluiten").click()
    assert page.url.endswith("/journey#phase-start")
    assert page.locator("article.finding-card").count() == 0


def test_a_kind_in_a_cell_leads_to_its_statements_alone(open_page: Any) -> None:
    page = open_page("/journey")
    head = cell(page, "start", 2).locator(".finding-group--bottleneck .finding-group__head")
    count = number(head.locator(".figure-link").inner_text())
    head.locator(".nl-link").click()
    assert "kind=bottleneck" in page.url
    expect(page.locator("article.finding-card")).to_have_count(count)
    assert page.locator(".journey-statements h3").all_inner_texts() == ["▲ Knelpunten"]


def test_a_card_says_where_heading_and_chapter_differ(open_page: Any) -> None:
    page = open_page("/journey?phase=start&voice=author&kind=bottleneck", language="en")
    card = page.locator("article.finding-card", has_text="There is no national coordination").first
    said = " ".join(card.inner_text().split())
    assert "The heading announces: suggestion. By its content this is: bottleneck." in said
    assert "Chapter of: young people. Speaking here: author." in said
    page.goto("/journey?phase=none&voice=young-people&kind=strength&lang=en")
    limited = page.locator("article.finding-card", has_text="Limited by the research").first
    assert "Dependence on qualitative data" in limited.inner_text()


def test_many_statements_come_in_parts(open_page: Any) -> None:
    page = open_page("/journey?phase=none&voice=author&lang=en")
    assert page.locator("article.finding-card").count() == 50
    page.get_by_role("link", name="Next ones").click()
    assert "first=51" in page.url
    assert "51 to 100 of" in page.locator(".journey-statements > p").inner_text()
    page.get_by_role("link", name="Earlier ones").click()
    assert "1 to 50 of" in page.locator(".journey-statements > p").inner_text()


@pytest.mark.parametrize(
    "query", ["location=zwolle", "phase=middle", "place=utrecht", "kind=problem", "first=2"]
)
def test_an_unknown_value_is_refused_with_the_choices(
    open_page: Any, service: Any, query: str
) -> None:
    answer = service.client.get(f"/journey?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    page = open_page(f"/journey?{query}", language="en")
    said = page.locator("#error-summary").inner_text()
    assert re.search(r"(Choose one of|There are): \w+", said)
    assert page.locator("#journey-table").count() == 0
    assert page.locator("#question-form").is_visible()


def test_on_a_small_screen_a_phase_is_a_stack(open_page: Any) -> None:
    page = open_page("/journey", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    parts = page.locator("#phase-start > *").all()
    boxes = [part.bounding_box() for part in parts]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
        assert above["x"] == below["x"]
    voices = page.locator("#phase-start .journey-cell__voice").all_inner_texts()
    assert voices == ["Jongeren", "Medewerkers", "Auteur"]
    assert page.get_by_role("table").get_by_role("row").count() == 6
    wide = open_page("/journey", width=1280)
    assert wide.locator("#phase-start .journey-cell__voice:visible").count() == 0


def test_the_names_of_the_voices_stay_in_sight_while_a_row_is_read(open_page: Any) -> None:
    page = open_page("/journey#phase-begeleiding")
    page.locator("#phase-begeleiding td").first.locator("summary").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 400")
    assert page.locator("#journey-table thead th").last.bounding_box()["y"] >= 0
    head = page.locator("#journey-table thead th").last.bounding_box()
    page.goto("/journey#phase-start")
    first = page.locator("#phase-start .journey-cell__head .nl-link").first.bounding_box()
    assert first["y"] >= head["height"]


@pytest.mark.parametrize(
    ("path", "language"),
    [("/journey", "nl"), (f"{CELL}&addressed=nobody", "nl"), ("/journey?location=rotterdam", "en")],
)
def test_everything_opened_is_accessible_and_within_the_frame(
    open_page: Any, path: str, language: str
) -> None:
    page = open_page(path, language=language)
    page.evaluate("document.querySelectorAll('details').forEach(part => (part.open = true))")
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_the_start_page_and_the_navigation_lead_here(open_page: Any) -> None:
    page = open_page("/", language="en")
    page.locator("main").get_by_role("link", name="Journey of participants").click()
    assert page.url.endswith("/journey")
    current = page.locator("#main-navigation [aria-current=page]")
    assert current.inner_text() == "Journey"
