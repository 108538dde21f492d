"""Questions on projects and on the quality of the data give the same rows in another engine as in ours."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from tests.content.project_records import made_up
from tests.contract.remote_engines import Place, RunningEngine, fuseki_place

from werkzaam.catalogue.members import MEMBER
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.content import read_content
from werkzaam.domain.content import Content
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.derivation import Rules
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.replica import Source, build, sources_of

ROOT = Path(__file__).parents[2]
# what an engine says in a cell; numbers by what they are worth
Cell = tuple[str, str | Decimal, str]
RESULTS = "application/sparql-results+json"
ASKED = ("comparison/", "coverage/", "portfolio/", "quality/", "evidence/grounds-and-projects")
NAMES = [query.name for query in load_queries(read_content(ROOT)) if query.name.startswith(ASKED)]
EACH = 4_000
_NUMBERS = ("integer", "decimal", "double")


@pytest.fixture(scope="module")
def merged(content: Content) -> ox.Store:
    """The content, the records and what follows from both."""
    records = Source("records", "", made_up(content, ROOT))
    return build([*sources_of(content, True), records], Rules(read_rules(content)))


@pytest.fixture(scope="module")
def elsewhere(fuseki: RunningEngine, merged: ox.Store) -> Place:
    """All of it in the default graph of a dataset of Fuseki of its own: ``oxigraph serve`` is our own
    engine once more."""
    place = fuseki_place(fuseki, "questions")
    place.update("DROP ALL")
    quads = merged.quads_for_pattern(None, None, None, ox.DefaultGraph())
    lines = [f"{quad.triple} .\n" for quad in quads]
    for start in range(0, len(lines), EACH):
        place.update("INSERT DATA {\n" + "".join(lines[start : start + EACH]) + "}")
    return place


@pytest.fixture(scope="module")
def catalogue(content: Content) -> Iterator[Catalogue]:
    """The questions on our own engine."""
    limits = StoreLimits(seconds=60, readers=1)
    records = made_up(content, ROOT)
    store = open_content(content, read_rules(content), limits, records=records, demo=True)
    yield Catalogue(load_queries(content), store)
    store.close()


def ways(query: CataloguedQuery, catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """With no more than it must be given, and with the first choice of each other parameter."""
    yield query.example
    for parameter in query.parameters:
        choices = catalogue.choices(parameter)
        if choices and parameter.name not in query.example:
            yield {**query.example, parameter.name: choices[0].slug}


@pytest.mark.xdist_group("fuseki")
@pytest.mark.parametrize("name", NAMES)
def test_the_rows_and_what_the_first_one_counts_are_the_same(
    elsewhere: Place,
    catalogue: Catalogue,
    name: str,
    record_property: Callable[[str, object], None],
) -> None:
    query = catalogue.get(name)
    for given in ways(query, catalogue):
        ours = catalogue.answer(query, given)
        assert asked(elsewhere, ours.sparql) == [
            {name: _cell(term.value, term.datatype, term.language) for name, term in row.items()}
            for row in ours.table.rows
        ], given
        for text, members in counted_in_the_first(catalogue, ours):
            theirs = [found[MEMBER][1] for found in asked(elsewhere, text)]
            assert sorted(map(str, theirs)) == sorted(members), text
    record_property("engine", elsewhere.name)


def counted_in_the_first(
    catalogue: Catalogue, ours: Answered
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The query for what each figure of the first row counts, and what it counts here."""
    for row in ours.table.rows[:1]:
        for behind in ours.query.figures:
            if behind.counts and behind.column in row:
                yield catalogue.members(ours.query, behind, row, ours.given)


def asked(elsewhere: Place, text: str) -> list[dict[str, Cell]]:
    reply = httpx.post(
        elsewhere.address.query, data={"query": text}, headers={"Accept": RESULTS}, timeout=60
    )
    assert reply.is_success, reply.text[:500]
    return [
        {name: cell(term) for name, term in row.items()}
        for row in json.loads(reply.content)["results"]["bindings"]
    ]


def cell(term: dict[str, Any]) -> Cell:
    return _cell(term["value"], term.get("datatype"), term.get("xml:lang"))


def _cell(value: str, datatype: str | None, language: str | None) -> Cell:
    kind = (datatype or "").rpartition("#")[2]
    if kind in _NUMBERS:
        return "number", Decimal(value), ""
    return "text", value, (language or "").lower()
