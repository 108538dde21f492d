"""Small pieces that descriptions of the service are built from: terms, statements, and their formats."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final, cast

import pyoxigraph as ox

from werkzaam.domain.identifiers import GRAPHS, TERMS

FORMATS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""The suffixes of a description and what each of them gives."""
SYNTAXES: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
VOID_EXT: Final = "http://ldf.fi/void-ext#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
PREFIXES: Final[Mapping[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "graph": GRAPHS,
    "mdt": TERMS,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sd": SD,
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "vcard": VCARD,
    "void": VOID,
    "void-ext": VOID_EXT,
    "xsd": XSD,
}
LICENCE: Final = "http://creativecommons.org/licenses/by/4.0/deed.nl"
"""Of our own words and modelling, as the Dutch list of licences has it."""

Value = ox.NamedNode | ox.Literal
Said = tuple[str, Value]


def about(subject: str, said: Iterable[Said]) -> Iterator[ox.Triple]:
    """The statements about ``subject``: pairs of a property and a value."""
    node = ox.NamedNode(subject)
    for predicate, value in said:
        yield ox.Triple(node, ox.NamedNode(predicate), value)


def kind(iri: str) -> Said:
    """That something is of the class ``iri``."""
    return RDF + "type", ox.NamedNode(iri)


def link(predicate: str, iri: str) -> Said:
    """A property with a thing for its value."""
    return predicate, ox.NamedNode(iri)


def number(predicate: str, value: int) -> Said:
    """A property with a whole number for its value."""
    return predicate, ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def plain(predicate: str, value: str) -> Said:
    """A property with words of no language for its value."""
    return predicate, ox.Literal(value)


def moment(predicate: str, value: str) -> Said:
    """A property with a time for its value, in ISO 8601."""
    return predicate, ox.Literal(value, datatype=ox.NamedNode(XSD + "dateTime"))


def serialised(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    """``triples`` in ``media_type``, one of those in SYNTAXES: none of them twice, those about one thing
    together."""
    about_each: dict[object, dict[ox.Triple, None]] = {}
    for triple in triples:
        about_each.setdefault(triple.subject, {})[triple] = None
    found = io.BytesIO()
    write_triples((triple for each in about_each.values() for triple in each), media_type, found)
    return found.getvalue()


def write_triples(triples: Iterable[ox.Triple], media_type: str, out: IO[bytes]) -> None:
    """Write ``triples`` in ``media_type``, one of those in SYNTAXES, to ``out``; as Turtle with the prefixes
    in order, so that the same triples give the same bytes."""
    if media_type != "text/turtle":
        ox.serialize(triples, out, format=SYNTAXES[media_type], prefixes=dict(PREFIXES))
        return
    for prefix, namespace in PREFIXES.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    sink = cast("IO[bytes]", _WithoutHead(out, len(PREFIXES)))
    ox.serialize(triples, sink, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))


class _WithoutHead:
    """Passes on all but the first lines: the engine writes prefixes in another order each time."""

    def __init__(self, out: IO[bytes], lines: int) -> None:
        self._out = out
        self._left = lines

    def write(self, data: bytes, /) -> int:
        rest = bytes(data)
        while self._left and rest:
            _, ended, rest = rest.partition(b"\n")
            self._left -= bool(ended)
        self._out.write(rest)
        return len(data)

    def flush(self) -> None:
        self._out.flush()
