"""What every store promises, run over each: the embedded one, engines elsewhere, and an endpoint."""

import csv
import io
import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from tests.contract.conftest import ELSEWHERE
from tests.contract.remote_engines import ENGINE_NAMES

from werkzaam.client.endpoint import Endpoint
from werkzaam.errors import (
    QueryDeadlineExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTooLarge,
    StoreUnavailable,
)
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import GRAPH_TYPES, SOLUTION_TYPES, Question, Store

RESULTS = "application/sparql-results+json"
CONCEPTS = "https://w3id.org/mdt-kennisgraaf/graph/concepts"
ONTOLOGY = "https://w3id.org/mdt-kennisgraaf/graph/ontology"
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
SLOW = """SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } LIMIT 20000 }
  { SELECT ?d { ?d ?e ?f } LIMIT 3000 } FILTER(?a != ?d) }"""
LABELS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?e ?l (1.5 AS ?n) ?none { ?e skos:prefLabel ?l } ORDER BY ?e STR(?l) LANG(?l)"""
OF_GOALS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
CONSTRUCT { ?g skos:prefLabel ?l } { ?g a mdt:Goal ; skos:prefLabel ?l }"""
FULL = ["embedded", *ELSEWHERE]


@pytest.fixture(params=[*FULL, "endpoint"])
def any_store(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Store:
    """Each store in turn, on the same content."""
    if request.param == "endpoint":
        return Endpoint(request.getfixturevalue("service").url + "sparql")
    return _store(request, record_property)


@pytest.fixture(params=FULL)
def full_store(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Store:
    """Each store that the service itself may stand on, on the same content."""
    return _store(request, record_property)


def _store(request: pytest.FixtureRequest, record: Callable[[str, object], None]) -> Store:
    record("engine", ENGINE_NAMES.get(request.param, request.param))
    found: Store = request.getfixturevalue(f"{request.param}_terms")
    return found


def number(store: Store, question: Question) -> int:
    (binding,) = json.loads(store.ask(question).body)["results"]["bindings"]
    return int(binding["n"]["value"])


def test_select_and_ask(any_store: Store) -> None:
    assert json.loads(any_store.ask(Question("ASK {}", RESULTS)).body)["boolean"] is True
    assert number(any_store, Question(COUNT.format(""), RESULTS)) > 1000


def test_the_default_graph_is_a_merge_without_duplicates(any_store: Store) -> None:
    distinct = (
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } "
        "FILTER(?g != <https://w3id.org/mdt-kennisgraaf/graph/dataset>) } }"
    )
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


def test_a_graph_that_is_not_there_is_refused_with_those_that_are(full_store: Store) -> None:
    with pytest.raises(QueryRefused, match=rf"urn:none.*{ONTOLOGY}"):
        full_store.ask(Question(COUNT.format("FROM <urn:none>"), RESULTS))


def test_what_is_derived_is_in_the_default_graph_and_marked(
    full_store: Store, embedded_terms: EmbeddedStore
) -> None:
    inferred = "GRAPH <https://w3id.org/mdt-kennisgraaf/graph/inferred> { ?s ?p ?o }"
    question = Question(f"SELECT (COUNT(*) AS ?n) {{ {inferred} ?s ?p ?o }}", RESULTS)
    assert number(full_store, question) == number(embedded_terms, question) > 100


@pytest.mark.parametrize("whole", ["store", "service"])
def test_edges_that_are_derived_say_so(whole: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(whole)
    store: Store = found if whole == "store" else Endpoint(found.url + "sparql")
    text = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
    SELECT (COUNT(*) AS ?n) { ?e mdt:listedUnderGoal ?g
      GRAPH <https://w3id.org/mdt-kennisgraaf/graph/inferred> { ?e mdt:listedUnderGoal ?g } }"""
    assert number(store, Question(text, RESULTS)) == 19


@pytest.mark.parametrize("text", ["SELECT * {", "SELECT * { SERVICE <http://h/> {} }", "hello"])
def test_what_is_no_query_is_refused(any_store: Store, text: str) -> None:
    with pytest.raises(QueryRefused):
        any_store.ask(Question(text, RESULTS))


def test_an_error_in_the_syntax_has_its_line(full_store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        full_store.ask(Question("SELECT *\nWHERE {\n  ?s ?p }", RESULTS))
    assert caught.value.line == 3
    assert caught.value.column is not None


def test_every_format_of_a_table_holds_the_same_rows(
    full_store: Store, store: EmbeddedStore
) -> None:
    expected = list(csv.reader(io.StringIO(store.ask(Question(LABELS, "text/csv")).body.decode())))
    plain = full_store.ask(Question(LABELS, "text/csv")).body.decode()
    assert list(csv.reader(io.StringIO(plain))) == expected
    assert plain.count("\r\n") >= len(expected) > 100
    for media_type, syntax in zip(SOLUTION_TYPES, ("JSON", "XML", "CSV", "TSV"), strict=True):
        body = full_store.ask(Question(LABELS, media_type)).body
        if syntax == "CSV":
            continue
        found = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, syntax))
        assert isinstance(found, ox.QuerySolutions)
        assert [
            [row[name].value if row[name] else "" for name in ("e", "l", "n", "none")]
            for row in found
        ] == expected[1:]


def test_yes_or_no_in_every_format(full_store: Store) -> None:
    for media_type in SOLUTION_TYPES:
        assert b"true" in full_store.ask(Question("ASK { ?s ?p ?o }", media_type)).body


def test_every_format_of_a_graph_holds_the_same_triples(full_store: Store) -> None:
    found = set()
    for media_type in GRAPH_TYPES:
        body = full_store.ask(Question(OF_GOALS, media_type)).body
        syntax = ox.RdfFormat.from_media_type(media_type)
        found.add(frozenset(quad.triple for quad in ox.parse(body, format=syntax)))
    assert len(found) == 1
    assert len(found.pop()) > 10


def test_the_first_rows_of_an_answer_without_end(full_store: Store) -> None:
    bomb = "SELECT * { VALUES ?a { 1 2 } ?s ?p ?o . ?t ?q ?r . ?u ?w ?x }"
    body = full_store.ask(Question(bomb, RESULTS, most_rows=3)).body
    assert len(json.loads(body)["results"]["bindings"]) == 3


def test_the_first_triples_of_a_long_answer(full_store: Store) -> None:
    whole = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    body = full_store.ask(Question(whole, "application/n-triples", most_rows=3)).body
    assert body.count(b"\n") == 3


def test_an_answer_of_more_bytes_than_may_be_is_an_error(full_store: Store) -> None:
    large = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
    with pytest.raises(QueryTooLarge):
        full_store.ask(Question(large, RESULTS, most_bytes=1 << 20))
    assert full_store.condition().ready


def test_a_caller_lowers_the_deadline_and_the_next_query_is_answered(full_store: Store) -> None:
    with pytest.raises(QueryDeadlineExceeded):
        full_store.ask(Question(SLOW, RESULTS), seconds=0.1)
    assert number(full_store, Question(COUNT.format(""), RESULTS)) > 1000


def test_it_says_whether_it_answers(any_store: Store) -> None:
    assert any_store.condition().ready


def test_nobody_at_the_other_end() -> None:
    nobody = Endpoint("http://127.0.0.1:9/sparql")
    with pytest.raises(StoreUnavailable, match="127.0.0.1:9"):
        nobody.ask(Question("ASK {}", RESULTS))
    assert not nobody.condition().ready
