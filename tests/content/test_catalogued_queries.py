"""Every query file: it answers as expected, in every engine and client that our users have."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from SPARQLWrapper import SPARQLWrapper

from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tables import write_csv
from werkzaam.domain.answers import Table
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import graph_of_file
from werkzaam.domain.queries import Language
from werkzaam.errors import InvalidParameter
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.derivation import Rules
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question
from werkzaam.store.replica import Source, build

ROOT = Path(__file__).parents[2]
NAMES = [
    path.relative_to(ROOT / "queries").with_suffix("").as_posix()
    for path in sorted((ROOT / "queries").rglob("*.rq"))
]
# of one question by one worker, which has its answers then
each = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES]
)
Rows = Callable[[str, Language], Table]
EXPECTED = ROOT / "tests" / "data" / "expected"

LATER = """
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix id: <https://w3id.org/mdt-kennisgraaf/id/> .
@prefix element: <https://w3id.org/mdt-kennisgraaf/id/working-element/> .
@prefix state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/> .
@prefix round: <https://w3id.org/mdt-kennisgraaf/id/subsidy-round/> .
<https://example.org/p1> a mdt:Project ; mdt:inSubsidyRound round:5a ;
    mdt:hasElementCoding <https://example.org/p1/a> , <https://example.org/p1/b> .
<https://example.org/p1/a> a mdt:ElementCoding ; mdt:codedElement element:houvast ; mdt:codingState state:addressed .
<https://example.org/p1/b> a mdt:ElementCoding ; mdt:codedElement element:samenwerking-tussen-groepen ;
    mdt:codingState state:explicitly-not-addressed .
<https://example.org/p2> a mdt:Project ; mdt:hasElementCoding <https://example.org/p2/a> .
<https://example.org/p2/a> a mdt:ElementCoding ; mdt:codedElement element:houvast ; mdt:codingState state:not-mentioned .
"""


@pytest.fixture(scope="module")
def rows(catalogue: Catalogue) -> Rows:
    """The rows of a question in a language, asked once with no more than it must be given."""

    @cache
    def answered(name: str, language: Language) -> Table:
        query = catalogue.get(name)
        return catalogue.answer(query, query.example, language=language).table

    return answered


@each
def test_the_answer_is_as_expected(rows: Rows, name: str) -> None:
    assert write_csv(rows(name, "nl")) == (EXPECTED / f"{name}.csv").read_bytes()


def test_every_file_is_a_question(catalogue: Catalogue) -> None:
    assert [query.name for query in catalogue.all()] == NAMES


def test_there_is_no_expected_result_without_a_query() -> None:
    kept = {
        path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.csv")
    }
    assert kept == set(NAMES)


@each
def test_what_an_empty_answer_means_is_said(catalogue: Catalogue, rows: Rows, name: str) -> None:
    """At least of those that are empty on the content alone."""
    said = catalogue.get(name).description
    if not rows(name, "nl").rows:
        assert re.search("leeg antwoord betekent|antwoord is zoals|het antwoord leeg", said.nl)
        assert re.search("empty answer means|answer is as it|the answer is empty", said.en)


def test_where_addressing_is_counted_it_is_said_that_coders_may_differ(
    catalogue: Catalogue,
) -> None:
    counting = [
        query.description
        for query in catalogue.all()
        if "mdt:codedElement" in query.text and "coding-state:addressed" in query.text
    ]
    assert len(counting) > 6
    for said in counting:
        assert re.search("minstens één codeur dat vastlegde|als verschillende codeurs", said.nl)
        assert re.search("at least one coder recorded so|if different coders", said.en)


@each
def test_english_has_the_same_things_in_the_same_order(
    catalogue: Catalogue, rows: Rows, name: str
) -> None:
    query = catalogue.get(name)
    dutch, english = rows(name, "nl").rows, rows(name, "en").rows
    iris = [column.name for column in query.columns if column.role in ("identifier", "category")]
    assert [[row.get(i) for i in iris] for row in dutch] == [
        [row.get(i) for i in iris] for row in english
    ]


@each
def test_it_runs_as_it_stands_and_sparqlwrapper_sees_its_form(
    catalogue: Catalogue, store: EmbeddedStore, rows: Rows, name: str
) -> None:
    query = catalogue.get(name)
    wrapper = SPARQLWrapper("http://127.0.0.1:9/")
    wrapper.setQuery(query.text)
    assert wrapper.queryType == query.form
    if query.form == "CONSTRUCT":
        answer = store.ask(Question(query.text, "application/n-triples"))
        assert answer.body.count(b"\n") >= len(rows(name, "nl").rows) > 0
        return
    answer = store.ask(Question(query.text, "application/sparql-results+json"))
    found = json.loads(answer.body)["results"]["bindings"]
    assert len(found) == len(rows(name, "nl").rows)


@each
def test_choices_can_be_asked_one_by_one_and_together(catalogue: Catalogue, name: str) -> None:
    """The last of each list alone and the first of all together: each is bound in the same way."""
    query = catalogue.get(name)
    lists = {parameter.name: catalogue.choices(parameter) for parameter in query.parameters}
    first = {name: choices[0].slug for name, choices in lists.items() if choices}
    last = [{name: choices[-1].slug} for name, choices in lists.items() if choices]
    for given in ([first] if first else []) + last:
        catalogue.answer(query, {**query.example, **given})


@each
def test_what_must_be_given_is_asked_for_with_its_choices(catalogue: Catalogue, name: str) -> None:
    query = catalogue.get(name)
    for required in query.example:
        left_out = {other: value for other, value in query.example.items() if other != required}
        with pytest.raises(InvalidParameter, match="required") as refused:
            catalogue.answer(query, left_out)
        parameter = query.parameter(required)
        assert parameter is not None
        assert refused.value.name == required
        assert refused.value.choices == tuple(c.slug for c in catalogue.choices(parameter))


def test_some_question_must_be_given_something(catalogue: Catalogue) -> None:
    assert catalogue.get("comparison/working-elements-between-rounds").example == {
        "firstRound": "4b",
        "secondRound": "5a",
    }


def with_projects(content: Content, query: str) -> list[dict[str, str]]:
    """The answer of ``query`` in English on the content with two made-up projects beside it."""
    sources = [
        Source(file.path, graph, file.data)
        for file in content.files
        if (graph := graph_of_file(file.path))
    ]
    records = Source("records", "https://w3id.org/mdt-kennisgraaf/graph/records", LATER.encode())
    answer = build([*sources, records], Rules(read_rules(content))).query(query)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in answer]


def test_with_projects_the_second_column_counts_and_the_first_stays(
    catalogue: Catalogue, content: Content
) -> None:
    query = catalogue.get("coverage/working-elements-without-projects")
    rows = with_projects(content, catalogue.sparql(query, {"lang": "en"}))
    said = {
        row["element"].rsplit("/", 1)[1]: (row["reportedLabel"], row["records"]) for row in rows
    }
    assert said["houvast"] == ("not compared", "1 of 2 coded projects")
    assert said["samenwerking-tussen-groepen"] == ("present", "0 of 1 coded projects")
    assert said["begrenzing"] == ("not compared", "not coded in the 2 loaded projects")
    assert len(rows) == 17


def test_a_round_narrows_the_projects_and_not_the_documents(
    catalogue: Catalogue, content: Content
) -> None:
    query = catalogue.get("coverage/projects-per-working-element")
    rows = with_projects(content, catalogue.sparql(query, {"lang": "en", "subsidyRound": "5a"}))
    said = {row["element"].rsplit("/", 1)[1]: row["records"] for row in rows}
    assert said["houvast"] == "1 of 1 coded projects"
    assert len(rows) == 20
