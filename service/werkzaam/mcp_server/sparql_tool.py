"""A tool that runs a query of the caller: the same policy, deadline and turns as at ``/sparql``."""

import json
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.catalogue.tables import part_of, read_results
from werkzaam.domain.identifiers import TERMS
from werkzaam.domain.queries import Language
from werkzaam.errors import QueryTooLarge
from werkzaam.mcp_server.answers import (
    MOST_CHARACTERS,
    dataset,
    fitting,
    note,
    plain,
    submitted_among,
)
from werkzaam.mcp_server.calls import LANGUAGE, Call, Tool
from werkzaam.mcp_server.sparql_sources import iris_in, iris_of, sources_of
from werkzaam.store.interface import Answer, Question
from werkzaam.store.query_policy import MOST_CHARACTERS as MOST_OF_A_QUERY
from werkzaam.store.query_policy import read_query

_MOST_ROWS: Final = 1000
_USUAL_ROWS: Final = 100
_MOST_OF_AN_ADDRESS: Final = 1500
_MOST_BYTES: Final = 8 << 20
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "mdt": TERMS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def run_sparql(call: Call) -> dict[str, Any]:
    """The answer to a query. Raises QueryRefused, QuerySyntaxError, and as the store does."""
    language = call.language
    limit = call.given.number("limit", _USUAL_ROWS, 1, _MOST_ROWS)
    text = call.given.text("query", most=MOST_OF_A_QUERY, required=True)
    seconds = call.given.seconds("timeout")
    service = call.service
    form = read_query(text, service.service_hosts).form
    question = Question(
        text,
        _RESULTS if form in ("SELECT", "ASK") else _TRIPLES,
        most_rows=limit + 1,
        most_bytes=_MOST_BYTES,
        base=service.links.url("/sparql"),
        any_graph=service.updates is not None,
        caller=call.caller,
    )
    answer = service.store.ask(question, seconds, call.gone)
    if form == "ASK":
        told = {"answer": json.loads(answer.body)["boolean"], "limits": {"truncated": False}}
        iris: Iterable[str] = ()
    elif form == "SELECT":
        told, iris = _rows(answer, limit)
    else:
        told, iris = _triples(answer, limit)
    named = list(iris)
    found = sources_of(call, named, answer.version, language)
    found["submitted"] = submitted_among(service, named)
    return {**told, **found, **_ends(call, answer, text, language)}


def _rows(answer: Answer, limit: int) -> tuple[dict[str, Any], Iterable[str]]:
    part = part_of(read_results(answer.body), limit, 0)
    rows = fitting([{name: plain(term) for name, term in row.items()} for row in part.rows])
    told = {
        "columns": list(part.columns),
        "rows": rows,
        "limits": _limits(len(rows), part.truncated or len(rows) < len(part.rows)),
    }
    return told, iris_of(part.rows[: len(rows)])


def _triples(answer: Answer, limit: int) -> tuple[dict[str, Any], Iterable[str]]:
    lines = [line for line in answer.body.splitlines(keepends=True) if line.strip()]
    kept = lines[:limit]
    triples = ox.parse(b"".join(kept), format=ox.RdfFormat.N_TRIPLES)
    statements = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in triples]
    written = ox.serialize(statements, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    turtle = (written or b"").decode()
    if len(turtle) > MOST_CHARACTERS:
        raise QueryTooLarge(
            "The answer has more than {most} characters, more than an answer holds. Ask for less, or "
            "set limit lower.",
            most=MOST_CHARACTERS,
        )
    told = {"turtle": turtle, "limits": _limits(len(kept), len(lines) > limit)}
    return told, iris_in(statements)


def _limits(returned: int, truncated: bool) -> dict[str, Any]:
    considered = {} if truncated else {"total": returned}
    return {**considered, "returned": returned, "truncated": truncated}


def _ends(call: Call, answer: Answer, text: str, language: Language) -> dict[str, Any]:
    version = answer.version
    links = call.service.links
    # an address that is longer is cut off by many a program
    asked = text if len(text) <= _MOST_OF_AN_ADDRESS else None
    return {
        "dataset": dataset(call.service, version, language),
        "links": {"answer": links.url("/sparql", query=asked, version=str(version.number))},
        "note": note(language),
    }


SPARQL_TOOL: Final = Tool(
    "run_sparql",
    "Run a SPARQL query",
    "Runs a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) where no ready-made question "
    "fits. Look at describe_model first. Select the statements (claims, assessments, measurements) that "
    "an answer rests on: sources then tells in which document and on which page they stand. Write an ORDER BY where you page with LIMIT and OFFSET.",
    {
        "query": {"type": "string", "maxLength": MOST_OF_A_QUERY, "description": "SPARQL 1.1."},
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": _MOST_ROWS,
            "default": _USUAL_ROWS,
            "description": "Most rows, or triples, to return.",
        },
        "timeout": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Seconds to wait at most; the service may wait less.",
        },
        "language": LANGUAGE,
    },
    run_sparql,
    ("query",),
)
