"""The sentence over the headline question, with the facts that it is made of kept apart."""

from dataclasses import replace

import pytest

from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Language
from werkzaam.domain.versions import Version
from werkzaam.web.headlines import for_element, headline, without_projects
from werkzaam.web.lookups import ScaleValue

SCALE = {
    name: ScaleValue(name, label, "", "*", reports)
    for name, label, reports in (
        ("present", "present", True),
        ("doubtful", "doubtful or partly", False),
        ("none", "none known", False),
        ("invisible", "not visible", False),
        ("silent", "no information", False),
        ("unjudged", "no judgement", False),
        ("apart", "not compared", False),
    )
}


def _term(value: str) -> Term:
    return Term("literal", value)


def _said(*pairs: tuple[str, str]) -> Table:
    rows: list[Row] = [
        {
            "element": Term("uri", element),
            "elementLabel": _term(element.upper()),
            **({"reported": Term("uri", value)} if value else {}),
        }
        for element, value in pairs
    ]
    return Table(("element", "elementLabel", "reported"), tuple(rows))


def _records(*pairs: tuple[str, int | None, int | None]) -> Table:
    rows: list[Row] = []
    for element, coded, addressed in pairs:
        row = {"element": Term("uri", element)}
        if coded is not None and addressed is not None:
            row |= {"coded": _term(str(coded)), "addressed": _term(str(addressed))}
        rows.append(row)
    return Table(("element", "coded", "addressed"), tuple(rows))


NOTHING_LOADED = _records(*((name, None, None) for name in "abcdefg"))


@pytest.mark.parametrize(
    ("said", "language", "sentence"),
    [
        (_said(), "en", "0 of 7 working elements have no reported projects."),
        (_said(), "nl", "Voor 0 van de 7 werkzame elementen zijn geen projecten gemeld."),
        (_said(("a", "none")), "en", "1 of 7 working elements have no reported projects."),
        (_said(("a", "none"), ("a", "doubtful")), "en", "1 of 7 working elements have no reported projects."),
        (_said(("a", "")), "en", "1 of 7 working elements have no reported projects."),
        (_said(("a", "present")), "en", "0 of 7 working elements have no reported projects."),
        (_said(("a", "present"), ("a", "none")), "en", "0 of 7 working elements have no reported projects."),
    ],
)  # fmt: skip
def test_sentence(said: Table, language: Language, sentence: str) -> None:
    assert without_projects(said, NOTHING_LOADED, SCALE, language).sentence == sentence


def test_a_choice_without_elements_is_not_counted() -> None:
    answer = without_projects(_said(), _records(), SCALE, "en")
    assert answer.sentence == "No working elements are listed for this choice."


def test_facts_are_never_added_up() -> None:
    said = _said(
        ("a", "doubtful"), ("b", "none"), ("c", "invisible"), ("d", "silent"),
        ("e", "unjudged"), ("f", "apart"), ("g", "apart"),
    )  # fmt: skip
    facts = without_projects(said, NOTHING_LOADED, SCALE, "en").facts
    assert [(fact.value.label, list(fact.elements)) for fact in facts] == [
        ("doubtful or partly", ["A"]),
        ("none known", ["B"]),
        ("not visible", ["C"]),
        ("no information", ["D"]),
        ("no judgement", ["E"]),
        ("not compared", ["F", "G"]),
    ]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (NOTHING_LOADED, "Loaded project records: no project data."),
        (
            _records(("a", 0, 0), ("b", 0, 0)),
            "projects were coded for 0 working elements; for 0 of these",
        ),
        (
            _records(("a", 3, 0), ("b", 2, 1), ("c", 0, 0)),
            "projects were coded for 2 working elements; for 1 of these",
        ),
        (_records(("a", 3, 3)), "projects were coded for 1 working element; for 0 of these"),
    ],
)
def test_what_the_records_show(records: Table, words: str) -> None:
    assert words in without_projects(_said(), records, SCALE, "en").records


def test_not_reported_is_not_called_a_gap() -> None:
    answer = without_projects(_said(("a", "none")), NOTHING_LOADED, SCALE, "en")
    assert "gap" not in f"{answer.sentence}{answer.records}{answer.caution}".lower()
    assert answer.caution == "Not reported is not the same as not done."


def _counted(*numbers: tuple[str, int, int, int]) -> Table:
    """By element: how many projects address it, are coded for it, are not coded for it."""
    rows: list[Row] = [
        {
            "element": Term("uri", f"https://example.org/{element}"),
            "addressed": _term(str(addressed)),
            "coded": _term(str(coded)),
            "notCoded": _term(str(uncoded)),
        }
        for element, addressed, coded, uncoded in numbers
    ]
    return Table(("element", "addressed", "coded", "notCoded"), tuple(rows))


def _listed(element: str, *projects: str) -> Answered:
    words = Bilingual("x", "x")
    query = CataloguedQuery("a/b", words, words, words, (), "table", "0.1.0", (), (), "", "")
    rows: list[Row] = [{"project": Term("uri", project)} for project in projects]
    given = {"element": element} if element else {}
    return Answered(query, given, "", Table(("project",), tuple(rows)), Version(1, "x"))


NOT_LOADED = Table(("element",), ({"element": Term("uri", "https://example.org/a")},))


@pytest.mark.parametrize(
    ("listed", "records", "sentence", "apart"),
    [
        (_listed("a"), NOT_LOADED, "Loaded project records: no project data.", ""),
        (_listed(""), NOT_LOADED, "Loaded project records: no project data.", ""),
        (_listed("a"), _counted(("a", 0, 0, 5)), "Nobody checked this in the 5 loaded projects.", ""),
        (_listed(""), _counted(("a", 0, 0, 1)), "Nobody checked this in the 1 loaded project.", ""),
        (
            _listed("a", "p", "q"),
            _counted(("b", 9, 9, 9), ("a", 1, 2, 3)),
            "Coded projects that address this element: 1 of 2.",
            "3 loaded projects are not coded for this element: nobody checked it there.",
        ),
        (
            _listed("https://example.org/a", "p"),
            _counted(("a", 0, 1, 0)),
            "Coded projects that address this element: 0 of 1.",
            "",
        ),
        (
            _listed("", "p", "q", "p"),
            _counted(("a", 1, 2, 3), ("b", 0, 1, 4)),
            "2 projects were coded for one or more of these working elements.",
            "",
        ),
        (_listed("c"), _counted(("a", 1, 2, 3)), "No working elements are listed for this choice.", ""),
    ],
)  # fmt: skip
def test_not_loaded_not_coded_and_not_addressed_are_told_apart(
    listed: Answered, records: Table, sentence: str, apart: str
) -> None:
    answer = for_element(listed, records, "en")
    assert (answer.sentence, answer.records) == (sentence, apart)
    assert "gap" not in f"{answer.sentence}{answer.records}{answer.caution}".lower()


LINKS = Links("https://example.org")
NO_ROUND = "no project of this round loaded"


def _about_projects(*projects: str) -> Answered:
    return replace(_listed("", *projects), given={})


def test_nothing_loaded_is_never_nought_projects() -> None:
    said = headline(_about_projects(), None, SCALE, "en", LINKS, "no project data")
    assert (said.sentence, said.number) == ("No project data.", None)
    said = headline(_about_projects(), None, SCALE, "en", LINKS, NO_ROUND)
    assert said.sentence == "No project of this round loaded."


def test_rows_of_something_else_are_counted_and_there_is_said_that_nothing_is_loaded() -> None:
    said = headline(_about_projects("a", "b"), None, SCALE, "en", LINKS, NO_ROUND)
    assert (said.sentence, said.number) == ("2 rows. No project of this round loaded.", 2)


def test_projects_that_are_loaded_are_counted_also_where_none_fits() -> None:
    assert headline(_about_projects(), None, SCALE, "en", LINKS).sentence == "0 rows."


def test_a_round_without_projects_is_not_called_no_project_data() -> None:
    words = f"Loaded project records: {NO_ROUND}."
    assert without_projects(_said(), NOTHING_LOADED, SCALE, "en", NO_ROUND).records == words
    assert for_element(_listed("a"), NOT_LOADED, "en", NO_ROUND).sentence == words
