"""The dataset as `VoID <https://www.w3.org/TR/void/>`_ has it: counts by class and property, graphs,
links to others, and where it can be had."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import (
    DCTERMS,
    FOAF,
    LICENCE,
    RDFS,
    VOID,
    VOID_EXT,
    Said,
    about,
    kind,
    link,
    number,
)
from werkzaam.api.metadata_words import words
from werkzaam.domain.identifiers import BASE, TERMS, THINGS, term
from werkzaam.linked_data.statistics import ClassUse, Outward, PropertyUse, Statistics

PATH: Final = "/.well-known/void"
DATASET: Final = "/catalog#dataset"
"""The dataset that this instance serves, as a path: an instance has its own, a demo has another."""
_EXAMPLES_OF: Final = ("WorkingElement", "Goal", "Document", "Project")
_FEATURES: Final = (
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads"),
    *("SPARQL_Results_JSON", "SPARQL_Results_CSV"),
)


def describe_dataset(
    links: Links, found: Statistics, recorded: int, dumps: list[str]
) -> Iterator[ox.Triple]:
    """The document ``/.well-known/void``; ``dumps``: the URLs of what was ``recorded``, in so many
    statements, as a file."""
    document, dataset = links.url(PATH), links.url(DATASET)
    yield from about(document, _document(links, dataset))
    yield from about(dataset, _dataset(links, found))
    yield from about(dataset, [link(VOID + "subset", f"{document}#recorded")])
    yield from about(f"{document}#recorded", _recorded(recorded, dumps))
    yield from about(dataset, sizes(found))
    yield from partitions(links, dataset, found)
    yield from _graphs(document, dataset, found)
    for place, outward in enumerate(found.outward, start=1):
        yield from _linkset(document, dataset, place, outward)


def sizes(found: Statistics) -> Iterator[Said]:
    """How large the default graph is, if it was counted."""
    if found.complete:
        yield number(VOID + "triples", found.triples)
        yield number(VOID + "distinctSubjects", found.subjects)
        yield number(VOID + "distinctObjects", found.objects)
        yield number(VOID + "classes", len(found.classes))
        yield number(VOID + "properties", len(found.properties))


def partitions(links: Links, whole: str, found: Statistics) -> Iterator[ox.Triple]:
    """What ``whole`` (the IRI of the dataset, or of its default graph) holds by class and property."""
    document = links.url(PATH)
    for place, used in enumerate(found.classes, start=1):
        part = f"{document}#class-{place}"
        yield from about(whole, [link(VOID + "classPartition", part)])
        yield from _class_partition(part, used)
    for place, (iri, triples) in enumerate(found.properties, start=1):
        part = f"{document}#property-{place}"
        yield from about(whole, [link(VOID + "propertyPartition", part)])
        yield from about(part, [link(VOID + "property", iri), number(VOID + "triples", triples)])


def _document(links: Links, dataset: str) -> Iterator[Said]:
    yield kind(VOID + "DatasetDescription")
    yield from words(DCTERMS + "title", "void")
    yield link(FOAF + "primaryTopic", dataset)
    yield link(RDFS + "seeAlso", links.url("/catalog"))
    yield link(RDFS + "seeAlso", links.url("/.well-known/sparql-examples"))


def _recorded(statements: int, dumps: list[str]) -> Iterator[Said]:
    """The part that the files hold: the counts of the whole are none of theirs."""
    yield kind(VOID + "Dataset")
    yield from words(DCTERMS + "title", "recorded")
    yield from words(DCTERMS + "description", "about what was recorded")
    yield number(VOID + "triples", statements)
    yield from (link(VOID + "dataDump", dump) for dump in dumps)


def _dataset(links: Links, found: Statistics) -> Iterator[Said]:
    yield kind(VOID + "Dataset")
    yield from words(DCTERMS + "title", "dataset")
    yield from words(DCTERMS + "description", "about all")
    yield link(DCTERMS + "license", LICENCE)
    yield link(FOAF + "homepage", links.url("/"))
    yield link(FOAF + "page", links.url("/about"))
    yield link(VOID + "sparqlEndpoint", links.url("/sparql"))
    yield VOID + "uriSpace", ox.Literal(THINGS)
    for name in _FEATURES:
        yield link(VOID + "feature", "http://www.w3.org/ns/formats/" + name)
    yield from (link(VOID + "vocabulary", name) for name in _vocabularies(found))
    for name in _EXAMPLES_OF:
        first = found.first_of(term(name))
        if first:
            yield link(VOID + "exampleResource", first)


def _vocabularies(found: Statistics) -> list[str]:
    """Ours is an ontology whose IRI has no slash at its end."""
    return [name.rstrip("/") if name == TERMS else name for name in found.vocabularies if name]


def _class_partition(part: str, used: ClassUse) -> Iterator[ox.Triple]:
    yield from about(part, [link(VOID + "class", used.iri), number(VOID + "entities", used.things)])
    for place, uses in enumerate(used.properties, start=1):
        below = f"{part}-property-{place}"
        yield from about(part, [link(VOID + "propertyPartition", below)])
        yield from _use(below, uses)


def _use(part: str, uses: PropertyUse) -> Iterator[ox.Triple]:
    yield from about(
        part, [link(VOID + "property", uses.iri), number(VOID + "triples", uses.triples)]
    )
    for place, (iri, triples) in enumerate(uses.classes, start=1):
        below = f"{part}-class-{place}"
        yield from about(part, [link(VOID + "classPartition", below)])
        yield from about(below, [link(VOID + "class", iri), number(VOID + "triples", triples)])
    for place, (iri, triples) in enumerate(uses.datatypes, start=1):
        below = f"{part}-datatype-{place}"
        yield from about(part, [link(VOID_EXT + "datatypePartition", below)])
        yield from about(
            below, [link(VOID_EXT + "datatype", iri), number(VOID + "triples", triples)]
        )


def _graphs(document: str, dataset: str, found: Statistics) -> Iterator[ox.Triple]:
    """Each graph as a part of the dataset: ``title`` is what stands after the last ``graph/``."""
    for place, (iri, triples) in enumerate(found.graphs, start=1):
        part = f"{document}#graph-{place}"
        said = [
            kind(VOID + "Dataset"),
            (DCTERMS + "title", ox.Literal(iri.removeprefix(BASE))),
            link(DCTERMS + "identifier", iri),
            number(VOID + "triples", triples),
        ]
        yield from about(dataset, [link(VOID + "subset", part)])
        yield from about(part, said)


def _linkset(document: str, dataset: str, place: int, outward: Outward) -> Iterator[ox.Triple]:
    part, target = f"{document}#links-{place}", f"{document}#links-{place}-target"
    yield from about(dataset, [link(VOID + "subset", part)])
    said = [
        kind(VOID + "Linkset"),
        link(VOID + "linkPredicate", outward.property),
        link(VOID + "subjectsTarget", dataset),
        link(VOID + "objectsTarget", target),
        number(VOID + "triples", outward.triples),
    ]
    yield from about(part, said)
    space = [kind(VOID + "Dataset"), (VOID + "uriSpace", ox.Literal(outward.site))]
    yield from about(target, space)
