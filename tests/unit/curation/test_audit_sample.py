"""The sample for an audit: the same for the same seed, every statement once, no statement twice."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.curation.audit_sample import COLUMNS, draw, sample_confined
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, RequestError

_HEAD = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix claim: <https://w3id.org/mdt-kennisgraaf/id/claim/> .
@prefix document: <https://w3id.org/mdt-kennisgraaf/id/document/> .
@prefix passage: <https://w3id.org/mdt-kennisgraaf/id/passage/> .
"""
_STATEMENTS = "".join(
    f'claim:c{n} a mdt:Claim ; mdt:statedIn document:{"een" if n % 2 else "twee"} ; mdt:passage passage:p, passage:q ; mdt:gist "Nee"@nl, "No"@en .\n'
    for n in range(9)
)
_PASSAGES = 'passage:p mdt:page "3-4" ; mdt:section "Slot"@nl . passage:q a mdt:Passage .\n'


def content(statements: str = _STATEMENTS) -> Content:
    texts = {"graph_data/een/claims.ttl": statements, "graph_data/een/passages.ttl": _PASSAGES}
    return Content(tuple(ContentFile(p, (_HEAD + t).encode()) for p, t in texts.items()))


def rows(sheet: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.decode(), newline="")))


def test_a_sheet_has_what_a_reader_needs_and_room_for_the_verdict() -> None:
    found = rows(sample_confined(content(), 8, 9))
    assert list(found[0]) == list(COLUMNS)
    row = next(row for row in found if row["statement"].endswith("/c3"))
    line = (_HEAD + _STATEMENTS).partition("claim:c3")[0].count("\n") + 1
    assert row == {
        "statement": "https://w3id.org/mdt-kennisgraaf/id/claim/c3",
        "kind": "claim",
        "document": "een",
        "pages": "3-4; -",
        "headings": "Slot; -",
        "gist_nl": "Nee",
        "gist_en": "No",
        "file": "graph_data/een/claims.ttl",
        "line": str(line),
        "verdict": "",
        "field": "",
        "what": "",
    }
    assert {row["document"] for row in found} == {"een", "twee"}


def test_the_same_seed_gives_the_same_sheet_and_another_seed_another() -> None:
    first = sample_confined(content(), 8, 5)
    assert sample_confined(content(), 8, 5) == first
    assert sample_confined(content(), 9, 5) != first


def test_what_a_record_names_is_not_drawn_again() -> None:
    record = (
        "| claim/c1 | right |\n| claim/c22 | wrong |\nhttps://w3id.org/mdt-kennisgraaf/id/claim/c4."
    )
    found = {
        row["statement"].rsplit("/", 1)[1] for row in rows(sample_confined(content(), 1, 7, record))
    }
    assert found == {"c0", "c2", "c3", "c5", "c6", "c7", "c8"}


def test_more_than_there_are_is_refused_with_how_many_there_are() -> None:
    with pytest.raises(RequestError, match="8 statements to draw from and 9 were asked for"):
        sample_confined(content(), 1, 9, "claim/c0")


def test_a_file_that_is_not_turtle_is_named() -> None:
    with pytest.raises(ContentError) as refused:
        sample_confined(content("claim:c1 a mdt:Claim ;; ;.x"), 1, 1)
    assert refused.value.path == "graph_data/een/claims.ttl"


@given(st.sets(st.text(min_size=1), min_size=1), st.integers(), st.randoms(use_true_random=False))
def test_a_draw_has_each_once_whatever_the_order_of_the_set(
    statements: set[str], seed: int, chance: object
) -> None:
    shuffled = list(statements)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    size = len(statements)
    drawn = draw(set(shuffled), seed, size)
    assert sorted(drawn) == sorted(statements)
    assert drawn == draw(statements, seed, size)
