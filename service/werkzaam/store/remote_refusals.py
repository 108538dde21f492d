"""From what a SPARQL engine elsewhere says to our own errors."""

import re
from typing import Final

from werkzaam.domain.characters import quoted
from werkzaam.errors import (
    QueryDeadlineExceeded,
    QueryRefused,
    QuerySyntaxError,
    StoreBusy,
    StoreUnavailable,
    WerkzaamError,
)

_PLACES: Final = (
    re.compile(r"line (\d{1,7}), column (\d{1,7})", re.IGNORECASE),
    re.compile(r"\bat (\d{1,7}):(\d{1,7})\b"),
)
_TIMED_OUT: Final = re.compile(r"time[d\s-]{0,3}out", re.IGNORECASE)


def busy(retry_after: int = 2) -> StoreBusy:
    """As many queries are under way as the engine may get from us, or as it takes."""
    return StoreBusy(
        retry_after,
        "The SPARQL engine has as many queries as it may get. Try again in {retry_after} seconds.",
    )


def late(seconds: float) -> QueryDeadlineExceeded:
    """The engine was cut off after ``seconds``."""
    return QueryDeadlineExceeded(
        "The SPARQL engine did not answer within {seconds} seconds, and was cut off. Narrow the "
        "query: more fixed terms, fewer unconnected patterns, a LIMIT.",
        seconds=f"{seconds:g}",
    )


def stopping() -> StoreUnavailable:
    """The service stops while a query is under way."""
    return StoreUnavailable("The service is stopping. Try again when it is back.")


def unreachable(url: str, reason: str) -> StoreUnavailable:
    """Nobody listens at ``url``."""
    return StoreUnavailable(
        "The SPARQL engine at {url} cannot be reached: {reason}. Is the address right, and is it "
        "running?",
        url=url,
        reason=quoted(reason),
    )


def no_answer(url: str, what: str) -> StoreUnavailable:
    """The engine said yes, and gave something that is no answer."""
    return StoreUnavailable(
        "The SPARQL engine at {url} answered with something that is not {what}. Is this the address "
        "of the engine itself, and is it well?",
        url=url,
        what=what,
    )


def refused_query(
    status: int, body: bytes, retry_after: int, url: str, ahead: int = 0
) -> WerkzaamError:
    """The error for a query that was answered with ``status``, which is no success.

    ``ahead``: so many characters stood before it on its first line.
    """
    said = first_words(body)
    if status == 400:
        return _syntax(body, ahead)
    if status in (408, 504) or (status in (500, 503) and _TIMED_OUT.search(said)):
        return QueryDeadlineExceeded(
            "The SPARQL engine stopped the query: it took longer than it may. Narrow it: more fixed "
            "terms, fewer unconnected patterns, a LIMIT."
        )
    if status in (429, 503):
        return busy(retry_after or 2)
    return refused(status, body, url)


def not_evaluated(body: bytes) -> QueryRefused:
    """The engine fails on this query, though not on another."""
    return QueryRefused(
        "The SPARQL engine cannot evaluate this query: it says {said}. It may use a function that is "
        "unknown there.",
        said=quoted(first_words(body)),
    )


def refused(status: int, body: bytes, url: str) -> StoreUnavailable:
    """The error for a request that the operator must mend, or whoever runs the engine."""
    if status in (401, 403):
        return StoreUnavailable(
            "The SPARQL engine at {url} does not let us in (HTTP {status}). Set "
            "WERKZAAM_ENDPOINT_AUTH_FILE, WERKZAAM_ENDPOINT_USER and WERKZAAM_ENDPOINT_PASSWORD, or "
            "WERKZAAM_ENDPOINT_TOKEN to someone who may read and write there.",
            url=url,
            status=status,
        )
    if status == 413:
        return StoreUnavailable(
            "The SPARQL engine at {url} does not take a request this large (HTTP 413). A change is one "
            "request, so that no part of it can be lost: raise the limit there, or in the proxy "
            "before it.",
            url=url,
        )
    return StoreUnavailable(
        "The SPARQL engine at {url} answered HTTP {status} and says {said}. Are the addresses right "
        "(WERKZAAM_ENDPOINT for queries, WERKZAAM_ENDPOINT_UPDATE for updates), and is it well?",
        url=url,
        status=status,
        said=quoted(first_words(body)),
    )


def first_words(body: bytes) -> str:
    """The beginning of an error text, on one line."""
    return " ".join(body[:2000].decode(errors="replace").split())


def _syntax(body: bytes, ahead: int) -> QuerySyntaxError:
    text = body[:2000].decode(errors="replace")
    found = next((match for place in _PLACES if (match := place.search(text))), None)
    if found is None:
        return QuerySyntaxError(
            None,
            None,
            "The SPARQL engine does not take this query: it says {said}.",
            said=quoted(first_words(body)),
        )
    line, column = int(found[1]), int(found[2])
    return QuerySyntaxError(
        line,
        max(1, column - ahead) if line == 1 else column,
        "The query is not SPARQL 1.1: something is wrong at or before line {line}, column {column}.",
    )
