"""A question over HTTP is asked in the turn of whoever asks, and for as long as that one waits."""

from collections.abc import Callable, Coroutine
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from tests.unit.catalogue.test_members import read

from werkzaam.api.queries import answer_posted_question, answer_question
from werkzaam.api.query_threads import QueryThreads
from werkzaam.domain.versions import Version
from werkzaam.errors import QueryStopped


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


def asked(method: str, catalogue: Waiting) -> Request:
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
        "headers": [],
        "client": ("192.0.2.7", 1234),
        "app": SimpleNamespace(state=SimpleNamespace(service=service)),
    }
    messages = [{"type": "http.request", "body": b""}]

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
