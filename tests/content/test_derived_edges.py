"""The derivation rules: which claims make an edge, which do not, and what they derive from the content."""

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import INFERRED_GRAPH, graph_of_file
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.replica import Source, build

DEF = "https://w3id.org/mdt-kennisgraaf/def/"
ID = "https://w3id.org/mdt-kennisgraaf/id/"
GRAPH = "https://w3id.org/mdt-kennisgraaf/graph/knowledge/test"
HEAD = f"""
@prefix mdt: <{DEF}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix t: <urn:t:> .
@prefix relation: <{ID}relation/> . @prefix polarity: <{ID}polarity/> . @prefix voice: <{ID}voice/> .
t:element a mdt:WorkingElement, skos:Concept . t:goal a mdt:Goal . t:mechanism a mdt:Mechanism, skos:Concept .
t:risk a mdt:Risk . t:layer a mdt:Layer . t:component a mdt:IntegrationComponent .
t:type a mdt:InterventionType .
t:reference mdt:refersToSource t:source .
t:mismatched mdt:refersToSource t:source ; mdt:matchStatus <{ID}match-status/mismatched> .
"""
RULES = {
    "listed-for": ("element", "goal", "listedUnderGoal"),
    "safeguards": ("element", "mechanism", "safeguards"),
    "mitigates": ("element", "risk", "mitigates"),
    "carries-risk": ("mechanism", "risk", "carriesRisk"),
    "consists-of": ("layer", "component", "inLayer"),
    "aims-at": ("type", "component", "directedAtComponent"),
}
FROM_OBJECT = ("inLayer",)
Edge = tuple[str, str, str]


def derived(content: Content, *sources: Source) -> set[Edge]:
    store = build(sources, read_rules(content))
    graph = ox.NamedNode(INFERRED_GRAPH)
    return {
        (q.subject.value, q.predicate.value, q.object.value)  # type: ignore[union-attr]
        for q in store.quads_for_pattern(None, None, None, graph)
    }


def claim(relation: str, **said: str) -> str:
    subject, target, _ = RULES[relation]
    words = {"polarity": "polarity:asserted", "voice": "voice:author", **said}
    rest = " ; ".join(f"mdt:{name} {value}" for name, value in words.items())
    return f"t:c a mdt:Claim ; mdt:subject t:{subject} ; mdt:relation relation:{relation} ; mdt:object t:{target} ; {rest} .\n"


def derived_from(content: Content, text: str) -> set[Edge]:
    return derived(content, Source("test.ttl", GRAPH, (HEAD + text).encode()))


@pytest.mark.parametrize("relation", RULES)
def test_what_an_author_asserts_makes_an_edge(content: Content, relation: str) -> None:
    subject, target, name = RULES[relation]
    ends = (target, subject) if name in FROM_OBJECT else (subject, target)
    assert derived_from(content, claim(relation)) == {
        (f"urn:t:{ends[0]}", DEF + name, f"urn:t:{ends[1]}")
    }


@pytest.mark.parametrize("relation", RULES)
@pytest.mark.parametrize(
    "said",
    [
        {"polarity": "polarity:denied"},
        {"polarity": "polarity:doubtful"},
        {"polarity": "polarity:split"},
        {"polarity": "polarity:undecided"},
        {"voice": "voice:cited-source"},
        {"voice": "voice:reading"},
        {"hypothetical": "true"},
    ],
)
def test_nothing_else_does(content: Content, relation: str, said: dict[str, str]) -> None:
    assert derived_from(content, claim(relation, **said)) == set()


def test_a_concept_rests_on_what_a_claim_about_it_refers_to(content: Content) -> None:
    found = derived_from(content, claim("safeguards", inTextReference="t:reference"))
    assert ("urn:t:element", DEF + "restsOn", "urn:t:source") in found
    denied = claim("safeguards", inTextReference="t:reference", polarity="polarity:denied")
    assert derived_from(content, denied) == set()


def test_a_reference_that_the_bibliography_does_not_match_carries_nothing(content: Content) -> None:
    found = derived_from(content, claim("safeguards", inTextReference="t:mismatched"))
    assert {name for _, name, _ in found} == {DEF + "safeguards"}


@pytest.mark.parametrize("kind", ["look-alike", "similar"])
def test_names_that_look_alike_are_linked_two_by_two(content: Content, kind: str) -> None:
    found = derived_from(
        content,
        f"t:goal a skos:Concept . t:risk a skos:Concept . t:other mdt:setsBeside t:goal, t:element ."
        f"t:c a mdt:Correspondence ; mdt:correspondenceKind <{ID}correspondence-kind/{kind}> ;"
        f"  mdt:setsBeside t:element, t:goal, t:risk .",
    )
    names = ("urn:t:element", "urn:t:goal", "urn:t:risk")
    pairs = {(one, DEF + "lookAlikeOf", other) for one in names for other in names if one != other}
    assert found == (pairs if kind == "look-alike" else set())


def test_every_rule_derives_something_and_nothing_is_entered_by_hand(content: Content) -> None:
    sources = [
        Source(file.path, graph, file.data)
        for file in content.files
        if (graph := graph_of_file(file.path))
    ]
    found = derived(content, *sources)
    names = {name for _, name, _ in found} - {DEF + "lookAlikeOf"}
    assert names == {DEF + n for n in (*(name for *_, name in RULES.values()), "restsOn")}
    entered = {quad.predicate.value for source in sources for quad in source.quads()}
    assert not names & entered


def test_the_five_ways_of_contributing_each_have_their_element(content: Content) -> None:
    sources = [
        Source(file.path, graph, file.data)
        for file in content.files
        if (graph := graph_of_file(file.path))
    ]
    pairs = {
        (subject.removeprefix(ID), target.removeprefix(ID))
        for subject, name, target in derived(content, *sources)
        if name == DEF + "safeguards"
    }
    assert pairs == {
        ("working-element/wederkerigheid", "mechanism/steun"),
        ("working-element/begrenzing", "mechanism/van-betekenis-zijn"),
        ("working-element/houvast", "mechanism/plezier-en-ontspanning"),
        ("working-element/gelegenheid-tot-terugtrekken", "mechanism/verrijking"),
        ("working-element/afstemming", "mechanism/ergens-bij-horen"),
    }
