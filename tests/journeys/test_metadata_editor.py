"""The questions as examples, and what an editor of queries finds of a service it was never told of."""

from typing import Any

import pytest
from rdflib import DCTERMS, RDF, RDFS, SH, URIRef
from tests.journeys.descriptions import (
    BASE,
    OF_AN_EDITOR,
    PATHS,
    asked,
    counted,
    described,
    rows_in,
)

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
]


@pytest.fixture(autouse=True)
def ready(service: Any) -> None:
    counted(service)


def as_an_editor_asks(running: Any, query: str) -> list[list[str]]:
    """The endpoint first, which has nothing; then its description: so the editor does."""
    assert asked(running, query) == []
    return rows_in(described(running, "/sparql"), query)


class TestExamples:
    def test_every_question_stands_there_with_its_query(self, service: Any) -> None:
        graph = described(service, "/.well-known/sparql-examples")
        questions = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
        listed = service.client.get("/v1/queries").json()
        names = {one["name"] for one in listed["queries"]}
        assert {str(graph.value(one, DCTERMS.identifier)) for one in questions} == names
        target = URIRef("https://schema.org/target")
        for one in questions:
            assert list(graph.objects(one, target)) == [URIRef(service.url + "sparql")]
            page = str(graph.value(one, RDFS.seeAlso))
            assert page.startswith(service.url + "queries/")

    def test_the_endpoint_answers_them_as_they_stand(self, service: Any) -> None:
        graph = described(service, "/.well-known/sparql-examples")
        for one in sorted(graph.subjects(RDF.type, SH.SPARQLExecutable), key=str)[::15]:
            text = graph.value(one, SH.select) or graph.value(one, SH.construct)
            answer = service.client.get("/sparql", params={"query": str(text)})
            assert answer.status_code == 200, one


class TestAnEditor:
    def test_it_finds_the_prefixes(self, service: Any) -> None:
        rows = as_an_editor_asks(service, OF_AN_EDITOR["prefixes"])
        assert ("mdt", BASE + "def/") in {(row[0], row[1]) for row in rows}

    def test_it_finds_each_question_once(self, service: Any) -> None:
        rows = as_an_editor_asks(service, OF_AN_EDITOR["examples"])
        listed = service.client.get("/v1/queries").json()["queries"]
        assert len(rows) == len(listed)

    def test_it_finds_which_class_has_which_properties(self, service: Any) -> None:
        rows = as_an_editor_asks(service, OF_AN_EDITOR["classes"])
        found = {(row[1], row[2]) for row in rows}
        assert (
            BASE + "def/WorkingElement",
            "http://www.w3.org/2004/02/skos/core#prefLabel",
        ) in found
        text = "SELECT DISTINCT ?c ?p { ?s a ?c ; ?p ?o FILTER(isIRI(?c)) }"
        assert found == {(r["c"]["value"], r["p"]["value"]) for r in asked(service, text)}
        assert any(row[3] for row in rows)
        assert any(row[4] for row in rows)

    def test_the_description_leads_to_all_of_it(self, service: Any) -> None:
        graph = described(service, "/sparql")
        places = set(graph.objects(URIRef(service.url + "sparql"), RDFS.seeAlso))
        assert places == {URIRef(service.url + path[1:]) for path in PATHS}
        for place in places:
            assert service.client.get(str(place)).status_code == 200
