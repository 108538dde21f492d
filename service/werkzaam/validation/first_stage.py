"""Read shapes over columns: all results of all shapes, but for those that are left to pySHACL."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Node

from werkzaam.domain.answers import Term
from werkzaam.validation.columns import Columns
from werkzaam.validation.rdflib_graph import OxTerm
from werkzaam.validation.shacl import ShaclResult, could_not_validate
from werkzaam.validation.shape_paths import Unsupported
from werkzaam.validation.shape_plan import Plan
from werkzaam.validation.shape_run import Found, Run
from werkzaam.validation.sparql_asking import Asked, Everywhere

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Judged(NamedTuple):
    """A result, with the number of the node for which a shape with targets was asked."""

    node: int
    result: ShaclResult


@dataclass
class FirstResults:
    """What a run found. ``focus``: the nodes by shape with targets; ``left``: the shapes that are left to
    pySHACL, with the reason."""

    results: list[Judged] = field(default_factory=list)
    focus: dict[Node, set[int]] = field(default_factory=dict)
    left: dict[Node, str] = field(default_factory=dict)


def focus_nodes(plan: Plan, columns: Columns, only: set[int] | None = None) -> dict[Node, set[int]]:
    """What each shape aims at in ``columns``, among ``only`` if that is given; none is empty."""
    found = {shape: targets.focus(columns) for shape, targets in plan.targets.items()}
    if only is not None:
        found = {shape: nodes & only for shape, nodes in found.items()}
    return {shape: nodes for shape, nodes in found.items() if nodes}


def first_results(
    plan: Plan, columns: Columns, focus: dict[Node, set[int]], whole: Asked | None = None
) -> FirstResults:
    """The results of ``plan`` on the nodes ``focus`` of ``columns``.

    ``whole``: what constraints in SPARQL look at outside ``columns`` as well. Raises ContentError where
    a value cannot be judged.
    """
    found = FirstResults(
        focus=focus, left={shape: reason for shape, reason in plan.left.items() if shape in focus}
    )
    roots = [shape for shape in plan.roots if shape.node in focus]
    nodes = set().union(*focus.values())
    run = Run(columns, Everywhere.of(columns, plan.questions(roots), nodes, whole))
    for root in roots:
        try:
            results = list(run.results(root, focus[root.node]))
        except Unsupported as reason:
            found.left[root.node] = str(reason)
            continue
        except Exception as fault:  # as pySHACL would: this says nothing about the data
            raise could_not_validate(f"{type(fault).__name__}: {fault}") from None
        found.results += _judged(results, columns)
    return found


def _judged(results: list[tuple[int, Found]], columns: Columns) -> Iterator[Judged]:
    """The same in plain words."""
    terms = columns.terms.all
    for node, found in results:
        shape = found.shape
        path = found.path or shape.path_node
        dutch, english = found.words or shape.words
        result = ShaclResult(
            focus=term_of(terms[found.focus]),
            path=str(path) if isinstance(path, URIRef) else None,
            value=None if found.value is None else term_of(terms[found.value]),
            severity=shape.severity,
            shape=str(shape.node) if isinstance(shape.node, URIRef) else None,
            constraint=found.component,
            message_nl=dutch,
            message_en=english,
        )
        yield Judged(node, result)


def term_of(term: OxTerm) -> Term:
    """The same term in plain words."""
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    assert isinstance(term, ox.Literal)  # noqa: S101
    if term.language:
        return Term("literal", term.value, None, term.language)
    datatype = term.datatype.value
    return Term("literal", term.value, None if datatype == _STRING else datatype)
