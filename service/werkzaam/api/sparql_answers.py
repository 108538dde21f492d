"""What an answer to a query is in HTTP: its media type, its headers, whole or piece by piece."""

import asyncio
import contextlib
import logging
import time
from functools import lru_cache, partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from werkzaam.api.caching import cache_headers
from werkzaam.api.connection import watched
from werkzaam.api.demo_mark import marked
from werkzaam.api.negotiation import MOST_CHARACTERS, choose_media_type
from werkzaam.api.query_threads import QueryThreads
from werkzaam.api.service import Service
from werkzaam.api.sparql_protocol import ProtocolQuery
from werkzaam.domain.versions import Version
from werkzaam.errors import NotAcceptable, WerkzaamError
from werkzaam.store.interface import (
    GRAPH_TYPES,
    SOLUTION_TYPES,
    Pieces,
    Question,
    StreamedAnswer,
)
from werkzaam.store.query_policy import Form, ReadQuery
from werkzaam.store.reader import too_long

_log = logging.getLogger(__name__)

HTML: Final = "text/html"
# what a caller may accept -> what is written; the general names come last, so they never win a tie
_ALIASES: Final = {
    **{name: name for name in SOLUTION_TYPES},
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
_GRAPH_ALIASES: Final = {
    **{name: name for name in GRAPH_TYPES},
    "application/xml": "application/rdf+xml",
}


def accepted_type(accept: str | None, form: Form) -> str:
    """The media type that the answer to a query of this form is sent as. Raises NotAcceptable."""
    return _accepted_type(accept and accept[:MOST_CHARACTERS], form)


def prefers_page(accept: str | None, *, describes: bool) -> bool:
    """Whether this caller reads pages rather than results; ``describes``: there is no query."""
    return _prefers_page(accept and accept[:MOST_CHARACTERS], describes)


@lru_cache(maxsize=1024)
def _accepted_type(accept: str | None, form: Form) -> str:
    types = _ALIASES if form in ("SELECT", "ASK") else _GRAPH_ALIASES
    return choose_media_type(accept, tuple(types))


@lru_cache(maxsize=1024)
def _prefers_page(accept: str | None, describes: bool) -> bool:
    types = GRAPH_TYPES if describes else (*SOLUTION_TYPES, *GRAPH_TYPES)
    offers = (*types, "application/json", "application/xml", HTML)
    try:
        return choose_media_type(accept, offers) == HTML
    except NotAcceptable:
        return False


def question_of(
    service: Service, asked: ProtocolQuery, query: ReadQuery, accepted: str, caller: str
) -> Question:
    """What the store is asked for an answer that is sent as ``accepted``."""
    types = _ALIASES if query.form in ("SELECT", "ASK") else _GRAPH_ALIASES
    return Question(
        asked.text,
        types[accepted],
        asked.default_graphs,
        asked.named_graphs,
        base=service.links.url("/sparql"),
        any_graph=service.updates is not None,
        caller=caller,
    )


def tag_of(service: Service, version: Version, url: str, accepted: str) -> str:
    """The strong tag of the answer that was read from ``version`` for ``url``, path and query."""
    return version.tag(service.fingerprint, url, accepted, "")


def body_and_headers(
    service: Service, answer: StreamedAnswer, media_type: str, tag: str | None
) -> tuple[bytes, dict[str, str]]:
    """The first bytes of an answer in ``media_type``, marked where they are made up, and its headers;
    without a ``tag`` it is not to be kept."""
    headers = cache_headers(tag) if tag else {"Cache-Control": "no-store", "Vary": "Accept"}
    if not answer.version.demo:
        return answer.first, headers
    headers["Content-Disposition"] = 'inline; filename="demo-sparql"'
    return marked(answer.first, media_type, service.links), headers


def with_charset(media_type: str) -> str:
    """The media type as a header has it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def response_to(
    service: Service, question: Question, answer: StreamedAnswer, accepted: str, tag: str | None
) -> Response:
    """The answer in HTTP."""
    first, headers = body_and_headers(service, answer, question.media_type, tag)
    if answer.rest is None:
        return Response(first, media_type=with_charset(accepted), headers=headers)
    return _InPieces(first, answer.rest, with_charset(accepted), headers, service.threads)


def in_one_piece(answer: StreamedAnswer, most_bytes: int) -> StreamedAnswer:
    """The answer for a caller to whom it cannot be sent in pieces. Raises QueryTooLarge, and what ends
    an answer before its time."""
    if answer.rest is None:
        return answer
    pieces = [answer.first]
    left = most_bytes - len(answer.first)
    for piece in answer.rest:
        left -= len(piece)
        if left < 0:
            answer.rest.close()
            raise too_long(most_bytes)
        pieces.append(piece)
    return StreamedAnswer(b"".join(pieces), None, answer.version)


class _InPieces(Response):
    """A long answer. Where it ends before its time the connection is cut, and never looks whole."""

    def __init__(
        self,
        first: bytes,
        rest: Pieces,
        media_type: str,
        headers: dict[str, str],
        threads: QueryThreads,
    ) -> None:
        super().__init__(first, media_type=media_type, headers=headers)
        del self.headers["content-length"]
        self._rest = rest
        self._threads = threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(max(0.0, self._rest.deadline - time.monotonic())):
                async with watched(Request(scope, receive), self._rest.cut):
                    await self._send(send)
        except (TimeoutError, WerkzaamError) as fault:
            _log.info("answer cut", extra={"reason": str(fault) or "it was not read in time"})
        finally:
            await self._threads.run(self._rest.close)

    async def _send(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        piece: bytes | None = bytes(self.body)
        while piece is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await self._threads.run(partial(next, self._rest, None))
        await send({"type": "http.response.body", "body": b""})


def caller_of(scope: Scope) -> str:
    """Who asks, for taking turns: the address of the client."""
    with contextlib.suppress(TypeError, IndexError, KeyError):
        return str(scope["client"][0])
    return "unknown"
