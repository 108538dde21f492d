"""What the service says of itself to programs, in which formats, and what its dataset is made up of."""

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCTERMS, FOAF, RDF, VOID, URIRef
from tests.journeys.descriptions import BASE, PATHS, asked, counted, described, got, rows_in

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@pytest.fixture(autouse=True)
def ready(service: Any) -> None:
    counted(service)


@pytest.mark.parametrize("path", PATHS)
def test_a_description_is_the_same_in_every_format(service: Any, path: str) -> None:
    graphs = []
    for ending, media_type in FORMATS.items():
        by_suffix = got(service, f"{path}.{ending}")
        by_key = got(service, f"{path}?format={ending}")
        by_accept = got(service, path, Accept=media_type)
        assert by_suffix.content == by_key.content == by_accept.content
        assert by_accept.headers["content-type"].partition(";")[0] == media_type
        assert by_accept.headers["vary"].startswith("Accept")
        assert (
            f'<{service.url}{path[1:]}.{ending}>; rel="alternate"' not in by_accept.headers["link"]
        )
        assert by_accept.headers["link"].count('rel="alternate"') == len(FORMATS) - 1
        syntax = ox.RdfFormat.from_media_type(media_type)
        parsed = ox.parse(by_accept.content, format=syntax)
        graphs.append({(quad.subject, quad.predicate, quad.object) for quad in parsed})
    assert len(graphs[0]) > 50
    assert all(graph == graphs[0] for graph in graphs)
    assert not any(isinstance(term, ox.BlankNode) for triple in graphs[0] for term in triple)


@pytest.mark.parametrize("path", PATHS)
def test_a_description_is_not_sent_twice(service: Any, path: str) -> None:
    answer = got(service, path)
    head = service.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(answer.content))
    for condition in (
        {"If-None-Match": answer.headers["etag"]},
        {"If-None-Match": "*"},
        {"If-Modified-Since": answer.headers["last-modified"]},
    ):
        again = service.client.get(path, headers=condition)
        assert again.status_code == 304
        for name in ("etag", "vary", "last-modified"):
            assert again.headers[name] == answer.headers[name], name


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("more", "accept", "status"),
    [
        (".csv", "*/*", 404),
        ("?format=csv", "*/*", 400),
        ("?colour=red", "*/*", 400),
        ("", "text/csv", 406),
        ("", "text/html,*/*;q=0.8", 200),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    service: Any, path: str, more: str, accept: str, status: int
) -> None:
    answer = service.client.get(path + more, headers={"Accept": accept})
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["status"] == status


@pytest.fixture(scope="module")
def void(service: Any) -> rdflib.Graph:
    """What is described at ``/.well-known/void``."""
    counted(service)
    return described(service, "/.well-known/void")


class TestVoid:
    def test_its_counts_are_those_of_the_endpoint(self, service: Any, void: rdflib.Graph) -> None:
        (dataset,) = void.objects(URIRef(service.url + ".well-known/void"), FOAF.primaryTopic)
        (whole,) = asked(service, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert int(str(void.value(dataset, VOID.triples))) == int(whole["n"]["value"])
        counted = {
            str(void.value(part, VOID["class"])): int(str(void.value(part, VOID.entities)))
            for part in void.objects(dataset, VOID.classPartition)
        }
        text = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(isIRI(?c)) } GROUP BY ?c"
        expected = {r["c"]["value"]: int(r["n"]["value"]) for r in asked(service, text)}
        assert counted == expected
        assert len(counted) > 30

    def test_a_class_tells_its_properties_and_what_they_lead_to(
        self, service: Any, void: rdflib.Graph
    ) -> None:
        rows = rows_in(
            void,
            "PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/> "
            "SELECT ?p ?o ?n { ?c void:class mdt:WorkingElement ; void:propertyPartition ?u . "
            "?u void:property ?p ; void:classPartition [ void:class ?o ; void:triples ?n ] }",
        )
        found = {(one, other, int(number)) for one, other, number in rows}
        text = (
            f"SELECT ?p ?c (COUNT(*) AS ?n) {{ ?s a <{BASE}def/WorkingElement> ; ?p ?o . ?o a ?c "
            "FILTER(isIRI(?c)) } GROUP BY ?p ?c"
        )
        expected = {
            (r["p"]["value"], r["c"]["value"], int(r["n"]["value"])) for r in asked(service, text)
        }
        assert found == expected
        assert len(found) > 5

    def test_it_says_where_the_dataset_is(self, service: Any, void: rdflib.Graph) -> None:
        dataset = URIRef(service.url + "catalog#dataset")
        assert list(void.objects(dataset, VOID.sparqlEndpoint)) == [URIRef(service.url + "sparql")]
        assert str(void.value(dataset, VOID.uriSpace)) == BASE + "id/"
        for example in void.objects(dataset, VOID.exampleResource):
            assert service.client.get(f"/{str(example).removeprefix(BASE)}").status_code == 303
        assert len(list(void.objects(dataset, VOID.exampleResource))) >= 3
        assert URIRef("http://www.w3.org/2004/02/skos/core#") in set(
            void.objects(dataset, VOID.vocabulary)
        )

    def test_its_files_are_of_a_part_with_a_count_of_its_own(
        self, service: Any, void: rdflib.Graph
    ) -> None:
        dataset = URIRef(service.url + "catalog#dataset")
        (part,) = set(void.subjects(VOID.dataDump))
        assert (dataset, VOID.subset, part) in void
        said = void.objects(part, DCTERMS.description)
        assert {one.language for one in said if isinstance(one, rdflib.Literal)} == {"nl", "en"}
        dumps = [str(dump) for dump in void.objects(part, VOID.dataDump)]
        assert len(dumps) == 6
        for dump in dumps:
            assert service.client.head(dump, follow_redirects=True).status_code == 200
        turtle = next(dump for dump in dumps if dump.endswith(".ttl"))
        held = service.client.get(turtle, follow_redirects=True).content
        count = sum(1 for _ in ox.parse(held, format=ox.RdfFormat.TURTLE))
        assert int(str(void.value(part, VOID.triples))) == count
        assert count < int(str(void.value(dataset, VOID.triples)))

    def test_graphs_and_links_to_others_are_parts_of_it(
        self, service: Any, void: rdflib.Graph
    ) -> None:
        dataset = URIRef(service.url + "catalog#dataset")
        parts = set(void.objects(dataset, VOID.subset))
        said = {
            str(void.value(part, DCTERMS.identifier)): int(str(void.value(part, VOID.triples)))
            for part in parts
            if (part, DCTERMS.identifier, None) in void
        }
        text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        assert said == {r["g"]["value"]: int(r["n"]["value"]) for r in asked(service, text)}
        links = set(void.subjects(RDF.type, VOID.Linkset))
        assert links
        assert links <= parts
        for one in links:
            assert void.value(one, VOID.subjectsTarget) == dataset
            space = str(void.value(void.value(one, VOID.objectsTarget), VOID.uriSpace))
            assert not space.startswith(BASE)
