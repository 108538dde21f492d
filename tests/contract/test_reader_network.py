"""A reader reaches nobody, whatever the text says: also where the policy would let everything through."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from werkzaam.errors import QueryRefused
from werkzaam.store import embedded
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.federation_hosts import NOWHERE, Hosts
from werkzaam.store.interface import Question
from werkzaam.store.query_policy import ReadQuery

RESULTS = "application/sparql-results+json"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.fixture
def without_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    def anything(text: str, _: Hosts = NOWHERE) -> ReadQuery:
        return ReadQuery(text, "SELECT", (), (), repeatable=False)

    monkeypatch.setattr(embedded, "read_query", anything)


@pytest.mark.usefixtures("without_policy")
@pytest.mark.parametrize("silent", ["", "SILENT"])
@pytest.mark.parametrize(
    "shape",
    [
        "SELECT * {{ SERVICE {silent} <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{url}> AS ?v) LATERAL {{ SERVICE {silent} ?v {{ ?s ?p ?o }} }} }}",
    ],
)
def test_it_reaches_nobody(
    store: EmbeddedStore, listener: socket.socket, shape: str, silent: str
) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with contextlib.nullcontext() if silent else pytest.raises(QueryRefused):
        store.ask(Question(shape.format(url=url, silent=silent), RESULTS))
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert store.ask(Question("SELECT * { ?s ?p ?o } LIMIT 1", RESULTS)).body
