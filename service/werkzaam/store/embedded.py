"""The store in this machine: Oxigraph in reader processes that can be killed.

The process that speaks HTTP never opens a store and never evaluates a caller's query.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

from werkzaam.confinement.limits import Limits
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import WerkzaamError
from werkzaam.store.answer_cache import AnswerCache
from werkzaam.store.asked_query import Asked
from werkzaam.store.evaluation import Evaluation
from werkzaam.store.federation import Federation
from werkzaam.store.federation_hosts import NOWHERE, Hosts
from werkzaam.store.interface import Answer, Condition, Question, StreamedAnswer
from werkzaam.store.lanes import LaneLimits, Lanes
from werkzaam.store.query_policy import ReadQuery, read_query
from werkzaam.store.reader_supply import Load, ReaderSupply
from werkzaam.store.rule_text import Derivation
from werkzaam.store.slow_queries import SlowQueries


@dataclass(frozen=True)
class StoreLimits:
    """``seconds`` a query may take, ``token_seconds`` one of a caller with a token, ``memory_bytes`` a
    reader may have, ``readers`` for quick queries and as many for slow ones, how many callers may
    ``wait`` for either, and how many queries ``per_caller`` may run or wait in each. SERVICE may name
    ``service_hosts``."""

    seconds: float = 10.0
    memory_bytes: int = 1 << 30
    readers: int = 2
    wait: int = 64
    per_caller: int = 32
    service_hosts: Hosts = NOWHERE
    token_seconds: float = 60.0


class EmbeddedStore:
    """Readers on one version, and the next ones when it moves; see ``interface`` for the promises."""

    def __init__(
        self,
        load: Load,
        derivations: Sequence[Derivation],
        limits: StoreLimits,
        version: Version,
    ) -> None:
        """Load what ``load`` gives for ``version``, and start the readers.

        Raises ContentError where a source cannot be loaded, StoreUnavailable.
        """
        self._limits = limits
        lanes = LaneLimits(limits.readers, limits.readers, limits.wait, limits.per_caller)
        self._lanes = Lanes(lanes)
        self._cache = AnswerCache()
        self._slow = SlowQueries()
        self._federation = Federation(limits.service_hosts)
        confined = Limits(limits.memory_bytes)
        self._supply = ReaderSupply(load, derivations, confined, version, self._lanes)

    @property
    def version(self) -> Version:
        """The version that new queries are answered on."""
        return self._supply.version

    def advance(self, version: Version, change: ChangeData) -> None:
        """Move to ``version``, which ``change`` leads to; see ``interface.FollowingStore``."""
        self._supply.advance(version, change)

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """Answer within ``seconds`` or until ``stop``; see ``interface.Store``."""
        streamed = self._answer(question, seconds, stop, question.most_bytes)
        pieces = [streamed.first, *(streamed.rest or ())]
        return Answer(b"".join(pieces) if streamed.rest else streamed.first, streamed.version)

    def stream(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> StreamedAnswer:
        """The same piece by piece; see ``interface.StreamingStore``."""
        return self._answer(question, seconds, stop, None)

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add; see ``interface.FollowingStore``."""
        reader = self._supply.another()
        try:
            return reader.reply({"kind": "edit", **header}, body, time.monotonic() + seconds)
        finally:
            self._supply.retire(reader)

    def mend(self) -> None:
        """Nothing: its readers are at no other version."""

    def condition(self) -> Condition:
        """Ask a real query and say whether it was answered."""
        question = Question("ASK {}", "application/sparql-results+json")
        deadline = time.monotonic() + 2.0
        try:
            self._evaluation(question, read_query(question.text), deadline, None).finish()
        except WerkzaamError:
            return Condition(ready=False)
        return Condition(True, self._supply.quads, self._supply.confinement)

    def reader_pids(self) -> list[int]:
        """The process numbers of the readers, for supervision and tests."""
        return self._supply.pids()

    def close(self) -> None:
        """Kill all readers, those at work included, and send away whoever waits for one."""
        self._lanes.close()
        self._supply.close()

    def begin(
        self, question: Question, seconds: float | None = None
    ) -> StreamedAnswer | Evaluation | None:
        """The answer if it was kept, else its evaluation, which waits for a reader at most; None where
        other hosts have to be asked first.

        Once it is finished, ``keep`` it. Raises QueryRefused, QuerySyntaxError, StoreBusy.
        """
        query = read_query(question.text, self._limits.service_hosts)
        if query.services:
            return None
        return self._kept(question, query) or self._evaluation(
            question, query, self._deadline(question, seconds), None
        )

    def keep(self, asked: Asked, answer: StreamedAnswer) -> None:
        """Keep an answer for as long as its version is served, where it stays the same."""
        if asked.repeatable and answer.rest is None:
            self._cache.keep(answer.version, asked.question, answer.first)

    def _answer(
        self,
        question: Question,
        seconds: float | None,
        stop: Event | None,
        most_bytes: int | None,
    ) -> StreamedAnswer:
        deadline = self._deadline(question, seconds)
        query = read_query(question.text, self._limits.service_hosts)
        kept = self._kept(question, query)
        if kept is not None:
            return kept
        whole = self._federation.resolve(query, deadline, stop)
        evaluation = self._evaluation(question, whole, deadline, most_bytes)
        answer = evaluation.finish(stop)
        self.keep(evaluation.asked, answer)
        return answer

    def _deadline(self, question: Question, seconds: float | None) -> float:
        return time.monotonic() + question.seconds_of(seconds, self._limits.seconds)

    def _kept(self, question: Question, query: ReadQuery) -> StreamedAnswer | None:
        version = self.version
        kept = self._cache.get(version, question) if query.repeatable else None
        return None if kept is None else StreamedAnswer(kept, None, version)

    def _evaluation(
        self, question: Question, query: ReadQuery, deadline: float, most_bytes: int | None
    ) -> Evaluation:
        asked = Asked(question, query, deadline, most_bytes)
        return Evaluation(asked, self._lanes, self._supply, self._slow)
