"""A figure is defended within a minute: from the page to its sheet, a footnote to copy, and paper."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import both_widths, violations

MEASURED = "/figures/measurement/ontmoetingen-empathie-als-doel"
COUNTED = (
    "/figures/queries/pilot/bottlenecks-per-phase/statements"
    "?row=id/journey-phase/enthousiasmeren~id/bottleneck/pas-laat-ontdekt~id/voice/author~"
)
STATED = "/doc/proposal/integratie-eerst-componenten-kiezen-p26"
EMPTY = (
    "/figures/queries/coverage/projects-per-working-element/records?row=id/working-element/houvast"
)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_a_figure_in_an_answer_to_its_passage(open_page: Any, script: bool) -> None:
    page: Page = open_page("/queries/evidence/measurements", script=script)
    page.get_by_role("link", name="71 Noemer: verantwoording").first.click()
    expect(page.locator("#figure")).to_have_text("circa 20 van 71 (project)")
    expect(page.locator("#fact-period")).to_contain_text("niet vermeld")
    expect(page.locator(".sheet-weighed").first).to_contain_text("52 procent")
    page.locator("#passages").get_by_role("link", name="p. 28").click()
    expect(page.locator("#kinds")).to_contain_text("Vindplaats")


def test_the_footnote_is_copied_with_a_click(open_page: Any) -> None:
    page: Page = open_page(MEASURED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer: Korte voetnoot in het Nederlands").click()
    expect(page.locator("#footnote-nl-status")).to_have_text("Gekopieerd")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#footnote-nl").inner_text()
    assert "ongeveer 20 van de 71" in copied
    expect(page.locator("#full-footnote-nl")).to_contain_text("circa 20 van 71")
    english = page.locator("#full-footnote-en")
    expect(english).to_have_attribute("lang", "en")
    expect(english).to_contain_text("about 20 of 71")


@pytest.mark.parametrize(
    ("language", "button", "said"),
    [
        ("nl-NL", "Kopieer: In het Nederlands", "in de woorden van Werkzaam"),
        ("en-GB", "Copy: In English", "in the words of Werkzaam"),
    ],
)
def test_a_statement_without_a_number_is_cited_with_a_click(
    open_page: Any, language: str, button: str, said: str
) -> None:
    page: Page = open_page(STATED, width=390, language=language)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=button).click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert said in copied
    assert f"{STATED}?lang={language[:2]}" in copied
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_the_citation_can_be_selected(open_page: Any) -> None:
    page: Page = open_page(STATED, script=False)
    expect(page.locator("#citation-nl")).to_be_visible()
    expect(page.locator("#citations + .footnote .copy-button")).to_be_hidden()
    assert page.locator("#citation-nl").evaluate("e => getComputedStyle(e).userSelect") == "all"


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
@pytest.mark.parametrize("address", [MEASURED, COUNTED, EMPTY], ids=["stated", "counted", "empty"])
def test_a_sheet_is_accessible_and_fits(open_page: Any, address: str, language: str) -> None:
    page: Page = open_page(address, language=language)
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_on_paper_there_is_the_sheet_and_where_its_links_lead(open_page: Any, service: Any) -> None:
    page: Page = open_page(MEASURED)
    page.emulate_media(media="print")
    for hidden in ("#main-navigation", ".site-footer", ".copy-button", "#language-switch"):
        expect(page.locator(hidden).first).to_be_hidden()
    for shown in ("#figure", "#facts", "#footnote-nl", "#permalink"):
        expect(page.locator(shown)).to_be_visible()
    printed = page.locator("#passages [data-url]").evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert f"{service.url}id/passage/" in printed
    assert len(page.pdf(format="A4")) > 10_000


def test_the_figures_of_every_page_are_quiet_links_with_a_name(open_page: Any) -> None:
    page: Page = open_page("/about")
    for path in ("/", "/map", "/journey", "/model", "/queries/pilot/bottlenecks-per-phase"):
        page.goto(path)
        names = page.locator("data.figure > a").evaluate_all(
            "links => links.map(link => link.getAttribute('aria-label'))"
        )
        assert len(names) > 5
        assert all(name.endswith(": verantwoording") for name in names)
        # the figure itself is not enough: the name also says what it is a figure of
        assert all(
            any(c.isalpha() for c in name.removesuffix(": verantwoording")) for name in names
        )
