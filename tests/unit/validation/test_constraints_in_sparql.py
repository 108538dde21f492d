"""Constraints in SPARQL, asked of all nodes at once or of one after another, beside pySHACL."""

import pytest
from tests.unit.validation.differential import assert_same, fast, graph, triples

from werkzaam.validation.shape_plan import read_shapes
from werkzaam.validation.sparql_text import Question

DATA = """
:a a :C ; :p 1, 5 ; :q :b ; :name "Ann"@nl ; :amount 1.50, 2.0 ; :on "2024-05-01"^^xsd:date .
:b a :C ; :p "01"^^xsd:integer ; :q :a, :c ; :name "Ben" ; :amount 1.5, 1.50 ; :number "01" .
:c a :D ; :p 3, 4 ; :r :a ; :name "Ann"@nl ; :amount 7.0 .
:d a :C ; :q :d ; :r :a, :b ; :name "dé \\"x\\"" ; :on "2023-05-01"^^xsd:date, "2024-05-01"^^xsd:date .
:D rdfs:subClassOf :C . :E rdfs:subClassOf :D . :e a :E ; :number "01", "7" .
"""
FOR_MANY = {
    "a comparison": "SELECT $this ?value WHERE { $this <http://x/p> ?value . FILTER(?value > 2) }",
    "nothing but $this": "SELECT $this WHERE { $this <http://x/p> ?v }",
    "no $this in front": "SELECT ?value { $this <http://x/p> ?value }",
    "everything in front": "SELECT * WHERE { $this <http://x/q> ?value }",
    "what lacks": "SELECT $this WHERE { FILTER NOT EXISTS { $this <http://x/p> ?v } }",
    "what may lack": """SELECT $this WHERE { $this a <http://x/C> .
        OPTIONAL { $this <http://x/p> ?v } FILTER(!BOUND(?v)) }""",
    "bound beforehand": "SELECT $this WHERE { $this a ?kind FILTER(BOUND($this)) }",
    "the same of another": """SELECT $this ?value WHERE { $this <http://x/name> ?value .
        ?other <http://x/name> ?value . FILTER(?other != $this) }""",
    "a count": """SELECT $this (COUNT(?v) AS ?value) WHERE { $this <http://x/p> ?v }
        GROUP BY $this HAVING (COUNT(?v) > 1)""",
    "either": """SELECT $this ?value WHERE { { $this <http://x/p> ?value FILTER($this = <http://x/a>) }
        UNION { ?value <http://x/q> $this } }""",
    "a path": """SELECT DISTINCT $this ?value WHERE { $this (<http://x/q>|^<http://x/r>)/<http://x/p> ?value .
        $this a ?kind }""",
    "a group in the group": """SELECT $this ?value WHERE { { $this <http://x/q> ?value FILTER(?value != $this) }
        $this <http://x/name> ?name . ?value <http://x/p> ?any }""",
    "any property": "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(isIRI(?value)) }",
    "what is reckoned": """SELECT $this WHERE { $this <http://x/p> ?v . BIND(?v * 2 AS ?double)
        FILTER(?double >= 6) }""",
    "no space after a name": """SELECT $this ?value WHERE { $this <http://x/name> ?value .
        FILTER(CONCAT (STR(?value), "!") = COALESCE (?no, "Ben!")) }""",
    "a failure": "SELECT $this ?failure WHERE { $this <http://x/r> ?v . BIND(true AS ?failure) }",
    "dates": """SELECT $this ?value WHERE { $this <http://x/on> ?value .
        FILTER(?value < "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>) }""",
    "decimals by what they are worth": """SELECT $this WHERE { $this <http://x/amount> ?v .
        FILTER(?v < 2) }""",
    "decimals as they are written": """SELECT $this ?value WHERE { $this <http://x/amount> ?value .
        FILTER(STRLEN(STR(?value)) > 3) }""",
    "decimals as terms": """SELECT $this ?value WHERE { $this <http://x/amount> ?value .
        ?other <http://x/amount> ?value . ?other a <http://x/D> }""",
    "numbers as they are written": """SELECT $this ?value WHERE { $this <http://x/p> ?value .
        FILTER(REGEX(STR(?value), "^0")) }""",
    "text of any property": """SELECT $this ?path ?value WHERE { $this ?path ?value .
        FILTER(isLiteral(?value) && REGEX(STR(?value), "0")) }""",
    "words in the text": """SELECT $this WHERE { # SELECT { $this }
        $this <http://x/name> ?v . FILTER(STR(?v) != "} FILTER { $this . ?x") }""",
    "with a prefix": "SELECT $this ?value WHERE { $this x:p ?value ; rdf:type x:D }",
}  # fmt: skip
BY_TURN = {
    "a group by itself": """SELECT $this ?value WHERE { $this a ?kind .
        { SELECT DISTINCT $this ?value WHERE { $this <http://x/q> ?value } } }""",
    "the first": "SELECT $this ?value WHERE { $this <http://x/name> ?value } ORDER BY ?value LIMIT 1",
    "a sum of all": "SELECT (<http://x/a> AS ?value) WHERE { $this <http://x/r> ?v } HAVING (COUNT(?v) > 1)",
}  # fmt: skip
LEFT = {
    "a count within": """SELECT $this ?value WHERE { $this a ?kind .
        { SELECT $this (COUNT(?v) AS ?value) WHERE { $this <http://x/q> ?v } GROUP BY $this } }""",
    "a sum": "SELECT $this (SUM(?v) AS ?value) WHERE { $this <http://x/p> ?v } GROUP BY $this",
    "values": "SELECT $this WHERE { VALUES ?v { 1 } $this <http://x/p> ?v }",
    "minus": "SELECT $this WHERE { $this a ?k MINUS { $this <http://x/p> 1 } }",
    "bound anew": "SELECT (?x AS ?this) WHERE { ?x <http://x/p> ?v }",
    "within without $this": "SELECT $this WHERE { { SELECT ?v WHERE { ?x <http://x/p> ?v } } $this <http://x/p> ?v }",
    "a look ahead": 'SELECT $this WHERE { $this <http://x/name> ?v FILTER(REGEX(?v, "A(?=n)")) }',
    "written and worth": "SELECT $this WHERE { $this <http://x/amount> ?v FILTER(?v > 1 && STRLEN(STR(?v)) > 3) }",
    "reckoned": "SELECT $this (2 * ?v AS ?value) WHERE { $this <http://x/p> ?v }",
    "no query": "SELECT $this WHERE {",
    "no prefix": "SELECT $this WHERE { $this y:p ?v }",
    "a function of another": "SELECT $this WHERE { $this <http://x/p> ?v FILTER(<http://x/f>(?v)) }",
}  # fmt: skip
DECLARED = (
    ':o a owl:Ontology ; sh:declare [ sh:prefix "x" ; sh:namespace "http://x/"^^xsd:anyURI ] .'
)


def shapes(query: str, more: str = "a sh:NodeShape") -> str:
    text = query.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " # \\n ")
    return f':S {more} ; sh:targetClass :C ; sh:sparql [ sh:prefixes :o ; sh:select "{text}" ] . {DECLARED}'


def question(query: str) -> Question:
    [found] = read_shapes(graph(shapes(query))).questions()
    return found


@pytest.mark.parametrize("name", FOR_MANY)
def test_of_all_nodes_at_once(name: str) -> None:
    query = (
        FOR_MANY[name].replace("\n", " ") if "# SELECT" not in FOR_MANY[name] else FOR_MANY[name]
    )
    assert question(query).goes_for_many
    assert assert_same(graph(shapes(query)), triples(DATA))


@pytest.mark.parametrize("name", BY_TURN)
def test_of_one_node_after_another(name: str) -> None:
    assert not question(BY_TURN[name]).goes_for_many
    assert assert_same(graph(shapes(BY_TURN[name])), triples(DATA))


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_to_pyshacl(name: str) -> None:
    assert fast(graph(shapes(LEFT[name])), triples(DATA)).left


@pytest.mark.parametrize(
    "path", [":q", "(:q :q)", "[ sh:inversePath :q ]", "[ sh:zeroOrMorePath :q ]"]
)
def test_along_the_path_of_a_property_shape(path: str) -> None:
    query = "SELECT DISTINCT $this ?value WHERE { $this $PATH ?value . ?value <http://x/p> ?v }"
    text = shapes(query, f"a sh:PropertyShape ; sh:path {path}")
    assert assert_same(graph(text), triples(DATA))


def test_within_another_shape_and_with_a_blank_node() -> None:
    inner = shapes(FOR_MANY["a comparison"]).replace("sh:targetClass :C ;", "")
    outer = ":T a sh:NodeShape ; sh:targetClass :C ; sh:not :S . "
    assert assert_same(graph(outer + inner), triples(DATA + "[] a :C ; :p 9 ."))


def test_a_deactivated_constraint_is_not_asked() -> None:
    text = shapes(FOR_MANY["a comparison"]).replace(
        "[ sh:prefixes", "[ sh:deactivated true ; sh:prefixes"
    )
    assert assert_same(graph(text), triples(DATA)) == {}


def test_the_words_of_the_constraint_come_first_with_what_was_found() -> None:
    text = shapes(FOR_MANY["a comparison"]).replace(
        "[ sh:prefixes", '[ sh:message "{?value} is veel"@nl, "{?value} is much"@en ; sh:prefixes'
    )
    found = fast(graph(text), triples(":a a :C ; :p 7 .")).results
    assert [(f.result.message_nl, f.result.message_en) for f in found] == [
        ("7 is veel", "7 is much")
    ]


@pytest.mark.parametrize(
    ("query", "local"),
    [
        ("SELECT $this WHERE { $this <http://x/q> ?v . ?v <http://x/p> ?w }", True),
        ("SELECT $this WHERE { $this <http://x/p> ?v FILTER EXISTS { ?v ?p $this } }", True),
        ("SELECT $this WHERE { ?other <http://x/q> $this }", False),
        (
            "SELECT $this WHERE { FILTER NOT EXISTS { $this <http://x/q> ?o } "
            "FILTER NOT EXISTS { ?o <http://x/p> $this } }",
            False,
        ),
        (
            "SELECT $this { $this <http://x/q> ?o FILTER EXISTS { ?o <http://x/p> ?v . ?v ?p ?w } }",
            True,
        ),
        ("SELECT $this WHERE { $this ^<http://x/q> ?other }", False),
        ("SELECT $this WHERE { $this <http://x/p> ?v . ?other <http://x/p> ?v }", False),
        ("SELECT $this WHERE { $this <http://x/p> [ <http://x/q> ?v ] }", False),
    ],
)
def test_what_looks_no_further_than_its_node_is_known(query: str, local: bool) -> None:
    assert question(query).is_local == local


def test_what_is_looked_at_is_known() -> None:
    needs = question(
        "SELECT $this { $this a <http://x/C> ; <http://x/p> ?v . ?w <http://x/q> ?v }"
    ).needs
    assert (needs.everything, needs.classes, needs.properties > {"http://x/p", "http://x/q"}) == (
        False, needs.properties, True,
    )  # fmt: skip
    assert question("SELECT $this { $this a ?kind . ?x a ?kind }").needs.classes is None
    assert question("SELECT $this { ?x ?p $this }").needs.everything
    assert question("SELECT $this { ?x <http://x/q> $this ; ?p ?v }").needs.about == {"http://x/q"}
    assert question("SELECT $this { $this (!<http://x/q>) ?v }").needs.everything
