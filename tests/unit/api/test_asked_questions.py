"""A question over HTTP is asked in the turn of whoever asks, and for as long as that one waits."""

from collections.abc import Callable, Coroutine
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from tests.unit.catalogue.test_members import read

from werkzaam.api.answer_wishes import posted
from werkzaam.api.queries import answer_posted_question, answer_question
from werkzaam.api.query_threads import QueryThreads
from werkzaam.domain.versions import Version
from werkzaam.errors import BadRequest, QueryStopped


class Waiting:
    """A catalogue whose question takes until nobody waits."""

    def __init__(self) -> None:
        self.caller = ""

    def get(self, _: str) -> Any:
        return read()

    def answer(self, *_: Any, caller: str, stop: Event, **__: Any) -> None:
        self.caller = caller
        assert stop.wait(20)
        raise QueryStopped("Nobody waits.")


def asked(method: str, catalogue: Waiting, body: bytes = b"") -> Request:
    """A request of someone who leaves once it is sent."""
    service = SimpleNamespace(
        catalogue=catalogue,
        store=SimpleNamespace(version=Version(1, "d")),
        fingerprint="",
        is_past=False,
        threads=QueryThreads(),
    )
    scope = {
        "type": "http",
        "method": method,
        "path": "/v1/queries/pilot/x",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")] if body else [],
        "client": ("192.0.2.7", 1234),
        "app": SimpleNamespace(state=SimpleNamespace(service=service)),
    }
    messages = [{"type": "http.request", "body": body}]

    async def receive() -> Any:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return Request(scope, receive)


@pytest.mark.parametrize(
    ("method", "route"), [("GET", answer_question), ("POST", answer_posted_question)]
)
def test_who_asks_takes_a_turn_and_may_leave(
    run_async: Callable[[Coroutine[Any, Any, Any]], Any], method: str, route: Any
) -> None:
    catalogue = Waiting()
    with pytest.raises(QueryStopped):
        run_async(route(asked(method, catalogue), "pilot", "x"))
    assert catalogue.caller == "192.0.2.7"


@pytest.mark.parametrize(
    ("value", "said"),
    [("2.0", "2"), ("-3.0", "-3"), ("1e2", "100"), ("7", "7"), ("true", "true"), ('""', "")],
)
def test_a_value_in_json_is_that_in_an_address(
    run_async: Callable[[Coroutine[Any, Any, Any]], Any], value: str, said: str
) -> None:
    body = f'{{"limit": {value}}}'.encode()
    assert run_async(posted(asked("POST", Waiting(), body))) == {"limit": said}


@pytest.mark.parametrize("value", ["2.5", "1e300", "NaN", "-Infinity", "[1]", "9" * 5000])
def test_what_is_none_is_refused(
    run_async: Callable[[Coroutine[Any, Any, Any]], Any], value: str
) -> None:
    body = f'{{"limit": {value}}}'.encode()
    with pytest.raises(BadRequest):
        run_async(posted(asked("POST", Waiting(), body)))
