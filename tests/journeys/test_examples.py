"""Examples on an ordinary instance: to try, marked everywhere, and never beside real records."""

import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib.query import Result

GAP = "/v1/queries/coverage/working-elements-without-projects"
PER_ELEMENT = "/v1/queries/coverage/projects-per-working-element"
REAL = "identificatie,titel,subsidieronde\nMDT-1,Samen op pad,5a\n"
SELECT = "SELECT ?s { ?s a ?c } LIMIT 1"
SYNTAXES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } ORDER BY ?s LIMIT 5"


@pytest.fixture
def ordinary(intake: Any) -> Any:
    """An ordinary service without records, with the headers of a new submitter."""
    intake.headers = intake.bearer("submitter")
    return intake


@pytest.fixture
def examples(root: Path) -> bytes:
    return (root / "graph_data" / "examples" / "projects.csv").read_bytes()


def send(ordinary: Any, data: bytes, mode: str = "commit") -> httpx.Response:
    answer: httpx.Response = ordinary.client.post(
        "/v1/submissions",
        files={"file": ("projects.csv", data, "text/csv")},
        data={"mapping": "projects", "mode": mode},
        headers=ordinary.headers,
    )
    return answer


def refused_as(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 400, answer.text
    return {
        f["constraint"] for f in answer.json()["report"]["findings"] if f["severity"] == "violation"
    }


def is_demo(ordinary: Any) -> bool:
    page = ordinary.client.get("/map", headers={"Accept": "text/html"})
    banner = 'id="demo-banner"' in page.text
    assert ("werkzaam-demo" in page.headers) is banner
    assert ("demo" in ordinary.client.get(GAP).json()) is banner
    return banner


def values(answer: Any) -> list[dict[str, str]]:
    return [{name: cell["value"] for name, cell in row.items()} for row in answer["rows"]]


def test_the_instance_is_a_demonstration_while_examples_stand(
    ordinary: Any, examples: bytes
) -> None:
    before = ordinary.client.get(GAP).json()
    assert not is_demo(ordinary)
    preview = send(ordinary, examples, "preview")
    assert (preview.status_code, preview.json()["conforms"]) == (200, True)
    assert not is_demo(ordinary)
    committed = send(ordinary, examples)
    assert committed.status_code == 201, committed.text
    assert is_demo(ordinary)
    assert ordinary.client.get(GAP).json()["rows"] != before["rows"]
    rounds = ordinary.client.get(f"{GAP}/parameters/subsidyRound").json()["choices"]
    known = {"1", "2", "3", "4a", "4b", "4c", "5a", "mdt-2023", "oekraine"}
    assert {choice["value"] for choice in rounds} == known | {"subsidieronde"}
    csv = ordinary.client.get(GAP + "?format=csv")
    assert csv.headers["content-disposition"].startswith('attachment; filename="demo-')
    assert csv.text.splitlines()[0].split(",") == [c["name"] for c in before["columns"]]
    ordinary.client.delete(committed.headers["location"], headers=ordinary.headers)
    assert not is_demo(ordinary)
    after = ordinary.client.get(GAP).json()
    # of limits the permalink and the day are of the version, and so is the address of each figure
    told = {"version": 0, "limits": {}}
    assert {**after, **told, "rows": values(after)} == {**before, **told, "rows": values(before)}


def test_the_dataset_is_what_the_journal_adds_up_to(
    ordinary: Any, examples: bytes, werkzaam: Callable[..., Any]
) -> None:
    environment = {"WERKZAAM_DATA_DIR": str(ordinary.folder)}
    earlier = len(log(werkzaam, environment))
    committed = send(ordinary, examples)
    assert werkzaam("journal", "verify", **environment).code == 0
    command = ("query", PER_ELEMENT.removeprefix("/v1/queries/"), "--format")
    assert werkzaam(*command, "csv", **environment).out == (
        ordinary.client.get(PER_ELEMENT + "?format=csv").content
    )
    assert "demo" in json.loads(werkzaam(*command, "json", **environment).out)
    elsewhere = ("--endpoint", f"{ordinary.url}sparql")
    assert "demo" in json.loads(werkzaam(*command, "json", *elsewhere, **environment).out)
    ordinary.client.delete(committed.headers["location"], headers=ordinary.headers)
    kinds = [line.split()[3] for line in log(werkzaam, environment)[earlier:]]
    assert kinds == ["submission", "content", "withdrawal", "content"]


def log(werkzaam: Callable[..., Any], environment: dict[str, str]) -> list[str]:
    lines: list[str] = werkzaam("journal", "log", **environment).out.decode().splitlines()
    return lines


def test_real_records_are_refused_while_examples_stand(ordinary: Any, examples: bytes) -> None:
    committed = send(ordinary, examples)
    assert refused_as(send(ordinary, REAL.encode())) == {"real-record-in-demo"}
    ordinary.client.delete(committed.headers["location"], headers=ordinary.headers)
    assert send(ordinary, REAL.encode()).status_code == 201
    assert not is_demo(ordinary)


def test_examples_are_refused_while_real_records_stand(ordinary: Any, examples: bytes) -> None:
    assert send(ordinary, REAL.encode()).status_code == 201
    assert refused_as(send(ordinary, examples)) == {"example-record"}
    assert not is_demo(ordinary)


def test_one_file_never_brings_both(ordinary: Any) -> None:
    mixed = REAL + "MDT-2,Voorbeeldproject,VOORBEELD\n"
    assert refused_as(send(ordinary, mixed.encode())) == {"example-record"}
    first, *others = REAL.splitlines()
    mixed = "\n".join([first, "MDT-2,Voorbeeldproject,VOORBEELD", *others])
    assert refused_as(send(ordinary, mixed.encode())) == {"real-record-in-demo"}


def test_graphs_of_examples_say_so_and_hold_the_same(ordinary: Any, examples: bytes) -> None:
    query = {"query": CONSTRUCT}
    before = ordinary.client.get("/sparql", params=query, headers={"Accept": "text/turtle"})
    assert "fictitious" not in before.text
    send(ordinary, examples)
    for media_type, syntax in SYNTAXES.items():
        marked = ordinary.client.get("/sparql", params=query, headers={"Accept": media_type})
        assert "fictitious" in marked.text
        assert "demo" in marked.headers["content-disposition"]
        quads = list(ox.parse(marked.content, format=syntax))
        assert len(quads) == 5
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}, media_type
        nothing = {"query": CONSTRUCT.replace("?s a ?c }", "?s a <urn:no> }")}
        empty = ordinary.client.get("/sparql", params=nothing, headers={"Accept": media_type})
        assert "fictitious" in empty.text
        assert list(ox.parse(empty.content, format=syntax)) == []


def test_results_about_examples_say_so_and_hold_the_same(ordinary: Any, examples: bytes) -> None:
    send(ordinary, examples)
    for kind, query in itertools.product(("json", "xml", "csv"), (SELECT, "ASK {}")):
        accept = "text/csv" if kind == "csv" else f"application/sparql-results+{kind}"
        marked = ordinary.client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert marked.headers["werkzaam-demo"]
        assert ("fictitious" in marked.text) is (kind != "csv")
        if (kind, query) == ("csv", "ASK {}"):
            continue
        result = Result.parse(source=io.BytesIO(marked.content), format=kind)
        assert result.askAnswer if query == "ASK {}" else len(list(result)) == 1
