"""The headers of the questions, as RDF, against their shapes; each finding at its line of the file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox
from rdflib import OWL, RDF, SKOS, BNode, URIRef
from rdflib.term import Node

from werkzaam.catalogue.query_files import HeaderLines, read_all
from werkzaam.catalogue.query_rdf import query_graph, query_iri
from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import last_segment, term
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.errors import ContentError
from werkzaam.validation.columns import Columns
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult
from werkzaam.validation.shape_plan import read_shapes
from werkzaam.validation.two_stages import SecondOpinion, TwoStages

SHAPES_FILE: Final = "shapes/catalogue.ttl"
_SECOND: Final = SecondOpinion(violating=20, others=10, silent=3)
"""rdflib takes seconds for all headers."""
_SH: Final = "http://www.w3.org/ns/shacl#"
_KEYS: Final = {
    "http://www.w3.org/2000/01/rdf-schema#label": "title",
    "http://www.w3.org/2000/01/rdf-schema#comment": "question",
    "http://purl.org/dc/terms/description": "description",
    "https://schema.org/keywords": "tags",
    term("answerColumn"): "columns",
    term("choicesInScheme"): "scheme",
    term("triedWith"): "example",
    _SH + "class": "class",
    _SH + "defaultValue": "default",
    _SH + "name": "label",
}
"""The key of the header that becomes a property, where it stands right below what it is about."""


def query_headers(parsed: ParsedContent) -> list[Finding]:
    """What the shapes of the catalogue do not allow in the headers of the files that can be read.

    Nothing is looked for while the ontology, the data or the shapes do not parse: what is to be chosen
    from stands there.
    """
    shapes = [file for file in parsed.under("shapes") if file.path == SHAPES_FILE]
    if not shapes or not parsed.is_whole("ontology", "graph_data", "shapes"):
        return []
    read = read_all(parsed.content)
    triples = [triple for query, _ in read for triple in query_graph(query)]
    plan = read_shapes(graph_of(shapes[0].turtle.triples))
    judging = TwoStages(plan, _SECOND)
    try:
        judging.judge(Columns([*triples, *_to_choose_from(parsed, triples)]))
        results = judging.outcome().results
    except ContentError as fault:
        message = fault.template.format(**fault.values)
        return [Finding(SHAPES_FILE, 0, "not-validated", message, "No header was looked at.")]
    return [_finding(result, read) for result in results]


def _to_choose_from(parsed: ParsedContent, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The classes that are declared, the concept schemes, and the things of the classes asked for."""
    known = parsed.closed
    kinds = {URIRef(t.object.value) for t in triples if t.predicate.value == _SH + "class"}  # type: ignore[union-attr]
    for kind in (OWL.Class, SKOS.ConceptScheme, *sorted(kinds)):
        for thing in known.subjects(RDF.type, kind):
            if isinstance(thing, BNode):
                continue
            yield _triple(thing, RDF.type, kind)
            for scheme in known.objects(thing, SKOS.inScheme):
                yield _triple(thing, SKOS.inScheme, scheme)


def _triple(subject: Node, predicate: URIRef, value: Node) -> ox.Triple:
    return ox.Triple(*(ox.NamedNode(str(term)) for term in (subject, predicate, value)))


def _finding(result: ShaclResult, read: Iterable[tuple[CataloguedQuery, HeaderLines]]) -> Finding:
    focus, path = result.focus.value, result.path or ""
    query, lines = next(
        (query, lines)
        for query, lines in read
        if focus == query_iri(query.name) or focus.startswith(query_iri(query.name) + "/")
    )
    about = focus.removeprefix(query_iri(query.name)).strip("/").replace("/", " ")
    value = f" (here: {last_segment(result.value.value)})" if result.value else ""
    return Finding(
        query.path,
        _line(about, path, lines),
        "query-header",
        f"{about + ': ' if about else ''}{result.message_en}{value}",
        f"Shape: {last_segment(result.shape) if result.shape else 'without a name'}, "
        f"constraint {result.constraint}.",
    )


def _line(about: str, path: str, lines: Mapping[tuple[str, ...], int]) -> int:
    """Where the header says it: the nearest place above that has a line."""
    return next(lines[place] for place in _places(about, path) if place in lines)


def _places(about: str, path: str) -> Iterator[tuple[str, ...]]:
    kind, _, name = about.partition(" ")
    above = () if not kind else (f"{kind}s", name)
    if path in _KEYS:
        yield (*above, _KEYS[path])
    yield above
    yield ()
