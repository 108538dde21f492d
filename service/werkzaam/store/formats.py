"""Media types of answers and the engine's serialisers for them. Used inside a reader."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Protocol, cast

import pyoxigraph as ox

from werkzaam.domain.identifiers import BASE
from werkzaam.errors import QueryRefused

_RDF_XML = "application/rdf+xml"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ELEMENT_NAME = re.compile(r"[^\W\d][\w.\-]*$")

_SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
_PREFIXES = {
    "mdt": BASE + "def/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Writable(Protocol):
    """What an answer is written to."""

    def write(self, data: bytes, /) -> int:
        """Take all of ``data``; how many bytes that is."""

    def flush(self) -> None:
        """Nothing is held back; the engine asks at the end."""


def write_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    media_type: str,
    out: Writable,
    most_rows: int | None = None,
) -> None:
    """Write the answer in ``media_type`` to ``out``; evaluation happens here, row by row.

    With ``most_rows`` it stops there (solutions then as JSON). Raises QueryRefused for an answer that
    cannot be written as XML: by then a part of it may have been.
    """
    if isinstance(answer, ox.QueryTriples):
        write_triples(itertools.islice(answer, most_rows), media_type, out)
    elif most_rows is not None and isinstance(answer, ox.QuerySolutions):
        out.write(_first_rows(answer, most_rows))
    else:
        answer.serialize(_sink(out, media_type), format=_SOLUTIONS[media_type])


def write_triples(triples: Iterable[ox.Triple], media_type: str, out: Writable) -> None:
    """Write ``triples`` in ``media_type`` to ``out``. Raises QueryRefused as ``write_answer`` does."""
    if media_type == _RDF_XML:
        triples = _with_names(triples)
    sink = _sink(out, media_type)
    ox.serialize(triples, sink, format=_GRAPHS[media_type], prefixes=_PREFIXES)


def _sink(out: Writable, media_type: str) -> IO[bytes]:
    return cast("IO[bytes]", _OnlyXml(out) if media_type.endswith("+xml") else out)


class _OnlyXml:
    """Passes on what XML can hold. Raises QueryRefused for anything else."""

    def __init__(self, out: Writable) -> None:
        self._out = out
        self._end = b""

    def write(self, data: bytes, /) -> int:
        if _NOT_XML.search(self._end + data):
            raise QueryRefused(
                "The answer holds a character that XML cannot hold. Ask for JSON or Turtle instead."
            )
        self._end = data[-2:]
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()


def _with_names(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    for triple in triples:
        if not _ELEMENT_NAME.search(triple.predicate.value):
            raise QueryRefused(
                "RDF/XML cannot hold the predicate <{predicate}>. Ask for Turtle instead.",
                predicate=triple.predicate.value,
            )
        yield triple


def _first_rows(answer: ox.QuerySolutions, most_rows: int) -> bytes:
    names = [variable.value for variable in answer.variables]
    rows = [
        {name: _cell(term) for name in names if (term := solution[name]) is not None}
        for solution in itertools.islice(answer, most_rows)
    ]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()


def _cell(term: object) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        cell = {"type": "literal", "value": term.value}
        if term.language:
            cell["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            cell["datatype"] = term.datatype.value
        return cell
    return {"type": "bnode", "value": str(term).removeprefix("_:")}
