"""Footnotes: what the source says, with its hedge, and no more."""

from dataclasses import replace
from datetime import date

import pytest

from werkzaam.api.figure_pieces import Line, Rule, Sheet, Spot, WeighedLine, Words, Work
from werkzaam.api.footnotes import Cited, Edition, brief_footnote, citation, footnote
from werkzaam.domain.versions import Version

DOCUMENT = Words("Report", "en", "https://example.org/d")
EDITION = Edition(Version(7, "digest"), date(2024, 5, 1))
ADDRESS = "https://example.nl/figures/measurement/x"
SIGNED = f"Werkzaam version 7 of 1 May 2024, {ADDRESS}"
REPORT = Work("https://example.org/d", "A. Author, Report (1 May 2023)", "Report (2023)", ["28"])
PAGED = replace(REPORT, places=["3", "5", "7", "9", "12", "14"], origin="page numbers counted")
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
        Line("voice", "Who says it", [Words("author", "en", "https://example.org/voice/author")]),
        Line("basis", "On which ground", [Words("none stated")]),
        Line("hedges", "Words", [Words("ongeveer", "nl")]),
    ],
    spots=[Spot(DOCUMENT, "https://example.org/p", "Practice", "28", "inferred", "inferred")],
    works=[REPORT],
)
RULE = Rule("Counts elements.", "", "Elements without", [("Goal", "Contact")], [], "SELECT *")
COUNT = Sheet(
    "counts/x", "count", Words("Elements without"), "16 of 20", Words(""), [],
    rule=RULE, whole="20 (elements)", of_what="elements", works=[PAGED],
)  # fmt: skip
CITED = Cited(
    "Contact may help.",
    voice=Words("author", "en", "https://example.org/voice/author"),
    basis="none stated",
    hedges=["mogelijk"],
    review="second reading",
    works=[replace(REPORT, origin="page numbers counted")],
)


def test_a_full_footnote_says_value_hedge_population_period_ground_place_and_version() -> None:
    assert footnote(SHEET, EDITION, ADDRESS, "en") == (
        "In about 20 of the 71 projects there is contact. "
        "Value: about 20 of 71 (project) (words of the source: “ongeveer”). "
        "Population: MDT projects. Period: not stated. Who says it: author. "
        "On which ground: none stated. "
        "Source: A. Author, Report (1 May 2023), p. 28 (page number counted). " + SIGNED
    )


def test_a_short_footnote_keeps_caveat_population_and_period() -> None:
    assert brief_footnote(SHEET, EDITION, ADDRESS, "en") == (
        "In about 20 of the 71 projects there is contact. Words of the source: “ongeveer”. "
        "Population: MDT projects. Period: not stated. "
        "Report (2023), p. 28 (page number counted). " + SIGNED
    )


def test_a_short_footnote_gives_the_number_where_the_gist_does_not() -> None:
    told = replace(SHEET, gist=Words("In few projects there is contact."))
    note = brief_footnote(told, EDITION, ADDRESS, "en")
    assert note.startswith("Value: about 20 of 71 (project). In few projects")


def test_a_short_footnote_says_who_speaks_where_that_is_not_the_author_and_what_disagrees() -> None:
    young = Words("young people", "en", "https://example.org/voice/young-people")
    lines = [line if line.key != "voice" else replace(line, values=[young]) for line in SHEET.lines]
    against = WeighedLine("https://example.org/t", "figures", Words("Why."), "", [])
    note = brief_footnote(replace(SHEET, lines=lines, weighed=[against]), EDITION, ADDRESS, "en")
    assert "Who says it: young people." in note
    assert "Not all statements agree with it: see the address." in note


def test_where_the_day_of_a_version_is_not_known_there_is_its_number_alone() -> None:
    note = footnote(SHEET, Edition(Version(7, "digest")), ADDRESS, "nl")
    assert note.endswith(f" Werkzaam versie 7, {ADDRESS}")
    assert "[" not in note


def test_a_count_says_once_what_it_is_of_how_many_by_which_rule_and_on_which_pages() -> None:
    assert footnote(COUNT, EDITION, ADDRESS, "en") == (
        "Elements without (Goal: Contact): 16 of 20. Denominator: 20 (elements). "
        "Counted by Werkzaam. Counts elements. The number says what the knowledge graph holds, "
        "not how certain or how serious something is. Taken from: A. Author, Report (1 May 2023), "
        "p. 3, 5, 7, 9, 12, 14 (page numbers counted). " + SIGNED
    )


def test_a_short_count_says_of_how_many_and_where_the_pages_are_listed() -> None:
    note = brief_footnote(COUNT, EDITION, ADDRESS, "en")
    assert note.startswith("Elements without (Goal: Contact): 16 of 20 (elements), counted by Werk")
    assert "Report (2023), 6 pages, listed at the address." in note


def test_the_question_of_a_count_is_named_where_its_title_is_another() -> None:
    note = footnote(replace(COUNT, title=Words("Statements")), EDITION, ADDRESS, "en")
    assert "Counted by Werkzaam: Elements without." in note


def test_where_there_is_nothing_to_count_the_footnote_says_so() -> None:
    nothing = replace(COUNT, figure="no project data", empty="No data was loaded.", works=[])
    for note in (footnote, brief_footnote):
        assert "No data was loaded." in note(nothing, EDITION, ADDRESS, "en")


@pytest.mark.parametrize("note", [footnote, brief_footnote])
def test_on_made_up_examples_a_footnote_says_so_first(note: object) -> None:
    demo = Edition(Version(7, "digest", demo=True))
    assert callable(note)
    assert note(SHEET, demo, ADDRESS, "en").startswith("Made-up example data, not to be cited.")


def test_a_statement_is_cited_in_our_words_with_voice_ground_hedge_and_page() -> None:
    assert citation(CITED, EDITION, ADDRESS, "en") == (
        "Contact may help (in the words of Werkzaam). Who says it: author. "
        "On which ground: none stated. Words of the source: “mogelijk”. Checked: second reading. "
        "Source: A. Author, Report (1 May 2023), p. 28 (page numbers counted). " + SIGNED
    )


def test_what_we_saw_or_judged_is_never_cited_as_what_a_document_says() -> None:
    reading = Words("our reading", "en", "https://example.org/voice/reading")
    seen = citation(replace(CITED, voice=reading), EDITION, ADDRESS, "en")
    assert "(seen by Werkzaam while reading; no document says so)" in seen
    judged = citation(replace(CITED, voice=None, basis="", ours=True), EDITION, ADDRESS, "en")
    assert "(a judgement of Werkzaam, not of a document)" in judged
    assert "It is about: A. Author" in judged
    assert "Source:" not in judged
    assert "Who says it" not in judged


def test_a_passage_is_cited_by_its_place() -> None:
    heading = replace(REPORT, places=[], headings=["Practice"])
    note = citation(Cited("", works=[heading]), EDITION, ADDRESS, "en")
    assert note == (f"A. Author, Report (1 May 2023), under “Practice” (no page numbers). {SIGNED}")
