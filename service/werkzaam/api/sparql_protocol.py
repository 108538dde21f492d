"""A request of the `SPARQL 1.1 Protocol <https://www.w3.org/TR/sparql11-protocol/>`_, read exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from werkzaam.domain.characters import quoted
from werkzaam.errors import BadRequest, Forbidden, MethodNotAllowed, UnsupportedMediaType

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 100

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ProtocolQuery:
    """A query with the dataset and the deadline (seconds) that the caller asks for."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


def read_get(query_string: str) -> ProtocolQuery | None:
    """A query by GET; None when there is no query at all (a service description is asked for)."""
    pairs = _pairs(query_string)
    if any(name == "update" for name, _ in pairs):
        raise MethodNotAllowed(("POST",), "An update is sent by POST, never by GET.")
    if not any(name == "query" for name, _ in pairs):
        return None
    return _query(pairs)


def read_post(query_string: str, content_type: str, body: bytes) -> ProtocolQuery:
    """A query by POST, as a form or directly. Raises BadRequest, Forbidden, UnsupportedMediaType."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "us-ascii"):
            raise UnsupportedMediaType("The body must be UTF-8.")
    if kind == FORM:
        return _query([*_pairs(query_string), *_pairs(_text(body))])
    if kind == QUERY:
        return _query([*_pairs(query_string), ("query", _text(body))])
    if kind == UPDATE:
        raise _no_updates()
    raise UnsupportedMediaType(
        "POST a query as {form} (query=…) or as {query}.", form=FORM, query=QUERY
    )


def _query(pairs: Pairs) -> ProtocolQuery:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise _no_updates()
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) != 1:
        raise BadRequest(
            "Give the parameter query once; it was given {count} times.", count=len(texts)
        )
    return ProtocolQuery(
        texts[0],
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        _seconds([value for name, value in pairs if name == "timeout"]),
    )


def _no_updates() -> Forbidden:
    return Forbidden("Updates are switched off here; this service answers queries only.")


def _seconds(values: Sequence[str]) -> float | None:
    if not values:
        return None
    try:
        seconds = float(values[0]) if len(values) == 1 else -1.0
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(
            "timeout is {value}: give a number of seconds above 0.", value=quoted(", ".join(values))
        )
    return seconds


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as fault:
        raise BadRequest(
            "The parameters could not be read ({reason}). Send them URL-encoded, in UTF-8.",
            reason=str(fault),
        ) from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        raise BadRequest(
            "The body is not UTF-8 at byte {place}. Send it in UTF-8.", place=fault.start
        ) from None
