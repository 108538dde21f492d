"""What a reader chose on the journey: read from the address, refused with the choices, written back."""

from dataclasses import replace

import pytest
from tests.unit.web.small_journey import JOURNEY, REPORTS, words

from werkzaam.errors import InvalidParameter
from werkzaam.web.journey_choice import (
    PER_PAGE,
    Choice,
    choices_of,
    in_phase,
    is_silent,
    kept,
    read_choice,
)


def names(choice: Choice) -> str:
    return "".join(report.iri[-1] for report in kept(JOURNEY, choice))


def test_every_value_that_is_offered_can_be_chosen() -> None:
    for name, values in choices_of(JOURNEY).items():
        for value in values:
            assert getattr(read_choice({name: value}, JOURNEY), name) == value


@pytest.mark.parametrize(
    ("name", "value", "offered"),
    [
        ("phase", "middle", "begin, end, none"),
        ("voice", "none", "young, author"),
        ("location", "Here", "here, there, empty, none"),
        ("kind", "problem", "strength, bottleneck, suggestion, recommendation, mixed, neither"),
        ("addressed", "all", "nobody"),
        ("first", "2", "1"),
        ("place", "here", "phase, voice, location, theme, kind, addressed, first"),
    ],
)
def test_what_is_no_choice_is_refused_with_the_choices(name: str, value: str, offered: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        read_choice({name: value}, JOURNEY)
    assert refused.value.name == name
    assert ", ".join(refused.value.choices) == offered
    assert offered in str(refused.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "a" * 81}, f'"{"a" * 79}…" is no value of kind.'),
        ({"kind": "a" * 80}, f'"{"a" * 80}" is no value of kind.'),
        ({"kind": "it's\0\u202e"}, '"it\'s\ufffd\ufffd" is no value of kind.'),
        ({"a" * 5000: "x"}, f"There is no parameter {'a' * 79}… here."),
        ({"a\0b": "x"}, "There is no parameter a\ufffdb here."),
    ],
)
def test_what_is_refused_is_repeated_in_part_and_visibly(given: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        read_choice(given, JOURNEY)
    assert str(refused.value).startswith(said + " ")


def test_a_place_is_silent_where_nothing_is_reported_whatever_else_is_chosen() -> None:
    assert is_silent(JOURNEY, Choice(location="empty", kind="bottleneck"))
    for choice in (Choice(), Choice(location="none"), Choice(location="there", theme="work")):
        assert not is_silent(JOURNEY, choice)
    unplaced = replace(JOURNEY, reports=[])
    assert not is_silent(unplaced, Choice(location="none"))


def test_the_first_statement_of_each_part_can_be_asked() -> None:
    many = replace(JOURNEY, reports=REPORTS * 11)
    assert choices_of(many)["first"] == ["1", str(1 + PER_PAGE), str(1 + 2 * PER_PAGE)]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(), "abcdefghij"),
        (Choice(phase="begin", voice="young"), "abcdefghij"),
        (Choice(location="here"), "aci"),
        (Choice(location="there"), "c"),
        (Choice(location="empty"), ""),
        (Choice(location="none"), "bdefghj"),
        (Choice(theme="work"), "ej"),
        (Choice(theme="none", kind="bottleneck"), "abc"),
        (Choice(kind="mixed"), "i"),
        (Choice(addressed="nobody"), "ci"),
        (Choice(addressed="nobody", location="there"), "c"),
    ],
)
def test_filters_leave_what_they_say(choice: Choice, left: str) -> None:
    assert names(choice) == left


def test_a_statement_stands_in_each_of_its_phases_or_in_none() -> None:
    both, nowhere = REPORTS[7], REPORTS[9]
    assert [in_phase(both, slug) for slug in ("begin", "end", "none", "")] == [
        True,
        True,
        False,
        True,
    ]
    assert [in_phase(nowhere, slug) for slug in ("begin", "none", "")] == [False, True, True]


def test_a_choice_leads_back_to_itself() -> None:
    choice = Choice(voice="young", location="none", addressed="nobody")
    assert words().way(choice) == "/journey?voice=young&location=none&addressed=nobody#statements"
    assert words().way(Choice(kind="mixed")) == "/journey?kind=mixed"
    dutch = words("nl")
    mixed = replace(dutch, languages=replace(dutch.languages, content="en"))
    assert mixed.way(Choice()) == "/journey?contentLang=en"


def test_opening_a_cell_keeps_the_filters_and_begins_anew() -> None:
    chosen = Choice(phase="end", voice="author", location="here", kind="mixed", first="51")
    assert chosen.cell("begin", "young") == Choice("begin", "young", "here", kind="mixed")
    assert chosen.cell("begin", "young", "strength").kind == "strength"
    assert chosen.closed() == Choice(location="here", kind="mixed")
    assert chosen.unfiltered() == Choice("end", "author")
    assert (chosen.opens, chosen.filters) == (True, True)
    assert (Choice().opens, Choice(phase="end").filters) == (False, False)
