"""The tools of ``/mcp`` that find and tell things: what is found, where it stands, and who wrote it."""

import time
from collections.abc import Callable
from typing import Any

import pytest

ASSESSMENTS = "evidence/assessment-per-working-element"
_ACCEPT = {"Accept": "application/json, text/event-stream"}


def told(service: Any, name: str, given: dict[str, Any]) -> Any:
    params = {"name": name, "arguments": {"language": "en"} | given}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    result = service.client.post("/mcp", json=message, headers=_ACCEPT).json()["result"]
    assert not result.get("isError"), result
    return result["structuredContent"]


@pytest.fixture
def call(service: Any) -> Callable[..., Any]:
    """Call a tool of the shared service."""

    def one(name: str, /, **given: Any) -> Any:
        return told(service, name, given)

    return one


@pytest.fixture(scope="module", autouse=True)
def indexed(service: Any) -> None:
    """The shared service has its index before the first test asks it."""
    until_indexed(service)


def test_what_an_answer_rests_on_is_told_of_both_sides_and_without_pages(
    service: Any, call: Callable[..., Any]
) -> None:
    told = call("run_question", question="across/evidence-only-elsewhere", limit=20)
    rows = service.client.get(
        "/v1/queries/across/evidence-only-elsewhere?lang=en&limit=20&format=srj"
    ).json()["results"]["bindings"]
    places = {source["iri"]: source["places"] for source in told["sources"]}
    for row in rows:
        for document, page in (("document", "page"), ("groundDocument", "groundPage")):
            if number := row[page]["value"] if page in row else "":
                assert any(f"p. {number}" in one for one in places[row[document]["value"]])
    unpaged = call("run_question", question="municipalities/on-opinion", limit=200)
    said = [place for source in unpaged["sources"] for place in source["places"]]
    assert said
    assert all(place.startswith("“") for place in said)


def test_things_are_found_by_name_exact_ones_first(service: Any, call: Callable[..., Any]) -> None:
    wanted = call("describe_model", term="WorkingElement")["members"][0]["label"]
    told = call("find_entity", name=wanted.upper(), kind="working-element")
    first = told["entities"][0]
    assert first["label"] == wanted
    assert first["kind"] == "Working element"
    page = service.client.get(first["address"], headers={"Accept": "text/html"})
    assert page.has_redirect_location or page.status_code == 200
    assert service.client.get(told["links"]["page"]).status_code == 200
    some = call("find_entity", name="mdt", limit=2)
    assert some["limits"]["returned"] == 2 < some["limits"]["total"]
    following = call("find_entity", name="mdt", limit=2, after=some["limits"]["nextAfter"])
    assert following["entities"] != some["entities"]
    assert call("find_entity", name='" } zzzzqqqq')["entities"] == []
    assert call("find_entity", name="mdt", kind="project")["limits"]["total"] == 0


def test_a_thing_is_told_with_the_statements_about_it(call: Callable[..., Any]) -> None:
    found = call("find_entity", name="houvast", kind="working-element")["entities"][0]
    told = call("describe_entity", entity=found["iri"], limit=5)
    assert told["entity"]["iri"] == found["iri"]
    assert told["entity"]["label"] == found["label"]
    assert told["entity"]["kinds"] == ["Working element"]
    assert told["entity"]["definition"]
    assert len(told["statements"]) == told["limits"]["returned"] == 5 < told["limits"]["total"]
    for statement in told["statements"]:
        assert statement["gist"]
        assert statement["voice"][0][:4] != "http"
        assert all(one["places"] for one in statement["sources"])
    assert told["sources"]
    assert all(one["values"] for one in told["facts"])
    assert call("describe_entity", entity="working-element/houvast", limit=5) == told
    assert call("describe_entity", entity=found["address"], limit=5) == told
    assert call("describe_entity", entity="mdt:Assessment")["entity"]["label"] == "Assessment"
    question = call("find_entity", name=ASSESSMENTS.replace("-", " "), kind="question")["entities"]
    assert call("run_question", question=question[0]["question"], limit=1)["rows"]


def test_what_submitters_wrote_is_marked(demo: Any) -> None:
    until_indexed(demo)
    model = told(demo, "describe_model", {"term": "Project"})
    assert model["limits"]["returned"] == model["limits"]["total"] == len(model["submitted"]) > 0
    found = told(demo, "find_entity", {"name": "voorbeeldproject", "kind": "project"})["entities"]
    assert all(one["submitted"] for one in found)
    project = found[0]["iri"]
    assert told(demo, "describe_entity", {"entity": project})["entity"]["submitted"]
    rows = told(demo, "run_question", {"question": "portfolio/projects", "limit": 3})
    assert len(rows["submitted"]) >= 3
    query = f"SELECT ?p {{ VALUES ?p {{ <{project}> }} }}"
    assert told(demo, "run_sparql", {"query": query})["submitted"] == [project]
    found = told(demo, "find_entity", {"name": "houvast", "kind": "working-element"})["entities"]
    assert not any("submitted" in one for one in found)


def test_a_statement_is_found_with_its_document_and_page(call: Callable[..., Any]) -> None:
    found = call("find_entity", name="mdt", kind="passage", limit=20)["entities"]
    assert any(one["documents"] and one.get("page") for one in found)


def until_indexed(service: Any) -> None:
    ends = time.monotonic() + 60
    while service.client.get("/v1/search?q=mdt").status_code == 503:
        assert time.monotonic() < ends
