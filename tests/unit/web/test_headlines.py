"""The sentence over the headline question, with the facts that it is made of kept apart."""

import pytest

from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Language
from werkzaam.web.headlines import without_projects
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
