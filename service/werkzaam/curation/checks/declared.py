"""Only what is declared is used: terms in the ontology, borrowed terms in the stubs, things in data.

A misspelt term is valid RDF that no query finds; this is where it is caught.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, URIRef

from werkzaam.curation.checks.mappings import is_mapping, mapping_mentions
from werkzaam.curation.checks.query_terms import query_mentions
from werkzaam.curation.parsed_content import ParsedContent, ParsedFile
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import BASE, TERMS, THINGS

_BUILT_IN = tuple(str(vocabulary) for vocabulary in (RDF, RDFS, OWL, XSD))
_SHAPES = BASE + "shape/"
_NAMES_A_CLASS = (RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range)


@dataclass(frozen=True)
class Mention:
    """An IRI, and where a file first names it."""

    path: str
    line: int
    iri: str


def declared(parsed: ParsedContent) -> list[Finding]:
    """What is used and nowhere declared. A kind that rests on a file at fault is left out."""
    found: list[Finding] = []
    mentions = list(_mentions(parsed))
    if parsed.is_whole("ontology"):
        found += _undeclared_terms(parsed, mentions)
        found += _undeclared_borrowed(parsed, mentions)
    if parsed.is_whole("ontology", "graph_data"):
        things = parsed.described(THINGS, "ontology", "graph_data")
        found += _dangling(mentions, THINGS, things, "thing", "in graph_data/")
    if parsed.is_whole("shapes"):
        shapes = parsed.described(_SHAPES, "shapes")
        found += _dangling(mentions, _SHAPES, shapes, "shape", "in shapes/")
    return found


def _mentions(parsed: ParsedContent) -> Iterator[Mention]:
    for file in parsed.files:
        for iri, line in file.positions.mentions.items():
            yield Mention(file.path, line, iri)
    for other in parsed.content.files:
        named: Mapping[str, int] = {}
        if other.path.endswith(".rq"):
            named = query_mentions(other.data)
        elif is_mapping(other.path):
            named = mapping_mentions(other.data)
        for iri, line in named.items():
            yield Mention(other.path, line, iri)


def _undeclared_terms(parsed: ParsedContent, mentions: Iterable[Mention]) -> list[Finding]:
    ours = [iri for iri in parsed.declared if iri.startswith(TERMS)]
    return [
        _finding(
            mention,
            "undeclared-term",
            f"mdt:{mention.iri.removeprefix(TERMS)} is no term of the ontology",
            ours,
            "Correct it, or declare it in ontology/ first.",
        )
        for mention in mentions
        if _is_term(mention.iri) and mention.iri not in parsed.declared
    ]


def _is_term(iri: str) -> bool:
    """Whether ``iri`` is a term of ours; ``def/0.1.0`` is a version and ``def/`` the namespace."""
    return iri.startswith(TERMS) and not iri.removeprefix(TERMS)[:1].isdigit() and iri != TERMS


def _undeclared_borrowed(parsed: ParsedContent, mentions: Iterable[Mention]) -> list[Finding]:
    """Borrowed predicates and classes that no stub declares.

    Shapes and queries name terms in more ways, so there every name in a namespace that a stub
    covers counts.
    """
    borrowed = [iri for iri in parsed.declared if not iri.startswith(BASE)]
    covered = {_namespace(iri) for iri in borrowed}
    used = {file.path: set(_terms_used(file)) for file in parsed.under("ontology", "graph_data")}
    return [
        _finding(
            mention,
            "undeclared-borrowed-term",
            f"<{mention.iri}> is not declared in ontology/stubs/",
            borrowed,
            "Correct it, or declare it in the stub file of its vocabulary.",
        )
        for mention in mentions
        if mention.iri not in parsed.declared
        and not mention.iri.startswith((*_BUILT_IN, BASE))
        and (
            mention.iri in used[mention.path]
            if mention.path in used
            else _namespace(mention.iri) in covered and _namespace(mention.iri) != mention.iri
        )
    ]


def _terms_used(file: ParsedFile) -> Iterator[str]:
    for triple in file.turtle.triples:
        predicate = triple.predicate.value
        yield predicate
        if URIRef(predicate) in _NAMES_A_CLASS:
            yield getattr(triple.object, "value", "")


def _dangling(
    mentions: Iterable[Mention], start: str, known: Collection[str], noun: str, where: str
) -> list[Finding]:
    return [
        _finding(
            mention,
            f"unknown-{noun}",
            f"Nothing is said about {mention.iri.removeprefix(BASE)}",
            sorted(known),
            f"Correct it, or describe the {noun} {where}.",
        )
        for mention in mentions
        if mention.iri.startswith(start) and mention.iri not in known and mention.iri != start
    ]


def _finding(
    mention: Mention, check: str, message: str, choices: Iterable[str], fix: str
) -> Finding:
    namespace = _namespace(mention.iri)
    near = difflib.get_close_matches(
        mention.iri.removeprefix(namespace),
        sorted(c.removeprefix(namespace) for c in choices if c.startswith(namespace)),
        n=1,
    )
    meant = f" Did you mean {near[0]}?" if near else ""
    return Finding(mention.path, mention.line, check, f"{message}.{meant}", fix)


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
