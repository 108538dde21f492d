"""What is asked: the catalogued queries, small queries, and the data itself.

A query must not be answered from a memory of the one before it where the work itself is measured. So it
begins with a prefix that nothing uses and whose IRI is another each time: it means the same, costs
every engine one declaration to parse, and no comparison of texts or tokens finds it again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.exchange import COUNTER, BadAnswer, Target, once

from werkzaam.catalogue.parameters import bind
from werkzaam.catalogue.query_files import load_queries
from werkzaam.content import read_content
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.errors import InvalidParameter

_UNUSED = f"PREFIX turn: <urn:turn:{COUNTER}>\n"
_SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
_ELEMENT = f"<{THINGS}working-element/begrenzing>"
SMALL = f"{_SKOS}SELECT ?label {{ {_ELEMENT} skos:prefLabel ?label FILTER(LANG(?label) = 'nl') }}"


def anew(query: str) -> str:
    """``query`` as it is asked when nothing may be remembered; see ``COUNTER``."""
    return _UNUSED + query


def numbered(query: str, number: int) -> str:
    """``anew(query)`` of one turn."""
    return anew(query).replace(COUNTER, f"{number:010}", 1)


@dataclass(frozen=True)
class Catalogued:
    """A catalogued query: its name and its text."""

    name: str
    text: str


def catalogued(root: Path) -> list[Catalogued]:
    """All queries of ``root/queries`` whose answer is a table, by name, as they are asked when nothing is
    given."""
    return [
        Catalogued(query.name, _bound(query))
        for query in load_queries(read_content(root))
        if query.form == "SELECT"
    ]


def _bound(query: CataloguedQuery) -> str:
    try:
        return bind(query, {}, {})
    except InvalidParameter:
        return query.text


def save_triples(target: Target, path: Path) -> int:
    """Write the unnamed graph of the service at ``target`` to ``path`` as N-Triples; gives the number.

    In one part for each predicate: the whole is more than is sent at once.
    """
    asked = target.query("SELECT DISTINCT ?p { ?s ?p ?o }")
    bindings = json.loads(_good(target, asked))["results"]["bindings"]
    count = 0
    with path.open("wb") as file:
        for part in _parts(target, sorted(row["p"]["value"] for row in bindings)):
            file.write(part)
            count += part.count(b"\n")
    return count


def _parts(target: Target, predicates: list[str]) -> Iterator[bytes]:
    for iri in predicates:
        query = f"CONSTRUCT {{ ?s <{iri}> ?o }} WHERE {{ ?s <{iri}> ?o }}"
        part = _good(target, target.query(query, "application/n-triples"))
        yield part if part.endswith(b"\n") or not part else part + b"\n"


def _good(target: Target, request: bytes) -> bytes:
    reply = once(target, request, 120)
    if reply.status != 200:
        raise BadAnswer(f"{reply.status}: {reply.body[:300]!r}")
    return reply.body
