"""The fast stage beside pySHACL, which is the reference: the same results, each as often."""

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph

from werkzaam.errors import ContentError
from werkzaam.validation.columns import Columns
from werkzaam.validation.first_stage import FirstResults, first_results, focus_nodes
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult, validate
from werkzaam.validation.shape_plan import read_shapes

PREFIXES = """
@prefix : <http://x/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

Key = tuple[object, ...]


def triples(text: str) -> list[ox.Triple]:
    """The triples of some Turtle, with the prefixes above."""
    found = ox.parse((PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in found]


def graph(text: str) -> Graph:
    """The same as a graph."""
    return graph_of(triples(text))


def keys(results: Iterable[ShaclResult]) -> Counter[Key]:
    """What makes results the same; the words do not count."""
    return Counter((r.focus, r.path, r.value, r.shape, r.constraint, r.severity) for r in results)


def fast(shapes: Graph, data: Iterable[ox.Triple]) -> FirstResults:
    """What the fast stage says."""
    plan, columns = read_shapes(shapes), Columns(list(data))
    return first_results(plan, columns, focus_nodes(plan, columns))


def assert_same(shapes: Graph, data: list[ox.Triple], *, may_be_left: bool = False) -> Counter[Key]:
    """Both say the same, or both that it cannot be said; the results. ``may_be_left``: what the fast stage
    leaves to pySHACL counts as the same."""
    columns = Columns(data)
    closed = graph_of(triple(columns, statement) for statement in columns.statements())
    try:
        theirs = keys(validate(closed, shapes))
    except ContentError:
        assert fails(shapes, data)
        return Counter()
    found = fast(shapes, data)
    if may_be_left and found.left:
        return theirs
    assert found.left == {}
    ours = keys(judged.result for judged in found.results)
    assert (ours - theirs, theirs - ours) == (Counter(), Counter())
    return theirs


def fails(shapes: Graph, data: list[ox.Triple]) -> bool:
    """Whether the fast stage says that it cannot say."""
    try:
        return bool(fast(shapes, data).left)
    except ContentError:
        return True


def triple(columns: Columns, statement: tuple[int, int, int]) -> ox.Triple:
    """A statement in its terms."""
    subject, property_, value = (columns.terms.all[number] for number in statement)
    return ox.Triple(subject, property_, value)  # type: ignore[arg-type]
