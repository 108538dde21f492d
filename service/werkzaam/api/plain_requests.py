"""Requests for a query on whose answer nothing but the query has a say, told from all others."""

import contextlib
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.types import Message, Receive, Scope

from werkzaam.api.sparql_answers import prefers_page
from werkzaam.api.sparql_protocol import FORM, ProtocolQuery, read_get, read_post

_MOST_TEXT: Final = 1 << 14
"""Bytes of a query that is read in the event loop, and sent without waiting for the reader."""
_MOST_DIGITS: Final = 20
_NOT_PLAIN: Final = frozenset(
    (b"if-none-match", b"if-match", b"if-modified-since", b"origin", b"transfer-encoding",
     b"expect", b"range", b"authorization")
)  # fmt: skip
_ONLY_QUERY: Final = re.compile(rb"query=[!-%'-~]*")
# the version, and what may be it once it is decoded
_ODD_KEY: Final = re.compile(rb"(?:^|&)(?:version(?![^=&])|[^=&%]*%)")


class PlainRequest:
    """A request for a query, as far as an answer hangs on it."""

    def __init__(self, scope: Scope, headers: dict[bytes, bytes], body: bytes) -> None:
        self.scope = scope
        self.is_get = scope["method"] == "GET"
        self._query_string: bytes = scope["query_string"]
        self._body = body
        accept = headers.get(b"accept")
        self.accept = None if accept is None else accept.decode("latin-1")
        self._kind = headers.get(b"content-type", b"").decode("latin-1")
        self.size = sum(map(len, (self._query_string, body, accept or b"", self._kind)))
        self.key = (self.is_get, self._query_string, body, accept, self._kind)

    @property
    def url(self) -> str:
        """Path and query, as the tag of the answer has them."""
        return f"/sparql?{self._query_string.decode('latin-1')}"

    def asked(self) -> ProtocolQuery | None:
        """The query; None where there is none, or a page is wanted. Raises as the protocol has it."""
        keys = self._query_string.decode("latin-1")
        if self.is_get:
            page = prefers_page(self.accept, describes=False)
            return None if page else read_get(keys)
        if self._kind == FORM and not keys and _ONLY_QUERY.fullmatch(self._body):
            with contextlib.suppress(UnicodeDecodeError):
                text = unquote_to_bytes(self._body.partition(b"=")[2].replace(b"+", b" ")).decode()
                return ProtocolQuery(text, (), (), None)
        asked = read_post(keys, self._kind, self._body)
        return asked if isinstance(asked, ProtocolQuery) else None


def plain_headers(scope: Scope) -> dict[bytes, bytes] | None:
    """The headers, where nothing but the query decides the answer."""
    if scope["method"] not in ("GET", "POST") or _ODD_KEY.search(scope["query_string"]):
        return None
    headers = dict(scope["headers"])
    if len(scope["query_string"]) > _MOST_TEXT or len(headers) < len(scope["headers"]):
        return None
    if not _NOT_PLAIN.isdisjoint(headers):
        return None
    if scope["method"] == "GET":
        return headers
    length = headers.get(b"content-length", b"")
    known = length.isdigit() and len(length) <= _MOST_DIGITS
    return headers if known and int(length) <= _MOST_TEXT else None


async def whole_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The body, and a ``receive`` that gives it once more."""
    if scope["method"] == "GET":
        return b"", receive
    messages: list[Message] = []
    while not messages or messages[-1].get("more_body"):
        messages.append(await receive())
    body = b"".join(message.get("body", b"") for message in messages)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return body, again
