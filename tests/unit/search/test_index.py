"""An index of a few entries: what is found, in which order, and how it is counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.search.small_index import (
    ENTRIES,
    GOAL,
    INDEX,
    OTHER,
    REPORT,
    VERSION,
    both,
    element,
    first,
)

from werkzaam.domain.identifiers import TERMS
from werkzaam.errors import BadRequest
from werkzaam.search.asked import MOST_CHARACTERS, MOST_WORDS
from werkzaam.search.entries import FACETS
from werkzaam.search.gathering import Gathered
from werkzaam.search.index import Index


def test_an_exact_name_comes_first_then_a_synonym_a_beginning_a_body() -> None:
    assert first("vertrouwen") == ["trust", "base", "trusted", "one", "parts"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("TRUST", "trust"),
        ("vertrouwen", "trust"),
        ("vertrouwd", "parts"),
        ("welbevinden", "concept"),
        ("well-being concept", "concept"),
        ("houvast groep", "three"),
        ("newcomers", "two"),
        ("taalmaatje", "two"),
        ("buurttaal", "four"),
        ("nieuwkomer", "two"),
        ("vertruowen", "trust"),
        ("de houvast van het", "three"),
    ],
)
def test_what_is_found_first(text: str, slug: str) -> None:
    assert first(text, 1) == [slug]


def test_a_part_finds_its_compound() -> None:
    assert set(first("maatjes")) == {"two", "four"}


def test_every_word_must_be_found_and_if_none_has_all_those_with_some() -> None:
    hits = INDEX.find(INDEX.asked("vertrouwen groep", {}), 9)
    assert (hits.total, hits.all_words) == (1, True)
    some = INDEX.find(INDEX.asked("vertrouwen nieuwkomers", {}), 9)
    assert not some.all_words
    assert some.total == 6


def test_words_that_say_nothing_count_where_there_are_no_others() -> None:
    assert set(first("de")) == {"three", "four"}
    assert first("de vertrouwen")[0] == "trust"


@pytest.mark.parametrize("text", ["***", "' OR 1=1", "!?", "qqqqqqqqqq"])
def test_what_is_nowhere_finds_nothing(text: str) -> None:
    assert first(text) == []


def test_an_empty_search_finds_everything_by_rank() -> None:
    hits = INDEX.find(INDEX.asked("  ", {}), 50)
    assert hits.total == len(ENTRIES) == len(INDEX)
    assert [entry.rank for entry in hits.entries] == sorted(entry.rank for entry in ENTRIES)


def test_pages_hold_every_hit_once_and_the_total_stands() -> None:
    asked = INDEX.asked("", {})
    pages = [INDEX.find(asked, 2, after) for after in range(0, 12, 2)]
    found = [entry.iri for page in pages for entry in page.entries]
    assert sorted(found) == sorted(entry.iri for entry in ENTRIES)
    assert {page.total for page in pages} == {len(ENTRIES)}


def test_facets_count_the_hits_and_a_chosen_one_its_alternatives() -> None:
    hits = INDEX.find(INDEX.asked("", {}), 3)
    counts = {name: {one.value: one.hits for one in found} for name, found in hits.facets.items()}
    assert tuple(counts) == FACETS
    assert counts["type"] == {TERMS + "WorkingElement": 5, TERMS + "Claim": 4}
    assert counts["document"] == {REPORT: 8, OTHER: 1}
    assert counts["goal"] == {GOAL: 5}
    chosen = INDEX.find(INDEX.asked("", {"document": OTHER}), 3)
    assert chosen.total == 1
    assert [one.hits for one in chosen.facets["document"]] == [8, 1]
    assert [one.hits for one in chosen.facets["type"]] == [1]


def test_choices_add_up() -> None:
    assert first("vertrouwen", type=TERMS + "Claim") == ["one"]
    assert first("vertrouwen", type=TERMS + "Claim", document=OTHER) == []


def test_only_named_things_are_suggested() -> None:
    asked = INDEX.asked("vertr", {}, named=True)
    found = INDEX.find(asked, 9, count=False)
    assert [entry.named for entry in found.entries] == [True] * found.total
    assert found.facets == {}


def test_a_long_search_is_refused_and_many_words_are_passed_over() -> None:
    with pytest.raises(BadRequest):
        INDEX.asked("x" * (MOST_CHARACTERS + 1), {})
    many = " ".join(f"w{number}" for number in range(MOST_WORDS + 3))
    assert len(INDEX.asked(many, {}).passed_over) == 3


def test_what_was_probably_meant_is_said() -> None:
    assert INDEX.asked("vertruowen", {}).misspelled == {"vertruowen": ("vertrouwen",)}
    assert INDEX.asked("vertrouwen", {}).misspelled == {}


def test_two_words_of_which_only_one_is_known_are_one() -> None:
    hits = INDEX.find(INDEX.asked("taal maatjes hou vast", {}), 9)
    assert [word.text for word in hits.asked.words] == ["taalmaatjes", "houvast"]


def test_a_code_stands_below_what_goes_by_its_name() -> None:
    code = element("code", both("Houvast", "Support"))
    code = type(code)(code.iri, TERMS + "Voice", code.names, code=True)
    thing = element("thing", both("Het houvast van de groep", "Support of the group"))
    index = Index(Gathered(VERSION, [code, thing], {}))
    found = index.find(index.asked("houvast", {}), 2).entries
    assert [entry.iri.rsplit("/", 1)[1] for entry in found] == ["thing", "code"]


def test_an_empty_dataset_has_an_index_too() -> None:
    index = Index(Gathered(VERSION, [], {}))
    assert index.find(index.asked("vertrouwen", {}), 5).total == 0
    assert index.find(index.asked("", {}), 5).total == 0
    assert index.values("type") == ()


@settings(deadline=None)
@given(st.text(max_size=MOST_CHARACTERS))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    for named in (True, False):
        hits = INDEX.find(INDEX.asked(text, {}, named=named), 5)
        assert len(hits.entries) <= min(hits.total, 5)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "AND",
                "OR",
                "NOT",
                "+",
                "-",
                "title:x",
                "vert*",
                "~2",
                "^3",
                '"',
                "(",
                ")",
                "[a TO b]",
                "/re.*/",
                "IN",
                "\\",
                "names:vertrouwen",
                'whole_name:"a"',
                "*:*",
                "\u202e",
                "é",
                "vertrouwen",
            )  # fmt: skip
        ),
        max_size=20,
    )
)
def test_no_query_language_is_understood(parts: list[str]) -> None:
    text = " ".join(parts)[:MOST_CHARACTERS]
    hits = INDEX.find(INDEX.asked(text, {}), 5)
    assert hits.total <= len(ENTRIES)
