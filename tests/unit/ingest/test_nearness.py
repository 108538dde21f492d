"""What is asked back as "do you mean": only what nothing else can be meant by, over all lists."""

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.domain.content import Content
from werkzaam.ingest.background import known_triples
from werkzaam.ingest.codes import CodeList, code_lists
from werkzaam.ingest.mapping import mapping_names, read_mapping
from werkzaam.ingest.nearness import contradict, distance_within, nearest
from werkzaam.ingest.words import folded

LETTER = "q"
NEGATIONS = ("niet", "geen", "none")


@pytest.fixture(scope="module")
def lists(all_content: Content) -> dict[str, CodeList]:
    """The lists of values of every mapping, by mapping and column."""
    known = list(known_triples(all_content))
    return {
        f"{name}/{column}": codes
        for name in mapping_names(all_content)
        for column, codes in code_lists(read_mapping(all_content, name), known).items()
    }


def label(codes: CodeList, text: str) -> str | None:
    near = codes.suggest(text)
    return codes.label(near, "nl") if near else None


@pytest.mark.parametrize(
    "text",
    [
        *("gestart", "begonnen", "beëindigd", "beeindigd", "niet gestart", "niet afgewezen"),
        *("niet bekend?", "bekend", "niet ingetrokken", "onafgerond", "not running", "stopgezet?"),
    ],
)
def test_no_status_is_suggested_that_says_something_else(
    lists: Mapping[str, CodeList], text: str
) -> None:
    codes = lists["projects/status"]
    assert not codes.find(text)
    assert label(codes, text) is None


@pytest.mark.parametrize(
    "text", ["4", "5", "5b", "ronde 5b", "ronde 6", "MDT 2024", "4 of 5", "2023"]
)
def test_no_round_is_suggested_with_another_number(
    lists: Mapping[str, CodeList], text: str
) -> None:
    codes = lists["projects/round"]
    assert not codes.find(text)
    assert label(codes, text) is None


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("status", "aangevraag", "aangevraagd"),
        ("status", "afgerand", "afgerond"),
        ("status", "onbeknd", "onbekend"),
        ("status", "lopned", "loopt"),
        ("round", "rond 4b", "4b"),
        ("round", "MDT  in actie voor Oekraine!", "MDT in actie voor Oekraïne"),
        ("addressed", "Houvastt", "Houvast"),
        ("goals", "netwerk vergroten", "Het netwerk van jongeren vergroten"),
    ],
)
def test_a_slip_is_asked_back(
    lists: Mapping[str, CodeList], name: str, text: str, meant: str
) -> None:
    codes = lists[f"projects/{name}"]
    assert not codes.find(text)
    assert label(codes, text) == meant


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        *[("status", text, "loopt") for text in ("Lopend", "in uitvoering", "ongoing")],
        *[("status", text, "aangevraagd") for text in ("ingediend", "submitted")],
        *[("status", text, "verleend") for text in ("toegekend", "gehonoreerd", "awarded")],
        *[("status", text, "afgewezen") for text in ("niet verleend", "not awarded")],
        *[("status", text, "afgerond") for text in ("voltooid", "completed")],
        ("status", "voortijdig gestopt", "gestopt"),
        *[("round", text, "4b") for text in ("Ronde 4B", "mdt 4b", "round 4b", "MDT-ronde 4b")],
        ("round", "ronde 3", "3"),
        ("round", "round 4c", "4c"),
    ],
)
def test_usual_words_of_the_same_meaning_are_read(
    lists: Mapping[str, CodeList], name: str, text: str, meant: str
) -> None:
    codes = lists[f"projects/{name}"]
    assert [codes.label(iri, "nl") for iri in codes.find(text)] == [meant]


def slips(words: str) -> Iterator[str]:
    """``words`` with one letter wrong, missing or swapped, for each letter of a word but ``NEGATIONS``."""
    found = [word for word in re.finditer(r"[^\W\d_]{4,}", words) if word[0] not in NEGATIONS]
    letters = [n for word in found for n in range(*word.span())]
    for n in letters:
        if n and words[n - 1].isdigit():
            continue
        yield words[:n] + LETTER + words[n + 1 :]
        yield words[:n] + words[n + 1 :]
        if n + 1 in letters and words[n] != words[n + 1]:
            yield words[:n] + words[n + 1] + words[n] + words[n + 2 :]


def typed_labels(lists: Mapping[str, CodeList]) -> Iterator[tuple[CodeList, str, str]]:
    """Labels with one slip: the list, the IRI that is meant, and what was typed."""
    for codes in lists.values():
        labels = {
            (iri, folded(text)) for iri in codes.labels for text in codes.labels[iri].values()
        }
        for iri, words in sorted(labels)[:24]:
            if len(words) > 4 and codes.find(words) == {iri}:
                typed = [*slips(words)][::5]
                yield from ((codes, iri, one) for one in typed if not codes.find(one))


def test_every_label_with_one_slip_is_suggested_unless_another_is_as_near(
    lists: Mapping[str, CodeList],
) -> None:
    tried = 0
    for codes, iri, typed in typed_labels(lists):
        tried += 1
        near = nearest(typed, codes._by_words)
        others = [
            one
            for one, meant in codes._by_words.items()
            if meant != {iri} and distance_within(typed, one, 1) is not None
        ]
        assert near == iri or (others and near is None), (iri, typed)
    assert tried > 1_000


@given(
    text=st.text("abdeilnorstv 0123456789", min_size=1, max_size=12)
    | st.from_regex(r"\A(ronde|MDT|round) [0-9][a-d]?\Z").map(folded)
)
def test_what_is_suggested_has_the_same_numbers(lists: Mapping[str, CodeList], text: str) -> None:
    def numbers(words: str) -> set[str]:
        return set(re.findall(r"\d+", words))

    words = folded(text)
    for name in ("projects/round", "projects/regulation", "projects/status"):
        near = nearest(words, lists[name]._by_words)
        if near is not None:
            names = [one for one, meant in lists[name]._by_words.items() if near in meant]
            assert any(numbers(words) == numbers(one) for one in names)


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ("verleend", "niet verleend", True),
        ("with support", "without support", True),
        ("bekend", "onbekend", True),
        ("bekent", "onbekend", True),
        ("gelijk", "ongelijk", True),
        ("inclusief", "inclusie", False),
        ("nbekend", "onbekend", False),
        ("ronde 4a", "ronde 4b", True),
        ("ronde 4a", "rond 4a", False),
        ("niet verleend", "niet verlend", False),
    ],
)
def test_numbers_and_negations_are_told_apart(one: str, other: str, against: bool) -> None:
    assert contradict(one, other) is contradict(other, one) is against


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("abcd", "abcd", 0), ("abcd", "acbd", 1), ("abcd", "abd", 1), ("abcd", "xbcdy", 2),
     ("abcd", "dcba", None), ("", "abc", None), ("", "ab", 2)],
)  # fmt: skip
def test_the_distance_counts_wrong_missing_and_swapped_letters(
    one: str, other: str, distance: int | None
) -> None:
    assert distance_within(one, other, 2) == distance


def test_two_that_are_as_near_give_no_suggestion() -> None:
    known = {"haard": {"a"}, "baard": {"b"}, "kaart": {"c"}}
    assert nearest("paard", known) is None
    assert nearest("haart", {"haard": {"a"}, "hoort": {"b"}, "haard!": {"a"}}) == "a"
