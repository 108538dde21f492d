"""A request of the `SPARQL 1.1 Protocol <https://www.w3.org/TR/sparql11-protocol/>`_, read exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from werkzaam.domain.characters import quoted
from werkzaam.errors import BadRequest, MethodNotAllowed, UnsupportedMediaType

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 100
_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_OF_QUERIES = ("query", "default-graph-uri", "named-graph-uri")

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ProtocolQuery:
    """A query with the dataset and the deadline (seconds) that the caller asks for."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True)
class ProtocolUpdate:
    """An update with the dataset for its patterns and the deadline (seconds) that the caller asks for
    (`§2.2 <https://www.w3.org/TR/sparql11-protocol/#update-operation>`_)."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    seconds: float | None = None


def read_get(query_string: str) -> ProtocolQuery | None:
    """A query by GET; None when there is no query at all (a service description is asked for)."""
    pairs = _pairs(query_string)
    if any(name == "update" for name, _ in pairs):
        raise MethodNotAllowed(("POST",), "An update is sent by POST, never by GET.")
    if not any(name == "query" for name, _ in pairs):
        return None
    return _query(pairs)


def read_post(query_string: str, content_type: str, body: bytes) -> ProtocolQuery | ProtocolUpdate:
    """A query or an update by POST, as a form or directly. Raises BadRequest, UnsupportedMediaType."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "us-ascii"):
            raise UnsupportedMediaType("The body must be UTF-8.")
    asked = _pairs(query_string)
    if any(name == "update" for name, _ in asked):
        raise BadRequest(
            "The update stands in the address, where it would be kept in logs. Send it in the body."
        )
    if kind == FORM:
        sent = [*asked, *_pairs(_text(body))]
        return _update(sent) if any(name == "update" for name, _ in sent) else _query(sent)
    if kind == QUERY:
        return _query([*asked, ("query", _text(body))])
    if kind == UPDATE:
        return _update([*asked, ("update", _text(body))])
    raise UnsupportedMediaType(
        "POST a query as {form} (query=…) or as {query}, an update as {form} (update=…) or as "
        "{update}.",
        form=FORM,
        query=QUERY,
        update=UPDATE,
    )


def _query(pairs: Pairs) -> ProtocolQuery:
    _only(pairs, "query", _OF_UPDATES)
    return ProtocolQuery(
        _once(pairs, "query"),
        _values(pairs, "default-graph-uri"),
        _values(pairs, "named-graph-uri"),
        _seconds(_values(pairs, "timeout")),
    )


def _update(pairs: Pairs) -> ProtocolUpdate:
    _only(pairs, "update", _OF_QUERIES)
    return ProtocolUpdate(
        _once(pairs, "update"),
        _values(pairs, "using-graph-uri"),
        _values(pairs, "using-named-graph-uri"),
        _seconds(_values(pairs, "timeout")),
    )


def _only(pairs: Pairs, kind: str, others: Sequence[str]) -> None:
    for name, _ in pairs:
        if name in others:
            raise BadRequest(
                "The parameter {name} does not belong to the parameter {kind}. Leave one of them out.",
                name=name,
                kind=kind,
            )


def _once(pairs: Pairs, name: str) -> str:
    texts = _values(pairs, name)
    if len(texts) != 1:
        raise BadRequest(
            "Give the parameter {name} once; it was given {count} times.",
            name=name,
            count=len(texts),
        )
    return texts[0]


def _values(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(value for given, value in pairs if given == name)


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
