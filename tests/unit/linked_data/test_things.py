"""What can be the name of a thing, and what is said of one that is not here."""

import difflib
from typing import Any

import pytest

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.errors import NotFound
from werkzaam.linked_data import things
from werkzaam.linked_data.asking import in_brackets, listed
from werkzaam.linked_data.things import (
    ONTOLOGY,
    address_of,
    document_of,
    find,
    find_term,
    is_slug,
    is_term,
    is_thing,
)
from werkzaam.store.embedded import EmbeddedStore


@pytest.mark.parametrize(
    ("slug", "fits"),
    [
        ("working-element/houvast", True),
        ("voorbeeld/project/07", True),
        ("x/v1.2", True),
        ("project/één", True),
        ("working-element", False),
        ("working-element/", False),
        ("/x", False),
        ("x//y", False),
        ("x/..", False),
        ("x/../y", False),
        ("x/...", False),
        ("x/a b", False),
        ("x/a>", False),
        ("x/a\x00", False),
        ("x/a\n", False),
        ("x/a\\b", False),
        ("x/a#b", False),
        ("x/a?b", False),
        ("x/%2e%2e", False),
        ("x/" + "a" * 201, False),
        ("/".join("abcdefghijklmnop"), False),
        ("", False),
    ],
)
def test_a_slug_is_plain_segments(slug: str, fits: bool) -> None:
    assert is_slug(slug) is fits
    assert is_thing(THINGS + slug) is fits


def test_the_document_is_named_after_the_thing() -> None:
    assert document_of(THINGS + "x/y") == "https://w3id.org/mdt-kennisgraaf/doc/x/y"
    assert document_of(TERMS + "Claim") == TERMS + "Claim"
    assert [address_of(iri) for iri in (THINGS + "x/y", TERMS + "Claim", ONTOLOGY)] == [
        "/doc/x/y", "/def/Claim", "/def",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("iri", "fits"),
    [
        (ONTOLOGY, True),
        (TERMS + "Claim", True),
        (TERMS + "1.0.0/codes", True),
        (TERMS, False),
        (TERMS + "../x", False),
        (TERMS + "a b", False),
        (ONTOLOGY + "x", False),
        (THINGS + "x/y", False),
    ],
)
def test_a_term_is_plain_segments(iri: str, fits: bool) -> None:
    assert is_term(iri) is fits


def test_terms_modules_and_the_version_of_now_are_found(store: EmbeddedStore) -> None:
    assert find_term(store, ["Claim"]).iri == TERMS + "Claim"
    assert find_term(store, ["1.0.0"]).iri == ONTOLOGY
    assert find_term(store, ["1.0.0/codes"]).iri == TERMS + "module/codes"
    assert find_term(store, ["Claim", "Claim.ttl"]).slug == "Claim"


def test_a_term_that_is_not_there_has_near_ones(store: EmbeddedStore) -> None:
    with pytest.raises(NotFound, match="Did you mean: .*WorkingElement") as near:
        find_term(store, ["workingelement"])
    assert TERMS + "WorkingElement" in near.value.facts["suggestions"]  # type: ignore[operator]
    with pytest.raises(NotFound, match="/def has all") as none:
        find_term(store, ["qqqqqqqqqqqq"])
    assert none.value.facts["suggestions"] == [ONTOLOGY]


def test_the_same_slug_of_another_kind_is_suggested(store: EmbeddedStore) -> None:
    with pytest.raises(NotFound) as near:
        find(store, ["nokind/houvast"])
    assert THINGS + "working-element/houvast" in near.value.facts["suggestions"]  # type: ignore[operator]


def test_no_iri_breaks_out_of_a_query() -> None:
    assert in_brackets("x> ?p ?o } # ") == "<urn:werkzaam:nothing>"
    assert in_brackets("https://example.org/") == "<https://example.org/>"
    assert listed(["a", "b"]) == "<a> <b>"
    assert len(listed("x" * 100 for _ in range(5000))) < 70_000


def test_what_comes_near_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(NotFound, match="Did you mean: houvast"):
        find(store, ["working-element/houvastt"])
    with pytest.raises(NotFound, match=r"for instance: \S+, \S+, \S+, \S+, \S+\."):
        find(store, ["working-element/qqqqqqqqqqqq"])
    with pytest.raises(NotFound, match='nothing here of the kind "nokind"'):
        find(store, ["nokind/x"])
    with pytest.raises(NotFound, match="cannot be the name"):
        find(store, ["working-element/<x>"])


def test_the_first_that_is_here_is_found(hard_store: EmbeddedStore) -> None:
    assert find(hard_store, ["x/one", "x/one.ttl"]).slug == "x/one.ttl"
    assert find(hard_store, ["x/both", "x/both.ttl"]).slug == "x/both"
    assert find(hard_store, ["x/v1.2"]).slug == "x/v1.2"


def test_what_took_the_place_of_a_thing(hard_store: EmbeddedStore) -> None:
    old = find(hard_store, ["x/old"])
    assert (old.deprecated, old.replacement) == (True, THINGS + "x/new")
    gone = find(hard_store, ["x/gone"])
    assert (gone.deprecated, gone.replacement) == (True, None)
    assert not find(hard_store, ["x/new"]).deprecated


def test_what_comes_near_is_found_among_many_and_few_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    close = difflib.get_close_matches

    def counting(word: str, others: list[str], **more: Any) -> list[str]:
        compared.append(len(others))
        return close(word, others, **more)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    names = [f"iets-heel-anders-{number}" for number in range(5000)]
    for there, asked in (("houvast", "houvsat"), ("houvast", "houvas"), ("ik", "ikk"), ("é", "é")):
        assert things._near(asked, [*names, there]) == [there]
    assert max(compared) <= 100
    assert things._near("", names) == []
