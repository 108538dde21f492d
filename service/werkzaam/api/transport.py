"""What every answer carries and every request is held to, whatever the route (pure ASGI)."""

from collections.abc import Callable, Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from werkzaam.api.problems import answer_error
from werkzaam.domain.versions import DEMO_HEADER, DEMO_WORDS
from werkzaam.errors import RequestTooLarge

MOST_BODY_BYTES = 1 << 20
MOST_UPLOAD_BYTES = 12 << 20
_UPLOAD_PATHS = ("/v1/submissions", "/submit", "/rdf-graph-store")
_UPLOADS_BELOW = "/rdf-graph-store/"
_MOST_DRAINED_BYTES = 16 << 20
_MOST_DIGITS = 20
_OF_304 = ("content-location", "content-security-policy")


class HeadAsGet:
    """HEAD is GET without the body, for every route (`RFC 9110 §9.3.2
    <https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2>`_)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class AnyTag:
    """``If-None-Match: *``: who has any answer of an address needs none of those that it gives
    (`RFC 9110 §13.1.2 <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2>`_); an error is told
    all the same, so this looks at what came of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _has_any(scope["headers"]):
            await self._app(scope, receive, send)
            return
        unchanged = False

        async def send_what_is_new(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start":
                unchanged = _not_modified(message)
            elif unchanged:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_what_is_new)


class StandingHeaders:
    """Headers that stand on every answer: safety, the version of the interface, and whether what
    is served is made up."""

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str], demo: Callable[[], bool] = lambda: False
    ) -> None:
        self._app = app
        self._demo = demo
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a header that a route set itself stays."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if self._demo():
                    headers.setdefault(DEMO_HEADER, DEMO_WORDS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def standing_headers(version: str, *, secure: bool) -> dict[str, str]:
    """The headers that stand on every answer of interface ``version``; ``secure``: by https."""
    headers = {
        "API-Version": version,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


class BoundedBody:
    """Refuses a body of more than ``MOST_BODY_BYTES`` (uploads: ``MOST_UPLOAD_BYTES``) unread."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        upload = scope["path"] in _UPLOAD_PATHS or scope["path"].startswith(_UPLOADS_BELOW)
        most = MOST_UPLOAD_BYTES if upload else MOST_BODY_BYTES
        if _announced(scope["headers"]) > most:
            await _drain(receive)
            await answer_error(Request(scope), _too_large(most))(scope, receive, send)
            return
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise _too_large(most)
            return message

        await self._app(scope, receive_bounded, send)


async def _drain(receive: Receive) -> None:
    """Read and forget: a client that is still sending would see a reset instead of the answer."""
    read = 0
    while read < _MOST_DRAINED_BYTES:
        message = await receive()
        read += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _announced(headers: Sequence[tuple[bytes, bytes]]) -> int:
    value = next((value for name, value in headers if name == b"content-length"), b"0")
    # llhttp lets zeros before the number pass, however many
    digits = value.lstrip(b"0")[:_MOST_DIGITS]
    return int(digits) if digits.isdigit() else 0


def _not_modified(message: Message) -> bool:
    """Whether ``message``, the start of an answer, now says 304: it gives something with a tag."""
    headers = MutableHeaders(scope=message)
    if message["status"] not in (200, 206) or "etag" not in headers:
        return False
    message["status"] = 304
    for name in tuple(headers):
        if name.startswith("content-") and name not in _OF_304:
            del headers[name]
    return True


def _has_any(headers: Sequence[tuple[bytes, bytes]]) -> bool:
    return any(name == b"if-none-match" and value.strip() == b"*" for name, value in headers)


def _too_large(most: int) -> RequestTooLarge:
    return RequestTooLarge("The body has more than {most} bytes. Send less.", most=most)
