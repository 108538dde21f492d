"""Of the shapes only those that judge a node go to pySHACL, with all that they lead to."""

import pytest
from rdflib import SH, Graph, URIRef
from tests.unit.validation.differential import graph, keys, triples

from werkzaam.validation.narrowing import aimed_at
from werkzaam.validation.rdflib_graph import graph_of, shapes_graph_of
from werkzaam.validation.shacl import validate

SHAPES = """
:S a sh:NodeShape ; sh:targetClass :C ; sh:property :few ; sh:node :Inner .
:few sh:path ( :p :q ) ; sh:maxCount 1 .
:Inner a sh:NodeShape ; sh:or ( [ sh:class :D ] [ sh:property [ sh:path :r ; sh:minCount 1 ] ] ) .
:Other a sh:NodeShape ; sh:targetClass :E ; sh:property [ sh:path :p ; sh:minCount 1 ] .
"""
COMPONENT = ":Own a sh:ConstraintComponent ; sh:parameter [ sh:path :longest ] ."
HAND = """
:Hand a sh:NodeShape ; sh:targetClass :Hand ; sh:property :thumb, :fingers .
:thumb sh:path :digit ; sh:qualifiedValueShape [ sh:class :Thumb ] ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShapesDisjoint true ; sh:targetNode :left .
:fingers sh:path :digit ; sh:qualifiedValueShape [ sh:class :Finger ] ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShapesDisjoint true .
"""
LEFT = ":left :digit :both . :both a :Thumb, :Finger ."


def iri(name: str) -> URIRef:
    return URIRef(f"http://x/{name}")


def subjects(narrowed: Graph) -> set[object]:
    return {node for node in narrowed.subjects() if isinstance(node, URIRef)}


def test_what_judges_nothing_is_left_out() -> None:
    narrowed = aimed_at(graph(SHAPES), {iri("S"): [iri("n")]})
    assert subjects(narrowed) == {iri("S"), iri("few"), iri("Inner")}
    assert set(narrowed.subjects(SH.targetNode, iri("n"))) == {iri("S"), iri("few")}


def test_what_is_left_is_judged_as_before() -> None:
    data = triples(":n a :C ; :p :a, :b . :a :q 1 . :b :q 2 . :m a :C, :D . :e a :E .")
    narrowed = aimed_at(graph(SHAPES), {iri("S"): [iri("n"), iri("m")]})
    whole = keys(validate(graph_of(data), graph(SHAPES)))
    left_out = keys(validate(graph_of(data), aimed_at(graph(SHAPES), {iri("Other"): [iri("e")]})))
    found = keys(validate(graph_of(data), narrowed))
    assert found
    assert left_out
    assert found + left_out == whole


def test_the_siblings_of_a_shape_come_along() -> None:
    narrowed = aimed_at(graph(HAND), {iri("thumb"): [iri("left")]})
    assert {iri("Hand"), iri("fingers")} <= subjects(narrowed)
    results = validate(graph_of(triples(LEFT)), narrowed)
    assert [found.constraint for found in results] == ["QualifiedMinCount"]


def test_with_constraint_components_of_ones_own_all_shapes_are_kept() -> None:
    narrowed = aimed_at(graph(SHAPES + COMPONENT), {iri("S"): [iri("n")]})
    assert {iri("Other"), iri("Own")} <= subjects(narrowed)


@pytest.mark.parametrize("text", ['"01"^^xsd:integer', '"a"@nl', ":i", '"a"'])
def test_shapes_are_read_as_data_is(text: str) -> None:
    said = triples(f":S sh:hasValue {text} .")
    assert set(shapes_graph_of(said)) == set(graph_of(said))
    [value] = shapes_graph_of(said).objects()
    [same] = graph_of(said).objects()
    assert str(value) == str(same)
