"""A question as RDF: what programs that look for examples read, without a blank node."""

import pyoxigraph as ox
import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.query_rdf import prefix_graph, query_graph, query_iri
from werkzaam.domain.content import Content
from werkzaam.domain.queries import CataloguedQuery

NAME = "comparison/working-elements-between-rounds"
PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
"""


@pytest.fixture(scope="module")
def queries(content: Content) -> dict[str, CataloguedQuery]:
    return {query.name: query for query in load_queries(content)}


@pytest.fixture(scope="module")
def store(queries: dict[str, CataloguedQuery]) -> ox.Store:
    made = ox.Store()
    for query in queries.values():
        made.extend(ox.Quad(*triple) for triple in query_graph(query, "http://h/sparql"))
    made.extend(ox.Quad(*triple) for triple in prefix_graph(queries.values()))
    return made


def values(store: ox.Store, pattern: str) -> list[str]:
    answer = store.query(f"{PREFIXES}SELECT ?x {{ {pattern} }} ORDER BY ?x")
    assert isinstance(answer, ox.QuerySolutions)
    return [str(row["x"].value) for row in answer if row["x"] is not None]


def test_every_question_is_an_example_with_its_text_and_where_to_ask_it(
    store: ox.Store, queries: dict[str, CataloguedQuery]
) -> None:
    found = "?q a sh:SPARQLExecutable ; schema:target <http://h/sparql> ; rdfs:comment ?c"
    assert values(store, f"{found} . FILTER(LANG(?c) = 'nl') ?q dcterms:identifier ?x") == sorted(
        queries
    )
    texts = values(store, "?q sh:select|sh:construct ?x")
    assert texts == sorted(query.text for query in queries.values())


def test_parameters_and_columns_say_what_the_header_says(store: ox.Store) -> None:
    question = f"<{query_iri(NAME)}>"
    parameter = f"{question} sh:parameter ?p . ?p dcterms:identifier"
    assert values(store, f"{parameter} ?x") == ["firstRound", "lang", "secondRound"]
    assert values(store, f"{parameter} 'firstRound' ; mdt:triedWith ?x") == ["4b"]
    assert values(store, f"{parameter} 'firstRound' ; sh:optional ?x") == ["false"]
    assert values(store, f"{parameter} 'lang' ; sh:defaultValue ?x") == ["nl"]
    column = f"{question} mdt:answerColumn ?c . ?c dcterms:identifier"
    assert values(store, f"{column} 'elementLabel' ; mdt:labelsColumn/dcterms:identifier ?x") == [
        "element"
    ]
    assert values(store, f"{column} 'firstCoded' ; mdt:outOfColumn/dcterms:identifier ?x") == [
        "firstLoaded"
    ]
    assert values(store, f"{column} 'firstCoded' ; mdt:notKnownWhere ?x") == ["< firstLoaded"]
    assert values(store, f"{question} mdt:caseColumn/dcterms:identifier ?x") == ["element"]


def test_a_prefix_stands_for_one_namespace_in_all_questions(store: ox.Store) -> None:
    declared = values(store, "?all sh:declare/sh:prefix ?x")
    assert len(declared) == len(set(declared)) > 10
    assert values(store, f"<{query_iri(NAME)}> sh:prefixes/sh:declare/sh:prefix ?x") == declared


def test_there_are_no_blank_nodes(store: ox.Store) -> None:
    assert not any(
        isinstance(term, ox.BlankNode) for quad in store for term in (quad.subject, quad.object)
    )
