"""One question, the same rows whichever way it is asked."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, SPARQLWrapper

GAP = "coverage/working-elements-without-projects"
NAMES = [
    "coverage/projects-for-working-element",
    "coverage/projects-per-working-element",
    "coverage/working-elements-without-projects",
    "evidence/assessment-per-working-element",
]


def expected(root: Path, name: str) -> bytes:
    return (root / "tests" / "data" / "expected" / f"{name}.csv").read_bytes()


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("name", NAMES)
def test_command_and_http_give_the_same_bytes(
    service: Any, werkzaam: Callable[..., Any], root: Path, name: str
) -> None:
    answer = service.client.get(f"/v1/queries/{name}", params={"format": "csv", "lang": "nl"})
    assert answer.content == expected(root, name)
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    command = werkzaam("query", name, "--format", "csv")
    assert (command.code, command.out) == (0, answer.content)


@pytest.mark.parametrize("name", [GAP, "evidence/statements-about-working-element"])
def test_through_an_endpoint_elsewhere(
    service: Any, werkzaam: Callable[..., Any], root: Path, name: str
) -> None:
    url = service.url + "sparql"
    command = werkzaam("query", name, "--format", "csv", "--endpoint", url)
    assert (command.code, command.out) == (0, expected(root, name))


def test_through_sparqlwrapper(service: Any, root: Path) -> None:
    wrapper = SPARQLWrapper(service.url + "sparql", returnFormat=JSON)
    wrapper.setQuery((root / "queries" / f"{GAP}.rq").read_text("utf-8"))
    results: Any = wrapper.query().convert()
    names = results["head"]["vars"]
    rows = [
        [binding.get(name, {}).get("value", "") for name in names]
        for binding in results["results"]["bindings"]
    ]
    assert [names, *rows] == rows_of(expected(root, GAP))


def test_through_rdflib(service: Any, root: Path) -> None:
    graph = Graph(SPARQLStore(service.url + "sparql", method="POST_FORM"))
    results = graph.query((root / "queries" / f"{GAP}.rq").read_text("utf-8"))
    rows: list[list[str]] = [["" if cell is None else str(cell) for cell in row] for row in results]  # type: ignore[union-attr]
    assert rows == rows_of(expected(root, GAP))[1:]


def test_json_says_what_the_csv_says(service: Any, root: Path) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}", params={"lang": "nl"}).json()
    names = [column["name"] for column in answer["columns"]]
    rows = [[row.get(name, {"value": ""})["value"] for name in names] for row in answer["rows"]]
    assert [names, *rows] == rows_of(expected(root, GAP))
    assert set(answer) == {
        "query", "version", "parameters", "columns", "rows", "truncated", "limits",
    }  # fmt: skip
    first = answer["rows"][0]["element"]
    assert set(first) == {"value", "type", "datatype", "lang", "label"}
    assert first["label"] == "Toegankelijkheid"
    assert (answer["version"], answer["truncated"]) == (1, False)


@pytest.mark.parametrize(
    "value", ["sociaal-contact", "https://w3id.org/mdt-kennisgraaf/id/goal/sociaal-contact"]
)
def test_a_goal_narrows_the_answer(service: Any, werkzaam: Callable[..., Any], value: str) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}", params={"goal": value, "format": "csv"})
    elements = [row[0].rsplit("/", 1)[1] for row in rows_of(answer.content)[1:]]
    assert elements == [
        "samenwerken-aan-gezamenlijke-doelen",
        "steun-vanuit-institutionele-autoriteiten",
        "intergroup-anxiety-voorkomen",
    ]
    command = werkzaam("query", GAP, "--param", f"goal={value}", "--format", "csv")
    assert command.out == answer.content


def test_english(service: Any, werkzaam: Callable[..., Any]) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}", params={"lang": "en"}).json()
    assert {row["records"]["value"] for row in answer["rows"]} == {"no project data"}
    by_header = service.client.get(f"/v1/queries/{GAP}", headers={"Accept-Language": "en"}).json()
    assert by_header["rows"] == answer["rows"]
    assert "no project data" in werkzaam("query", GAP, "--lang", "en").out.decode()
    command = json.loads(werkzaam("query", GAP, "--lang", "en", "--format", "json").out)
    for name in ("total", "unknown", "empty", "coverage", "rights"):
        assert command["limits"][name] == answer["limits"][name]


def test_without_project_data_the_word_gap_is_nowhere(service: Any) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}", params={"lang": "nl"}).json()
    for row in answer["rows"]:
        assert row["records"]["value"] == "geen projectgegevens"
        assert "projectsAddressing" not in row
        assert "projectsCoded" not in row


def test_parts_of_an_answer_say_that_they_are_parts(service: Any) -> None:
    whole = service.client.get(f"/v1/queries/{GAP}").json()["rows"]
    part = service.client.get(f"/v1/queries/{GAP}", params={"limit": 5, "after": 2}).json()
    assert part["rows"] == whole[2:7]
    assert part["truncated"] is True
    assert (part["limits"]["limit"], part["limits"]["after"]) == (5, 2)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("goal=nothing", 400, "welbevinden"),
        ("gaol=welbevinden", 400, "goal"),
        ("goal=welbevinden&goal=sociaal-contact", 400, "goal"),
        ("format=xml", 400, "csv"),
        ("lang=de", 400, "nl"),
        ("limit=0", 400, "limit"),
        (f"limit={'9' * 5000}", 400, "limit"),
        ("bom=1", 400, "true or false"),
        ("after=-1", 400, "after"),
        ("version=7", 404, "1"),
        ("goal=%3E%20%7D%20DROP%20ALL", 400, "welbevinden"),
    ],
)
def test_a_wrong_request_says_what_is_right(
    service: Any, query: str, status: int, words: str
) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}?{query}", headers={"Accept-Language": "en"})
    problem = answer.json()
    assert answer.status_code == status == problem["status"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in problem["detail"]


def test_a_wrong_value_lists_the_choices(service: Any) -> None:
    problem = service.client.get(f"/v1/queries/{GAP}?goal=x").json()
    assert problem["choices"] == [
        "welbevinden",
        "sociaal-contact",
        "sociaal-kapitaal",
        "vooroordelen-wegnemen",
        "integratie-van-nieuwkomers",
    ]
    assert problem["parameter"] == "goal"


def test_no_such_question(service: Any) -> None:
    answer = service.client.get("/v1/queries/coverage/working-elements-without-project?lang=en")
    assert answer.status_code == 404
    assert GAP in answer.json()["detail"]
    assert service.client.get("/v1/queries/").status_code == 404


def test_byte_order_mark_on_request(service: Any, root: Path) -> None:
    answer = service.client.get(f"/v1/queries/{GAP}?format=csv&bom=true")
    assert answer.content == b"\xef\xbb\xbf" + expected(root, GAP)


def test_an_answer_that_is_known_is_not_sent_again(service: Any) -> None:
    first = service.client.get(f"/v1/queries/{GAP}")
    tag = first.headers["etag"]
    again = service.client.get(f"/v1/queries/{GAP}", headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    english = service.client.get(f"/v1/queries/{GAP}?lang=en")
    assert english.headers["etag"] != tag
    assert "Accept-Language" in first.headers["vary"]


def test_any_answer_will_do(service: Any) -> None:
    for path in (f"/v1/queries/{GAP}", "/v1/queries", "/sparql?query=ASK {}"):
        again = service.client.get(path, headers={"If-None-Match": "*"})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"]
        assert "content-type" not in again.headers


def test_nobody_has_the_answer_to_no_question(service: Any) -> None:
    for path in ("/v1/queries/no/question", f"/v1/queries/{GAP}?foo=1", "/sparql?query=nonsense"):
        assert service.client.get(path, headers={"If-None-Match": "*"}).status_code >= 400


def test_the_list_takes_no_strange_keys(service: Any) -> None:
    assert service.client.get("/v1/queries?foo=1").status_code == 400
    assert service.client.get(f"/v1/queries/{GAP}/parameters/goal?foo=1").status_code == 400
    for below in ("parameters/goal", "description"):
        assert service.client.get(f"/v1/queries/{GAP}/{below}?version=1").status_code == 200
        assert service.client.get(f"/v1/queries/{GAP}/{below}?version=7").status_code == 404


def test_an_empty_value_is_no_value(service: Any) -> None:
    whole = service.client.get(f"/v1/queries/{GAP}").json()
    for name in ("goal", "version", "limit", "after", "format", "lang", "bom"):
        answer = service.client.get(f"/v1/queries/{GAP}?{name}=")
        assert answer.json()["rows"] == whole["rows"], name
        posted = service.client.post(f"/v1/queries/{GAP}", json={name: ""})
        assert posted.json()["rows"] == whole["rows"], name
    assert service.client.get(f"/v1/queries/{GAP}?goal=").json()["parameters"] == {}


def test_head_is_get_without_a_body(service: Any) -> None:
    get = service.client.get(f"/v1/queries/{GAP}")
    head = service.client.head(f"/v1/queries/{GAP}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["coverage/nothing"], 2, "There is no question"),
        ([GAP, "--param", "goal"], 2, "NAME=VALUE"),
        ([GAP, "--param", "goal=x"], 2, "welbevinden"),
        ([GAP, "--endpoint", "http://127.0.0.1:9/"], 3, "127.0.0.1:9"),
        ([GAP, "--format", "pdf"], 2, "choose from"),
        ([GAP, "--endpoint", "nonsense"], 2, "nonsense"),
        ([GAP, "--endpoint", "file:///etc/hostname"], 2, "file:"),
        ([GAP, "--endpoint", "http://[x"], 2, "no SPARQL endpoint"),
        ([], 2, "TOPIC/QUESTION"),
    ],
)
def test_the_command_says_what_is_wrong(
    werkzaam: Callable[..., Any], words: list[str], code: int, part: str
) -> None:
    outcome = werkzaam("query", *words)
    assert (outcome.code, outcome.out) == (code, b"")
    assert part in outcome.err
    assert "Traceback" not in outcome.err
