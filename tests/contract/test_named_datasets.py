"""The graphs that a query or a request names: relative ones, and ones that are not there."""

import json

import pytest

from werkzaam.errors import QueryRefused
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Question

RESULTS = "application/sparql-results+json"
BASE = "https://w3id.org/mdt-kennisgraaf/graph/"
ABSENT = "http://example.org/absent"


def found(store: EmbeddedStore, question: Question) -> bool:
    answer: bool = json.loads(store.ask(question).body)["boolean"]
    return answer


@pytest.mark.parametrize(
    "clause", ["FROM <concepts>", "FROM <ontology> FROM <concepts>", "FROM <./concepts>"]
)
def test_a_relative_graph_is_resolved_against_the_base(store: EmbeddedStore, clause: str) -> None:
    element = "<https://w3id.org/mdt-kennisgraaf/def/WorkingElement>"
    assert found(store, Question(f"ASK {clause} {{ ?s a {element} }}", RESULTS, base=BASE))
    with pytest.raises(QueryRefused):
        store.ask(Question(f"ASK {clause} {{ ?s a {element} }}", RESULTS, base=BASE + "x/y"))


@pytest.mark.parametrize(
    ("text", "default", "named", "answer"),
    [
        ("ASK {}", (ABSENT,), (), True),
        ("ASK { ?s ?p ?o }", (ABSENT,), (), False),
        ("ASK { ?s ?p ?o }", (ABSENT, BASE + "concepts"), (), True),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", (), (ABSENT,), False),
        (f"ASK FROM <{ABSENT}> {{ ?s ?p ?o }}", (), (), False),
    ],
)
def test_where_graphs_may_be_written_one_that_is_not_there_is_empty(
    store: EmbeddedStore,
    text: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    answer: bool,
) -> None:
    question = Question(text, RESULTS, default, named, any_graph=True)
    assert found(store, question) is answer
    with pytest.raises(QueryRefused, match="There is no graph"):
        store.ask(Question(text, RESULTS, default, named))
