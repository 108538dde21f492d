"""The document about a thing as RDF."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.edges import EdgePage, cut_out, edge_page
from werkzaam.linked_data.jsonld import written_jsonld
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS
from werkzaam.linked_data.provenance import origin_of, submitted
from werkzaam.linked_data.things import ONTOLOGY, document_of
from werkzaam.store.interface import Question, Store

JSON_LD: Final = "application/ld+json"
_N_TRIPLES: Final = "application/n-triples"
_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TAKES_PART = tuple(MDT + name for name in ("regards", "inTheLightOf", "setsBeside", "shared"))
_SAID = "(<urn:werkzaam:said> rdf:type foaf:Document)"
_WRITERS: Final = {"text/turtle": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML}
_PREFIXES: Final = {
    "mdt": TERMS,
    "skos": SKOS,
    "rdfs": RDFS,
    "dcterms": DCTERMS,
    "foaf": _FOAF,
    "hydra": _HYDRA,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def graph_of(
    store: Store, iri: str, media_type: str, page: int = 1, context: str | None = None
) -> bytes:
    """Page ``page`` of what is said of ``iri`` and of who points at it, with what stands below the
    ends of these edges, the row and the columns that it comes from, of a correspondence all that is
    said, and what everything in it is called; in a format as ``serialised`` has it.

    A page has ``edges.MOST_EDGES`` edges; where there are more, each page leads to the next by
    ``hydra:next`` and ``rdfs:seeAlso``. Raises NotFound for a page that is not there.
    """
    edges = edge_page(store, iri, page)
    described = [*_below(store, iri, edges), *_judgements(edges)]
    if page == 1:
        described += _origins(store, iri)
    text = query_text(
        "graph",
        thing=in_brackets(iri),
        document=in_brackets(document_of(iri)),
        described=listed(described),
        named=listed(_named(store, iri, described, edges)),
    )
    said = " ".join(f"({' '.join(map(in_brackets, row))})" for row in _document(iri, edges))
    text = cut_out(text, page).replace(_SAID, said)
    return serialised(store, text, media_type, context)


def serialised(store: Store, text: str, media_type: str, context: str | None = None) -> bytes:
    """The graph that the CONSTRUCT query ``text`` gives, as Turtle, N-Triples, RDF/XML or JSON-LD.

    ``context`` is the address of the JSON-LD context; None gives JSON-LD in full, without one.
    """
    whole = media_type == JSON_LD and context is None
    body = store.ask(Question(text, media_type if whole else _N_TRIPLES)).body
    if whole or media_type == _N_TRIPLES:
        return body
    triples = _triples(body)
    if context is not None and media_type == JSON_LD:
        return written_jsonld(triples, context)
    return ox.serialize(triples, format=_WRITERS[media_type], prefixes=_PREFIXES) or b""


def _triples(body: bytes) -> Iterator[ox.Triple]:
    for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES):
        yield quad.triple


def _document(iri: str, edges: EdgePage) -> Iterator[tuple[str, str, str]]:
    """What is said of the document itself: what it is about, and its pages where it has more."""
    document = document_of(iri)
    if iri.startswith(THINGS):
        yield document, _TYPE, _FOAF + "Document"
        yield document, _FOAF + "primaryTopic", iri
    elif iri != ONTOLOGY:
        yield iri, RDFS + "isDefinedBy", ONTOLOGY
    if edges.pages == 1:
        return
    here = page_of(iri, edges.number)
    yield document, _HYDRA + "view", here
    yield here, _TYPE, _HYDRA + "PartialCollectionView"
    yield here, _HYDRA + "first", page_of(iri, 1)
    yield here, _HYDRA + "last", page_of(iri, edges.pages)
    if edges.previous:
        yield here, _HYDRA + "previous", page_of(iri, edges.previous)
    if edges.next:
        yield here, _HYDRA + "next", page_of(iri, edges.next)
        yield here, RDFS + "seeAlso", page_of(iri, edges.next)


def page_of(iri: str, number: int) -> str:
    """The IRI of page ``number`` of the document about ``iri``."""
    return f"{document_of(iri)}?page={number}"


def _below(store: Store, iri: str, edges: EdgePage) -> list[str]:
    ends = listed(_things(edge.other for edge in edges.edges))
    text = query_text("below", thing=in_brackets(iri), ends=ends)
    return [row["node"].value for row in rows_of(store, text)]


def _origins(store: Store, iri: str) -> list[str]:
    """The row and the columns that what is said of ``iri`` comes from."""
    origin = origin_of(store, iri)
    if origin is None:
        return []
    columns = [read.column.iri for read in submitted(store, origin.submission).columns]
    return [*([origin.place.row] if origin.place.row else ()), *columns]


def _judgements(edges: EdgePage) -> list[str]:
    """The correspondences that the thing takes part in: a reader of its data needs their reasons."""
    part = (e for e in edges.edges if e.incoming and e.property in _TAKES_PART)
    return _things(edge.other for edge in part)


def _named(store: Store, iri: str, described: list[str], edges: EdgePage) -> list[str]:
    """All IRIs in the graph, without the described ones, properties first: labels for these."""
    properties = dict.fromkeys(edge.property for edge in edges.edges)
    things = dict.fromkeys(_things(edge.other for edge in edges.edges))
    if described:
        for row in rows_of(store, query_text("values", things=listed(described))):
            properties.setdefault(row["property"].value)
            things.update(dict.fromkeys(_things([row["value"]])))
    done = {*described, *([iri] if edges.number == 1 else ())}
    return [name for name in {**properties, **things} if name not in done]


def _things(terms: Iterable[Term]) -> list[str]:
    return list(dict.fromkeys(term.value for term in terms if term.kind == "uri"))
