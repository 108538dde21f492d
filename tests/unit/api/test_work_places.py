"""Pages in words: which, and how their numbers are known."""

import pytest

from werkzaam.api.figure_pieces import Spot, Words, Work
from werkzaam.api.work_places import in_runs, origin_in_words, place, places_in_words

DOCUMENT = Words("Report", "en", "https://example.org/d")


@pytest.mark.parametrize(
    ("page", "origin", "said"),
    [
        ("28", "printed", "p. 28"),
        ("28", "inferred", "p. 28 (page number counted)"),
        ("28", "other", "p. 28 (other words)"),
        ("", "not-paged", "under “Practice” (no page numbers)"),
    ],
)
def test_a_place_says_how_its_page_is_known(page: str, origin: str, said: str) -> None:
    assert place(Spot(DOCUMENT, "i", "Practice", page, origin, "other words"), "en") == said


@pytest.mark.parametrize(
    ("pages", "runs"),
    [
        (["9", "10", "3"], ["3", "9-10"]),
        (["11-12", "12-13", "15"], ["11-13", "15"]),
        (["2", "2", "iv"], ["2", "iv"]),
        ([], []),
    ],
)
def test_pages_that_follow_each_other_are_one(pages: list[str], runs: list[str]) -> None:
    assert in_runs(pages) == runs


def test_too_many_pages_are_counted() -> None:
    work = Work("i", "name", "brief", ["1", "3", "5"])
    assert places_in_words(work, 3, "nl") == "p. 1, 3, 5"
    assert places_in_words(work, 2, "nl") == "3 pagina's, zie het adres"
    assert places_in_words(Work("i", "name", "brief"), 2, "nl") == "geen paginanummers"


def test_counted_page_numbers_are_told_from_printed_ones() -> None:
    assert origin_in_words(["printed", "printed"], "en") == ""
    assert origin_in_words(["inferred"], "en") == "page numbers counted"
    assert origin_in_words(["inferred", "printed"], "en") == "page numbers partly counted"
