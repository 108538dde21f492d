"""Any version of the past over HTTP: what was then, and never anything else under its name."""

import json
from collections.abc import Callable
from typing import Any

import pytest

COUNT = "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> }"
QUESTION = "v1/queries/coverage/projects-per-working-element"
GRAPH = "https://w3id.org/mdt-kennisgraaf/graph/records"


@pytest.fixture(scope="module")
def demo_versions(demo: Any) -> Any:
    """The demo instance: version 1 and 2 are content, the examples came in between."""
    newest = demo.client.get("/health/ready").json()["version"]
    assert newest > 1
    return demo, newest


def count(running: Any, version: int | None) -> int:
    keys = {"query": COUNT} | ({"version": str(version)} if version else {})
    answer = running.client.get("/sparql", params=keys)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_a_query_is_answered_on_the_version_that_it_names(demo_versions: Any) -> None:
    demo, newest = demo_versions
    assert count(demo, 1) == 0
    assert count(demo, newest) == count(demo, None) > 0


def test_a_catalogued_question_too_and_it_says_the_version(demo_versions: Any) -> None:
    demo, newest = demo_versions
    then = demo.client.get(f"/{QUESTION}", params={"version": "1"}).json()
    now = demo.client.get(f"/{QUESTION}", params={"version": str(newest)}).json()
    assert (then["version"], now["version"]) == (1, newest)
    assert then["rows"] != now["rows"]
    figures = [row["records"]["figure"] for row in (then["rows"][0], now["rows"][0])]
    assert [way.rpartition("&")[2] for way in figures] == ["version=1", f"version={newest}"]
    assert [demo.client.get(way).json()["version"] for way in figures] == [1, newest]


def test_a_graph_and_a_document_of_then(demo_versions: Any) -> None:
    demo, _ = demo_versions
    assert demo.client.get("/rdf-graph-store", params={"graph": GRAPH}).status_code == 200
    then = demo.client.get("/rdf-graph-store", params={"graph": GRAPH, "version": "1"})
    assert then.status_code == 404
    record = "/doc/voorbeeld/project/voorbeeld-07"
    listed = demo.client.get("/sparql", params={"query": f"SELECT ?p {{ GRAPH <{GRAPH}> {{ ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> }} }} LIMIT 1"})  # fmt: skip
    iri = listed.json()["results"]["bindings"][0]["p"]["value"]
    record = "/doc/" + iri.partition("/id/")[2]
    turtle = {"Accept": "text/turtle"}
    assert demo.client.get(record, headers=turtle).status_code == 200
    assert demo.client.get(record, params={"version": "1"}, headers=turtle).status_code == 404


def test_tags_of_two_versions_differ(demo_versions: Any) -> None:
    demo, newest = demo_versions
    tags = {
        demo.client.get("/sparql", params={"query": COUNT, **keys}).headers["etag"]
        for keys in ({}, {"version": "1"}, {"version": str(newest)})
    }
    assert len(tags) == 3


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "1.0", "٢", "9" * 30])
@pytest.mark.parametrize("path", ["sparql?query=ASK{}&", f"{QUESTION}?"])
def test_a_version_that_is_not_there_names_those_that_are(
    demo_versions: Any, path: str, asked: str
) -> None:
    demo, newest = demo_versions
    answer = demo.client.get(f"/{path}version={asked}&lang=en")
    assert answer.status_code == 404
    assert f"versions 1 to {newest}" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "keys"), [("/sparql", {"query": COUNT}), (f"/{QUESTION}", {"format": "csv"})]
)
def test_a_version_that_is_left_empty_is_the_newest(
    demo_versions: Any, path: str, keys: dict[str, str]
) -> None:
    demo, newest = demo_versions
    empty, now, then = (
        demo.client.get(path, params={**keys, "version": asked}) for asked in ("", str(newest), "1")
    )
    assert empty.status_code == 200
    assert empty.text == now.text != then.text


def test_the_past_cannot_be_changed(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_UPDATES="1")
    headers = {**running.bearer("admin"), "Content-Type": "application/sparql-update"}

    def send(text: str, where: str = "/sparql") -> Any:
        return running.client.post(where, content=text, headers=headers)

    line = "INSERT DATA { <urn:s> <urn:p> 1 }"
    assert send(line).is_success
    answer = send("INSERT DATA { <urn:s> <urn:p> 2 }", "/sparql?version=1")
    assert answer.status_code == 400
    ask = {"query": "SELECT ?o { <urn:s> <urn:p> ?o }"}
    now = running.client.get("/sparql", params=ask).json()["results"]["bindings"]
    then = running.client.get("/sparql", params=ask | {"version": "1"}).json()
    assert [row["o"]["value"] for row in now] == ["1"]
    assert then["results"]["bindings"] == []


def test_the_pages_of_the_past_show_what_was_then(demo_versions: Any) -> None:
    demo, _ = demo_versions
    html = {"Accept": "text/html"}
    for path, keys in (
        ("/sparql", {"query": f"SELECT ?p {{ GRAPH <{GRAPH}> {{ ?p ?q ?o }} }} LIMIT 5"}),
        ("/doc/working-element/begrenzing", {}),
    ):
        then, now = (
            demo.client.get(path, params={**keys, **version}, headers=html)
            for version in ({"version": "1"}, {})
        )
        assert (then.status_code, now.status_code) == (200, 200)
        assert "/voorbeeld/" in now.text, path
        assert "/voorbeeld/" not in then.text, path


def test_a_page_of_the_past_says_so(demo_versions: Any) -> None:
    demo, newest = demo_versions
    page = demo.client.get(
        "/doc/working-element/afstemming",
        params={"version": "1", "lang": "en"},
        headers={"Accept": "text/html"},
    )
    assert page.status_code == 200
    assert f"The newest is version {newest}" in page.text
    now = demo.client.get("/doc/working-element/afstemming", headers={"Accept": "text/html"})
    assert "The newest is" not in now.text
    assert json.dumps(newest) in now.text
