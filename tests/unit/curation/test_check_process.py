"""The check in its own process: the same findings, and a clear word when it does not end."""

from typing import Any

import pytest

from werkzaam.curation.check_process import check_confined
from werkzaam.curation.checks.queries import queries, rules
from werkzaam.curation.content_check import check_content
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError

_CLAIMS = "graph_data/report/claims.ttl"
_SLOW = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/mdt-kennisgraaf/shape/> .

shape:slow a sh:PropertyShape ;
    sh:path mdt:gist ;
    sh:pattern "^(([a-z ])+.)+[A-Z]([a-z])+$" ;
    sh:targetClass mdt:Claim .
"""


def test_the_findings_are_those_of_the_check(sample: Any) -> None:
    planted = (
        sample.changed(_CLAIMS, "goal:contact", "goal:contcat")
        .with_file("queries/topic/bad.rq", "SELECT * {}")
        .with_file("ontology/rules/bad.rq", "CONSTRUCT {")
    )
    found = check_confined(planted.content)
    assert found == check_content(planted.content, more=(queries, rules))
    assert {(f.path, f.check) for f in found} == {
        (_CLAIMS, "unknown-thing"),
        ("queries/topic/bad.rq", "query"),
        ("ontology/rules/bad.rq", "rule"),
    }


def test_content_without_a_fault_has_no_finding(sample: Any) -> None:
    assert check_confined(sample.content) == []


def test_a_check_that_takes_too_long_is_stopped(sample: Any) -> None:
    slow = sample.with_file("shapes/slow.ttl", _SLOW).changed(_CLAIMS, '"One."', f'"{"a" * 60}!"')
    with pytest.raises(ContentError, match="stopped after 1 seconds") as refusal:
        check_confined(slow.content, seconds=1)
    assert refusal.value.path == "content"


def test_a_check_that_dies_is_no_verdict(sample: Any) -> None:
    large = sample.with_file("queries/large.txt", " " * (64 << 20))
    with pytest.raises(ContentError, match="could not be checked, so nothing is known"):
        check_confined(large.content, memory_bytes=32 << 20)


def test_deep_nesting_is_a_fault_of_that_file_alone(sample: Any) -> None:
    deep = "<urn:a> <urn:p> " + "[ <urn:p> " * 100_000 + "1" + " ]" * 100_000 + " ."
    [finding] = check_confined(sample.with_file("shapes/deep.ttl", deep).content)
    assert (finding.path, finding.check) == ("shapes/deep.ttl", "turtle")
    assert "deeper than 50" in finding.message


@pytest.mark.parametrize(
    ("data", "words"),
    [("CONSTRUCT {", "not SPARQL"), ("SELECT * {}", "CONSTRUCT query"), ("\udcff", "UTF-8")],
)
def test_a_rule_that_cannot_run_is_found(data: str, words: str) -> None:
    file = ContentFile("ontology/rules/a.rq", data.encode(errors="surrogateescape"))
    [finding] = rules(Content((file,)))
    assert (finding.path, finding.check) == ("ontology/rules/a.rq", "rule")
    assert words in finding.message
