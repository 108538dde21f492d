"""The queries for pitfalls as findings: place, words, and queries that cannot be used."""

from typing import Any

import pytest

from werkzaam.curation.content_check import check_content

CHECK = "ontology/checks/p04-x.rq"
QUERY = """\
# P04: Stands apart.
# Means: nobody
# finds it. Fix: Relate it.
SELECT ?entity ?property ?value
WHERE { ?entity a <http://www.w3.org/2002/07/owl#Class> . BIND("x" AS ?property)
  FILTER(STRENDS(STR(?entity), "Goal")) }
"""


def test_a_hit_is_a_finding_at_the_term(sample: Any) -> None:
    planted = sample.with_file(CHECK, QUERY)
    [finding] = check_content(planted.content)
    assert (finding.path, finding.line) == (
        "ontology/mdt.ttl",
        sample.line("ontology/mdt.ttl", "mdt:Goal a"),
    )
    assert finding.message == 'def/Goal, "x": Stands apart (P04).'
    assert (finding.check, finding.fix) == ("pitfall", "Relate it.")


def test_what_another_check_covers_is_not_said_twice(sample: Any) -> None:
    covered = QUERY.replace("Relate it.", "Relate it.\n# Covered: labels.")
    assert check_content(sample.with_file(CHECK, covered).content) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (QUERY.replace("P04: ", ""), "comments do not say"),
        (QUERY.replace("SELECT", "SELEKT"), "not SPARQL"),
        (QUERY.replace("?property ?value\n", "?property\n"), "does not select"),
    ],
)
def test_a_query_that_cannot_be_used_is_a_finding(sample: Any, text: str, reason: str) -> None:
    [finding] = check_content(sample.with_file(CHECK, text).content)
    assert (finding.path, finding.check) == (CHECK, "pitfall-query")
    assert reason in finding.message


def test_nothing_is_looked_for_while_the_ontology_does_not_parse(sample: Any) -> None:
    broken = sample.with_file(CHECK, QUERY).with_file("ontology/broken.ttl", "<")
    assert [f.check for f in check_content(broken.content)] == ["turtle"]
