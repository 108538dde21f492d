"""Planted faults: each is found once, in its file and on its line."""

from typing import Any

import pytest

from werkzaam.curation.checks.query_terms import query_mentions
from werkzaam.curation.content_check import check_content
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding

_GOALS = "graph_data/concepts/goals.ttl"
_CLAIMS = "graph_data/report/claims.ttl"
_TERMS = "ontology/mdt.ttl"
_STUBS = "ontology/stubs/borrowed.ttl"
_SHAPES = "shapes/claim.ttl"
_RULE = "ontology/rules/has-object.rq"

# name -> file, what is replaced, by what, the check that reports it, a text on its line, words
_PLANTED: dict[str, tuple[str, str, str, str, str, str]] = {
    "broken Turtle": (
        _CLAIMS, "mdt:object goal:contact .", "mdt:object .", "turtle", "mdt:object .", "not Turtle",
    ),
    "broken ontology": (
        _TERMS, "mdt:Goal a owl:Class ;", "mdt:Goal a ;", "turtle", "mdt:Goal a ;", "not Turtle",
    ),
    "broken shapes": (
        _SHAPES, "sh:class mdt:Goal ;", "sh:class ;", "turtle", "sh:class ;", "not Turtle",
    ),
    "not canonical": (
        _GOALS, "goal:contact a mdt:Goal ;", "goal:contact  a mdt:Goal ;", "canonical",
        "goal:contact  a", "canonical way",
    ),
    "no newline at the end": (
        _CLAIMS, "goal:contact .\n", "goal:contact .", "canonical", "goal:contact .", "canonical",
    ),
    "comment": (
        _CLAIMS, "mdt:object goal:contact .", "mdt:object goal:contact . # why\n# and", "comment",
        "# why", "1 more",
    ),
    "term without English": (
        _TERMS, '"goal"@en', '"goal"@fr', "labels", "mdt:Goal a", "rdfs:label is missing in English",
    ),
    "term without a definition": (
        _TERMS, '"An object."@en', '"Nog een."@nl', "labels", "mdt:object a",
        "missing in English",
    ),
    "concept without a Dutch label": (
        _GOALS, '"Welbevinden"@nl', '"Welbevinden"', "labels", "goal:wellbeing a",
        "without a language",
    ),
    "concept with two definitions": (
        _GOALS, '"Zich goed voelen."@nl', '"Goed."@nl, "Zich goed voelen."@nl', "labels",
        "goal:wellbeing a", "2 times in Dutch",
    ),
    "scheme without an English title": (
        _GOALS, '"Goals"@en', '"Goals"@de', "labels", "scheme:goals a", "dcterms:title is missing",
    ),
    "statement without an English gist": (
        _CLAIMS, '"One."@en', '"Een."@de', "labels", "claim:one a", "mdt:gist is missing",
    ),
    "undeclared term in data": (
        _CLAIMS, "mdt:object", "mdt:obejct", "undeclared-term", "mdt:obejct", "mean object?",
    ),
    "undeclared class in data": (
        _GOALS, "goal:contact a mdt:Goal", "goal:contact a mdt:Gaol", "undeclared-term",
        "mdt:Gaol", "mean Goal?",
    ),
    "undeclared term in a shape": (
        _SHAPES, "sh:path mdt:gist", "sh:path mdt:gits", "undeclared-term", "mdt:gits",
        "mean gist?",
    ),
    "undeclared term in a rule": (
        _RULE, "a mdt:Claim ;", "\n a mdt:Clam ;", "undeclared-term", "mdt:Clam", "mean Claim?",
    ),
    "undeclared borrowed predicate": (
        _GOALS, "skos:inScheme", "skos:inSheme", "undeclared-borrowed-term", "skos:inSheme",
        "mean inScheme?",
    ),
    "borrowed predicate of a vocabulary without a stub": (
        _CLAIMS, "mdt:object goal", "<http://schema.org/about> goal", "undeclared-borrowed-term",
        "schema.org", "not declared",
    ),
    "undeclared borrowed class in the ontology": (
        _TERMS, "rdfs:subClassOf skos:Concept", "rdfs:subClassOf skos:Concpt",
        "undeclared-borrowed-term", "skos:Concpt", "mean Concept?",
    ),
    "undeclared borrowed term in a shape": (
        _SHAPES, "sh:path skos:definition", "sh:path skos:defintion", "undeclared-borrowed-term",
        "skos:defintion", "mean definition?",
    ),
    "reference to nothing": (
        _CLAIMS, "goal:contact", "goal:contcat", "unknown-thing", "mdt:object goal:contcat",
        "mean contact?",
    ),
    "reference to nothing in a rule": (
        _RULE, "goal:contact", "goal:contcat", "unknown-thing", "goal:contcat", "mean contact?",
    ),
    "reference to no shape": (
        _SHAPES, "shape:claim-object ;", "shape:claim-objcet ;", "unknown-shape",
        "shape:claim-objcet", "mean claim-object?",
    ),
    "blank node in data": (
        _CLAIMS, "mdt:object goal:contact .", "mdt:object goal:contact, [] .", "blank-node",
        "mdt:object goal", "blank node",
    ),
    "SHACL violation": (
        _CLAIMS, ";\n    mdt:object goal:contact .", ".", "shape", "claim:one a", "Name a goal.",
    ),
    "SHACL violation by a value": (
        _CLAIMS, "goal:contact .",
        "goal:contact, <https://w3id.org/mdt-kennisgraaf/id/scheme/goals> .", "shape",
        "claim:one a", "id/scheme/goals",
    ),
    "another prefix": (
        _CLAIMS, "@prefix goal: <", "@prefix target: <https://w3id.org/mdt-kennisgraaf/id/goal/> .\n"
        "@prefix goal: <", "prefix", "@prefix target:", "`goal:`",
    ),
}  # fmt: skip

# What else is found, rightly, because of the planted fault.
_FOLLOWS = {
    "undeclared term in data": ["shape"],
    "undeclared class in data": ["shape"],
    "undeclared term in a shape": ["shape"],
    "borrowed predicate of a vocabulary without a stub": ["shape"],
    "undeclared borrowed class in the ontology": ["labels"],
    "reference to no shape": ["not-validated"],
    "blank node in data": ["shape"],
}


def _without(findings: list[Finding], *checks: str) -> list[Finding]:
    return [finding for finding in findings if finding.check not in checks]


def test_content_without_a_fault_has_no_finding(sample: Any) -> None:
    assert check_content(sample.content) == []


@pytest.mark.parametrize("name", _PLANTED)
def test_a_planted_fault_is_found_once_with_file_and_line(sample: Any, name: str) -> None:
    path, old, new, check, on_line, words = _PLANTED[name]
    planted = sample.changed(path, old, new)
    found = check_content(planted.content)
    expected = [finding for finding in found if finding.check == check]
    assert [(f.path, f.line) for f in expected] == [(path, planted.line(path, on_line))]
    assert words in expected[0].message
    assert expected[0].fix
    # What is planted by hand is mostly not canonical as well.
    assert _without(found, check, "canonical", *_FOLLOWS.get(name, [])) == []


def test_a_fault_of_words_is_not_reported_again_by_a_shape(sample: Any) -> None:
    planted = sample.changed(_CLAIMS, '"One."@en', '"One."@de').formatted(_CLAIMS)
    planted = planted.changed(
        _SHAPES, "sh:path mdt:gist", 'sh:languageIn ("nl" "en") ; sh:path mdt:gist'
    )
    found = _without(check_content(planted.content), "canonical")
    assert [finding.check for finding in found] == ["labels"]


def test_a_broken_file_does_not_flood_the_rest(sample: Any) -> None:
    for path in (_TERMS, _STUBS, _GOALS, _SHAPES):
        broken = sample.with_file(path, sample.files[path] + "\nbroken")
        assert [(f.path, f.check) for f in check_content(broken.content)] == [(path, "turtle")]


def test_nothing_is_validated_while_a_file_is_broken(sample: Any) -> None:
    moved = sample.changed(_CLAIMS, ";\n    mdt:object goal:contact .", ".").formatted(_CLAIMS)
    assert [f.check for f in check_content(moved.content)] == ["shape"]
    broken = moved.with_file("graph_data/report/objects.ttl", "claim:one mdt:object goal:contact .")
    assert [f.check for f in check_content(broken.content)] == ["turtle"]


def test_the_other_files_are_checked_when_one_is_broken(sample: Any) -> None:
    planted = sample.with_file("graph_data/report/broken.ttl", "broken").changed(
        _GOALS, '"Goals"@en', '"Goals"@de'
    )
    found = _without(check_content(planted.content), "canonical")
    assert [finding.check for finding in found] == ["labels", "turtle"]


def test_shapes_that_cannot_be_applied_are_no_fault_of_the_data(sample: Any) -> None:
    planted = sample.changed(_SHAPES, "sh:path mdt:gist", 'sh:name "gist"')
    found = _without(check_content(planted.content), "canonical")
    assert [(finding.path, finding.check) for finding in found] == [("shapes", "not-validated")]
    assert "not validated" in found[0].message


def test_warnings_of_shapes_are_no_findings(sample: Any) -> None:
    assert "sh:Warning" in sample.files[_SHAPES]
    assert check_content(sample.content) == []
    severe = sample.changed(_SHAPES, "sh:Warning", "sh:Violation")
    assert [(f.path, f.check) for f in check_content(severe.content)] == [(_GOALS, "shape")] * 2


def test_a_class_that_a_query_offers_has_to_be_declared(sample: Any) -> None:
    text = '#+ parameters:\n#+   goal: {type: iri, class: "mdt:Gaol"}\nSELECT ?a { ?a a ?b }\n'
    [finding] = check_content(sample.with_file("queries/a/b.rq", text).content)
    assert (finding.path, finding.line, finding.check) == ("queries/a/b.rq", 2, "undeclared-term")


def test_a_version_of_the_ontology_and_its_namespace_are_no_terms(sample: Any) -> None:
    text = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://w3id.org/mdt-kennisgraaf/def> a owl:Ontology ;
    rdfs:seeAlso mdt: ;
    owl:versionIRI <https://w3id.org/mdt-kennisgraaf/def/0.1.0> .
"""
    more = sample.with_file("ontology/header.ttl", text)
    assert _without(check_content(more.content), "canonical") == []


def test_a_query_that_is_not_utf_8_names_nothing() -> None:
    assert query_mentions(b"SELECT \xff { ?a a <urn:b> }") == {}


def test_a_violation_of_a_blank_node_names_the_folder(sample: Any) -> None:
    planted = sample.with_file(
        "graph_data/report/blank.ttl",
        "@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .\n[] a mdt:Claim .\n",
    )
    found = [f for f in check_content(planted.content) if f.check == "shape"]
    assert {(f.path, f.line) for f in found} == {("graph_data", 0)}


def test_empty_content_has_no_finding() -> None:
    assert check_content(Content(())) == []


def test_further_checks_are_run_on_the_same_content(sample: Any) -> None:
    extra = Finding("a", 1, "extra", "m", "f")

    def check(content: Content) -> list[Finding]:
        assert content.files
        return [extra, extra]

    assert check_content(sample.content, more=[check]) == [extra]


def test_a_blank_value_is_called_so(sample: Any) -> None:
    planted = sample.changed(_CLAIMS, "mdt:object goal:contact .", "mdt:object [] .")
    shapes = [f for f in check_content(planted.content) if f.check == "shape"]
    assert [(f.path, "a blank node" in f.message) for f in shapes] == [(_CLAIMS, True)]
