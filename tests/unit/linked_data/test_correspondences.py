"""What analysts judged across documents about a thing, as facts and as data."""

from collections.abc import Iterator

import pytest
from tests.unit.web.small_correspondences import judgement, small

from werkzaam.domain.identifiers import THINGS
from werkzaam.linked_data.correspondences import MOST_SHOWN, Correspondences, correspondences_of
from werkzaam.linked_data.describe import describe
from werkzaam.linked_data.graph import graph_of
from werkzaam.linked_data.things import find
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

MANY = "".join(
    f"x:thing-{number} a mdt:Claim .\n"
    + judgement(f"many-{number:03}", "agrees", f"mdt:setsBeside x:crowded, x:thing-{number}")
    for number in range(MOST_SHOWN + 5)
)


@pytest.fixture(scope="module")
def two_documents() -> Iterator[EmbeddedStore]:
    opened = open_content(small(MANY), [], StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()


def about(store: EmbeddedStore, slug: str) -> Correspondences:
    return correspondences_of(store, THINGS + slug)


def roles(found: Correspondences) -> dict[str, str]:
    return {one.iri.rpartition("/")[2]: one.role for one in found.shown}


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("claim/red", {"backed": "regards", "same": "setsBeside", "sought": "regards"}),
        ("measurement/blue", {"backed": "inTheLightOf"}),
        ("goal/home", {"alike": "setsBeside", "names": "shared", "same": "shared"}),
        ("term-use/blue", {"names": "setsBeside"}),
        ("in-text-reference/red", {"cited": "setsBeside"}),
        ("source/book", {"cited": "shared"}),
        ("correspondence/same", {"same": "itself"}),
        ("claim/alone", {}),
        ("document/blue", {}),
    ],
)
def test_a_thing_has_the_judgements_it_takes_part_in(
    two_documents: EmbeddedStore, slug: str, expected: dict[str, str]
) -> None:
    found = about(two_documents, slug)
    assert roles(found) == expected
    assert found.count == len(expected)


def test_each_side_comes_with_its_passage(two_documents: EmbeddedStore) -> None:
    for slug in ("claim/red", "goal/home", "source/book"):
        for one in about(two_documents, slug).shown:
            sides = [side for sides in one.sides.values() for side in sides]
            assert sides
            for side in sides:
                assert [p.first("inDocument").startswith(THINGS) for p in side.passages] == [True]


def test_many_are_cut_and_counted(two_documents: EmbeddedStore) -> None:
    found = about(two_documents, "x/crowded")
    assert (len(found.shown), found.count) == (MOST_SHOWN, MOST_SHOWN + 5)


def test_everything_in_them_has_its_name(two_documents: EmbeddedStore) -> None:
    described = describe(two_documents, find(two_documents, ["measurement/blue"]))
    (one,) = described.correspondences.shown
    named = (one.first("correspondenceKind"), one.first("judgedBy"), one.first("reviewStatus"))
    assert all(described.names[iri].own for iri in named)
    (side,) = one.sides["regards"]
    voice = described.names[side.first("voice")]
    assert {text.value for text in voice.texts} == {"author", "auteur"}


def test_the_data_about_a_thing_has_the_reasons(two_documents: EmbeddedStore) -> None:
    body = graph_of(two_documents, THINGS + "claim/red", "application/n-triples").decode()
    for name in ("same", "backed", "sought"):
        assert f'"Why {name}."@en' in body
    assert "Why names" not in body
    shared = graph_of(two_documents, THINGS + "source/book", "application/n-triples").decode()
    assert '"Waarom cited."@nl' in shared
