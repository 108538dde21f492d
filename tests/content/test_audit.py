"""The record of the audit: it counts what it lists, and every statement in it is there and was read again."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS, graph_of_file, term

VERDICTS = ("right", "incomplete", "wrong", "overclaims")
DOCUMENTS = ("ontmoetingen", "integratie", "pilot", "gemeenten")
READ_AGAIN = {THINGS + f"review-status/{name}" for name in ("second-reading", "expert-accepted")}
Rows = list[list[str]]


def table(text: str, heading: str) -> Rows:
    """The rows of the first table after ``heading``, without its head."""
    lines = text.partition(heading)[2].splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("|---"))
    rows: Rows = []
    for line in lines[begin + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.fixture(scope="module")
def record(root: Path) -> str:
    return (root / "graph_data" / "AUDIT.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rounds(record: str) -> dict[str, Rows]:
    return {
        n: table(record, f"\n## Round {n}\n") for n in re.findall(r"\n## Round (\d+)\n", record)
    }


@pytest.fixture(scope="module")
def statements(content: Content) -> dict[str, tuple[str, str]]:
    """The document and the review status of every statement, by kind and name."""
    store = ox.Store()
    for file in content.files:
        if graph_of_file(file.path):
            store.extend(ox.parse(file.data, format=ox.RdfFormat.TURTLE))
    query = f"SELECT * {{ ?s <{term('statedIn')}> ?d ; <{term('reviewStatus')}> ?r }}"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return {
        row["s"].value.removeprefix(THINGS): (row["d"].value.rsplit("/", 1)[1], row["r"].value)
        for row in found
    }


def test_every_statement_is_there_and_was_read_again(
    rounds: dict[str, Rows], statements: dict[str, tuple[str, str]]
) -> None:
    named = [row[0] for rows in rounds.values() for row in rows]
    assert {name for name in named if statements[name][1] not in READ_AGAIN} == set()


def test_no_statement_is_drawn_twice(rounds: dict[str, Rows]) -> None:
    named = Counter(row[0] for rows in rounds.values() for row in rows)
    assert [name for name, times in named.items() if times > 1] == []


def test_what_was_not_right_says_what_and_is_mended(rounds: dict[str, Rows]) -> None:
    for row in (row for rows in rounds.values() for row in rows):
        _, page, verdict, field, what, mended = row
        assert page
        assert verdict in VERDICTS
        assert verdict == "right" or (field and what and mended == "yes")


def test_the_totals_are_those_of_the_rounds(record: str, rounds: dict[str, Rows]) -> None:
    totals = {row[0]: row[2:3] + row[4:] for row in table(record, "| round | seed |")}
    assert {
        number: [str(len(rows)), *(str(count(rows, v)) for v in VERDICTS)]
        for number, rows in rounds.items()
    } == totals


def test_the_totals_per_document_are_those_of_the_rounds(
    record: str, rounds: dict[str, Rows], statements: dict[str, tuple[str, str]]
) -> None:
    counted = [
        [number, document, *(str(count(own, v)) for v in VERDICTS)]
        for number, rows in rounds.items()
        for document in DOCUMENTS
        if (own := [row for row in rows if statements[row[0]][0] == document])
    ]
    assert table(record, "| round | document |") == counted


def test_the_last_round_has_fifty_and_none_that_says_what_the_text_does_not(
    rounds: dict[str, Rows],
) -> None:
    last = rounds[max(rounds, key=int)]
    assert len(last) >= 50
    assert count(last, "wrong") + count(last, "overclaims") == 0


def count(rows: Rows, verdict: str) -> int:
    return sum(row[2] == verdict for row in rows)
