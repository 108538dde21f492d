"""The rules of OWL 2 DL and RL: each is seen where it is broken, and only there."""

from typing import Any

import pytest

from werkzaam.curation.checks.profile import EXCEPTIONS, profile
from werkzaam.curation.parsed_content import parse_content

MORE = "ontology/more.ttl"
PREFIXES = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BROKEN = [
    ("two-kinds", "mdt:gist a owl:ObjectProperty ."),
    ("two-kinds", "mdt:Goal a owl:DatatypeProperty ."),
    ("two-kinds", "mdt:Goal a skos:Concept ."),
    ("wrong-kind", "mdt:Goal rdfs:subClassOf mdt:gist ."),
    ("wrong-kind", "mdt:object rdfs:range mdt:gist ."),
    ("wrong-kind", "mdt:object rdfs:subPropertyOf mdt:gist ."),
    ("wrong-value", '<urn:a> mdt:object "words" .'),
    ("wrong-value", "<urn:a> mdt:gist <urn:b> ."),
    ("datatype", "mdt:gist rdfs:range xsd:date , xsd:gYear ."),
    ("datatype", '<urn:a> mdt:gist "2020"^^xsd:gYear .'),
    ("reserved", 'rdfs:label rdfs:comment "ours" .'),
    ("loose-blank-node", "mdt:Goal rdfs:seeAlso [ skos:prefLabel 'thing' ] ."),
    ("beyond-rl", "mdt:Goal rdfs:subClassOf [ a owl:Class ; owl:unionOf ( mdt:Claim ) ] ."),
    (
        "beyond-rl",
        "mdt:Goal rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mdt:object ;"
        " owl:someValuesFrom mdt:Goal ] .",
    ),
    ("beyond-rl", "mdt:object rdfs:domain owl:Thing ."),
    ("beyond-rl", "[ a owl:Class ; owl:complementOf mdt:Goal ] rdfs:subClassOf mdt:Claim ."),
    ("beyond-rl", "mdt:object a owl:ReflexiveProperty ."),
]
FINE = [
    "[] a owl:AllDisjointClasses ; owl:members ( mdt:Goal mdt:Claim ) .",
    "[ a owl:Class ; owl:unionOf ( mdt:Goal mdt:Claim ) ] rdfs:subClassOf mdt:SourceStatement .",
    "mdt:Goal rdfs:subClassOf [ a owl:Class ; owl:complementOf mdt:Claim ] .",
    "mdt:object a owl:SymmetricProperty ; rdfs:range mdt:Goal .",
    "mdt:gist rdfs:range xsd:string .",
    '<urn:a> mdt:gist "2020-01-01"^^xsd:date .',
    "<urn:a> a mdt:Goal , skos:Concept .",
]


def rules(sample: Any, text: str) -> list[str]:
    found = profile(parse_content(sample.with_file(MORE, PREFIXES + text).content))
    return [finding.check for finding in found]


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_a_breach_is_seen(sample: Any, rule: str, text: str) -> None:
    assert set(rules(sample, text)) == {rule}


@pytest.mark.parametrize("text", FINE)
def test_what_is_allowed_is_left_alone(sample: Any, text: str) -> None:
    assert rules(sample, text) == []


def test_it_says_where(sample: Any) -> None:
    more = sample.with_file(MORE, PREFIXES + '<urn:a> mdt:object "words" .')
    [finding] = profile(parse_content(more.content))
    assert (finding.path, finding.line) == (MORE, 6)


def test_nothing_is_judged_while_a_file_does_not_parse(sample: Any) -> None:
    more = sample.with_file(MORE, PREFIXES + "mdt:gist a owl:ObjectProperty").content
    assert profile(parse_content(more)) == []


def test_every_exception_has_its_reason() -> None:
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())
