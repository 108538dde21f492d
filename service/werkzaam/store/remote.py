"""The store elsewhere: the dataset in a SPARQL 1.1 engine of its own, reached over HTTP.

The journal stays the truth. The engine holds one version of it and a marker that says which; both
change in one update. What follows by the rules is derived here, so that every engine gives the
same answers.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from typing import Any, Final

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import QueryRefused, QueryStopped, StoreUnavailable, WerkzaamError
from werkzaam.store.asked_query import whole_names
from werkzaam.store.federation import Federation
from werkzaam.store.federation_hosts import NOWHERE, Hosts
from werkzaam.store.interface import Answer, Condition, Question, StreamedAnswer
from werkzaam.store.query_policy import ReadQuery, read_query
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.remote_answers import (
    RESULTS,
    enough_rows,
    solutions_in,
    triples_in,
    wire_type,
)
from werkzaam.store.remote_changes import MARKER_GRAPH, MERGE_GRAPH
from werkzaam.store.remote_data import Deriver, History, RemoteData
from werkzaam.store.remote_http import Engine, Reading
from werkzaam.store.remote_probe import Abilities, probe
from werkzaam.store.remote_refusals import late, not_evaluated, refused_query
from werkzaam.store.replica import no_graph

_GLANCE: Final = 0.1
_CONDITION_SECONDS: Final = 2.0
_MOST_REMEMBERED: Final = 256


class RemoteStore:
    """One version of the dataset in an engine elsewhere; see ``interface.Store`` for the promises.

    ``seconds`` is the longest a query may take; then the connection is cut. The engine should have a
    limit of its own: many go on with a query that nobody waits for.
    """

    def __init__(
        self,
        engine: Engine,
        abilities: Abilities,
        data: RemoteData,
        version: Version,
        seconds: float,
        service_hosts: Hosts = NOWHERE,
    ) -> None:
        """``data`` is at ``version``; ``open_remote`` brings it there."""
        self._engine = engine
        self._abilities = abilities
        self._data = data
        self._version = version
        self._seconds = seconds
        self._federation = Federation(service_hosts)
        self._still = threading.Condition()
        self._moving = False
        self._moves = 0
        self._overlaps: dict[tuple[str, ...], bool] = {}

    @property
    def version(self) -> Version:
        """The version that new queries are answered on."""
        return self._version

    def advance(self, version: Version, change: ChangeData) -> None:
        """Move to ``version``, which differs by ``change`` (asserted lines) from this one.

        After a failure ``change`` is not looked at: the journal says what is missing. Raises
        StoreUnavailable, and then stays where it is; ContentError where the rules contradict.
        """
        with self._move():
            self._data.advance(version.number, change)
            self._version = version

    def mend(self) -> None:
        """Bring the engine back to this version if ``condition`` found that it is not there.

        Cheap when all is well. Raises StoreUnavailable.
        """
        if not self._data.sure:
            with self._move():
                self._data.repair(self._version.number)

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """Answer within ``seconds`` or until ``stop``; see ``interface.Store``.

        An answer that was under way while the engine moved may be of either version: it is asked for
        once more.
        """
        allowed = question.seconds_of(seconds, self._seconds)
        deadline = time.monotonic() + allowed
        query = self._federation.resolve(
            read_query(question.text, self._federation.hosts), deadline, stop
        )
        while True:
            moves, version = self._wait(deadline, allowed, stop)
            body = self._answer(question, query, deadline, stop)
            if moves == self._moves:
                return Answer(body, version)

    def stream(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> StreamedAnswer:
        """As ``ask``: whether an answer is whole shows at its end, so it leaves in one piece."""
        answer = self.ask(question, seconds, stop)
        return StreamedAnswer(answer.body, None, answer.version)

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add; see ``interface.FollowingStore``."""
        return self._data.deriver.edit(header, body, seconds)

    def condition(self) -> Condition:
        """Ask the engine which version it holds, and say whether it is ours."""
        try:
            ready = self._moving or self._data.check(_CONDITION_SECONDS)
        except WerkzaamError:
            ready = False
        return Condition(ready, sum(self._data.contents.counts.values()))

    def close(self) -> None:
        """Cut off all queries."""
        self._engine.close()
        self._data.deriver.close()

    @contextmanager
    def _move(self) -> Iterator[None]:
        with self._still:
            while self._moving:
                self._still.wait()
            self._moving = True
            self._moves += 1
        try:
            yield
        finally:
            with self._still:
                self._moving = False
                self._overlaps.clear()
                self._still.notify_all()

    def _wait(self, deadline: float, allowed: float, stop: Event | None) -> tuple[int, Version]:
        """Until the engine is at rest; the number of moves so far, and the version it is at."""
        with self._still:
            while self._moving:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise late(allowed)
                if stop is not None and stop.is_set():
                    raise QueryStopped("The query was stopped: nobody waits for its answer.")
                self._still.wait(min(left, _GLANCE))
            if not self._data.sure:
                raise StoreUnavailable(
                    "The SPARQL engine may not hold the version that it should. It is brought back "
                    "as soon as it can be reached: try again in a minute."
                )
            return self._moves, self._version

    def _answer(
        self, question: Question, query: ReadQuery, deadline: float, stop: Event | None
    ) -> bytes:
        base = f"BASE <{question.base}> " if question.base else ""
        fields = {"query": base + query.text, **self._graphs(question, query, deadline)}
        most = question.most_rows
        enough = None if most is None else enough_rows(query.form, most)
        reply = self._engine.query(
            fields,
            wire_type(query.form),
            deadline - time.monotonic(),
            stop=stop,
            reading=Reading(question.most_bytes, enough),
        )
        url = self._engine.address.query
        if reply.status == 500 and self._works():
            raise not_evaluated(reply.body)
        if reply.status != 200:
            raise refused_query(reply.status, reply.body, reply.retry_after, url, len(base))
        if query.form in ("SELECT", "ASK"):
            return solutions_in(reply.body, reply.whole, question.media_type, most, url)
        return triples_in(reply.body, question.media_type, most, url)

    def _works(self) -> bool:
        """Whether the engine answers another query: then the last one was at fault."""
        try:
            reply = self._engine.query({"query": "ASK {}"}, RESULTS, _CONDITION_SECONDS)
        except WerkzaamError:
            return False
        return reply.status == 200

    def _graphs(
        self, question: Question, query: ReadQuery, deadline: float
    ) -> dict[str, Sequence[str]]:
        """The dataset of the request: a caller's, the query's own, or ours."""
        of_caller = question.default_graphs or question.named_graphs
        default = question.default_graphs if of_caller else query.default_graphs
        named = question.named_graphs if of_caller else query.named_graphs
        default, named = _once(default, question.base), _once(named, question.base)
        known = self._data.contents.graphs
        for graph in (*default, *named):
            if not (graph in known or graph == MARKER_GRAPH or question.any_graph):
                raise no_graph(graph, known)
        if not default and not named:
            if self._abilities.own_default_graph:
                return {}
            return {"default-graph-uri": [MERGE_GRAPH], "named-graph-uri": known}
        if len(default) > 1 and not self._abilities.merges and self._overlap(default, deadline):
            raise QueryRefused(
                "The SPARQL engine counts twice what stands in two of the graphs after FROM, and these "
                "have statements in common. Name one graph, or none: that is all of them, each "
                "statement once."
            )
        return {"default-graph-uri": default, "named-graph-uri": named}

    def _overlap(self, graphs: tuple[str, ...], deadline: float) -> bool:
        """Whether two of ``graphs`` have a statement in common; remembered until the next move."""
        key = tuple(sorted(graphs))
        if key not in self._overlaps:
            names = " ".join(f"<{graph}>" for graph in key)
            text = (
                f"ASK {{ VALUES ?g {{ {names} }} VALUES ?h {{ {names} }} FILTER(STR(?g) < STR(?h)) "
                "GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } }"
            )
            reply = self._engine.query({"query": text}, RESULTS, deadline - time.monotonic())
            url = self._engine.address.query
            if reply.status != 200:
                raise refused_query(reply.status, reply.body, reply.retry_after, url)
            if len(self._overlaps) >= _MOST_REMEMBERED:
                self._overlaps.clear()
            found = json.loads(solutions_in(reply.body, True, RESULTS, None, url))
            self._overlaps[key] = bool(found["boolean"])
        return self._overlaps[key]


def _once(graphs: Sequence[str], base: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(whole_names(graphs, base)))


def open_remote(
    address: EngineAddress,
    deriver: Deriver,
    history: History,
    version: Version,
    *,
    seconds: float = 10.0,
    connections: int = 4,
    service_hosts: Hosts = NOWHERE,
) -> RemoteStore:
    """Try the engine at ``address`` out, and bring it to ``version`` of ``history``.

    Raises StoreUnavailable where it will not do, cannot be reached, or holds what is not ours.
    """
    engine = Engine(address, connections)
    try:
        abilities = probe(engine)
        data = RemoteData(engine, deriver, history, own_default_graph=abilities.own_default_graph)
        data.repair(version.number)
        return RemoteStore(engine, abilities, data, version, seconds, service_hosts)
    except BaseException:
        engine.close()
        deriver.close()
        raise
