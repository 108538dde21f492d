"""What every store promises, run over each: the embedded one, and a SPARQL endpoint elsewhere."""

import json

import pytest

from werkzaam.client.endpoint import Endpoint
from werkzaam.errors import QueryRefused, StoreUnavailable
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question, Store

RESULTS = "application/sparql-results+json"
CONCEPTS = "https://w3id.org/mdt-kennisgraaf/graph/concepts"
ONTOLOGY = "https://w3id.org/mdt-kennisgraaf/graph/ontology"
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"


@pytest.fixture(params=["embedded", "endpoint"])
def any_store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn, on the same content."""
    if request.param == "embedded":
        embedded: EmbeddedStore = request.getfixturevalue("store")
        return embedded
    return Endpoint(request.getfixturevalue("service").url + "sparql")


def number(store: Store, question: Question) -> int:
    (binding,) = json.loads(store.ask(question).body)["results"]["bindings"]
    return int(binding["n"]["value"])


def test_select_and_ask(any_store: Store) -> None:
    assert json.loads(any_store.ask(Question("ASK {}", RESULTS)).body)["boolean"] is True
    assert number(any_store, Question(COUNT.format(""), RESULTS)) > 1000


def test_the_default_graph_is_a_merge_without_duplicates(any_store: Store) -> None:
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    merged = number(any_store, Question(COUNT.format(""), RESULTS))
    assert merged == number(any_store, Question(distinct, RESULTS))


def test_several_from_are_merged_without_duplicates(any_store: Store) -> None:
    one = number(any_store, Question(COUNT.format(f"FROM <{CONCEPTS}>"), RESULTS))
    twice = number(
        any_store, Question(COUNT.format(f"FROM <{CONCEPTS}> FROM <{CONCEPTS}>"), RESULTS)
    )
    both = number(
        any_store, Question(COUNT.format(f"FROM <{CONCEPTS}> FROM <{ONTOLOGY}>"), RESULTS)
    )
    assert one == twice < both


def test_the_dataset_of_the_request_wins_from_that_of_the_query(any_store: Store) -> None:
    text = COUNT.format(f"FROM <{ONTOLOGY}>")
    asked = number(any_store, Question(text, RESULTS, default_graphs=(CONCEPTS,)))
    assert asked == number(any_store, Question(COUNT.format(f"FROM <{CONCEPTS}>"), RESULTS))


def test_from_named_alone_leaves_the_default_graph_empty(any_store: Store) -> None:
    assert number(any_store, Question(COUNT.format(f"FROM NAMED <{CONCEPTS}>"), RESULTS)) == 0


def test_what_is_derived_is_in_the_default_graph_and_marked(any_store: Store) -> None:
    text = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
    SELECT (COUNT(*) AS ?n) { ?e mdt:listedUnderGoal ?g
      GRAPH <https://w3id.org/mdt-kennisgraaf/graph/inferred> { ?e mdt:listedUnderGoal ?g } }"""
    assert number(any_store, Question(text, RESULTS)) == 19


@pytest.mark.parametrize("text", ["SELECT * {", "SELECT * { SERVICE <http://h/> {} }", "hello"])
def test_what_is_no_query_is_refused(any_store: Store, text: str) -> None:
    with pytest.raises(QueryRefused):
        any_store.ask(Question(text, RESULTS))


def test_it_says_whether_it_answers(any_store: Store) -> None:
    assert any_store.condition().ready


def test_nobody_at_the_other_end() -> None:
    nobody = Endpoint("http://127.0.0.1:9/sparql")
    with pytest.raises(StoreUnavailable, match="127.0.0.1:9"):
        nobody.ask(Question("ASK {}", RESULTS))
    assert not nobody.condition().ready
