"""What the endpoint says of itself, against what it does
(`SPARQL 1.1 Service Description <https://www.w3.org/TR/sparql11-service-description/>`_)."""

from typing import Any

import pytest
import rdflib
from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import VOID
from tests.journeys.descriptions import counted

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
]

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
GRAPH_TYPES = (
    *("text/turtle", "application/n-triples", "application/ld+json"),
    *("application/rdf+xml", "application/trig", "application/n-quads"),
)
# class -> property -> class of each value, None for anything; as the vocabulary of the standard says
SCHEMA: dict[URIRef, dict[URIRef, URIRef | None]] = {
    SD.Service: {
        SD.endpoint: None,
        SD.supportedLanguage: None,
        SD.resultFormat: None,
        SD.inputFormat: None,
        SD.feature: None,
        SD.defaultDataset: SD.Dataset,
        RDFS.seeAlso: None,
    },
    SD.Dataset: {SD.defaultGraph: SD.Graph, SD.namedGraph: SD.NamedGraph},
    SD.NamedGraph: {SD.name: None, SD.graph: SD.Graph},
    SD.Graph: {
        VOID.triples: None,
        VOID.distinctSubjects: None,
        VOID.distinctObjects: None,
        VOID.classes: None,
        VOID.properties: None,
        VOID.classPartition: None,
        VOID.propertyPartition: None,
    },
}


@pytest.fixture(autouse=True)
def ready(service: Any) -> None:
    counted(service)


def described(running: Any, accept: str = "text/turtle") -> rdflib.Graph:
    answer = running.client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == accept
    found = rdflib.Dataset().parse(data=answer.text, format=accept)
    graph = rdflib.Graph()
    for triple in found.triples((None, None, None)):
        graph.add(triple)
    return graph


def asked(running: Any, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = running.client.get("/sparql", params={"query": query}).json()[
        "results"
    ]["bindings"]
    return rows


def endpoint(running: Any) -> URIRef:
    return URIRef(running.url + "sparql")


def test_it_is_the_same_rdf_in_every_format(service: Any) -> None:
    graphs = [described(service, accept) for accept in GRAPH_TYPES]
    assert len(graphs[0]) > 50
    assert all(set(graph) == set(graphs[0]) for graph in graphs)


def test_it_keeps_to_the_vocabulary(service: Any) -> None:
    graph = described(service)
    assert list(graph.subjects(RDF.type, SD.Service)) == [endpoint(service)]
    assert list(graph.objects(endpoint(service), SD.endpoint)) == [endpoint(service)]
    for subject, about, value in graph:
        kind = graph.value(subject, RDF.type)
        # questions, prefixes and counts have vocabularies of their own (test_metadata_editor.py)
        if about != RDF.type and str(kind).startswith(SD):
            wanted = SCHEMA[URIRef(str(kind))][URIRef(str(about))]
            assert wanted is None or (value, RDF.type, wanted) in graph


def test_every_format_that_it_names_is_given(service: Any) -> None:
    named = {
        FORMATS.SPARQL_Results_JSON: "application/sparql-results+json",
        FORMATS.SPARQL_Results_XML: "application/sparql-results+xml",
        FORMATS.SPARQL_Results_CSV: "text/csv",
        FORMATS.SPARQL_Results_TSV: "text/tab-separated-values",
        FORMATS.Turtle: "text/turtle",
        FORMATS["N-Triples"]: "application/n-triples",
        FORMATS["JSON-LD"]: "application/ld+json",
        FORMATS.RDF_XML: "application/rdf+xml",
        FORMATS.TriG: "application/trig",
        FORMATS["N-Quads"]: "application/n-quads",
    }
    said = set(described(service).objects(endpoint(service), SD.resultFormat))
    assert said == set(named)
    for media_type in named.values():
        query = "CONSTRUCT WHERE {}" if media_type in GRAPH_TYPES else "SELECT (1 AS ?x) {}"
        answer = service.client.get(
            "/sparql", params={"query": query}, headers={"Accept": media_type}
        )
        assert answer.headers["content-type"].partition(";")[0] == media_type


def test_the_graphs_that_it_names_are_the_graphs_that_there_are(service: Any) -> None:
    graph = described(service)
    said = {
        str(graph.value(entry, SD.name)): int(
            str(graph.value(graph.value(entry, SD.graph), VOID.triples))
        )
        for entry in graph.objects(None, SD.namedGraph)
    }
    rows = asked(service, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert said == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    (whole,) = asked(service, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    (default,) = graph.objects(None, SD.defaultGraph)
    assert int(str(graph.value(default, VOID.triples))) == int(whole["n"]["value"])


def test_where_updates_are_off_it_claims_none_and_no_feature(service: Any) -> None:
    graph = described(service)
    assert list(graph.objects(endpoint(service), SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert list(graph.objects(endpoint(service), SD.inputFormat)) == []
    assert list(graph.objects(endpoint(service), SD.feature)) == []
    assert list(graph.objects(endpoint(service), SD.extensionFunction)) == []


@pytest.mark.xdist_group("writable")
def test_where_updates_are_on_it_claims_them_and_what_it_reads(writable: Any) -> None:
    graph = described(writable)
    languages = set(graph.objects(endpoint(writable), SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    read = set(graph.objects(endpoint(writable), SD.inputFormat))
    assert read == {FORMATS.Turtle, FORMATS["N-Triples"], FORMATS["JSON-LD"], FORMATS.RDF_XML}


@pytest.mark.parametrize(
    ("accept", "status"), [("*/*", 200), ("", 200), ("text/csv", 406), ("text/turtle;q=0", 406)]
)
def test_without_a_query_the_description_is_negotiated(
    service: Any, accept: str, status: int
) -> None:
    answer = service.client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        tag = {"If-None-Match": answer.headers["etag"], "Accept": accept}
        assert service.client.get("/sparql", headers=tag).status_code == 304
