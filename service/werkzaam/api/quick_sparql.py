"""Queries that are answered at once, in the event loop and before any route: most are.

What is not plain (a page, a condition, another site, a token, an update, an answer that takes a
moment) goes on to the route, with the evaluation where one has begun. Both give the same answer.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Final, cast

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from werkzaam.api.plain_requests import PlainRequest, plain_headers, whole_body
from werkzaam.api.service import Service
from werkzaam.api.sparql_answers import (
    accepted_type,
    body_and_headers,
    caller_of,
    question_of,
    tag_of,
    with_charset,
)
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
_MOST_KEPT: Final = 1024
_MOST_KEPT_BYTES: Final = 1 << 15


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
            and (headers := plain_headers(scope)) is not None
        ):
            body, receive = await whole_body(scope, receive)
            request = PlainRequest(scope, headers, body)
            if await self._answered(request, store, send):
                return
        try:
            await self._app(scope, receive, send)
        finally:
            if begun := scope.get(_BEGUN):
                begun.leave()

    async def _answered(self, request: PlainRequest, store: EmbeddedStore, send: Send) -> bool:
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

    async def _evaluated(self, request: PlainRequest, store: EmbeddedStore) -> _Kept | None:
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
        self, request: PlainRequest, store: EmbeddedStore, begun: StreamedAnswer | Evaluation | None
    ) -> StreamedAnswer | None:
        """The answer, if it is there in a moment; if not, the route has the evaluation."""
        if not isinstance(begun, Evaluation):
            return begun
        try:
            if await _Moment(begun).brings_answer():
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


class _Moment:
    """Waits in the event loop, for a moment at most, until an evaluation is answered."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._loop = asyncio.get_running_loop()
        self._over: asyncio.Future[bool] = self._loop.create_future()
        self._descriptor = -1

    async def brings_answer(self) -> bool:
        """Whether the whole answer is there. Raises as ``Evaluation.send`` does."""
        timer = self._loop.call_later(_MOMENT, self._end, False)
        evaluation = self._evaluation
        evaluation.when_granted = self._wake
        try:
            if evaluation.is_granted:
                self._granted()
            return await self._over and evaluation.is_answered
        finally:
            evaluation.when_granted = _nothing
            timer.cancel()
            if self._descriptor >= 0:
                self._loop.remove_reader(self._descriptor)

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._granted)

    def _granted(self) -> None:
        """It has a reader: send it there. May be called twice, or when the moment is over."""
        if self._descriptor >= 0 or self._over.done():
            return
        try:
            if not self._evaluation.can_be_sent:
                self._end(False)
                return
            self._evaluation.send()
        except BaseException as fault:
            self._over.set_exception(fault)
            return
        self._descriptor = self._evaluation.descriptor
        self._loop.add_reader(self._descriptor, self._look)

    def _look(self) -> None:
        if self._evaluation.look():
            self._end(True)

    def _end(self, arrived: bool) -> None:
        if not self._over.done():
            self._over.set_result(arrived)


def _nothing() -> None:
    pass
