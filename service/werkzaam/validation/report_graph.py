"""The results as the standard writes them: a ``sh:ValidationReport`` in Turtle.

Standard: `SHACL §3.6 <https://www.w3.org/TR/shacl/#validation-report>`_. The words are in Dutch and English. A report
of pySHACL over the same nodes says the same but for the words; what it tells beyond that (``sh:detail``,
``sh:sourceConstraint``) is left out.
"""

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.domain.answers import Term
from werkzaam.validation.rdflib_graph import ox_of
from werkzaam.validation.shacl import ShaclResult
from werkzaam.validation.two_stages import Outcome

_PREFIXES = {"sh": str(SH), "xsd": "http://www.w3.org/2001/XMLSchema#"}
_SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}

_Triple = tuple[Node, Node, Node]


def standard_report(outcome: Outcome, shapes: Graph) -> bytes:
    """The report on ``outcome``, which was judged by ``shapes``, as Turtle in UTF-8.

    It conforms where there is no result of any severity, as the standard has it.
    """
    made = (
        ox.Triple(ox_of(subject), ox_of(predicate), ox_of(value))  # type: ignore[arg-type]
        for subject, predicate, value in _report(outcome, shapes)
    )
    return ox.serialize(made, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _report(outcome: Outcome, shapes: Graph) -> Iterator[_Triple]:
    report = BNode("report")
    yield report, RDF.type, SH.ValidationReport
    yield report, SH.conforms, Literal(not outcome.results)
    for number, result in enumerate(outcome.results):
        node = BNode(f"result{number}")
        yield report, SH.result, node
        yield from _result(node, result, shapes)


def _result(node: BNode, result: ShaclResult, shapes: Graph) -> Iterator[_Triple]:
    shape = URIRef(result.shape or "")
    yield node, RDF.type, SH.ValidationResult
    yield node, SH.focusNode, _node(result.focus)
    yield node, SH.resultSeverity, _SEVERITIES[result.severity]
    component = f"{SH}{result.constraint}ConstraintComponent"
    yield node, SH.sourceConstraintComponent, URIRef(component)
    if result.value is not None:
        yield node, SH.value, _node(result.value)
    if result.shape is not None:
        yield node, SH.sourceShape, shape
    path = URIRef(result.path) if result.path else shapes.value(shape, SH.path)
    if path is not None:
        yield node, SH.resultPath, path
        yield from _structure(path, shapes)
    for text, language in ((result.message_nl, "nl"), (result.message_en, "en")):
        if text:
            yield node, SH.resultMessage, Literal(text, lang=language)


def _structure(node: Node, shapes: Graph) -> Iterator[_Triple]:
    """What the shapes say of a path of more than one step."""
    if isinstance(node, BNode):
        for predicate, value in shapes.predicate_objects(node):
            yield node, predicate, value
            yield from _structure(value, shapes)


def _node(term: Term) -> Node:
    if term.kind == "uri":
        return URIRef(term.value)
    if term.kind == "bnode":
        return BNode(term.value)
    datatype = URIRef(term.datatype) if term.datatype else None
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
