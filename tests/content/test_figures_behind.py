"""Behind every number in every answer stands what was counted, or the thing that states it."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.members import MEMBER, members_query, row_name
from werkzaam.catalogue.parameters import terms
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tables import read_results
from werkzaam.content import read_content
from werkzaam.domain.answers import Row, Term
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import GRAPHS, graph_of_file
from werkzaam.domain.queries import Behind, CataloguedQuery
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.derivation import Rules
from werkzaam.store.replica import Source, build

QUERIES = load_queries(read_content(Path(__file__).parents[2]))
COUNTING = [query.name for query in QUERIES if any(behind.counts for behind in query.figures)]
STATED = [query.name for query in QUERIES if any(behind.stated_by for behind in query.figures)]

PROJECTS = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix component: <https://w3id.org/mdt-kennisgraaf/id/integration-component/> .
@prefix element: <https://w3id.org/mdt-kennisgraaf/id/working-element/> .
@prefix state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/> .
@prefix round: <https://w3id.org/mdt-kennisgraaf/id/subsidy-round/> .
<https://example.org/p1> a mdt:Project ; mdt:inSubsidyRound round:5a ; mdt:targetsComponent component:werk ;
    mdt:hasElementCoding <https://example.org/p1/a> , <https://example.org/p1/b> .
<https://example.org/p1/a> a mdt:ElementCoding ; mdt:codedElement element:houvast ; mdt:codingState state:addressed .
<https://example.org/p1/b> a mdt:ElementCoding ; mdt:codedElement element:samenwerking-tussen-groepen ;
    mdt:codingState state:explicitly-not-addressed .
<https://example.org/p2> a mdt:Project ; mdt:hasElementCoding <https://example.org/p2/a> .
<https://example.org/p2/a> a mdt:ElementCoding ; mdt:codedElement element:houvast ; mdt:codingState state:not-mentioned .
"""
PROJECT_QUESTIONS = [query.name for query in QUERIES if query.behind("records")]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_number_of_an_answer_says_what_stands_behind_it(query: CataloguedQuery) -> None:
    measures = [column.name for column in query.columns if column.role == "measure"]
    assert [name for name in measures if query.behind(name) is None] == []


@pytest.mark.parametrize("name", COUNTING)
def test_a_row_with_a_count_has_a_name_of_its_own(catalogue: Catalogue, name: str) -> None:
    query = catalogue.get(name)
    rows = catalogue.answer(query, query.example).table.rows
    named = Counter(row_name(query, row) for row in rows)
    assert [key for key, times in named.items() if times > 1] == []


@pytest.mark.parametrize("name", COUNTING)
def test_there_are_as_many_members_as_the_cell_says(catalogue: Catalogue, name: str) -> None:
    query = catalogue.get(name)
    rows = catalogue.answer(query, query.example).table.rows
    given = query.example
    assert [fault for row in rows for fault in different(catalogue, query, row, given)] == []


@pytest.mark.parametrize("name", COUNTING)
def test_the_parameters_of_the_question_narrow_the_members_too(
    catalogue: Catalogue, name: str
) -> None:
    query = catalogue.get(name)
    for parameter in query.parameters:
        # of a long list the first, the middle one and the last
        choices = list(catalogue.choices(parameter))
        for choice in {choices[0], choices[len(choices) // 2], choices[-1]} if choices else ():
            given = {**query.example, parameter.name: choice.slug}
            rows = catalogue.answer(query, given).table.rows[:25]
            assert [f for row in rows for f in different(catalogue, query, row, given)] == []


@pytest.mark.parametrize("name", STATED)
def test_a_number_that_a_document_states_leads_to_the_thing_that_states_it(
    catalogue: Catalogue, name: str
) -> None:
    query = catalogue.get(name)
    rows = catalogue.answer(query, query.example).table.rows
    stated = [behind for behind in query.figures if behind.stated_by]
    assert [
        (behind.column, row_name(query, row))
        for behind in stated
        for row in rows
        if behind.column in row and behind.stated_by not in row and row[behind.column].value
    ] == []


def different(
    catalogue: Catalogue, query: CataloguedQuery, row: Row, given: dict[str, str]
) -> list[tuple[str, str, int, int]]:
    """The counts of ``row`` that have another number of members: column, row, cell, members."""
    found = []
    for behind in query.figures:
        if behind.counts and behind.column in row:
            members = counted(catalogue, query, behind, row, given)
            if members != int(row[behind.column].value):
                cell = int(row[behind.column].value)
                found.append((behind.column, row_name(query, row), cell, members))
    return found


def counted(
    catalogue: Catalogue, query: CataloguedQuery, behind: Behind, row: Row, given: dict[str, str]
) -> int:
    return len(catalogue.members(query, behind, row, given)[1])


def test_a_row_is_named_by_its_things_without_their_base(catalogue: Catalogue) -> None:
    query = catalogue.get("pilot/bottlenecks-per-phase")
    thing = "https://w3id.org/mdt-kennisgraaf/id/bottleneck/taal"
    assert row_name(query, {"bottleneck": Term("uri", thing)}) == "~id/bottleneck/taal~~"


@pytest.fixture(scope="module")
def with_projects(content: Content) -> ox.Store:
    """The content with two made-up projects beside it."""
    kept = [(file, graph_of_file(file.path)) for file in content.files]
    sources = [Source(file.path, graph, file.data) for file, graph in kept if graph]
    records = Source("records", GRAPHS + "records", PROJECTS.encode())
    return build([*sources, records], Rules(read_rules(content)))


@pytest.mark.parametrize("name", PROJECT_QUESTIONS)
@pytest.mark.parametrize("given", [{}, {"subsidyRound": "5a"}], ids=["all rounds", "one round"])
def test_counts_of_projects_have_their_projects_behind_them(
    catalogue: Catalogue, with_projects: ox.Store, name: str, given: dict[str, str]
) -> None:
    query = catalogue.get(name)
    choices = {p.name: catalogue.choices(p) for p in query.parameters if p.name in given}
    rows = solutions(with_projects, catalogue.sparql(query, given))
    compared = 0
    for row in rows:
        for behind in query.figures:
            if behind.counts and behind.column in row:
                text = members_query(query, behind, row, terms(query, given, choices))
                members = {found[MEMBER].value for found in solutions(with_projects, text)}
                assert len(members) == int(row[behind.column].value), (behind.column, row)
                compared += len(members)
    assert compared


def solutions(store: ox.Store, text: str) -> tuple[Row, ...]:
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return read_results(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"").rows
