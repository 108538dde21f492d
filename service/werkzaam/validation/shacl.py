"""One run of the shapes over a graph, by pySHACL, as plain results.

Run it in a confined process only: pySHACL patches rdflib for the whole process, hangs on some
patterns, and a shape may carry SPARQL. Standard: `SHACL <https://www.w3.org/TR/shacl/>`_.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as OneOf

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.domain.answers import Term
from werkzaam.errors import ContentError

Severity = OneOf["violation", "warning", "info"]

SEVERITIES: dict[Node | None, Severity] = {SH.Warning: "warning", SH.Info: "info"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShaclResult:
    """One `validation result <https://www.w3.org/TR/shacl/#results-validation-result>`_.

    ``path`` is None for a result about the whole node and for a path of more than one step;
    ``constraint`` is the name of the constraint component, such as ``MinCount``.
    """

    focus: Term
    path: str | None
    value: Term | None
    severity: Severity
    shape: str | None
    constraint: str
    message_nl: str
    message_en: str


def validate(data: Graph, shapes: Graph) -> list[ShaclResult]:
    """Every result of ``shapes`` on ``data``, in a fixed order. ``data`` may be changed by it.

    Raises ContentError where it could not be validated: that says nothing about the data.
    """
    # only here: loading pySHACL changes rdflib for the whole process
    from werkzaam.validation.fast_pyshacl import run_shapes

    try:
        conforms, report = run_shapes(data, shapes)
    except Exception as fault:  # whatever pySHACL trips over is not a fault of the data
        _log.debug("pySHACL failed", exc_info=True)
        raise could_not_validate(f"{type(fault).__name__}: {fault}") from None
    if not isinstance(report, Graph):
        raise could_not_validate(str(report))
    results = results_of(report, shapes)
    if conforms != (not results):
        raise could_not_validate("the report contradicts itself")
    return in_order(results)


def results_of(report: Graph, shapes: Graph) -> list[ShaclResult]:
    """The results in a report graph of pySHACL over ``shapes``; nested ones are none of their own."""
    return [
        _result(report, node, shapes)
        for holder in report.subjects(SH.conforms)
        for node in report.objects(holder, SH.result)
    ]


def in_order(results: Iterable[ShaclResult]) -> list[ShaclResult]:
    """By node, path, shape, constraint and value."""
    return sorted(results, key=_order)


def could_not_validate(reason: str) -> ContentError:
    """The refusal that says nothing about the data; ``reason`` says what came in the way."""
    return ContentError(
        "shapes",
        None,
        "The shapes could not be applied, so the data is not validated: {reason}. Mend the shapes.",
        reason=" ".join(reason.split())[:500],
    )


def _result(report: Graph, node: Node, shapes: Graph) -> ShaclResult:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    shape = report.value(node, SH.sourceShape)
    component = str(report.value(node, SH.sourceConstraintComponent))
    focus = report.value(node, SH.focusNode)
    return ShaclResult(
        focus=_term(focus) if focus is not None else Term("bnode", ""),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else _term(value),
        severity=SEVERITIES.get(report.value(node, SH.resultSeverity), "violation"),
        shape=str(shape) if isinstance(shape, URIRef) else None,
        constraint=component.rpartition("#")[2].removesuffix("ConstraintComponent"),
        message_nl=_message(report, node, shapes, "nl"),
        message_en=_message(report, node, shapes, "en"),
    )


def _message(report: Graph, node: Node, shapes: Graph, language: str) -> str:
    """The message in ``language``, else one without a language, else any. Where pySHACL has lost
    the languages, as it does for a constraint in SPARQL, the words of the shape itself count."""
    given = list(report.objects(node, SH.resultMessage))
    own = list(shapes.objects(report.value(node, SH.sourceShape), SH.message))
    for texts in (given, own):
        for text in texts:
            if isinstance(text, Literal) and text.language == language:
                return str(text)
    plain = sorted(str(text) for text in given if not getattr(text, "language", None))
    return (plain or sorted(map(str, given)) or [""])[0]


def _term(node: Node) -> Term:
    if isinstance(node, Literal):
        return Term("literal", str(node), node.datatype and str(node.datatype), node.language)
    return Term("bnode" if isinstance(node, BNode) else "uri", str(node))


def _order(result: ShaclResult) -> tuple[str, ...]:
    value = result.value.value if result.value else ""
    return (result.focus.value, result.path or "", result.shape or "", result.constraint, value)
