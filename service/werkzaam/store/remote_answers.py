"""Answers of a SPARQL engine elsewhere in the media type that was asked for.

Two formats are asked of an engine, in which an answer that was cut off, or that ends with the text of
an error, cannot pass for a whole one: SPARQL results in JSON and N-Triples. The others are made of
these here, with the serialisers of the embedded engine.
"""

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.store.formats import write_answer, write_triples
from werkzaam.store.query_policy import Form
from werkzaam.store.remote_http import Engine
from werkzaam.store.remote_refusals import no_answer, refused

RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"

_BEGINS = re.compile(rb'"bindings"\s*:\s*\[')
_ENDS = re.compile(rb'(?:\]\s*\}|"boolean"\s*:\s*(?:true|false))\s*\}\s*$')
_NODE = rb'(?:<[^\x00-\x20<>"{}|^`\\]*>|_:[^\s<>"]+)'
_TRIPLE = re.compile(
    rb'%b[ \t]*%b[ \t]*(?:%b|"(?:[^"\\\n\r]|\\.)*+"(?:\^\^<[^>\s]*>|@[A-Za-z0-9-]+)?)[ \t]*\.[ \t]*'
    % (_NODE, _NODE, _NODE)
)
_RESULTS_NAME = "SPARQL results in JSON"
_NO_RESULTS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
_TYPES = ("uri", "literal", "bnode", "typed-literal")


def wire_type(form: Form) -> str:
    """The media type to ask an engine for."""
    return RESULTS if form in ("SELECT", "ASK") else TRIPLES


def enough_rows(form: Form, most: int) -> Callable[[bytearray], bool]:
    """Whether what came so far has ``most`` solutions or triples."""
    return _Rows(most) if form in ("SELECT", "ASK") else _Lines(most)


class _Lines:
    def __init__(self, most: int) -> None:
        self._left = most
        self._at = 0

    def __call__(self, body: bytearray) -> bool:
        self._left -= body.count(b"\n", self._at)
        self._at = len(body)
        return self._left <= 0


class _Rows:
    """Counts the solutions of a JSON answer that is coming in. A string may hold braces: it is the
    parser that says where a solution ends, asked again once there is twice as much to read."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found = 0
        self._at = -1
        self._next = 0

    def __call__(self, body: bytearray) -> bool:
        if len(body) < self._next:
            return False
        if self._at < 0:
            begins = _BEGINS.search(body)
            if begins is None:
                return False
            self._at = begins.end()
        rest = body[self._at :].decode(errors="replace")
        rows, used = _rows(rest, self._most - self._found)
        self._found += len(rows)
        self._at += len(rest[:used].encode())
        self._next = len(body) + (0 if rows else len(rest))
        return self._found >= self._most


def _rows(text: str, most: int) -> tuple[list[dict[str, Any]], int]:
    """The whole solutions at the beginning of ``text``, and where they end."""
    decoder = json.JSONDecoder()
    rows: list[dict[str, Any]] = []
    at = 0
    while len(rows) < most and (start := _start(text, at)) is not None:
        try:
            row, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        rows.append(row)
    return rows, at


def _start(text: str, at: int) -> int | None:
    found = re.compile(r"[\s,]*(?=\{)").match(text, at)
    return found.end() if found else None


def solutions_in(body: bytes, whole: bool, media_type: str, most: int | None, url: str) -> bytes:
    """The answer to SELECT or ASK that came as JSON, in ``media_type``, of at most ``most`` rows.

    Raises QueryRefused for an answer that cannot be XML, StoreUnavailable for one that is none.
    """
    if media_type == RESULTS and most is None:
        if not body.lstrip().startswith(b"{") or not _ENDS.search(body[-4096:]):
            raise no_answer(url, _RESULTS_NAME)
        return body
    try:
        results = json.loads(body) if whole else _cut(body, most or 0)
        plain = _plain(results, most)
    except _NO_RESULTS:
        raise no_answer(url, _RESULTS_NAME) from None
    text = json.dumps(plain).encode()
    if media_type == RESULTS:
        return text
    out = io.BytesIO()
    write_answer(ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON), media_type, out)
    return out.getvalue()


def _cut(body: bytes, most: int) -> dict[str, Any]:
    begins = _BEGINS.search(body)
    if begins is None:
        raise ValueError("no rows")
    rows, _ = _rows(body[begins.end() :].decode(errors="replace"), most)
    names = re.search(rb'"vars"\s*:\s*(\[[^\]]*\])', body)
    return {
        "head": {"vars": json.loads(names[1]) if names else []},
        "results": {"bindings": rows},
    }


def _plain(results: dict[str, Any], most: int | None) -> dict[str, Any]:
    """What the standard knows of the results, and nothing else."""
    if "boolean" in results:
        return {"head": {}, "boolean": bool(results["boolean"])}
    rows = results["results"]["bindings"]
    plain = [{name: _cell(cell) for name, cell in row.items()} for row in rows[:most]]
    return {"head": {"vars": results["head"]["vars"]}, "results": {"bindings": plain}}


def _cell(cell: dict[str, Any]) -> dict[str, str]:
    kind = cell["type"]
    if kind not in _TYPES:
        raise ValueError(f"a term of type {kind!r}")
    term = {"type": "literal" if kind == "typed-literal" else kind, "value": str(cell["value"])}
    for fact in ("xml:lang", "datatype"):
        if fact in cell:
            term[fact] = str(cell[fact])
    return term


def rows_of(
    engine: Engine, text: str, seconds: float, graphs: Mapping[str, Sequence[str]] | None = None
) -> list[dict[str, str]]:
    """The values of a small SELECT of our own. Raises what ``Engine.query`` does."""
    reply = engine.query({"query": text, **(graphs or {})}, RESULTS, seconds)
    if reply.status != 200:
        raise refused(reply.status, reply.body, engine.address.query)
    try:
        rows = _plain(json.loads(reply.body), None)["results"]["bindings"]
    except _NO_RESULTS:
        raise no_answer(engine.address.query, _RESULTS_NAME) from None
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def triples_in(body: bytes, media_type: str, most: int | None, url: str) -> bytes:
    """The answer to CONSTRUCT or DESCRIBE that came as N-Triples, in ``media_type``.

    Raises QueryRefused for an answer that cannot be XML, StoreUnavailable for one that is none.
    """
    lines = [line for line in body.split(b"\n") if line.strip()][:most]
    if not all(_TRIPLE.fullmatch(line.rstrip(b"\r")) for line in lines):
        raise no_answer(url, "N-Triples")
    text = b"".join(line + b"\n" for line in lines)
    if media_type == TRIPLES:
        return text
    try:
        triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    except SyntaxError:
        raise no_answer(url, "N-Triples") from None
    out = io.BytesIO()
    write_triples(triples, media_type, out)
    return out.getvalue()
