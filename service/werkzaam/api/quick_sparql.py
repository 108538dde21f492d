"""Queries that are answered at once, in the event loop and before any route: most are.

What is not plain (a page, a condition, another site, a token, an update, an answer that takes a
moment) goes on to the route, with the evaluation where one has begun. Both give the same answer.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final, cast

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from werkzaam.api.service import Service
from werkzaam.api.sparql_answers import (
    accepted_type,
    body_and_headers,
    caller_of,
    prefers_page,
    question_of,
    tag_of,
    with_charset,
)
from werkzaam.api.sparql_protocol import ProtocolQuery, read_get, read_post
from werkzaam.domain.versions import DEMO_HEADER, DEMO_WORDS, Version
from werkzaam.errors import WerkzaamError
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.evaluation import Evaluation
from werkzaam.store.interface import StreamedAnswer
from werkzaam.store.query_policy import read_query

Headers = Sequence[tuple[bytes, bytes]]

KEEP: Final = "werkzaam.keep"
"""Where the scope of a request has what the answer to one just like it may be given to: a version,
the headers and the body. Only while that version is served may it be repeated."""
_BEGUN: Final = "werkzaam.begun"
_MOMENT: Final = 0.1
_MOST_TEXT: Final = 1 << 14
"""Bytes of a query that is read in the event loop, and sent without waiting for the reader."""
_MOST_KEPT: Final = 1024
_MOST_KEPT_BYTES: Final = 1 << 15
_NOT_PLAIN: Final = frozenset(
    (b"if-none-match", b"if-match", b"if-modified-since", b"origin", b"transfer-encoding",
     b"expect", b"range", b"authorization")
)  # fmt: skip
# the version, and what may be it once it is decoded
_ODD_KEY: Final = re.compile(rb"(?:^|&)(?:version(?![^=&])|[^=&%]*%)")


@dataclass
class Begun:
    """A query that the route goes on with: its evaluation, or the error that it ended with."""

    store: EmbeddedStore
    evaluation: Evaluation | None
    refusal: WerkzaamError | None = None
    taken: bool = False

    def finish(self, stop: Event) -> StreamedAnswer:
        """Wait for the answer. Raises as ``Store.ask`` does."""
        self.taken = True
        if self.evaluation is None:
            raise cast(WerkzaamError, self.refusal)
        answer = self.evaluation.finish(stop)
        self.store.keep(self.evaluation.asked, answer)
        return answer

    def leave(self) -> None:
        """The request is over: end an evaluation that the route never came to."""
        if self.evaluation is not None and not self.taken:
            self.evaluation.abandon()


def begun_of(request: Request) -> Begun | None:
    """What has begun of the query in ``request``."""
    return cast("Begun | None", request.scope.get(_BEGUN))


@dataclass(frozen=True)
class _Kept:
    version: Version
    start: Message
    body: Message


class QuickSparql:
    """Answers plain queries for ``service`` itself, and passes on all else to ``app``.

    ``standing``: the headers that stand on every answer.
    """

    def __init__(self, app: ASGIApp, service: Service, standing: Headers) -> None:
        self._app = app
        self._service = service
        self._standing = list(standing)
        self._kept: OrderedDict[object, _Kept] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        store = self._service.store
        if (
            scope["type"] == "http"
            and scope["path"] == "/sparql"
            and isinstance(store, EmbeddedStore)
            and (headers := _plain_headers(scope)) is not None
        ):
            body, receive = await _whole_body(scope, receive)
            request = _Plain(scope, headers, body)
            if await self._answered(request, store, send):
                return
        try:
            await self._app(scope, receive, send)
        finally:
            if begun := scope.get(_BEGUN):
                begun.leave()

    async def _answered(self, request: "_Plain", store: EmbeddedStore, send: Send) -> bool:
        kept = self._kept.get(request.key)
        if kept is None or kept.version != store.version:
            kept = await self._evaluated(request, store)
        elif keep := request.scope.get(KEEP):
            keep(kept.version, kept.start["headers"], kept.body["body"])
        if kept is None:
            return False
        await send(kept.start)
        await send(kept.body)
        return True

    async def _evaluated(self, request: "_Plain", store: EmbeddedStore) -> _Kept | None:
        try:
            asked = request.asked()
            if asked is None:
                return None
            query = read_query(asked.text, self._service.service_hosts)
            accepted = accepted_type(request.accept, query.form)
            question = question_of(self._service, asked, query, accepted, caller_of(request.scope))
            begun = store.begin(question, asked.seconds)
        except WerkzaamError:
            return None
        answer = await self._at_once(request, store, begun)
        if answer is None:
            return None
        lasting = request.is_get and query.repeatable
        tag = tag_of(self._service, answer.version, request.url, accepted) if lasting else None
        whole = self._message(answer, question.media_type, accepted, tag)
        if query.repeatable and request.size + len(answer.first) <= _MOST_KEPT_BYTES:
            self._keep(request.key, whole)
        return whole

    async def _at_once(
        self, request: "_Plain", store: EmbeddedStore, begun: StreamedAnswer | Evaluation | None
    ) -> StreamedAnswer | None:
        """The answer, if it is there in a moment; if not, the route has the evaluation."""
        if not isinstance(begun, Evaluation):
            return begun
        try:
            if await _in_a_moment(begun):
                answer = begun.finish()
                store.keep(begun.asked, answer)
                return answer
            request.scope[_BEGUN] = Begun(store, begun)
        except WerkzaamError as refusal:
            request.scope[_BEGUN] = Begun(store, None, refusal)
        except asyncio.CancelledError:
            begun.abandon()
            raise
        return None

    def _message(
        self, answer: StreamedAnswer, media_type: str, accepted: str, tag: str | None
    ) -> _Kept:
        body, said = body_and_headers(self._service, answer, media_type, tag)
        # as the route has it: with an Origin it says more, and a cache must not mix the two up
        said["Vary"] += ", Origin"
        if self._service.demo:
            said[DEMO_HEADER] = DEMO_WORDS
        headers = [(name.lower().encode(), value.encode()) for name, value in said.items()]
        headers += [
            (b"content-type", with_charset(accepted).encode()),
            (b"content-length", str(len(body)).encode()),
            *self._standing,
        ]
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        return _Kept(answer.version, start, {"type": "http.response.body", "body": body})

    def _keep(self, key: object, whole: _Kept) -> None:
        self._kept[key] = whole
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


class _Plain:
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
        asked = read_post(keys, self._kind, self._body)
        return asked if isinstance(asked, ProtocolQuery) else None


def _plain_headers(scope: Scope) -> dict[bytes, bytes] | None:
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
    return headers if length.isdigit() and int(length) <= _MOST_TEXT else None


async def _whole_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
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


async def _in_a_moment(evaluation: Evaluation) -> bool:
    """Whether the whole answer is there within a moment. Raises as ``Evaluation.send`` does."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + _MOMENT
    if not evaluation.is_granted:
        woken = loop.create_future()

        def wake() -> None:
            loop.call_soon_threadsafe(_set, woken)

        evaluation.when_granted = wake
        if not evaluation.is_granted and not await _happens(woken, ends):
            evaluation.when_granted = _nothing
            return False
    if not evaluation.can_be_sent:
        return False
    evaluation.send()
    arrived = loop.create_future()
    descriptor = evaluation.descriptor

    def look() -> None:
        if evaluation.look():
            _set(arrived)

    loop.add_reader(descriptor, look)
    try:
        return await _happens(arrived, ends) and evaluation.is_answered
    finally:
        loop.remove_reader(descriptor)


async def _happens(future: "asyncio.Future[Any]", ends: float) -> bool:
    loop = asyncio.get_running_loop()
    timer = loop.call_at(ends, _set, future, False)
    try:
        return bool(await future)
    finally:
        timer.cancel()


def _set(future: "asyncio.Future[Any]", value: bool = True) -> None:
    if not future.done():
        future.set_result(value)


def _nothing() -> None:
    pass
