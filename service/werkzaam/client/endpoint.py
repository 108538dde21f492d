"""Our questions on any SPARQL 1.1 endpoint, through SPARQLWrapper.

``Catalogue(load_queries(content), Endpoint(url))`` answers as a store of our own does.
"""

import contextlib
import json
from collections.abc import Mapping
from http.client import HTTPException
from threading import Event
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from werkzaam.domain.versions import DEMO_HEADER, Version
from werkzaam.errors import (
    BadRequest,
    QueryDeadlineExceeded,
    QuerySyntaxError,
    StoreUnavailable,
    WerkzaamError,
)
from werkzaam.store.interface import GRAPH_TYPES, Answer, Condition, Question
from werkzaam.store.query_policy import read_query

MOST_BYTES: Final = 256 << 20
"""Of one answer."""
_CELL: Final = ("type", "value")


class Endpoint:
    """A SPARQL endpoint elsewhere, for SELECT and ASK, and for CONSTRUCT as Turtle, of which N-Triples
    are a part; see ``store.interface.Store``."""

    def __init__(self, url: str, seconds: float = 60.0) -> None:
        """Raises BadRequest where ``url`` is no http or https address."""
        parts = urlsplit(url) if url.isascii() and "[" not in url else None
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadRequest(
                "{url} is no SPARQL endpoint: give an address such as https://example.nl/sparql.",
                url=repr(url),
            )
        self._url = url
        self._seconds = seconds
        self._demo = False

    @property
    def version(self) -> Version:
        """Number unknown: an endpoint elsewhere does not say which version of the dataset it holds.

        Whether it is a demo, it says in the header of its last answer if it is one of ours.
        """
        return Version(0, "", self._demo)

    def ask(
        self,
        question: Question,
        seconds: float | None = None,
        stop: Event | None = None,  # noqa: ARG002 (an endpoint elsewhere cannot be stopped)
    ) -> Answer:
        """Send the query and give the bytes back.

        Raises QueryRefused, QuerySyntaxError, QueryDeadlineExceeded, or StoreUnavailable with what the other
        side said.
        """
        form = read_query(question.text).form
        as_graph = question.media_type in GRAPH_TYPES
        wrapper = self._wrapper(question, as_graph=as_graph, seconds=seconds)
        try:
            response = wrapper.query().response
            with contextlib.closing(response):
                self._demo = DEMO_HEADER in response.headers
                body = _read(response, self._url)
            if not as_graph:
                _check_results(self._url, body, form)
            return Answer(body, self.version)
        except QueryBadFormed as fault:
            raise QuerySyntaxError(
                None, None, "The endpoint does not take this query: {reason}", reason=_short(fault)
            ) from None
        except TimeoutError:
            raise QueryDeadlineExceeded(
                "The endpoint {url} did not answer in time.", url=self._url
            ) from None
        except (URLError, SPARQLWrapperException, HTTPException, OSError) as fault:
            raise StoreUnavailable(
                "The endpoint {url} gave no answer: {reason}. Is the address right, and is it "
                "running?",
                url=self._url,
                reason=_short(fault),
            ) from None

    def _wrapper(
        self, question: Question, *, as_graph: bool, seconds: float | None
    ) -> SPARQLWrapper:
        """What sends the query."""
        wanted = TURTLE if as_graph else JSON
        wrapper = SPARQLWrapper(self._url, returnFormat=wanted, agent="werkzaam")
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, round(min(seconds or self._seconds, self._seconds))))
        wrapper.setQuery(question.text)
        for graph in question.default_graphs:
            wrapper.addDefaultGraph(graph)
        for graph in question.named_graphs:
            wrapper.addNamedGraph(graph)
        return wrapper

    def condition(self) -> Condition:
        """Whether the endpoint answers a query."""
        try:
            self.ask(Question("ASK {}", "application/sparql-results+json"))
        except WerkzaamError:
            return Condition(ready=False)
        return Condition(ready=True)

    def close(self) -> None:
        """Nothing is held open."""


def _read(response: Any, url: str) -> bytes:
    body: bytes = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise StoreUnavailable(
            "The answer of {url} has more than {most} bytes. Ask page by page.",
            url=url,
            most=MOST_BYTES,
        )
    return body


def _check_results(url: str, body: bytes, form: str) -> None:
    """Raises StoreUnavailable where ``body`` is no answer to a SELECT, or an ASK, by the `standard
    <https://www.w3.org/TR/sparql11-results-json/>`_."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and (_is_truth(told) if form == "ASK" else _are_rows(told)):
        return
    raise StoreUnavailable(
        "The endpoint {url} answered with something that is not SPARQL results in JSON. Is this "
        "the address of the endpoint itself?",
        url=url,
    )


def _is_truth(told: Mapping[str, Any]) -> bool:
    return isinstance(told.get("boolean"), bool)


def _are_rows(told: Mapping[str, Any]) -> bool:
    head, results = told.get("head"), told.get("results")
    if not isinstance(head, dict) or not isinstance(results, dict):
        return False
    names, rows = head.get("vars"), results.get("bindings")
    if not isinstance(names, list) or not isinstance(rows, list):
        return False
    return all(isinstance(name, str) for name in names) and all(map(_is_row, rows))


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(
        isinstance(cell, dict) and all(isinstance(cell.get(part), str) for part in _CELL)
        for cell in row.values()
    )


def _short(fault: Exception) -> str:
    reason = getattr(fault, "reason", None) or getattr(fault, "msg", None) or fault
    return " ".join(str(reason).split())[:300]
