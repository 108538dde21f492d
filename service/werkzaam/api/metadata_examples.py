"""The catalogued questions as examples for other programs: whole, and as little as an editor reads."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import DCTERMS, RDFS, SKOS, about, kind, link
from werkzaam.api.metadata_void import DATASET
from werkzaam.api.metadata_words import words
from werkzaam.catalogue.query_rdf import prefix_graph, query_graph, query_iri
from werkzaam.domain.queries import CataloguedQuery

PATH: Final = "/.well-known/sparql-examples"
_SHACL: Final = "http://www.w3.org/ns/shacl#"
_READ_BY_EDITORS: Final = frozenset(
    (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        RDFS + "comment",
        *(_SHACL + name for name in ("select", "ask", "construct", "describe")),
    )
)
_EXECUTABLE: Final = ox.NamedNode(_SHACL + "SPARQLExecutable")


def describe_examples(links: Links, queries: Sequence[CataloguedQuery]) -> Iterator[ox.Triple]:
    """The document ``/.well-known/sparql-examples``."""
    document = links.url(PATH)
    said = [
        kind(SKOS + "Collection"),
        *words(DCTERMS + "title", "examples"),
        *words(SKOS + "prefLabel", "examples"),
        link(DCTERMS + "isPartOf", links.url(DATASET)),
        link(RDFS + "seeAlso", links.url("/queries")),
    ]
    yield from about(document, said)
    yield from prefix_graph(queries)
    for query in queries:
        yield from query_graph(query, links.url("/sparql"))
        yield from about(
            query_iri(query.name), [link(RDFS + "seeAlso", links.url(f"/queries/{query.name}"))]
        )
        yield from about(document, [link(SKOS + "member", query_iri(query.name))])


def examples_for_editors(queries: Sequence[CataloguedQuery]) -> Iterator[ox.Triple]:
    """The prefixes and the questions as far as an editor reads them: one comment each, for it lists a
    question once for every comment."""
    yield from prefix_graph(queries)
    for query in queries:
        yield from _short(query_graph(query))


def _short(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    executable = ""
    for triple in triples:
        if triple.object == _EXECUTABLE:
            executable = str(triple.subject)
        own = str(triple.subject) == executable and triple.predicate.value in _READ_BY_EDITORS
        if own and not _is_english(triple.object):
            yield triple


def _is_english(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.language == "en"
