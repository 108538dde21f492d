"""What is not answered in the event loop."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from werkzaam.api.quick_sparql import QuickSparql
from werkzaam.store.embedded import EmbeddedStore

LONG = b"#" * 20_000


@pytest.mark.parametrize(
    "request_of",
    [
        {"method": "GET", "query_string": b"query=ASK%20{}" + LONG, "headers": []},
        {
            "method": "POST",
            "query_string": b"",
            "headers": [
                (b"content-type", b"application/sparql-query"),
                (b"content-length", b"20006"),
            ],
        },
    ],
)
def test_a_long_query_is_not_read_in_the_event_loop(
    request_of: dict[str, Any], run_async: Callable[..., Any]
) -> None:
    passed: list[str] = []

    async def app(scope: Any, *_: Any) -> None:
        passed.append(scope["method"])

    async def receive() -> dict[str, Any]:
        raise AssertionError("its body is read")

    # a store that cannot answer: asking it anything fails
    service: Any = SimpleNamespace(store=EmbeddedStore.__new__(EmbeddedStore))
    scope = {"type": "http", "path": "/sparql", "client": ("127.0.0.1", 1), **request_of}
    run_async(QuickSparql(app, service, [])(scope, receive, app))
    assert passed == [request_of["method"]]
