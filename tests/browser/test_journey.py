"""An analyst's first visit, from the start page to a CSV file."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

GAP = "coverage/working-elements-without-projects"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_home_to_a_file(open_page: Any, service: Any, script: bool) -> None:
    page: Page = open_page("/", script=script)
    expect(page.locator("#headline")).to_contain_text("Voor 16 van de 20 werkzame elementen")
    page.locator("#to-headline-question").click()
    expect(page.locator("#answer-table tbody tr")).to_have_count(16)
    expect(page.locator("#answer")).to_contain_text("geen projectgegevens")

    page.get_by_label("Doel", exact=True).select_option("sociaal-contact")
    page.get_by_role("button", name="Toon").click()
    assert "goal=sociaal-contact" in page.url
    expect(page.locator("#answer-table tbody tr")).to_have_count(3)

    read_a_passage_in_both_languages(page)

    page.goto(f"/queries/{GAP}?goal=sociaal-contact")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    with page.expect_download() as download:
        page.locator("#download-csv").click()
    saved = Path(download.value.path()).read_bytes()
    rows = list(csv.reader(io.StringIO(saved.decode("utf-8-sig"), newline="")))
    asked = f"/v1/queries/{GAP}?goal=sociaal-contact&lang=en&format=csv&bom=true"
    direct = service.client.get(asked)
    assert saved == direct.content
    assert [row[1] for row in rows[1:]] == rows_on(page)


def read_a_passage_in_both_languages(page: Page) -> None:
    """Open an element on the map, read where it is said, and switch to English on the spot."""
    page.locator("#main-navigation").get_by_role("link", name="Kaart").click()
    page.get_by_role("link", name="Voorkom 'intergroup anxiety'", exact=True).click()
    assert "element=intergroup-anxiety-voorkomen" in page.url
    card = page.locator("#detail-intergroup-anxiety-voorkomen")
    expect(card).to_contain_text("geen voorbeelden bekend")
    expect(card).to_contain_text("nadrukkelijk")
    expect(card).to_contain_text("Werkzame elementen binnen MDT")
    expect(card).to_contain_text("28")
    expect(card).to_contain_text("afgeleid")

    page.locator("#language-switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#detail-intergroup-anxiety-voorkomen")).to_contain_text("none known")
    assert "element=intergroup-anxiety-voorkomen" in page.url


def rows_on(page: Page) -> list[str]:
    """The names of the elements in the table of the page, in order."""
    return [
        text.strip().splitlines()[0]
        for text in page.locator("#answer-table tbody tr > :first-child").all_inner_texts()
    ]


def test_the_browser_shows_the_rows_that_the_catalogue_gives(open_page: Any, service: Any) -> None:
    page = open_page(f"/queries/{GAP}")
    answer = service.client.get(f"/v1/queries/{GAP}?lang=nl").json()
    assert rows_on(page) == [row["element"]["label"] for row in answer["rows"]]
    shown = page.locator("#answer-table tbody tr").all_inner_texts()
    for row, text in zip(answer["rows"], shown, strict=True):
        flat = " ".join(text.split())
        assert " ".join(row["reportedGist"]["value"].split()) in flat
        assert row["reportedLabel"]["value"] in flat
        assert "geen projectgegevens" in flat


def test_a_wrong_value_is_explained_in_the_form(open_page: Any) -> None:
    page = open_page(f"/queries/{GAP}?goal=nothing")
    expect(page.locator("#error-summary")).to_contain_text("welbevinden")
    expect(page.locator("#field-goal")).to_have_attribute("aria-invalid", "true")


def test_the_query_can_be_copied_and_opened_in_the_workbench(open_page: Any) -> None:
    page = open_page(f"/queries/{GAP}?goal=welbevinden")
    page.locator("#query summary").click()
    page.locator("#open-in-sparql").click()
    expect(page.locator("#field-query")).to_have_value(re.compile("goal/welbevinden"))
    page.locator("#run-query").click()
    expect(page.locator("#result-table tbody tr")).to_have_count(5)


def test_the_workbench_shows_where_a_query_is_wrong(open_page: Any) -> None:
    page = open_page("/sparql")
    page.locator("#field-query").fill("SELECT * {\n ?s ?p }")
    page.locator("#run-query").click()
    expect(page.locator("#error-place")).to_contain_text("Regel 2")


def test_a_table_is_sorted_and_filtered_with_script(open_page: Any) -> None:
    page = open_page(f"/queries/{GAP}")
    before = rows_on(page)
    page.locator("#answer-table thead th").first.get_by_role("button").click()
    assert rows_on(page) == sorted(before, key=str.casefold)
    page.locator("#answer-table-filter").fill("anxiety")
    expect(page.locator("#answer-table tbody tr:visible")).to_have_count(1)
