"""Whether there is another that agrees and differs: as pySHACL says it, and not by going through all pairs."""

import pyoxigraph as ox
import pytest
from tests.unit.validation.differential import assert_same, fast, graph, triples
from tests.unit.validation.test_constraints_in_sparql import question, shapes

from werkzaam.validation.sparql_text import Question
from werkzaam.validation.sparql_twins import Twins, read_twins

DATA = """
:a a :C ; :name "Ann"@nl ; :place "x" ; :number "01", 7 ; :part :p1, :p2, :p3 .
:b a :C ; :name "Ann"@nl ; :place "x" ; :number "02" ; :part :p1, :p4 .
:c a :C ; :name "Ann" ; :place "x" ; :number "03" .
:d a :C ; :name "Ben" ; :place "y" ; :number "01", 007 .
:e a :C ; :name "Ben" ; :place "y" ; :number "01" ; :part [ :kind :k ] .
:f a :C ; :name "Cas" ; :place "y" ; :number 1.50 .
:g a :C ; :name "CAS" ; :place "y" ; :number 1.5 .
:h a :C ; :name "Dra" ; :place "z" ; :number :p1 .
:p1 :kind :k . :p2 :kind :k ; :of :a . :p3 :kind :l . :p4 :kind :k ; :of :b .
"""
TWINS = {
    "two keys": "$this :name ?value ; :place ?p ; :number ?n . FILTER EXISTS { "
    "?other :name ?value ; :place ?p ; :number ?m . FILTER(STR(?m) != STR(?n)) }",
    "one key, the other way round": "$this :place ?value ; :name ?n . FILTER EXISTS { "
    "?other :place ?value ; :name ?m . FILTER(STR(?n) != STR(?m)) }",
    "capitals": "$this :place ?p ; :name ?value . FILTER EXISTS { "
    "?other :place ?p ; :name ?m . FILTER(LCASE(STR(?m)) != LCASE(STR(?value))) }",
    "another node": "$this :name ?value . FILTER EXISTS { "
    "?other :name ?value . FILTER(STR(?other) != STR($this)) }",
    "an earlier one": "$this :part ?value . ?value :kind ?k . FILTER EXISTS { "
    "$this :part ?other . ?other :kind ?k . FILTER(STR(?other) < STR(?value)) }",
    "a later one": "$this :part ?value . ?value :kind ?k . FILTER EXISTS { "
    "$this :part ?other . ?other :kind ?k . FILTER(STR(?value) < STR(?other)) }",
    "greater": "$this :place ?p ; :name ?value . FILTER EXISTS { "
    "?other :place ?p ; :name ?m . FILTER(STR(?m) > STR(?value)) }",
    "along a path": "$this (:part|^:of) ?value . ?value :kind ?k . FILTER EXISTS { "
    "?one (:part|^:of) ?other . ?other :kind ?k . FILTER(STR(?one) != STR($this)) }",
    "with another filter": "$this :name ?value ; :place ?p . FILTER(STR(?value) != \"Ben\") "
    "FILTER EXISTS { ?other :place ?p ; :name ?m . FILTER(STR(?m) != STR(?value)) }",
}  # fmt: skip
OTHERS = {
    "two filters": "$this :name ?value . FILTER EXISTS { ?other :name ?value ; :place ?p . "
    "FILTER(STR(?other) != STR($this)) FILTER(STR(?p) != STR(?value)) }",
    "terms": "$this :name ?value . FILTER EXISTS { ?other :name ?value . FILTER(?other != $this) }",
    "nothing shared": "$this :name ?value . FILTER EXISTS { ?other :name ?m . "
    "FILTER(STR(?m) != STR(?value)) }",
    "none": "$this :name ?value . FILTER NOT EXISTS { ?other :name ?value . "
    "FILTER(STR(?other) != STR($this)) }",
    "either": "$this :name ?value . OPTIONAL { $this :part ?p } FILTER EXISTS { "
    "?other :name ?value . FILTER(STR(?other) != STR($this)) }",
    "two forms": "$this :place ?p ; :name ?value . FILTER EXISTS { ?other :place ?p ; :name ?m . "
    "FILTER(LCASE(STR(?m)) != STR(?value)) }",
    "both within": "$this :name ?value . FILTER EXISTS { ?other :name ?value ; :place ?p ; "
    ":number ?n . FILTER(STR(?p) != STR(?n)) }",
}  # fmt: skip


def query(body: str) -> str:
    return (
        f"SELECT $this ?value WHERE {{ {body} }}".replace(" :", " x:")
        .replace("(:", "(x:")
        .replace("^:", "^x:")
    )


def twins(asked: Question) -> Twins | None:
    start = next(i for i, token in enumerate(asked.tokens) if token.text == "{")
    return read_twins(asked._expanded, start, asked.patterns or ())


@pytest.mark.parametrize("name", TWINS)
def test_what_agrees_and_differs_is_found_as_by_pyshacl(name: str) -> None:
    asked = question(query(TWINS[name]))
    assert asked.goes_for_many
    assert twins(asked)
    assert assert_same(graph(shapes(query(TWINS[name]))), triples(DATA))


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_of_another_form_is_asked_as_it_is(name: str) -> None:
    assert twins(question(query(OTHERS[name]))) is None
    assert_same(graph(shapes(query(OTHERS[name]))), triples(DATA))


def test_a_nameless_thing_has_no_text_and_spoils_no_group() -> None:
    group = '{} a :C ; :name "Ann" ; :place "x" ; :number {} .'
    data = [group.format(f":n{i}", number) for i, number in enumerate(('"1"', "[]", '"2"'))]
    found = fast(graph(shapes(query(TWINS["two keys"]))), triples(" ".join(data))).results
    assert {one.result.focus.value for one in found} == {"http://x/n0", "http://x/n2"}


def test_thousands_that_agree_in_a_part_are_not_gone_through_in_pairs() -> None:
    """5,000 of one name: pair by pair that is 25 million, and over a minute."""

    def data(number: int) -> list[ox.Triple]:
        place = f"p{number}" if number > 1 else "p0"
        one = f':n{number} a :C ; :name "Ann"@nl ; :place "{place}" ; :number "{number}" .'
        return triples(one)

    many = [triple for number in range(5_000) for triple in data(number)]
    found = fast(graph(shapes(query(TWINS["two keys"]))), many)
    assert {one.result.focus.value for one in found.results} == {"http://x/n0", "http://x/n1"}
    assert found.left == {}
