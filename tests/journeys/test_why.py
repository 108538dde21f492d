"""Why a triple is in the dataset: over HTTP, and from the page of a thing."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

BASE = "https://w3id.org/mdt-kennisgraaf/"
DEF, THINGS = BASE + "def/", BASE + "id/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
HOUVAST = THINGS + "working-element/houvast"
PLEASURE = THINGS + "mechanism/plezier-en-ontspanning"
CLAIM = THINGS + "claim/ontmoetingen-houvast-borgt-plezier-en-ontspanning"
WHY = re.compile(r'href="(/why\?[^"]+)"')


def why(service: Any, subject: str, predicate: str, value: str, **more: str) -> Any:
    keys = {"subject": subject, "predicate": predicate, "object": value, "lang": "en", **more}
    return service.client.get("/v1/why", params={k: v for k, v in keys.items() if v})


def test_a_derived_edge_is_explained_by_its_rule_and_its_claims(service: Any) -> None:
    found = why(service, HOUVAST, DEF + "safeguards", PLEASURE).json()
    assert (found["status"], found["graphs"]) == ("derived", [])
    (derivation,) = found["derivations"]
    rule = derivation["rule"]
    assert rule["file"] == "ontology/rules/safeguards.rq"
    assert "voice of the author" in rule["because"]
    assert "nothing about an effect" in rule["notSaid"]
    assert "CONSTRUCT" in rule["sparql"]
    (ground,) = derivation["grounds"]
    (statement,) = ground["statements"]
    assert statement["iri"] == CLAIM
    assert statement["voice"]["text"] == "author"
    assert statement["document"]["iri"] == THINGS + "document/ontmoetingen"
    assert statement["passages"][0]["page"] == "12"
    assert {premise["status"] for premise in ground["premises"]} == {"asserted"}
    assert derivation["groundsLeftOut"] == 0


def test_what_follows_from_the_model_names_the_axiom_and_leads_on(service: Any) -> None:
    found = why(service, CLAIM, TYPE, DEF + "ReviewedItem").json()
    (ground,) = found["derivations"][0]["grounds"]
    step, axiom = ground["premises"]
    assert axiom["graphs"] == [BASE + "graph/ontology"]
    assert (step["object"]["value"], step["status"]) == (DEF + "SourceStatement", "derived")
    asked = dict(parse_qsl(urlsplit(step["why"]).query))
    before = service.client.get("/v1/why", params=asked).json()
    (ground,) = before["derivations"][0]["grounds"]
    assert [premise["status"] for premise in ground["premises"]] == ["asserted", "asserted"]


def test_an_asserted_triple_says_in_which_graph(service: Any) -> None:
    found = why(service, CLAIM, DEF + "subject", HOUVAST).json()
    assert found["status"] == "asserted"
    assert found["graphs"] == [BASE + "graph/knowledge/ontmoetingen"]
    assert found["derivations"] == []


@pytest.mark.parametrize("literal", ['"Houvast"@nl', '"Something to hold on to"@en'])
def test_the_object_may_be_a_literal(service: Any, literal: str) -> None:
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    found = why(service, HOUVAST, label, literal)
    text, _, language = literal[1:].partition('"@')
    assert found.status_code == 200, found.text
    assert found.json()["object"] == {"type": "literal", "value": text, "lang": language}


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ({"subject": ""}, "subject"),
        ({"predicate": "no iri"}, "predicate"),
        ({"object": "<urn:x>"}, "object"),
        ({"object": '"open'}, "object"),
        ({"object": "urn:" + "x" * 5000}, "object"),
        ({"more": "1"}, "more"),
    ],
)
def test_a_request_that_names_no_triple_is_400(
    service: Any, keys: dict[str, str], name: str
) -> None:
    given = {"subject": HOUVAST, "predicate": DEF + "safeguards", "object": PLEASURE, **keys}
    answer = service.client.get("/v1/why", params={k: v for k, v in given.items() if v})
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_not_in_the_dataset_is_404(service: Any) -> None:
    answer = why(service, HOUVAST, DEF + "safeguards", THINGS + "goal/welbevinden")
    assert answer.status_code == 404
    assert "no rule" in answer.json()["detail"]


def test_the_answer_is_known_again_and_described(service: Any) -> None:
    first = why(service, HOUVAST, DEF + "safeguards", PLEASURE)
    asked = {"If-None-Match": first.headers["ETag"]}
    assert service.client.get(str(first.url), headers=asked).status_code == 304
    paths = service.client.get("/v1/openapi.json").json()["paths"]
    keys = {key["name"]: key["required"] for key in paths["/why"]["get"]["parameters"][:3]}
    assert keys == {"subject": True, "predicate": True, "object": True}


@pytest.mark.parametrize(
    "slug", ["working-element/houvast", "mechanism/plezier-en-ontspanning", CLAIM[len(THINGS) :]]
)
def test_every_derived_edge_of_a_page_leads_to_its_explanation(service: Any, slug: str) -> None:
    page = service.client.get(f"/doc/{slug}", headers={"Accept": "text/html"}).text
    ways = {way.replace("&amp;", "&") for way in WHY.findall(page)}
    assert ways
    for way in sorted(ways)[:6]:
        shown = service.client.get(way, headers={"Accept": "text/html"})
        assert shown.status_code == 200
        assert "Niemand heeft dit ingevoerd" in shown.text
        assert 'id="rule-1"' in shown.text


def test_all_that_is_inferred_about_claims_and_elements_can_be_explained(service: Any) -> None:
    query = f"""SELECT ?s ?p ?o {{ GRAPH <{BASE}graph/inferred> {{ ?s ?p ?o }} }}
    ORDER BY ?p SHA1(CONCAT(STR(?s), STR(?o)))"""
    rows = service.client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    ).json()["results"]["bindings"]
    by_property: dict[str, list[Any]] = {}
    for row in rows:
        by_property.setdefault(row["p"]["value"], []).append(row)
    assert len(by_property) >= 10
    for some in by_property.values():
        for row in some[:3]:
            value = row["o"]["value"]
            if row["o"]["type"] == "literal":
                value = f'"{value}"^^<{row["o"]["datatype"]}>'
            found = why(service, row["s"]["value"], row["p"]["value"], value).json()
            assert found["status"] == "derived"
            assert found["derivations"][0]["grounds"]
