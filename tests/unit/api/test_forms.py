"""What is wrong with a form is said by what it is; of equal kinds of answer one is named."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.requests import Request

from werkzaam.api.asked_forms import asked_form
from werkzaam.api.multipart import read_form
from werkzaam.errors import BadRequest, NotAcceptable


def form(name: str, start: bytes = b"--x\r\n", app: bool = False) -> Request:
    body = b'Content-Disposition: form-data; name="file"; filename="%s"\r\n\r\nx\r\n--x--\r\n'

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": start + body % name.encode(), "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "headers": headers}
    return Request(scope | ({"app": None} if app else {}), receive)


def read(request: Request) -> None:
    """Read the form in a thread of its own: a browser test may have left this one with a loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(read_form(request, ("file",)))).result()


@pytest.mark.parametrize("app", [True, False])
def test_a_name_that_is_too_long_is_told_as_that(app: bool) -> None:
    with pytest.raises(BadRequest, match="name of at most 120 characters"):
        read(form("a" * 5000 + ".csv", app=app))
    with pytest.raises(BadRequest, match="cut off or damaged"):
        read(form("a.csv", b"nonsense", app=app))


def test_each_kind_of_answer_is_named_once() -> None:
    scope = {"type": "http", "headers": [(b"accept", b"image/png")]}
    with pytest.raises(NotAcceptable) as refused:
        asked_form(Request(scope), {}, {"json": "a/b", "xlsx": "c/d", "marked": "c/d"})
    assert str(refused.value).endswith("one of: a/b, c/d.")
