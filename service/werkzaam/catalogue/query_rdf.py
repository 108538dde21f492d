"""A question of the catalogue as RDF: for programs that look for examples, and for the shapes.

Follows `SPARQL examples of the SIB <https://github.com/sib-swiss/sparql-examples>`_: the question is a
``sh:SPARQLExecutable`` of `SHACL <https://www.w3.org/TR/shacl/#sparql-prefixes>`_. What is ours stands
in terms of our ontology (``ontology/modules/catalogue.ttl``). There are no blank nodes: every node is a
fragment of the one document ``/.well-known/sparql-examples``.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from werkzaam.catalogue.query_text import prefixes, query_form
from werkzaam.domain.identifiers import BASE, term
from werkzaam.domain.queries import Behind, Bilingual, CataloguedQuery, Column, Parameter

EXAMPLES_DOCUMENT: Final = BASE + ".well-known/sparql-examples"
"""The document that describes all questions; the IRI of each is a fragment of it."""

_PREFIXES: Final = EXAMPLES_DOCUMENT + "#prefixes"
_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SH: Final = "http://www.w3.org/ns/shacl#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_SCHEMA: Final = "https://schema.org/"
_DATATYPES: Final = {"integer": "integer", "date": "date"}
_FORMS: Final = {
    "SELECT": ("select", "SPARQLSelectExecutable"),
    "CONSTRUCT": ("construct", "SPARQLConstructExecutable"),
    "ASK": ("ask", "SPARQLAskExecutable"),
}

Said = tuple[str, ox.NamedNode | ox.Literal]


def query_iri(name: str) -> str:
    """The IRI of the question ``topic/question``."""
    return f"{EXAMPLES_DOCUMENT}#{name}"


def parameter_iri(name: str, parameter: str) -> str:
    """The IRI of a parameter of the question ``topic/question``."""
    return f"{query_iri(name)}/parameter/{parameter}"


def column_iri(name: str, column: str) -> str:
    """The IRI of a column of the answer to the question ``topic/question``."""
    return f"{query_iri(name)}/column/{column}"


def query_graph(query: CataloguedQuery, target: str = "") -> list[ox.Triple]:
    """All that the header of ``query`` says and its text, without the declarations of prefixes.

    ``target``: the address of the SPARQL service that answers it.
    """
    found = list(_about(query_iri(query.name), _question(query, target)))
    for order, parameter in enumerate(query.parameters):
        iri = parameter_iri(query.name, parameter.name)
        found += _about(iri, _parameter(parameter, order))
    for order, column in enumerate(query.columns):
        iri = column_iri(query.name, column.name)
        found += _about(iri, _column(query, column, order))
    return found


def prefix_graph(queries: Iterable[CataloguedQuery]) -> list[ox.Triple]:
    """The ``sh:declare`` of every prefix that ``queries`` use, below the node that each of them
    names with ``sh:prefixes``."""
    used = {pair for query in queries for pair in prefixes(query.text)}
    found: list[ox.Triple] = []
    for prefix, namespace in sorted(used):
        iri = f"{EXAMPLES_DOCUMENT}#prefix/{prefix}"
        found += _about(_PREFIXES, [(_SH + "declare", ox.NamedNode(iri))])
        found += _about(
            iri,
            [
                (_SH + "prefix", ox.Literal(prefix)),
                (_SH + "namespace", ox.Literal(namespace, datatype=_xsd("anyURI"))),
            ],
        )
    return found


def _question(query: CataloguedQuery, target: str) -> Iterator[Said]:
    said, kind = _FORMS[query_form(query.text)]
    yield _RDF_TYPE.value, ox.NamedNode(_SH + "SPARQLExecutable")
    yield _RDF_TYPE.value, ox.NamedNode(_SH + kind)
    yield _DCTERMS + "identifier", ox.Literal(query.name)
    yield from _words(_RDFS + "label", query.title)
    yield from _words(_RDFS + "comment", query.question)
    yield from _words(_DCTERMS + "description", query.description)
    for tag in query.tags:
        yield _SCHEMA + "keywords", ox.Literal(tag)
    yield term("since"), ox.Literal(query.since)
    yield term("shownAs"), ox.Literal(query.shows)
    yield _SH + "prefixes", ox.NamedNode(_PREFIXES)
    yield _SH + said, ox.Literal(query.text)
    if target:
        yield _SCHEMA + "target", ox.NamedNode(target)
    for parameter in query.parameters:
        yield _SH + "parameter", ox.NamedNode(parameter_iri(query.name, parameter.name))
    for column in query.columns:
        yield term("answerColumn"), ox.NamedNode(column_iri(query.name, column.name))
    yield from _cases(query)


def _cases(query: CataloguedQuery) -> Iterator[Said]:
    if query.cases is None:
        return
    yield from _words(term("nameOfOneCase"), query.cases.one)
    yield from _words(term("nameOfCases"), query.cases.many)
    if query.cases.column:
        yield term("caseColumn"), ox.NamedNode(column_iri(query.name, query.cases.column))


def _parameter(parameter: Parameter, order: int) -> Iterator[Said]:
    yield _RDF_TYPE.value, ox.NamedNode(_SH + "Parameter")
    # SHACL takes the name of a parameter from the end of the IRI of its path
    yield _SH + "path", ox.NamedNode(f"{EXAMPLES_DOCUMENT}#parameter/{parameter.name}")
    yield _DCTERMS + "identifier", ox.Literal(parameter.name)
    yield from _words(_SH + "name", parameter.label)
    yield _SH + "order", ox.Literal(order)
    yield _SH + "optional", ox.Literal(not parameter.required)
    if parameter.type == "iri":
        yield _SH + "nodeKind", ox.NamedNode(_SH + "IRI")
    else:
        yield _SH + "datatype", _xsd(_DATATYPES.get(parameter.type, "string"))
    if parameter.type == "language":
        yield term("isLanguageOfAnswer"), ox.Literal(True)
    if parameter.choices_class:
        yield _SH + "class", ox.NamedNode(parameter.choices_class)
    if parameter.choices_scheme:
        yield term("choicesInScheme"), ox.NamedNode(parameter.choices_scheme)
    if parameter.default is not None:
        yield _SH + "defaultValue", ox.Literal(parameter.default)
    if parameter.example is not None:
        yield term("triedWith"), ox.Literal(parameter.example)


def _column(query: CataloguedQuery, column: Column, order: int) -> Iterator[Said]:
    yield _DCTERMS + "identifier", ox.Literal(column.name)
    yield from _words(_SH + "name", column.label)
    yield _SH + "order", ox.Literal(order)
    yield term("columnRole"), ox.Literal(column.role)
    if column.of:
        yield term("labelsColumn"), ox.NamedNode(column_iri(query.name, column.of))
    if column.not_known:
        yield term("notKnownWhere"), ox.Literal(column.not_known)
    behind = query.behind(column.name)
    if behind is not None:
        yield from _behind(query.name, behind)


def _behind(name: str, behind: Behind) -> Iterator[Said]:
    if behind.counts:
        yield term("countsMembersOf"), ox.Literal(behind.counts)
    if behind.out_of:
        yield term("outOfColumn"), ox.NamedNode(column_iri(name, behind.out_of))
    if behind.stated_by:
        yield term("statedByColumn"), ox.NamedNode(column_iri(name, behind.stated_by))
    if behind.words:
        yield term("wordsForColumn"), ox.NamedNode(column_iri(name, behind.words))


def _words(predicate: str, words: Bilingual) -> Iterator[Said]:
    yield predicate, ox.Literal(words.nl, language="nl")
    yield predicate, ox.Literal(words.en, language="en")


def _about(iri: str, said: Iterable[Said]) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(iri)
    for predicate, value in said:
        yield ox.Triple(subject, ox.NamedNode(predicate), value)


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_XSD + name)
