"""What the SPARQL endpoint says of itself
(`SPARQL 1.1 Service Description <https://www.w3.org/TR/sparql11-service-description/>`_)."""

import pyoxigraph as ox

from werkzaam.store.interface import GRAPH_TYPES, SOLUTION_TYPES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
_SYNTAXES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


def describe_service(endpoint: str, media_type: str) -> bytes:
    """The description of ``endpoint`` (its URL) in one of GRAPH_TYPES."""
    service = ox.NamedNode(endpoint)
    triples = [
        ox.Triple(service, _RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
    ]
    triples += [
        ox.Triple(
            service,
            _sd("resultFormat"),
            ox.NamedNode("http://www.w3.org/ns/formats/" + _FORMATS[offer]),
        )
        for offer in (*SOLUTION_TYPES, *GRAPH_TYPES)
    ]
    return ox.serialize(triples, format=_SYNTAXES[media_type], prefixes={"sd": _SD}) or b""


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
