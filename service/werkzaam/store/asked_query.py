"""A query on its way to a reader, and an answer on its way back."""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from threading import Event, Lock
from typing import Final
from urllib.parse import urljoin

from werkzaam.errors import QueryStopped, StoreUnavailable
from werkzaam.store.interface import Question
from werkzaam.store.lanes import OURSELVES, Ticket, busy
from werkzaam.store.query_policy import ReadQuery
from werkzaam.store.reader import Reader, late

_MOST_OF_SHAPE: Final = 2048
_CHANGING: Final = re.compile(rb"""<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|\#[^\n]*""")
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_SCHEME: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")


class Asked:
    """A question on its way: what the reader is sent, until when, and whether anybody waits."""

    def __init__(
        self,
        question: Question,
        query: ReadQuery,
        deadline: float,
        most_bytes: int | None,
    ) -> None:
        """``deadline`` in monotonic seconds."""
        from_caller = question.default_graphs or question.named_graphs
        base = question.base
        self.question = question
        self.ours = question.caller == OURSELVES
        self.deadline = deadline
        self.stop: Event | None = None
        """Set when nobody waits any more."""
        self.repeatable = query.repeatable
        self.body = query.text.encode()
        own = () if from_caller else (query.default_graphs, query.named_graphs)
        given = question.default_graphs, question.named_graphs
        default, named = (tuple(whole_names(graphs, base)) for graphs in own) if own else given
        self.header = _header(
            *(question.media_type, question.most_rows, most_bytes),
            *(default, named, base, question.any_graph),
        )

    @cached_property
    def shape(self) -> bytes:
        """What the query has in common with others that differ in a name, a text, a comment or a digit:
        they mostly take as long."""
        return _CHANGING.sub(b"", self.body[:_MOST_OF_SHAPE]).translate(_DIGITS)

    def look(self, ticket: Ticket) -> None:
        """Raises what ends the waiting of ``ticket``, if anything does."""
        if ticket.closed:
            raise stopping()
        if ticket.pushed_out:
            raise busy()
        if self.stop is not None and self.stop.is_set():
            raise QueryStopped("The query was stopped: nobody waits for its answer.")
        if time.monotonic() >= self.deadline:
            raise late() if ticket.slow else busy()


class RestOfAnswer:
    """The pieces after the first; the reader is given back at the end, or when it is closed.

    One thread may wait for a piece while others ``cut`` and ``close``.
    """

    def __init__(self, reader: Reader, asked: Asked, done: Callable[[], None]) -> None:
        self._reader = reader
        self._asked = asked
        self._done = done
        self._over = False
        self._one_at_a_time = Lock()
        self._stop = asked.stop = asked.stop or Event()
        self.deadline = asked.deadline

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._one_at_a_time:
            if self._over:
                raise StopIteration
            asked = self._asked
            try:
                piece = self._reader.piece(asked.body, asked.deadline, self._stop)
            except BaseException:
                self._end()
                raise
            assert piece is not None  # noqa: S101
            if not piece[1]:
                self._over = True
                self._done()
            return piece[0]

    def cut(self) -> None:
        """Nobody reads on: whoever waits for a piece is told so soon. Returns at once."""
        self._stop.set()

    def close(self) -> None:
        """Nobody reads on, and nothing is left once this returns."""
        self.cut()
        with self._one_at_a_time:
            self._end()

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._reader.kill()
            self._done()


@lru_cache(maxsize=256)
def _header(
    media_type: str,
    most_rows: int | None,
    most_bytes: int | None,
    default: tuple[str, ...],
    named: tuple[str, ...],
    base: str | None,
    any_graph: bool,
) -> bytes:
    """What a reader is told of a query beside its text: a JSON object, mostly the same as before."""
    told = {
        "kind": "query",
        "media_type": media_type,
        "most_rows": most_rows,
        "most_bytes": most_bytes,
        "default": default,
        "named": named,
        "base": base,
        "any_graph": any_graph,
    }
    return json.dumps(told).encode()


def whole_names(graphs: Sequence[str], base: str | None) -> list[str]:
    """The names of graphs, those that are relative resolved against ``base``."""
    return [iri if _SCHEME.match(iri) or not base else urljoin(base, iri) for iri in graphs]


def stopping() -> StoreUnavailable:
    """What a caller is told once the store is closed."""
    return StoreUnavailable("The service is stopping. Try again when it is back.")
