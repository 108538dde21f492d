"""The page that says whether an answer is still the answer, and the ways to it, in a browser."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from tests.browser.accessibility import both_widths, violations
from tests.browser.conftest import OpenPage, Tabs, opened_at
from tests.journeys.three_versions import three_versions
from tests.running_service import start

PER_ELEMENT = "coverage/projects-per-working-element"
DEFINITIONS = "evidence/working-elements-per-goal"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]) -> Any:
    """A service on three versions."""
    service = start(three_versions(tmp_path_factory.mktemp("kept"), begun(False)))
    yield service
    assert service.stop() == 0


@pytest.fixture
def open_kept(tabs: Tabs, running: Any) -> Iterator[OpenPage]:
    """A page of that service."""
    yield from opened_at(tabs, running.url)


def kept(service: Any, name: str, **keys: str) -> str:
    address = service.client.get(f"/v1/queries/{name}", params=keys).json()["limits"]["permalink"]
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "version", "shown"),
    [
        (PER_ELEMENT, "1", "#added-rows"),
        (DEFINITIONS, "2", "#changed-rows"),
        (PER_ELEMENT, "3", ""),
    ],
)
def test_the_page_is_accessible_and_never_wider_than_the_screen(
    open_kept: OpenPage, running: Any, name: str, version: str, shown: str, language: str
) -> None:
    page = open_kept(kept(running, name, version=version, lang="nl"), language=language)
    said = page.locator("#outcome").inner_text()
    if shown:
        assert page.locator(shown).is_visible()
        assert {"nl": "sindsdien veranderd", "en": "changed since"}[language] in said
    else:
        assert (
            said
            == {"nl": "Dit is nog steeds het antwoord.", "en": "This is still the answer."}[
                language
            ]
        )
    for width in both_widths(language):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_the_other_language_tells_of_the_same_answer(open_kept: OpenPage, running: Any) -> None:
    page = open_kept(kept(running, PER_ELEMENT, lang="nl"))
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**lang=en**")
    assert page.locator("#outcome").inner_text() == "This is still the answer."
    page.locator("#answer-now").click()
    page.wait_for_url("**/queries/coverage/projects-per-working-element?**")
    assert page.locator("#kept-link").is_visible()


def test_an_answer_is_kept_and_downloaded_from_its_page(open_kept: OpenPage) -> None:
    page = open_kept(f"/queries/{PER_ELEMENT}?lang=en")
    with page.expect_download() as waiting:
        page.locator("#download-xlsx").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book.worksheets[0].max_row == page.locator("#answer-table tbody tr").count() + 1
    assert "no project data" in page.locator("#about-answer").inner_text()
    page.locator("#kept-link").click()
    page.wait_for_url("**/permalink?**")
    assert page.locator("#outcome").inner_text() == "This is still the answer."


def test_a_graph_can_be_had_as_turtle(open_kept: OpenPage) -> None:
    page = open_kept("/queries/evidence/statements-about-working-element?element=houvast&lang=en")
    assert violations(page) == ""
    assert "format=ttl" in (page.locator("#as-turtle").get_attribute("href") or "")
    assert page.locator("#answer-table tbody tr").count() > 10


def test_a_form_that_must_be_filled_in_is_no_fault_of_who_opens_it(open_kept: OpenPage) -> None:
    page = open_kept("/queries/comparison/working-elements-between-rounds?lang=en")
    assert page.locator("#error-summary").count() == 0
    assert page.locator("#answer").count() == 0
    assert page.locator("select[name=firstRound] option").count() > 1
    assert violations(page) == ""
