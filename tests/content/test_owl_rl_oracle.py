"""Our rules of OWL 2 RL beside ``owlrl``, which has all of them.

How ``owlrl`` is held to the five that we chose (cax-sco, prp-spo1, prp-inv1, prp-inv2, prp-symp): from what it
is given, only axioms that these rules read are kept (subclasses, subproperties, inverses, symmetric properties), so
that domain, range, disjointness and restrictions give nothing. From what it adds are left out: triples about a term
of the axioms (the model about itself), those with a property or class of RDF, RDFS, OWL or XSD other than rdf:type
(owl:sameAs of each thing with itself, owl:Thing), and those with a blank node or a literal as subject.
"""

from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import INFERRED_GRAPH
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.derivation import Rules
from werkzaam.store.replica import sources_of

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
META = (RDF, RDFS, OWL, "http://www.w3.org/2001/XMLSchema#")
TYPE = ox.NamedNode(RDF + "type")
SYMMETRIC = ox.NamedNode(OWL + "SymmetricProperty")
SUBCLASS, SUBPROPERTY = (ox.NamedNode(RDFS + name) for name in ("subClassOf", "subPropertyOf"))
INVERSE = ox.NamedNode(OWL + "inverseOf")
AXIOMS = {SUBCLASS, SUBPROPERTY, INVERSE}
PART = ("graph_data/gemeenten/claims", "graph_data/gemeenten/passages")
Triples = set[ox.Triple]


def is_axiom(triple: ox.Triple) -> bool:
    named = isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)
    return named and (triple.predicate in AXIOMS or (triple.predicate, triple.object) == (TYPE, SYMMETRIC))  # fmt: skip


def meta(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(META)


def by_owlrl(triples: Triples) -> Triples:
    graph = Graph()
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    kept = Graph()
    for subject, predicate, value in graph:
        if isinstance(subject, URIRef):
            kept.add((subject, predicate, value))
    lines = kept.serialize(format="nt", encoding="utf-8")
    found = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
    terms = {term for triple in triples if is_axiom(triple) for term in (triple.subject, triple.object)}  # fmt: skip
    return {
        triple
        for triple in found - triples
        if triple.subject not in terms
        and not meta(triple.subject)
        and not isinstance(triple.object, ox.BlankNode)
        and (triple.predicate == TYPE or not meta(triple.predicate))
        and not (triple.predicate == TYPE and meta(triple.object))
    }


def by_rules(rules: Rules, triples: Iterable[ox.Triple]) -> Triples:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    rules.derive(store)
    graph = ox.NamedNode(INFERRED_GRAPH)
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


@pytest.fixture(scope="module")
def rules(content: Content) -> Rules:
    return Rules(rule for rule in read_rules(content) if "/owl-rl/" in rule.path)


def term(name: str, world: int = 0) -> ox.NamedNode:
    return ox.NamedNode(f"urn:t:{world}:{name}")


def small_graphs(world: int) -> st.SearchStrategy[Triples]:
    """Graphs of a few triples, with names of their own: many are closed in one go. As in OWL DL a
    property has things or text, not both: ``owlrl`` makes text a subject, which RDF has not."""
    things, ways, notes, classes = (
        st.sampled_from([term(name, world) for name in names])
        for names in ("abc", "pqr", "no", "CDE")
    )
    text = st.just(ox.Literal("one", language="en"))
    kinds = (
        st.builds(ox.Triple, things, ways, things),
        st.builds(ox.Triple, things, notes, text),
        st.builds(ox.Triple, notes, st.just(SUBPROPERTY), notes),
        st.builds(ox.Triple, things, st.just(TYPE), classes),
        st.builds(ox.Triple, classes, st.just(SUBCLASS), classes),
        st.builds(ox.Triple, ways, st.just(SUBPROPERTY), ways),
        st.builds(ox.Triple, ways, st.just(INVERSE), ways),
        st.builds(ox.Triple, ways, st.just(TYPE), st.just(SYMMETRIC)),
    )
    return st.sets(st.one_of(*kinds), min_size=2, max_size=9)


@given(worlds=st.tuples(*(small_graphs(world) for world in range(25))))
@settings(max_examples=4, deadline=None, phases=[Phase.generate])
def test_small_graphs_give_the_same_by_both(rules: Rules, worlds: tuple[Triples, ...]) -> None:
    asserted = set().union(*worlds)
    ours, theirs = by_rules(rules, asserted), by_owlrl(asserted)
    assert not ours ^ theirs


def test_a_part_of_the_content_gives_the_same_by_both(content: Content, rules: Rules) -> None:
    sources = sources_of(content, examples=False)
    every = {quad.triple for source in sources for quad in source.quads()}
    axioms = {triple for triple in every if is_axiom(triple)}
    part = {
        quad.triple
        for source in sources
        if source.path.startswith(PART)
        for quad in source.quads()
        if not isinstance(quad.object, ox.Literal)
    }
    found = by_rules(rules, axioms | part)
    assert {t.predicate.value for t in found} >= {TYPE.value, "http://www.w3.org/ns/prov#wasDerivedFrom"}  # fmt: skip
    assert len(found) > 500
    assert found == by_owlrl(axioms | part)
