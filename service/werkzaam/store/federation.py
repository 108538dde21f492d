"""SERVICE: parts of a query that other services answer.

The reader that evaluates a query has no network. So this process asks the hosts on the list first,
each for the solutions of its own pattern, and puts these in the query in the place of the clause:
`SPARQL 1.1 Federated Query §2 <https://www.w3.org/TR/sparql11-federated-query/#service>`_ evaluates
a SERVICE on its own and joins it.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore, Event
from typing import Final
from urllib.parse import urlencode

from werkzaam.domain.characters import quoted
from werkzaam.errors import FederationFailed, QueryDeadlineExceeded, StoreBusy
from werkzaam.store.federation_clauses import ServiceClause
from werkzaam.store.federation_connection import Patience
from werkzaam.store.federation_hosts import Hosts
from werkzaam.store.federation_http import Fetched, fetch
from werkzaam.store.federation_results import (
    MEDIA_TYPES,
    one_empty_solution,
    solutions_as_values,
)
from werkzaam.store.query_policy import ReadQuery, read_query

_log = logging.getLogger(__name__)

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 4 << 20
_AT_ONCE: Final = 4
# of the time that is left, so that enough remains to evaluate the query itself
_SHARE: Final = 0.75

Fetch = Callable[[ServiceClause, Patience], Fetched]


def resolve_services(
    query: ReadQuery, fetch_solutions: Fetch, deadline: float, stop: Event | None = None
) -> ReadQuery:
    """``query`` with each of its SERVICE clauses replaced by what ``fetch_solutions`` brings.

    ``deadline`` in monotonic seconds, for the whole query. Line breaks stay, so places in messages
    do too. With SILENT, a host that does not answer gives one empty solution; an answer that is too
    large or has blank nodes is refused all the same. Raises FederationFailed, QueryRefused,
    QueryDeadlineExceeded, QueryStopped.
    """
    if not query.services:
        return query
    answers = [_answer(clause, fetch_solutions, deadline, stop) for clause in query.services]
    _refuse_what_is_left(query)
    return replace(query, text=_with_answers(query, answers), services=())


def _with_answers(query: ReadQuery, answers: list[str]) -> str:
    pieces: list[str] = []
    kept_to = 0
    for clause, answer in zip(query.services, answers, strict=True):
        breaks = query.text.count("\n", clause.start, clause.end)
        pieces += [query.text[kept_to : clause.start], f" {answer} ", "\n" * breaks]
        kept_to = clause.end
    return "".join([*pieces, query.text[kept_to:]])


def _refuse_what_is_left(query: ReadQuery) -> None:
    """Read the query again without its clauses: what goes to a reader reaches no other host."""
    read_query(_with_answers(query, ["VALUES () {}"] * len(query.services)))


def _answer(
    clause: ServiceClause, fetch_solutions: Fetch, deadline: float, stop: Event | None
) -> str:
    now = time.monotonic()
    if now >= deadline:
        raise QueryDeadlineExceeded(
            "The query was stopped: it took longer than it may, waiting for other hosts. Ask fewer "
            "of them, or for less."
        )
    host = clause.address.host
    try:
        found = fetch_solutions(clause, Patience(now + _SHARE * (deadline - now), stop))
        if found.media_type not in MEDIA_TYPES:
            raise FederationFailed(
                "{host} answered in {media_type}, and not in SPARQL results as JSON. Look whether "
                "the address is that of a SPARQL service.",
                host=str(host),
                media_type=quoted(found.media_type),
            )
        return solutions_as_values(host, found.body, clause.variables, MOST_ROWS)
    except FederationFailed as failed:
        if not clause.silent:
            raise
        _log.info("host passed over", extra={"host": str(host), "reason": str(failed)})
        return one_empty_solution(clause.variables)


class Federation:
    """The hosts that an operator lists; a few of their answers are waited for at the same time."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts
        self._places = BoundedSemaphore(_AT_ONCE)

    def resolve(self, query: ReadQuery, deadline: float, stop: Event | None = None) -> ReadQuery:
        """``query`` with the answers of others in it: see ``resolve_services``. Raises StoreBusy
        where others are waited for as often as may be."""
        if not query.services:
            return query
        if not self._places.acquire(blocking=False):
            raise StoreBusy(
                2,
                "Other hosts are being waited for by as many queries as may. Try again in "
                "{retry_after} seconds.",
            )
        try:
            return resolve_services(query, self._solutions, deadline, stop)
        finally:
            self._places.release()

    def _solutions(self, clause: ServiceClause, patience: Patience) -> Fetched:
        question = f"{clause.question} LIMIT {MOST_ROWS + 1}"
        return fetch(
            clause.address,
            self.hosts,
            patience,
            accept=MEDIA_TYPES[0],
            most_bytes=MOST_BYTES,
            form=urlencode({"query": question}).encode(),
        )
