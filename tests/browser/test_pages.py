"""Every page, in Dutch and English, wide and narrow: accessible, whole, and within its frame."""

import re
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from tests.browser.accessibility import both_widths, violations

GAP = "coverage/working-elements-without-projects"
PATHS = [
    "/",
    "/map",
    "/map?element=gradatieverschillen",
    "/map?element=afstemming",
    "/map?goal=sociaal-kapitaal",
    "/map?goal=vooroordelen-wegnemen",
    "/queries",
    f"/queries/{GAP}",
    f"/queries/{GAP}?goal=nothing",
    "/queries/coverage/projects-for-working-element?element=houvast",
    "/queries/coverage/projects-per-working-element",
    "/queries/integration/components-per-layer",
    "/queries/integration/rights-and-duties",
    "/model",
    "/journey",
    "/journey?location=none&kind=bottleneck",
    "/journey?phase=begeleiding&voice=young-people",
    "/journey?theme=nothing",
    "/queries/evidence/assessment-per-working-element",
    "/queries/consistency/drift",
    "/queries/sources/references-not-matched",
    "/queries/vocabulary/look-alikes",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Fo+%7D+LIMIT+5",
    "/sparql?query=SELECT",
    "/about",
    "/changes",
    "/changes/diff?from=0&to=1",
    "/changes/diff?from=1&to=1",
    "/changes/diff?from=7",
    "/submit",
    "/doc/working-element/gradatieverschillen",
    "/doc/assessment/ontmoetingen-gradatieverschillen-in-mdt",
    "/doc/measurement/ontmoetingen-empathie-als-doel",
    "/doc/document/ontmoetingen",
    "/doc/claim/ontmoetingen-vertrouwen-deel-van-sociaal-kapitaal",
    "/doc/tension/ontmoetingen-afstemmen-op-doelgroep-en-trickle-down",
    "/doc/correspondence/andere-afkomst-71-procent-in-drie-bewoordingen",
    "/doc/measurement/integratie-andere-afkomst-71-conclusie",
    "/doc/encounter-kind/buiten-eigen-leefwereld",
    "/doc/source/blonk-2019",
    "/doc/passage/ontmoetingen-conclusie",
    "/doc/goal/welbevinden",
    "/doc/integration-component/cultuur",
    "/doc/route/jonge-nieuwkomers-als-deelnemers",
    "/doc/key-concept/ontmoeting?group=object",
    "/doc/scheme/presence",
    "/doc/working-element/houvastt",
    "/nowhere",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_stays_within_its_frame(
    open_page: Any, path: str, language: str
) -> None:
    page = open_page(path, width=390, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.title()
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_on_a_small_screen_a_row_is_a_card(open_page: Any) -> None:
    page = open_page("/queries/sources/references-not-matched", width=390)
    rows = page.locator("#answer-table tbody tr")
    boxes = [cell.bounding_box() for cell in rows.first.locator(":scope > *").all()]
    seen = [box for box in boxes if box and box["height"]]
    assert len(seen) >= 4
    for above, below in pairwise(seen):
        assert above["y"] + above["height"] <= below["y"] + 1
        assert above["x"] == below["x"]
    last = seen[-1]
    assert last["y"] + last["height"] <= rows.nth(1).bounding_box()["y"] + 1
    shown = rows.first.locator("td").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert shown == '"Zoals in de tekst"'
    assert page.get_by_role("table").get_by_role("row").count() == 100


def test_on_a_small_screen_the_map_is_read_without_going_sideways(open_page: Any) -> None:
    page = open_page("/map?element=afstemming", width=390)
    table = page.locator("#map-table")
    assert table.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
    row = page.locator("#houvast")
    boxes = [cell.bounding_box() for cell in row.locator(":scope > *").all()]
    assert len(boxes) == 5
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    shown = row.locator("td").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert shown == '"Wat de documenten zeggen"'


def test_a_statement_leads_to_what_another_document_says_beside_it(open_page: Any) -> None:
    page = open_page("/doc/measurement/integratie-andere-afkomst-71-conclusie", width=390)
    section = page.locator("section.correspondences")
    judgement = section.locator(".correspondence").first
    for words in ("Ontmoetingen binnen MDT", "vragenlijst", "Beoordeeld door: analist"):
        assert words in judgement.inner_text()
    judgement.get_by_role("link", name="Alle kanten van dit oordeel").click()
    page.wait_for_url("**/doc/correspondence/**")
    boxes = [box for side in page.locator(".side").all() if (box := side.bounding_box())]
    assert len(boxes) > 1
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    page.set_viewport_size({"width": 1280, "height": 900})
    tops = {side.bounding_box()["y"] for side in page.locator(".side").all()}
    assert len(tops) == 1


def test_the_goals_of_the_map_and_each_element_once(open_page: Any) -> None:
    page = open_page("/map")
    groups = page.locator("#map-table tbody").evaluate_all("all => all.map(one => one.id)")
    assert groups == [
        "goal-none",
        "goal-welbevinden",
        "goal-sociaal-contact",
        "goal-vooroordelen-wegnemen",
        "goal-sociaal-kapitaal",
        "goal-integratie-van-nieuwkomers",
    ]
    part = page.locator("#goal-vooroordelen-wegnemen .group-heading").inner_text()
    assert part.startswith("Deel van het doel: Ontmoetingen om het sociale contact")
    assert page.locator("#map-table tbody tr[id]").count() == 20
    assert page.locator("#gradatieverschillen").count() == 1
    legend = page.locator("#legend-list .legend__count").all_inner_texts()
    assert sum(int(text.split()[0]) for text in legend) == 20


def test_an_open_element_shows_how_it_works_and_what_it_rests_on(open_page: Any) -> None:
    page = open_page("/map?element=afstemming")
    detail = page.locator("#detail-afstemming")
    text = " ".join(detail.inner_text().split())
    for words in (
        "Borgt Ergens bij horen",
        "Uitsluiting",
        "steunen op één bron: Blonk e.a. (2019) soort bron: overzicht van onderzoeken (52",
        "Afstemming — beperkt — Uitsluiting",
        "Wat hiermee schuurt",
    ):
        assert words in text
    card = detail.locator("article.assessment", has_text="Uitsluiting").first
    card.locator("summary").first.click()
    assert "Woorden die de kracht bepalen" in card.inner_text()


def test_questions_stand_by_topic_and_can_be_reached_at_once(open_page: Any) -> None:
    page = open_page("/queries", language="en")
    topics = page.locator(".topic-links a")
    names = topics.all_inner_texts()
    assert names[:5] == [
        "Which projects address what",
        "The projects that are loaded",
        "Two subsidy rounds beside each other",
        "What the documents say",
        "The documents beside each other",
    ]
    assert names[5:] == [
        "Integration of newcomers",
        "The pilot with Meedoenbalies",
        "Municipalities",
        "What it rests on",
        "What does not fit",
        "How complete the data are",
        "Concepts and words",
    ]
    assert page.locator("section.topic h2").all_inner_texts() == names
    topics.nth(9).click()
    assert page.url.endswith("/queries#topic-consistency")
    assert page.locator("#topic-consistency").is_visible()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_html_without_a_parse_error(service: Any, path: str) -> None:
    text = service.client.get(path, headers={"Accept": "text/html"}).text
    html5lib.HTMLParser(strict=True).parse(text)


@pytest.mark.parametrize("path", PATHS)
def test_no_english_is_left_in_dutch(service: Any, path: str) -> None:
    get = service.client.get
    dutch = get(path, headers={"Accept": "text/html", "Accept-Language": "nl"})
    english = get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert dutch.headers["content-language"] == "nl"
    assert english.headers["content-language"] == "en"
    assert "content-security-policy" in dutch.headers
    assert "'unsafe-inline'" not in dutch.headers["content-security-policy"]
    for words in ("no project data", "Working element", "Skip to"):
        assert words not in without_code(dutch.text)
    for words in ("geen projectgegevens", "Werkzaam element<", "Naar de inhoud"):
        assert words not in without_code(english.text)


def without_code(html: str) -> str:
    """The page without its queries, which hold the words of both languages."""
    return re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)


def test_the_interface_and_the_content_have_languages_of_their_own(open_page: Any) -> None:
    page = open_page(f"/queries/{GAP}?lang=en&contentLang=nl")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "geen projectgegevens" in page.locator("#answer-table").inner_text()
    assert page.locator("#answer-table [lang=nl]").count() > 0


def test_the_choice_of_language_is_remembered(open_page: Any) -> None:
    page = open_page("/")
    page.locator("#language-switch").click()
    page.goto("/map")
    assert page.locator("html").get_attribute("lang") == "en"
