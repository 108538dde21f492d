"""Much about one thing, a page at a time; the model, the parts of the dataset, and the JSON-LD context."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import rdflib
from rdflib.compare import isomorphic
from tests.linked_data_reading import (
    BROWSER,
    DATA_FORMATS,
    TERMS,
    THINGS,
    graph_in,
    kind_of,
)

HUBS = {
    "/doc/document/ontmoetingen": THINGS + "document/ontmoetingen",
    "/def/Claim": TERMS + "Claim",
}
HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
NEXT = re.compile(r'<([^>]*)>; rel="next"')


def get(service: Any, path: str, accept: str = "", **headers: str) -> Any:
    return service.client.get(path, headers={"Accept": accept, **headers})


def walked(service: Any, path: str, accept: str) -> list[Any]:
    """The answer at ``path`` and all that follow it by ``Link: rel="next"``."""
    answers = [get(service, path, accept)]
    while found := NEXT.search(answers[-1].headers["link"]):
        url = urlsplit(found[1])
        answers.append(get(service, f"{url.path}?{url.query}"))
        assert answers[-1].status_code == 200
        assert len(answers) < 50
    return answers


def counted(service: Any, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {pattern} }} }}"
    answer = get(service, "/sparql?query=" + query.replace(" ", "+"), "application/json")
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("path", HUBS)
def test_the_pages_of_a_hub_hold_all_there_is(service: Any, path: str) -> None:
    thing = rdflib.URIRef(HUBS[path])
    answers = walked(service, path, "application/n-triples")
    assert len(answers) >= 2
    whole = rdflib.Graph()
    for answer in answers:
        one = graph_in(service, answer)
        assert len(set(one.triples((None, None, thing)))) <= 400
        whole += one
    asserted = (
        f"?s ?p <{thing}> BIND(<{thing}> AS ?o) FILTER(isIRI(?s)) "
        f"FILTER NOT EXISTS {{ GRAPH <https://w3id.org/mdt-kennisgraaf/graph/inferred> {{ ?s ?p <{thing}> }} }}"
    )
    pointing = set(whole.triples((None, None, thing)))
    said = {t for t in pointing if not str(t[0]).startswith(str(thing) + "?")}
    assert len(said) >= counted(service, asserted) > 400
    assert set(whole.predicates(thing)) >= {rdflib.RDF.type}
    assert len(list(whole.triples((thing, None, None)))) >= counted(
        service, f"<{thing}> ?p ?o BIND(<{thing}> AS ?s)"
    )


@pytest.mark.parametrize("path", HUBS)
def test_every_format_of_a_page_is_the_same(service: Any, path: str) -> None:
    graphs = [graph_in(service, get(service, f"{path}.{ending}?page=2")) for ending in DATA_FORMATS]
    assert all(isomorphic(graphs[0], one) for one in graphs)
    first = graph_in(service, get(service, f"{path}.ttl"))
    here, following = (
        rdflib.URIRef(f"https://w3id.org/mdt-kennisgraaf{path}?page={number}") for number in (1, 2)
    )
    assert (here, HYDRA.next, following) in first
    assert (here, rdflib.RDFS.seeAlso, following) in first
    assert (following, HYDRA.previous, here) in graphs[0]


def test_a_reader_gets_the_same_pages(service: Any) -> None:
    answers = walked(service, "/doc/document/ontmoetingen", BROWSER)
    assert 'id="all-edges"' in answers[0].text
    assert 'rel="prev"' in answers[-1].text
    assert 'rel="next"' not in answers[-1].text
    claims = set(re.findall(r'href="/id/claim/[^"]*"', "".join(one.text for one in answers)))
    stated = f"?s <{TERMS}statedIn> <{THINGS}document/ontmoetingen> . ?s a <{TERMS}Claim>"
    assert len(claims) >= counted(service, stated + " BIND(1 AS ?p) BIND(1 AS ?o)")


@pytest.mark.parametrize(
    ("query", "status"), [("page=0", 400), ("page=x", 400), ("page=1&page=2", 400), ("page=9", 404)]
)
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER])
def test_a_page_that_cannot_be_is_refused(
    service: Any, query: str, status: int, accept: str
) -> None:
    answer = get(service, f"/doc/working-element/houvast?{query}", accept)
    assert answer.status_code == status


def test_the_context_is_kept_for_good(service: Any) -> None:
    path = "/def/context/1.jsonld"
    answer = get(service, path, Origin="https://example.org")
    assert (answer.status_code, kind_of(answer)) == (200, "application/ld+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "immutable" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    again = get(service, path, **{"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"], again.content) == (304, tag, b"")
    assert service.client.head(path).headers["etag"] == tag
    assert get(service, "/def/context/7.jsonld").status_code == 404


def test_json_ld_names_the_context_or_none(service: Any) -> None:
    path = "/doc/working-element/houvast"
    short = get(service, path, "application/ld+json")
    assert short.json()["@context"] == f"{service.url}def/context/1.jsonld"
    wanted = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'
    full = get(service, path, wanted)
    assert "@context" not in full.text
    assert isomorphic(graph_in(service, short), graph_in(service, full))
    assert short.headers["etag"] != full.headers["etag"]


def test_the_model_is_whole_in_every_format(service: Any) -> None:
    graphs = [graph_in(service, get(service, f"/def.{ending}")) for ending in DATA_FORMATS]
    stored = get(service, "/rdf-graph-store?graph=https://w3id.org/mdt-kennisgraaf/graph/ontology")
    whole = rdflib.Graph().parse(data=stored.text, format="turtle")
    assert all(len(one) == len(whole) for one in graphs)
    assert isomorphic(graphs[0], whole)
    assert (rdflib.URIRef(TERMS + "Claim"), rdflib.RDF.type, rdflib.OWL.Class) in whole


def test_every_part_of_the_dataset_is_at_its_address(service: Any) -> None:
    page = get(service, "/graph/concepts", BROWSER).text
    for name in set(re.findall(r'href="(/graph/[^".?]*)"', page)) | {"/graph/concepts"}:
        given = get(service, name + ".nt")
        iri = f"https://w3id.org/mdt-kennisgraaf{name}"
        stored = get(service, f"/rdf-graph-store?graph={iri}", "application/n-triples")
        assert given.status_code == 200
        assert sorted(given.text.splitlines()) == sorted(stored.text.splitlines())


@pytest.mark.parametrize(
    "path",
    [
        "/def/",
        "/def//x",
        "/def/Claim/",
        "/def/%2e%2e/x",
        "/def/Claim%00",
        "/def/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/def/x%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "/def.exe",
        "/def/" + "a" * 5000,
        "/def/context/../1.jsonld",
        "/graph/",
        "/graph/%2e%2e",
        "/graph/x%3E%20%7D%20%23",
        "/graph/" + "a" * 5000,
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER])
def test_hostile_addresses_are_refused_cleanly(service: Any, path: str, accept: str) -> None:
    answer = get(service, path, accept)
    assert answer.status_code in (400, 404), path
    assert kind_of(answer) != "text/html" or "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("working-element/houvast", "DefinedTerm"),
        ("document/ontmoetingen", "Report"),
        ("source/felten-2016", "ScholarlyArticle"),
        ("claim/ontmoetingen-houvast-bij-welbevinden", "Claim"),
        ("scheme/presence", "DefinedTermSet"),
    ],
)
def test_search_engines_read_what_it_is(service: Any, path: str, kind: str) -> None:
    page = get(service, f"/doc/{path}", BROWSER).text
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(script)
    assert (told["@type"], told["@id"]) == (kind, THINGS + path)
    assert told["url"] == f"{service.url}doc/{path}"
    assert told["name"]


def test_terms_in_a_page_lead_to_what_they_mean(service: Any) -> None:
    page = get(service, "/doc/claim/ontmoetingen-houvast-bij-welbevinden", BROWSER).text
    ways = set(re.findall(r'href="(/def/[^"]*)"', page))
    assert {"/def/Claim", "/def/statedIn"} <= ways
    for way in ways:
        assert get(service, way, BROWSER).status_code == 200, way
