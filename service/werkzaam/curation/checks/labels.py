"""Everything of ours has its words once in Dutch and once in English."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import TERMS, last_segment, term

_LANGUAGES = {"nl": "Dutch", "en": "English"}
_WANTED: dict[URIRef, dict[URIRef, str]] = {
    SKOS.Concept: {SKOS.prefLabel: "skos:prefLabel", SKOS.definition: "skos:definition"},
    SKOS.ConceptScheme: {DCTERMS.title: "dcterms:title"},
    SKOS.Collection: {SKOS.prefLabel: "skos:prefLabel"},
    URIRef(term("SourceStatement")): {URIRef(term("gist")): "mdt:gist"},
}
_TERM_WANTED = {RDFS.label: "rdfs:label", SKOS.definition: "skos:definition"}


@dataclass(frozen=True)
class WordsFault:
    """``property`` of ``subject`` does not stand exactly once in Dutch and once in English."""

    subject: str
    property: str
    finding: Finding


def labels(parsed: ParsedContent) -> list[WordsFault]:
    """Terms of ours, concepts, schemes, collections and statements whose words are not complete."""
    faults: dict[tuple[URIRef, URIRef], WordsFault] = {}
    for subject, property_, name in _demands(parsed):
        wrong = _wrong(parsed.closed, subject, property_)
        if wrong:
            path, line = parsed.place(str(subject))
            finding = Finding(
                path,
                line,
                "labels",
                f"{last_segment(subject)}: {name} {wrong}.",
                f"Keep exactly one {name} with @nl and one with @en.",
            )
            faults[subject, property_] = WordsFault(str(subject), str(property_), finding)
    return list(faults.values())


def _demands(parsed: ParsedContent) -> Iterator[tuple[URIRef, URIRef, str]]:
    graph = parsed.closed
    for iri in parsed.declared:
        ontology = (URIRef(iri), RDF.type, OWL.Ontology) in graph
        if iri.startswith(TERMS) and not ontology:
            yield from ((URIRef(iri), prop, name) for prop, name in _TERM_WANTED.items())
    for kind, wanted in _WANTED.items():
        for subject in graph.subjects(RDF.type, kind):
            if isinstance(subject, URIRef):
                yield from ((subject, prop, name) for prop, name in wanted.items())


def _wrong(graph: Graph, subject: URIRef, property_: URIRef) -> str:
    """What is wrong, as the end of a sentence; empty where nothing is."""
    languages = [
        (value.language or "").lower()
        for value in graph.objects(subject, property_)
        if isinstance(value, Literal)
    ]
    faults = []
    for language, name in _LANGUAGES.items():
        count = languages.count(language)
        if count != 1:
            faults.append(f"stands {count} times in {name}" if count else f"is missing in {name}")
    if "" in languages:
        faults.append("stands there without a language")
    return " and ".join(faults)
