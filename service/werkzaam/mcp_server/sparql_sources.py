"""The documents behind an answer to a caller's own query: where the statements and passages in it stand."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import Language
from werkzaam.domain.versions import Version
from werkzaam.mcp_server.answers import sources
from werkzaam.mcp_server.calls import Call

_MOST_THINGS: Final = 500
_PLACES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT DISTINCT ?document ?documentTitle ?section ?page ?pageStatus WHERE {{
  {{ VALUES ?thing {{ {things} }} ?thing mdt:passage ?passage }}
  UNION
  {{ VALUES ?passage {{ {things} }} }}
  ?passage mdt:inDocument ?document .
  ?document dcterms:title ?documentTitle .
  FILTER(LANG(?documentTitle) = "{language}")
  OPTIONAL {{ ?passage mdt:section ?section }}
  OPTIONAL {{ ?passage mdt:page ?page ; mdt:pageStatus ?pageStatus }}
}} ORDER BY ?document ?page ?section
"""


def iris_of(rows: Sequence[Row]) -> Iterator[str]:
    """The IRIs in the cells of ``rows``."""
    return (cell.value for row in rows for cell in row.values() if cell.kind == "uri")


def iris_in(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """The IRIs of subjects and objects."""
    for triple in triples:
        for node in (triple.subject, triple.object):
            if isinstance(node, ox.NamedNode):
                yield node.value


def sources_of(
    call: Call, iris: Iterable[str], version: Version, language: Language
) -> dict[str, Any]:
    """``sources``: documents with pages, or headings where there is no page, for the statements and
    passages among ``iris``; ``sourcesNotLookedUp``: of how many things they were not looked up. Nothing is
    told of another version than ``version``. Raises as the store does."""
    things = list(dict.fromkeys(iri for iri in iris if iri.startswith(THINGS)))
    kept = things[:_MOST_THINGS]
    found: list[dict[str, Any]] = []
    if kept:
        named = " ".join(str(ox.NamedNode(iri)) for iri in kept)
        table, read = call.select(_PLACES.format(things=named, language=language))
        if read == version:
            found = sources(table.rows, language)
        else:
            kept = []
    return {"sources": found, "sourcesNotLookedUp": len(things) - len(kept)}
