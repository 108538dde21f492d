"""Shapes and data made at random over a small vocabulary: pySHACL and the fast stage say the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.validation.differential import assert_same, graph, triples

PROPERTIES = (":p", ":q", ":r")
NODES = tuple(f":n{number}" for number in range(6))
LITERALS = (
    *("1", "01", "2", "3", "2.0", "1.50", "1e0", "true", '"x"^^xsd:integer', '"1.5"^^xsd:integer'),
    *('"2024-01-01"^^xsd:date', '"2024-13-01"^^xsd:date', '"2024-01-02Z"^^xsd:date'),
    *('"2024-01-01T10:00:00"^^xsd:dateTime', '"2024-01-01T10:00:00Z"^^xsd:dateTime'),
    *('"a"', '"ab"', '""', '"a"@nl', '"a"@NL-be', '"b"@en', '"a"^^:own', '"a  b"^^xsd:token'),
)  # fmt: skip
PATHS = st.recursive(
    st.sampled_from((*PROPERTIES, *(f"[ sh:inversePath {name} ]" for name in PROPERTIES))),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ({two[0]} {two[1]}) ]"),
        st.tuples(st.sampled_from(("zeroOrMore", "oneOrMore", "zeroOrOne")), inner).map(
            lambda two: f"[ sh:{two[0]}Path {two[1]} ]"
        ),
    ),
    max_leaves=4,
)
NUMBERS = st.integers(0, 3)
TERMS = st.sampled_from((*NODES, *LITERALS))
ON_VALUES = st.one_of(
    st.sampled_from((":A", ":B", ":C")).map(lambda kind: f"sh:class {kind}"),
    st.sampled_from(
        ("xsd:integer", "xsd:decimal", "xsd:date", "xsd:string", "rdf:langString", "xsd:token", ":own")
    ).map(lambda kind: f"sh:datatype {kind}"),
    st.sampled_from(("IRI", "Literal", "BlankNodeOrIRI")).map(lambda kind: f"sh:nodeKind sh:{kind}"),
    st.tuples(
        st.sampled_from(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")),
        st.sampled_from(("1", "2", '"2024-01-01"^^xsd:date', '"a"')),
    ).map(lambda two: f"sh:{two[0]} {two[1]}"),
    NUMBERS.map(lambda number: f"sh:minLength {number}"),
    NUMBERS.map(lambda number: f"sh:maxLength {number}"),
    st.sampled_from(("^a", "[0-9]", "n1", "^$")).map(lambda text: f'sh:pattern "{text}"'),
    st.sampled_from(('("nl")', '("en" "nl-BE")')).map(lambda listed: f"sh:languageIn {listed}"),
    st.lists(TERMS, min_size=1, max_size=3).map(lambda terms: f"sh:in ({' '.join(terms)})"),
)  # fmt: skip
ON_PROPERTIES = st.one_of(
    NUMBERS.map(lambda number: f"sh:minCount {number}"),
    NUMBERS.map(lambda number: f"sh:maxCount {number}"),
    TERMS.map(lambda term: f"sh:hasValue {term}"),
    st.just("sh:uniqueLang true"),
    st.tuples(st.sampled_from(("equals", "disjoint")), st.sampled_from(PROPERTIES)).map(
        lambda two: f"sh:{two[0]} {two[1]}"
    ),
)


def bodies(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Constraints that hold other shapes."""
    boxed = inner.map(lambda body: f"[ {body} ]")
    several = st.lists(boxed, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        boxed.map(lambda one: f"sh:not {one}"),
        boxed.map(lambda one: f"sh:node {one}"),
        st.tuples(st.sampled_from(("and", "or", "xone")), several).map(
            lambda two: f"sh:{two[0]} ({two[1]})"
        ),
        properties(inner),
    )


def properties(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A property shape with constraints of its own."""
    counted = st.tuples(inner, NUMBERS, st.booleans()).map(
        lambda three: (
            f"sh:qualifiedValueShape [ {three[0]} ] ; sh:qualifiedMinCount {three[1]} ; "
            f"sh:qualifiedValueShapesDisjoint {str(three[2]).lower()}"
        )
    )
    on_path = st.lists(
        st.one_of(inner, ON_PROPERTIES, counted), min_size=1, max_size=3, unique=True
    )
    return st.tuples(PATHS, on_path).map(
        lambda two: f"sh:property [ sh:path {two[0]} ; {' ; '.join(two[1])} ]"
    )


BODIES = st.recursive(ON_VALUES, bodies, max_leaves=5)
SHAPES = st.lists(
    st.tuples(
        st.sampled_from(
            ("sh:targetClass :A", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", "sh:targetNode :n1, 1")
        ),
        BODIES,
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda several: "".join(
        f":S{number} a sh:NodeShape ; {target} ; {body}"
        + (" ; sh:closed true ; sh:ignoredProperties (rdf:type) ." if closed else " .")
        for number, (target, body, closed) in enumerate(several)
    )
)  # fmt: skip
DATA = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), TERMS),
        st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from((":A", ":B"))),
    ),
    min_size=3,
    max_size=20,
).map(lambda said: ":B rdfs:subClassOf :A . " + "".join(f"{' '.join(one)} . " for one in said))


@pytest.mark.filterwarnings("ignore:.*:pyshacl.errors.ShapeRecursionWarning")
@settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(shapes=SHAPES, data=DATA)
def test_whatever_the_shapes_and_the_data(shapes: str, data: str) -> None:
    assert_same(graph(shapes), triples(data), may_be_left=True)
