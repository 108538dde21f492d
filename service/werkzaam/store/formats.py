"""Media types of answers and the engine's serialisers for them. Used inside a reader."""

import pyoxigraph as ox

from werkzaam.domain.identifiers import BASE

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
}
_PREFIXES = {
    "mdt": BASE + "def/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def serialize(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str
) -> bytes:
    """The whole answer as bytes in ``media_type``; evaluation happens here, row by row."""
    if isinstance(answer, ox.QueryTriples):
        return ox.serialize(answer, format=_GRAPHS[media_type], prefixes=_PREFIXES) or b""
    return answer.serialize(format=_SOLUTIONS[media_type]) or b""
