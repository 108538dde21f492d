"""The demo instance: fictitious, marked everywhere, and never mixed with the real one."""

from typing import Any

import pytest

QUESTIONS = ["coverage/projects-per-working-element", "coverage/working-elements-without-projects"]
PROJECTS = "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> }"


def number_of_projects(running: Any) -> int:
    answer = running.client.get("/sparql", params={"query": PROJECTS}).json()
    return int(answer["results"]["bindings"][0]["n"]["value"])


def test_the_demo_has_projects_and_the_real_one_has_none(demo: Any, service: Any) -> None:
    assert number_of_projects(demo) == 24
    assert number_of_projects(service) == 0
    examples = "ASK { ?s ?p ?o FILTER(CONTAINS(STR(?s), '/id/voorbeeld/')) }"
    assert demo.client.get("/sparql", params={"query": examples}).json()["boolean"] is True
    assert service.client.get("/sparql", params={"query": examples}).json()["boolean"] is False


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_export_of_the_demo_is_marked(demo: Any, service: Any, name: str) -> None:
    path = f"/v1/queries/{name}"
    marked = demo.client.get(path + "?format=csv")
    assert all("fictitious" in line for line in marked.text.splitlines()[1:])
    assert "demo" in marked.headers["content-disposition"]
    assert "fictitious" in demo.client.get(path).json()["demo"]
    assert "demo" not in service.client.get(path).json()
    assert "fictitious" not in service.client.get(path + "?format=csv").text


@pytest.mark.parametrize(
    "path", ["/", "/map", f"/queries/{QUESTIONS[0]}", "/about", "/sparql", "/nowhere"]
)
def test_every_page_of_the_demo_says_so(demo: Any, service: Any, path: str) -> None:
    headers = {"Accept": "text/html"}
    assert 'id="demo-banner"' in demo.client.get(path, headers=headers).text
    assert 'id="demo-banner"' not in service.client.get(path, headers=headers).text
    assert demo.client.get(path).headers["werkzaam-demo"]


def test_the_command_line_asks_the_demo_too(demo: Any, werkzaam: Any) -> None:
    folder = str(demo.folder)
    for name in QUESTIONS:
        done = werkzaam("query", name, "--demo", "--format", "csv", WERKZAAM_DATA_DIR=folder)
        assert done.out == demo.client.get(f"/v1/queries/{name}?format=csv").content
        assert "fictitious" in done.err


def test_a_second_start_adds_nothing(start_service: Any) -> None:
    first = start_service("--demo", anew=True)
    version = first.client.get("/health/ready").json()["version"]
    first.stop()
    again = start_service("--demo")
    assert again.client.get("/health/ready").json()["version"] == version
    assert number_of_projects(again) == 24
