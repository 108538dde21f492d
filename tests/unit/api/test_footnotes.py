"""Footnotes: what the source says, with its hedge, and no more."""

import pytest

from werkzaam.api.figure_pieces import Line, Rule, Sheet, Spot, Words
from werkzaam.api.footnotes import footnote, place
from werkzaam.domain.queries import Language
from werkzaam.domain.versions import Version

DOCUMENT = Words("Report", "en", "https://example.org/d")
VERSION = Version(7, "digest")
ADDRESS = "https://example.nl/figures/measurement/x"
SHEET = Sheet(
    name="measurement/x",
    kind="measurement",
    title=Words("Contact"),
    figure="about 20 of 71 (project)",
    gist=Words("In about 20 of the 71 projects there is contact."),
    lines=[
        Line("figure", "Value", [Words("about 20 of 71 (project)")]),
        Line("population", "Population", [Words("MDT projects.")]),
        Line("period", "Period", [], absence="not stated"),
        Line("voice", "Who says it", [Words("author")]),
        Line("basis", "On which ground", [Words("none stated")]),
        Line("hedges", "Words", [Words("ongeveer", "nl")]),
    ],
    spots=[Spot(DOCUMENT, "https://example.org/p", "Practice", "28", "inferred", "inferred")],
    works=["A. Author, Report (2023)"],
)


def test_a_footnote_says_value_hedge_population_period_place_and_version() -> None:
    assert footnote(SHEET, VERSION, ADDRESS, "en") == (
        "In about 20 of the 71 projects there is contact. "
        "Value: about 20 of 71 (project) (words of the source: “ongeveer”). "
        "Population: MDT projects. Period: not stated. Who says it: author. "
        "On which ground: none stated. "
        "Source: A. Author, Report (2023), p. 28 (page number counted). "
        f"Werkzaam, dataset version 7, {ADDRESS} (consulted on [date])."
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_day_is_left_for_the_reader(language: Language) -> None:
    assert "[dat" in footnote(SHEET, VERSION, ADDRESS, language)


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


def test_a_count_says_that_we_counted_and_that_it_is_no_measure_of_certainty() -> None:
    rule = Rule("Counts.", "pilot/x", "Bottlenecks", [("Phase", "Start")], [], "SELECT *")
    sheet = Sheet("queries/pilot/x/n", "count", Words("Statements"), "5", Words(""), [], rule=rule)
    note = footnote(sheet, VERSION, ADDRESS, "en")
    assert note.startswith("Statements: 5. Counted by Werkzaam: Bottlenecks (Phase: Start).")
    assert "no measure of how certain" in note


def test_on_made_up_examples_a_footnote_says_so_first() -> None:
    demo = Version(7, "digest", demo=True)
    assert footnote(SHEET, demo, ADDRESS, "en").startswith("Made-up example data, not to be cited.")
