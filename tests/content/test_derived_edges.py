"""The derivation rules: which claims make an edge, which do not, and what they derive from the content."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import INFERRED_GRAPH
from werkzaam.reasoning.rules import read_meanings, read_rules
from werkzaam.store.derivation import Rules
from werkzaam.store.replica import Source, build, sources_of

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
WAITING_FOR_DATA = ("ontology/rules/owl-rl/prp-inv1.rq",)
README = Path(__file__).parents[2] / "ontology" / "README.md"
INFERRED = ox.NamedNode(INFERRED_GRAPH)
Edge = tuple[str, str, str]


def derived(content: Content, *sources: Source) -> set[Edge]:
    store = build(sources, Rules(read_rules(content)))
    return {
        (q.subject.value, q.predicate.value, q.object.value)  # type: ignore[union-attr]
        for q in store.quads_for_pattern(None, None, None, INFERRED)
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


@pytest.fixture(scope="module")
def whole(content: Content) -> ox.Store:
    """The content with all that follows from it."""
    return build(sources_of(content, examples=False), Rules(read_rules(content)))


def inferred(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, INFERRED)}


def asserted(store: ox.Store) -> set[ox.Triple]:
    unnamed = ox.DefaultGraph()
    return {quad.triple for quad in store if quad.graph_name not in (INFERRED, unnamed)}


def test_every_rule_derives_something(content: Content, whole: ox.Store) -> None:
    found = inferred(whole)
    for derivation in read_rules(content):
        if derivation.path not in WAITING_FOR_DATA:
            given = whole.query(derivation.query)
            assert {triple for triple in given if triple in found}, derivation.path  # type: ignore[union-attr]


def test_what_a_rule_waits_for_is_not_there_yet(content: Content, whole: ox.Store) -> None:
    for derivation in read_rules(content):
        if derivation.path in WAITING_FOR_DATA:
            assert not set(whole.query(derivation.query)) & inferred(whole)  # type: ignore[arg-type]


def test_nothing_that_a_rule_on_claims_derives_is_entered_by_hand(whole: ox.Store) -> None:
    edges = {ox.NamedNode(DEF + name) for name in (*(n for *_, n in RULES.values()), "restsOn")}
    assert not edges & {triple.predicate for triple in asserted(whole)}
    assert edges <= {triple.predicate for triple in inferred(whole)}


def test_what_is_inferred_is_not_asserted_and_has_no_blank_node(whole: ox.Store) -> None:
    found = inferred(whole)
    assert not found & asserted(whole)
    assert not {t for t in found if ox.BlankNode in (type(t.subject), type(t.object))}


def test_the_model_itself_gains_nothing(whole: ox.Store) -> None:
    about = {triple.subject.value for triple in inferred(whole)}  # type: ignore[union-attr]
    assert not {iri for iri in about if not iri.startswith(ID)}


def test_the_readme_says_about_how_much_each_rule_derives(
    content: Content, whole: ox.Store
) -> None:
    rows = [line.split("|") for line in README.read_text("utf-8").splitlines() if "| `" in line]
    told = {row[1].strip(" `"): int(row[-2]) for row in rows if ".rq`" in row[1]}
    found = inferred(whole)
    counted: Counter[str] = Counter()
    for derivation in read_rules(content):
        given = set(whole.query(derivation.query))  # type: ignore[arg-type]
        counted[derivation.path.removeprefix("ontology/rules/")] = len(given & found)
    assert set(told) == set(counted)
    assert {n: c for n, c in counted.items() if abs(c - told[n]) > max(1, told[n] / 10)} == {}


def test_every_rule_has_its_words_in_both_languages(content: Content) -> None:
    for meaning in read_meanings(content):
        for words in (meaning.title, meaning.because, meaning.not_said):
            assert words.nl != words.en


def test_the_five_ways_of_contributing_each_have_their_element(whole: ox.Store) -> None:
    pairs = {
        (str(t.subject.value).removeprefix(ID), str(t.object.value).removeprefix(ID))  # type: ignore[union-attr]
        for t in inferred(whole)
        if t.predicate.value == DEF + "safeguards"
    }
    assert pairs == {
        ("working-element/wederkerigheid", "mechanism/steun"),
        ("working-element/begrenzing", "mechanism/van-betekenis-zijn"),
        ("working-element/houvast", "mechanism/plezier-en-ontspanning"),
        ("working-element/gelegenheid-tot-terugtrekken", "mechanism/verrijking"),
        ("working-element/afstemming", "mechanism/ergens-bij-horen"),
    }
