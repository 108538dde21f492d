"""A SHACL run as plain results; what pySHACL cannot do is never called invalid."""

from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Literal
from rdflib.plugins.sparql.parser import parseQuery

from werkzaam.domain.answers import Term
from werkzaam.errors import ContentError
from werkzaam.validation import fast_pyshacl
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult, validate

_PREFIXES = """
@prefix : <http://x/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def _graph(text: str) -> Graph:
    return graph_of(ox.parse((_PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE))


_SHAPE = ":shape sh:targetClass :C ; sh:property :p-shape . :p-shape sh:path :p ; "


def test_data_that_meets_the_shapes_gives_nothing() -> None:
    assert validate(_graph(":a a :C ; :p 1 ."), _graph(_SHAPE + "sh:minCount 1 .")) == []


def test_a_result_says_what_where_and_in_both_languages() -> None:
    shapes = _graph(_SHAPE + 'sh:datatype xsd:integer ; sh:message "Getal."@nl, "Number."@en .')
    assert validate(_graph(':a a :C ; :p "x"@nl .'), shapes) == [
        ShaclResult(
            focus=Term("uri", "http://x/a"),
            path="http://x/p",
            value=Term("literal", "x", None, "nl"),
            severity="violation",
            shape="http://x/p-shape",
            constraint="Datatype",
            message_nl="Getal.",
            message_en="Number.",
        )
    ]


def test_a_constraint_in_sparql_says_it_in_both_languages_too() -> None:
    shapes = _graph(
        ':shape a sh:NodeShape ; sh:targetClass :C ; sh:message "Getal."@nl, "Number."@en ;'
        ' sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <http://x/p> ?value }" ] .'
    )
    [result] = validate(_graph(":a a :C ; :p :b ."), shapes)
    assert (result.message_nl, result.message_en) == ("Getal.", "Number.")
    assert result.value == Term("uri", "http://x/b")


@pytest.mark.parametrize(
    ("given", "severity"),
    [("", "violation"), ("sh:severity sh:Warning ;", "warning"), ("sh:severity sh:Info ;", "info")],
)
def test_severities_are_told_apart(given: str, severity: str) -> None:
    [result] = validate(
        _graph(":a a :C ."), _graph(_SHAPE + given + 'sh:minCount 1 ; sh:message "Geen" .')
    )
    assert (result.severity, result.value) == (severity, None)
    assert (result.message_nl, result.message_en) == ("Geen", "Geen")


def test_results_come_in_a_fixed_order() -> None:
    shapes = _graph(_SHAPE + "sh:datatype xsd:integer .")
    results = validate(_graph(':b a :C ; :p "y", "x" . :a a :C ; :p "z" .'), shapes)
    assert [result.value.value for result in results if result.value] == ["z", "x", "y"]


def test_a_range_makes_no_value_valid() -> None:
    shapes = _graph(_SHAPE + "sh:class :D .")
    [result] = validate(_graph(":a a :C ; :p :b . :p rdfs:range :D ."), shapes)
    assert (result.constraint, result.value) == ("Class", Term("uri", "http://x/b"))


def test_a_lexical_form_is_judged_as_it_was_written() -> None:
    shapes = _graph(_SHAPE + 'sh:pattern "^1$" .')
    data = ':a a :C ; :p "01"^^xsd:integer, "1"^^xsd:integer .'
    [result] = validate(_graph(data), shapes)
    assert result.value == Term("literal", "01", "http://www.w3.org/2001/XMLSchema#integer")


@pytest.mark.parametrize(
    "shapes",
    [
        ":shape a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:minCount 1 ] .",
        _SHAPE + 'sh:pattern "(" .',
        _SHAPE + "sh:minCount 1, 2 .",
        ':shape a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ sh:select "SELECT {" ] .',
    ],
)
def test_shapes_that_cannot_be_applied_are_no_result(shapes: str) -> None:
    with pytest.raises(ContentError, match="could not be applied, so the data is not validated"):
        validate(_graph(":a a :C ; :p 1 ."), _graph(shapes))


@pytest.mark.parametrize(
    "answer",
    [
        (False, RuntimeError("deep"), "Validation Failure"),
        (False, Graph(), ""),
    ],
)
def test_a_failure_that_pyshacl_calls_invalid_is_no_result(
    monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(pyshacl, "validate", lambda *_, **__: answer)
    with pytest.raises(ContentError, match="not validated"):
        validate(_graph(""), _graph(""))


def test_types_follow_from_superclasses_and_from_nothing_else() -> None:
    graph = _graph(
        ":B rdfs:subClassOf :C . :C rdfs:subClassOf :D . :D rdfs:subClassOf :B ."
        ":q rdfs:subPropertyOf :p ; rdfs:range :C ; rdfs:domain :C ."
        ":a a :B . :b :q :c ."
    )
    before = len(graph)
    add_superclasses(graph)
    added = _graph(":a a :C, :D . :b :p :c .")
    assert len(graph) == before + 3
    assert all(triple in graph for triple in added)


def test_a_triple_term_is_refused() -> None:
    with pytest.raises(ValueError, match="a triple is no term"):
        _graph(":a :p <<( :a :b :c )>> .")


def test_a_constraint_in_sparql_is_parsed_once_and_asked_for_every_node(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []

    def parse(text: str) -> Any:
        parsed.append(text)
        return parseQuery(text)

    monkeypatch.setattr(fast_pyshacl, "parseQuery", parse)
    fast_pyshacl.translated.cache_clear()
    shapes = _graph(
        ":shape a sh:NodeShape ; sh:targetClass :C ; sh:sparql :query ."
        ' :query a sh:SPARQLConstraint ; sh:message "Too much."@en, "Te veel."@nl ; sh:select'
        ' "SELECT $this ?value WHERE { $this <http://x/p> ?value . FILTER(?value > 2) }" .'
    )
    data = _graph(":a a :C ; :p 1 . :b a :C ; :p 3 . :c a :C ; :p 4 . :d a :C . :e a :C .")
    found = [(result.focus.value, result.value) for result in validate(data, shapes)]
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert found == [
        ("http://x/b", Term("literal", "3", integer)),
        ("http://x/c", Term("literal", "4", integer)),
    ]
    assert 1 <= len(parsed) <= 2  # again where a graph has learnt another prefix


def test_a_query_is_read_with_the_prefixes_and_values_that_come_with_it() -> None:
    graph = _graph(":a :p 1 . :b :p 2 .")
    for value, name in ((1, "a"), (2, "b")):
        rows: Any = graph.query(
            "SELECT ?s { ?s y:p ?v }", initNs={"y": "http://x/"}, initBindings={"v": Literal(value)}
        )
        assert [str(row[0]) for row in rows] == [f"http://x/{name}"]
