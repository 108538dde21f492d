"""What an answer does not say is counted: rows left out, what is unknown, empty cells."""

import pytest

from werkzaam.api.answer_limits import Coverage, coverage_of, limits_json, limits_of
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import part_of
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column
from werkzaam.domain.versions import Version
from werkzaam.store.interface import Answer, Question

WORDS = Bilingual("x", "x")
THINGS = "https://w3id.org/mdt-kennisgraaf/id/"
QUERY = CataloguedQuery(
    "a/b", WORDS, WORDS, WORDS, (), "table", "0.1.0", (),
    (
        Column("presence", WORDS, "category"), Column("presenceLabel", WORDS, "label", "presence"),
        Column("number", WORDS, "measure"),
    ),
    "SELECT ?presence { ?p a mdt:Project }", "p",
)  # fmt: skip


def row(presence: str, number: str = "") -> Row:
    found = {
        "presence": Term("uri", f"{THINGS}presence/{presence}"),
        "presenceLabel": Term("literal", presence.replace("-", " "), None, "en"),
    }
    return {**found, "number": Term("literal", number)} if number else found


ROWS = (row("present", "1"), row("no-judgement"), row("not-compared"), row("no-judgement", "2"))
TABLE = Table(("presence", "presenceLabel", "number"), ROWS)


def answered(table: Table, **bound: str) -> Answered:
    return Answered(QUERY, {}, "", table, Version(4, "d"), bound)


def test_unknown_and_empty_are_counted_apart() -> None:
    said = limits_json(limits_of(answered(TABLE), date="2026-01-02T03:04:05.000006Z"), "en")
    assert said["unknown"] == {
        "rows": 3,
        "values": [
            {
                "column": "presence",
                "value": f"{THINGS}presence/no-judgement",
                "label": "no judgement",
                "rows": 2,
            },
            {
                "column": "presence",
                "value": f"{THINGS}presence/not-compared",
                "label": "not compared",
                "rows": 1,
            },
        ],
    }
    assert said["empty"] == {"number": 2}
    assert (said["total"], said["returned"], said["leftOut"]) == (4, 4, [])
    assert (said["version"], said["date"]) == (4, "2026-01-02")
    assert said["licence"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert said["coverage"] is None


@pytest.mark.parametrize(
    ("limit", "after", "left_out"),
    [
        (2, 1, [("after", 1), ("limit", 1)]),
        (None, 3, [("after", 3)]),
        (4, 0, []),
        (2, 9, [("after", 4)]),
    ],
)
def test_rows_that_are_left_out_are_counted_with_the_reason(
    limit: int | None, after: int, left_out: list[tuple[str, int]]
) -> None:
    said = limits_json(limits_of(answered(part_of(TABLE, limit, after))), "nl")
    assert [(one["because"], one["rows"]) for one in said["leftOut"]] == left_out
    assert said["returned"] + sum(rows for _, rows in left_out) == said["total"] == 4


class Asked:
    """A store with one answer, that keeps what it was asked."""

    def __init__(self, projects: int, coded: int) -> None:
        self.text = ""
        self._body = (
            '{"head":{"vars":["projects","coded"]},"results":{"bindings":[{"projects":{"type":'
            f'"literal","value":"{projects}"}},"coded":{{"type":"literal","value":"{coded}"}}}}]}}}}'
        ).encode()

    def ask(self, question: Question) -> Answer:
        self.text = question.text
        return Answer(self._body, Version(4, "d"))


def test_coverage_is_said_of_projects_and_of_the_round_that_was_asked() -> None:
    store = Asked(24, 20)
    found = coverage_of(store, answered(TABLE, subsidyRound="<urn:round>"))  # type: ignore[arg-type]
    assert found == Coverage(24, 20)
    assert "mdt:inSubsidyRound <urn:round>" in store.text
    said = limits_json(limits_of(answered(TABLE), coverage=found), "en")["coverage"]
    assert said == {
        "projects": 24,
        "coded": 20,
        "words": "20 of 24 loaded projects are coded",
    }


def test_no_projects_are_never_nought() -> None:
    found = coverage_of(Asked(0, 0), answered(TABLE))  # type: ignore[arg-type]
    said = limits_json(limits_of(answered(TABLE), coverage=found), "nl")["coverage"]
    assert said == {"projects": None, "coded": None, "words": "geen projectgegevens"}
