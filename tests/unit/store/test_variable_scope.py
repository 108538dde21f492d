"""The variables in scope, compared with what the engine says."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.store.sparql_tokens import tokens
from werkzaam.store.variable_scope import variables_in_scope

GROUPS = [
    "{}",
    "{ ?a ?b $c }",
    "{ ?a <p:q> ?b FILTER(?z > 1) FILTER regex(?y, 'x') FILTER <http://www.w3.org/2001/XMLSchema#integer>(?w) ?c ?d ?e }",
    "{ ?a ?b ?c FILTER NOT EXISTS { ?x ?y ?z } MINUS { ?k ?l ?a } OPTIONAL { ?d ?e ?f } }",
    "{ { ?a ?b ?c } UNION { ?d ?e ?f } GRAPH ?g { ?s ?p ?o } }",
    "{ BIND(?x + 1 AS ?y) BIND((?y AS_TEXT) AS ?z) }".replace("(?y AS_TEXT)", "STR(?y)"),
    "{ VALUES ?a { 1 UNDEF } VALUES (?b ?c) { (1 '?no') (UNDEF <x:?no>) } }",
    "{ SELECT ?a (COUNT(?x) AS ?n) WHERE { ?a ?p ?x } GROUP BY ?a }",
    "{ { SELECT ?a (COUNT(?x) AS ?n) { ?a ?p ?x } GROUP BY ?a HAVING(?n > 1) } ?n ?m ?o }",
    "{ SELECT * { ?a ?p ?x FILTER(?q) } ORDER BY ?x LIMIT 1 VALUES (?a ?v) { (1 2) } }",
    "{ SELECT DISTINCT * WHERE { { SELECT ?i { ?i ?j ?k } } ?i ?l [ ?m ?n ] } }",
    "{ SELECT ($a AS ?b) ?c { ?a ?c ?d } }",
    "{ ?a <p:q>?/<p:r>* ?b ; ?c ?d , ( ?e [ ?f ?g ] ) }",
    "{ ?a ?b '?c' # ?d\n . ?e ?f [] }",
]


def in_scope(group: str) -> set[str]:
    return set(variables_in_scope([token for token in tokens(group) if token.kind != "comment"]))


def for_the_engine(group: str) -> set[str]:
    found = ox.Store().query(f"SELECT * {group}")
    assert isinstance(found, ox.QuerySolutions)
    return {variable.value for variable in found.variables}


@pytest.mark.parametrize("group", GROUPS)
def test_the_engine_finds_the_same(group: str) -> None:
    assert in_scope(group) == for_the_engine(group)


PARTS = st.recursive(
    st.sampled_from(GROUPS),
    lambda inner: st.builds(
        lambda shape, first, second: "{ " + shape.format(first, second) + " }",
        st.sampled_from(
            ["{} {}", "{} UNION {}", "OPTIONAL {} {}", "{} MINUS {}", "{} FILTER EXISTS {}"]
            + [
                "GRAPH ?graph {} {}",
                "{{ SELECT * {} }} {}",
                "{{ SELECT ?a {} }} {}",
                "?s ?p ?o {} {}",
            ]
        ),
        inner,
        inner,
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(PARTS)
def test_the_engine_finds_the_same_in_any_of_them_together(group: str) -> None:
    assert in_scope(group) == for_the_engine(group)
