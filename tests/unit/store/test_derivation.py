"""What follows by rules, kept up to date with each change, is what deriving from the beginning gives."""

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from werkzaam.domain.identifiers import (
    GRAPHS,
    INFERRED_GRAPH,
    OUTSIDE_DEFAULT_GRAPH,
    in_default_graph,
)
from werkzaam.errors import ContentError
from werkzaam.store.derivation import Rules
from werkzaam.store.rule_text import Derivation

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
INFERRED = ox.NamedNode(INFERRED_GRAPH)
HEAD = f"PREFIX : <urn:t:> PREFIX rdfs: <{RDFS}> PREFIX owl: <{OWL}>\n"


def rule(name: str, head: str, body: str) -> Derivation:
    return Derivation(f"{name}.rq", f"{HEAD}CONSTRUCT {{ {head} }} WHERE {{ {body} }}")


RULES = Rules(
    [
        rule(
            "class", "?x a ?d", "?x a ?c . ?c rdfs:subClassOf ?d . FILTER(isIRI(?x) && isIRI(?d))"
        ),
        rule("property", "?x ?q ?y", "?x ?p ?y . ?p rdfs:subPropertyOf ?q ."),
        rule("inverse", "?y ?q ?x", "?x ?p ?y . ?p owl:inverseOf ?q . FILTER(isIRI(?y))"),
        rule("symmetric", "?y ?p ?x", "?x ?p ?y . ?p a owl:SymmetricProperty . FILTER(isIRI(?y))"),
        rule("same", "?x a :D", "?x :p ?x"),
        rule("edge", "?s :r ?o", "?x :p ?s ; :q ?o ; a :C . FILTER NOT EXISTS { ?x :no true }"),
        rule("far", "?x :far ?y", "?x :r ?y . FILTER NOT EXISTS { ?y :of ?z . ?z :bad ?x }"),
    ]
)


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"urn:t:{name}")


things = st.sampled_from([term(name) for name in "abc"])
ways = st.sampled_from([term(name) for name in ("p", "q", "r", "of", "bad")])
classes = st.sampled_from([term(name) for name in "CDE"])
ends = st.one_of(things, st.just(ox.Literal("1")), st.just(ox.BlankNode("b")))
triples = st.one_of(
    st.tuples(st.one_of(things, st.just(ox.BlankNode("b"))), ways, ends),
    st.tuples(things, st.just(TYPE), classes),
    st.tuples(classes, st.just(ox.NamedNode(RDFS + "subClassOf")), classes),
    st.sampled_from(
        [
            (term("p"), ox.NamedNode(RDFS + "subPropertyOf"), term("q")),
            (term("q"), ox.NamedNode(RDFS + "subPropertyOf"), term("r")),
            (term("r"), ox.NamedNode(OWL + "inverseOf"), term("q")),
            (term("p"), TYPE, ox.NamedNode(OWL + "SymmetricProperty")),
            (term("a"), term("no"), ox.Literal(True)),
            (term("b"), term("no"), ox.Literal(True)),
        ]
    ),
)


def own(name: str) -> ox.NamedNode:
    return ox.NamedNode(GRAPHS + name)


FOREIGN = ox.NamedNode("http://example.org/g")
graphs = st.sampled_from([own("g1"), own("g2"), ox.NamedNode(OUTSIDE_DEFAULT_GRAPH[0]), FOREIGN])
quads = st.builds(lambda t, graph: ox.Quad(t[0], t[1], t[2], graph), triples, graphs)
states = st.sets(quads, max_size=25)


def merged(asserted: set[ox.Quad]) -> ox.Store:
    """The asserted quads, with their merge in the unnamed graph."""
    store = ox.Store()
    store.extend(asserted)
    for quad in asserted:
        if in_default_graph(quad.graph_name.value):  # type: ignore[union-attr]
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def derived(asserted: set[ox.Quad]) -> ox.Store:
    store = merged(asserted)
    RULES.derive(store)
    return store


def in_graph(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


def q(subject: str, predicate: str, value: str, graph: str = "g1") -> ox.Quad:
    names = {"a": TYPE, "sub": ox.NamedNode(RDFS + "subClassOf")}
    return ox.Quad(
        term(subject), names.get(predicate, term(predicate)), term(value), own(graph)
    )  # fmt: skip


SYMMETRIC = ox.Quad(term("p"), TYPE, ox.NamedNode(OWL + "SymmetricProperty"), own("g1"))
DENIED = ox.Quad(term("a"), term("no"), ox.Literal(True), own("g1"))
EDGE = {q("a", "p", "b"), q("a", "q", "c"), q("a", "a", "C")}


@given(states, st.lists(st.tuples(states, states), min_size=1, max_size=3))
@example({SYMMETRIC, q("a", "p", "b"), q("b", "p", "a")}, [({q("a", "p", "b")}, set())])
@example({SYMMETRIC, q("a", "p", "b")}, [(set(), {q("b", "p", "a")}), ({q("b", "p", "a")}, set())])
@example({q("a", "a", "C"), q("C", "sub", "D"), q("D", "sub", "C")}, [({q("a", "a", "C")}, set())])
@example({*EDGE, DENIED}, [({DENIED}, set()), (set(), {DENIED})])
@example(EDGE, [(set(), {q("c", "of", "b")}), (set(), {q("b", "bad", "b")})])
@example({q("a", "p", "b"), q("a", "p", "b", "g2")}, [({q("a", "p", "b")}, set())])
@settings(max_examples=150, deadline=None)
def test_following_changes_gives_what_deriving_from_the_beginning_gives(
    asserted: set[ox.Quad], changes: list[tuple[set[ox.Quad], set[ox.Quad]]]
) -> None:
    store = derived(asserted)
    for removed, added in changes:
        before = set(store)
        followed = RULES.follow(store, removed - added, added)
        asserted = asserted - (removed - added) | added
        assert set(store) == set(derived(asserted))
        assert (followed.removed, followed.added) == (before - set(store), set(store) - before)


@given(states, states, states)
@settings(max_examples=100, deadline=None)
def test_what_is_inferred_is_never_asserted_as_well(
    asserted: set[ox.Quad], removed: set[ox.Quad], added: set[ox.Quad]
) -> None:
    store = derived(asserted)
    RULES.follow(store, removed, added - removed)
    after = asserted - removed | (added - removed)
    members = {quad.triple for quad in after if _member(quad)}
    inferred = in_graph(store, INFERRED)
    assert not inferred & members
    assert in_graph(store, ox.DefaultGraph()) == inferred | members


def _member(quad: ox.Quad) -> bool:
    return in_default_graph(quad.graph_name.value)  # type: ignore[union-attr]


def test_an_edge_with_two_supports_stands_until_the_second_is_gone() -> None:
    second = {q("b", "p", "b"), q("b", "q", "c"), q("b", "a", "C")}
    edge = ox.Triple(term("b"), term("r"), term("c"))
    store = derived(EDGE | second)
    RULES.follow(store, {q("a", "a", "C")}, [])
    assert edge in in_graph(store, INFERRED)
    RULES.follow(store, {q("b", "p", "b")}, [])
    assert edge not in in_graph(store, ox.DefaultGraph())


def test_a_graph_that_lost_its_last_triple_is_no_graph_any_more() -> None:
    store = ox.Store()
    other = ox.NamedNode("http://example.org/other")
    quads = [
        ox.Quad(term("a"), term("p"), term("a"), ox.NamedNode(GRAPHS + "records")),
        ox.Quad(term("a"), term("p"), term("b"), other),
        ox.Quad(term("a"), term("p"), term("c"), other),
    ]
    RULES.follow(store, [], quads)
    assert INFERRED in store.named_graphs()
    RULES.follow(store, quads[:2], [])
    assert list(store.named_graphs()) == [other]
    RULES.follow(store, quads[2:], [])
    assert list(store.named_graphs()) == []


def test_what_was_inferred_and_is_asserted_later_moves_and_comes_back() -> None:
    store = derived({q("a", "a", "C"), q("C", "sub", "D")})
    given = q("a", "a", "D", "g2")
    assert given.triple in in_graph(store, INFERRED)
    RULES.follow(store, [], [given])
    assert given.triple not in in_graph(store, INFERRED)
    RULES.follow(store, [given], [])
    assert given.triple in in_graph(store, INFERRED)


@pytest.mark.parametrize("number", [300, 1500])
def test_many_changes_at_once_are_followed_as_well_as_few(number: int) -> None:
    many = {q(f"x{one}", "a", "C") for one in range(number)}
    store = derived({q("C", "sub", "D")})
    RULES.follow(store, [], many)
    many.add(q("C", "sub", "D"))
    assert set(store) == set(derived(many))
    RULES.follow(store, many, [])
    assert not len(store)


@pytest.mark.parametrize(
    ("head", "body", "word"),
    [
        ("?x :q ?y", "?x :p+ ?y", "+"),
        ("?x :q ?y", "{ ?x :p ?y } UNION { ?x :r ?y }", "{"),
        ("?x :q ?y", "?x :p ?y OPTIONAL { ?y :r ?z }", "OPTIONAL"),
        ("?x :q ?y", "?x :p [ :r ?y ]", "["),
        ("?x :q ?y", "?x :p ?y FILTER(NOT EXISTS { ?x :r ?y })", "EXISTS"),
        ("?x :q ?y . ?y :q ?x", "?x :p ?y", "?y"),
        ("?x :q ?y", "?x :p ?y BIND(1 AS ?z)", "BIND"),
        ("?x :q ?y", "?x :p ?y FILTER NOT EXISTS { ?x ?any ?z }", "?x"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_its_word(
    head: str, body: str, word: str
) -> None:
    with pytest.raises(ContentError) as fault:
        Rules([rule("odd", head, body)])
    assert (fault.value.line, fault.value.values["word"]) == (2, word)


@pytest.mark.parametrize("tail", ["LIMIT 3", "ORDER BY ?x", "VALUES ?x { :a }"])
def test_nothing_may_stand_after_the_conditions(tail: str) -> None:
    text = f"{HEAD}CONSTRUCT {{ ?x :q ?y }} WHERE {{ ?x :p ?y }} {tail}"
    with pytest.raises(ContentError, match="cannot have"):
        Rules([Derivation("tail.rq", text)])


def test_a_rule_that_derives_what_another_must_not_find_is_refused() -> None:
    rules = Rules([rule("no", "?x :no ?y", "?x :p ?y"), rule("edge", "?x :r ?y", "?x :q ?y FILTER NOT EXISTS { ?x :no ?y }")])  # fmt: skip
    with pytest.raises(ContentError, match=r"no\.rq: .* edge\.rq must not find"):
        rules.derive(merged({q("a", "p", "b")}))


@pytest.mark.parametrize("text", ["SELECT * WHERE { ?x ?y ?z }", "CONSTRUCT {"])
def test_what_is_no_construct_query_is_no_rule(text: str) -> None:
    with pytest.raises(ContentError, match="rule"):
        Rules([Derivation("x.rq", text)])
