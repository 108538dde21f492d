"""From an edge on the page of a thing to why it is there, and on to the passage."""

from typing import Any

import pytest
from tests.browser.accessibility import both_widths, violations

ELEMENT = "/doc/working-element/houvast"
BASE = "https://w3id.org/mdt-kennisgraaf"
MODEL = (
    f"/why?subject={BASE}/id/working-element/houvast&object={BASE}/def/WorkingElement"
    "&predicate=http://www.w3.org/1999/02/22-rdf-syntax-ns%23type"
)


@pytest.mark.parametrize("script", [True, False])
def test_a_derived_edge_leads_to_the_claim_and_its_passage(open_page: Any, script: bool) -> None:
    page = open_page(ELEMENT, language="en", script=script)
    page.get_by_role("link", name="why? safeguards: Enjoyment and relaxation").click()
    assert "it is derived" in page.locator("#standing").inner_text()
    assert "nothing about an effect" in page.locator(".not-said").inner_text()
    page.get_by_text("Who says it, on which ground, where").click()
    page.locator("article a[href*='/passage/']").first.click()
    assert "/doc/passage/ontmoetingen-welbevinden-elementen" in page.url


@pytest.mark.parametrize("language", ["nl-NL", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Any, language: str) -> None:
    page = open_page(ELEMENT, language=language)
    page.locator("a.why").first.click()
    page.wait_for_url("**/why?**")
    for address in (page.url, MODEL):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for width in both_widths(language):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(page) == ""
