"""A service asked by the client: what it answers, refuses, or is not."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from werkzaam.client import endpoint
from werkzaam.client.questions import Werkzaam
from werkzaam.errors import (
    BadRequest,
    Gone,
    InvalidParameter,
    NotFound,
    QueryDeadlineExceeded,
    QuerySyntaxError,
    StoreBusy,
    StoreUnavailable,
    WerkzaamError,
)

BASE = "https://w3id.org/mdt-kennisgraaf/problem/"


class _Handler(BaseHTTPRequestHandler):
    answer: tuple[int, bytes, dict[str, str]]

    def do_GET(self) -> None:
        status, body, headers = self.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (as above)
        pass


@pytest.fixture
def other() -> Iterator[HTTPServer]:
    """A server that answers what the test says."""
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def asked(server: HTTPServer, status: int, body: object, **headers: str) -> Werkzaam:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    _Handler.answer = (status, sent, said)
    return Werkzaam(f"http://127.0.0.1:{server.server_port}")


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "bad-request", BadRequest),
        (400, "invalid-parameter", InvalidParameter),
        (400, "query-syntax-error", QuerySyntaxError),
        (404, "not-found", NotFound),
        (410, "gone", Gone),
        (503, "store-busy", StoreBusy),
        (503, "store-unavailable", StoreUnavailable),
        (504, "query-deadline-exceeded", QueryDeadlineExceeded),
        (500, "internal-error", StoreUnavailable),
    ],
)
def test_what_the_service_refuses_is_the_same_error_here(
    other: HTTPServer, status: int, name: str, kind: type[WerkzaamError]
) -> None:
    problem = {
        "type": BASE + name,
        "detail": "Wrong {here}.",
        "choices": ["a"],
        "parameter": "goal",
    }
    with pytest.raises(WerkzaamError) as refused:
        asked(other, status, problem, Retry_After="7").ask("a/b")
    assert type(refused.value) is kind
    assert str(refused.value) == "Wrong {here}."
    if isinstance(refused.value, InvalidParameter):
        assert (refused.value.name, refused.value.choices) == ("goal", ("a",))
    if isinstance(refused.value, StoreBusy):
        assert refused.value.retry_after == 7


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<!doctype html>"),
        (200, b"[" * 100_000),
        (200, []),
        (200, {}),
        (200, {"version": 1, "columns": [1], "rows": [], "truncated": False, "limits": {}}),
        (302, b""),
        (404, b"<!doctype html>"),
        (502, {"error": "x"}),
    ],
)
def test_what_is_no_answer_of_ours_is_said(other: HTTPServer, status: int, body: object) -> None:
    with pytest.raises(StoreUnavailable):
        asked(other, status, body, Location="http://127.0.0.1:9/").ask("a/b")


@pytest.mark.parametrize("body", [{}, {"queries": [{}]}, {"choices": 1}])
def test_lists_of_another_form_are_said_too(other: HTTPServer, body: object) -> None:
    with pytest.raises(StoreUnavailable, match="does not know"):
        asked(other, 200, body).questions("x")
    with pytest.raises(StoreUnavailable, match="does not know"):
        asked(other, 200, body).choices("a/b", "goal")


def at_endpoint(server: HTTPServer, body: object) -> Werkzaam:
    asked(server, 200, body, Content_Type="application/sparql-results+json")
    return Werkzaam(endpoint=f"http://127.0.0.1:{server.server_port}/sparql", lang="en")


def of_rows(*rows: object, names: object = ("n",)) -> object:
    return {"head": {"vars": names}, "results": {"bindings": rows}}


@pytest.mark.parametrize(
    "body",
    [
        *({}, [], {"error": "x"}, b"<!doctype html>", b"[" * 100_000, {"boolean": True}),
        *(
            {"head": {"vars": []}, "results": []},
            of_rows(1),
            of_rows(names="n"),
            of_rows(names=[1]),
        ),
        *(of_rows({"n": 1}), of_rows({"n": {"value": "x"}}), of_rows({"n": {"type": "uri"}})),
        of_rows({"n": {"type": "literal", "value": 7}}),
    ],
)
def test_what_is_no_answer_of_an_endpoint_is_said(other: HTTPServer, body: object) -> None:
    with pytest.raises(StoreUnavailable, match="not SPARQL results in JSON"):
        at_endpoint(other, body).sparql("SELECT ?n { ?n ?p ?o }")


def test_an_endpoint_must_answer_what_was_asked(other: HTTPServer) -> None:
    with pytest.raises(StoreUnavailable, match="not SPARQL results in JSON"):
        at_endpoint(other, of_rows()).sparql("ASK { ?s ?p ?o }")
    assert at_endpoint(other, {"boolean": True}).sparql("ASK {}").rows == [{"answer": True}]
    rows = of_rows({"n": {"type": "literal", "value": "x"}}, {})
    assert at_endpoint(other, rows).sparql("SELECT ?n {}").rows == [{"n": "x"}, {"n": None}]


def test_an_endpoint_does_not_answer_without_end(
    other: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "MOST_BYTES", 10)
    with pytest.raises(StoreUnavailable, match="more than 10 bytes"):
        at_endpoint(other, of_rows()).sparql("SELECT ?n {}")


def test_an_empty_answer_has_its_headings(other: HTTPServer) -> None:
    columns = [
        {"name": "goal", "label": "Goal (IRI)", "role": "identifier"},
        {"name": "goalLabel", "label": "Goal", "role": "label"},
        {"name": "many", "label": "How many", "role": "measure"},
    ]
    limits = {"limit": None, "after": 0}
    body = {"version": 3, "columns": columns, "rows": [], "truncated": False, "limits": limits}
    answer = asked(other, 200, body).ask("a/b")
    assert (answer.heads, answer.labels()) == (("Goal (IRI)", "How many"), [])


def test_labels_come_from_the_column_that_has_them_or_from_the_cells(other: HTTPServer) -> None:
    def cell(value: str, label: str | None = None) -> dict[str, str | None]:
        return {"value": value, "type": "uri", "datatype": None, "lang": None, "label": label}

    body = {
        "version": 3,
        "columns": [
            {"name": "document", "label": "IRI", "role": "source"},
            {"name": "other", "label": "Other", "role": "label"},
            {"name": "title", "label": "Title", "role": "label"},
            {"name": "place", "label": "Place", "role": "identifier"},
        ],
        "rows": [
            {
                "document": cell("urn:d", "Voorbeeld"),
                "other": cell("x"),
                "title": cell("Voorbeeld"),
                "place": cell("urn:p", "Voorbeeldplaats"),
            }
        ],
        "truncated": False,
        "limits": {"limit": None, "after": 0},
    }
    answer = asked(other, 200, body).ask("a/b")
    assert answer.columns == ("document", "other", "title", "place", "placeLabel")
    assert answer.labels() == [{"IRI": "Voorbeeld", "Other": "x", "Place": "Voorbeeldplaats"}]
    assert (answer.version, answer.truncated) == (3, False)
    assert answer.permalink is not None
    assert answer.permalink.endswith("/v1/queries/a/b?lang=nl&format=json")


def test_nobody_there_and_no_address_are_said() -> None:
    with pytest.raises(StoreUnavailable, match="gave no answer"):
        Werkzaam("http://127.0.0.1:9/").ask("a/b")
    for url in (
        "",
        "ftp://a",
        "localhost",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "http://é",
    ):
        with pytest.raises(BadRequest):
            Werkzaam(url)
    with pytest.raises(BadRequest, match="one of them"):
        Werkzaam()
    with pytest.raises(BadRequest, match="one of them"):
        Werkzaam("http://a.nl/", endpoint="http://a.nl/sparql")
    with pytest.raises(InvalidParameter):
        Werkzaam("http://a.nl/", lang="fr")  # type: ignore[arg-type]
