"""What an answer does not say is counted: rows left out, what is unknown, empty cells."""

from dataclasses import replace

import pytest

from werkzaam.api.answer_limits import limits_json, limits_of
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import part_of
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column
from werkzaam.domain.versions import Version

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


def answered(table: Table) -> Answered:
    return Answered(QUERY, {}, "", table, Version(4, "d"))


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


NOT_CODED = Column("notCoded", WORDS, "measure", not_known="> 0")
CODED = Column("coded", WORDS, "measure", not_known="0")


def test_a_number_that_counts_what_is_not_known_makes_its_row_unknown() -> None:
    query = replace(QUERY, columns=(NOT_CODED, CODED))
    numbers = (("5", "0"), ("0", "5"), ("2", "3"))
    rows = [{"notCoded": Term("literal", a), "coded": Term("literal", b)} for a, b in numbers]
    table = Table(("notCoded", "coded"), (*rows, {}, {"notCoded": Term("literal", "NaN")}))
    said = limits_json(limits_of(replace(answered(table), query=query)), "en")["unknown"]
    assert said == {
        "rows": 2,
        "values": [
            {"column": "notCoded", "value": None, "label": "> 0", "rows": 2},
            {"column": "coded", "value": None, "label": "0", "rows": 1},
        ],
    }


def test_a_number_below_its_whole_says_that_the_rest_is_not_known() -> None:
    query = replace(QUERY, columns=(replace(CODED, not_known="< loaded"),))
    numbers = (("2", "5"), ("5", "5"), ("0", "0"))
    rows = [{"coded": Term("literal", a), "loaded": Term("literal", b)} for a, b in numbers]
    table = Table(("coded", "loaded"), (*rows, {"coded": Term("literal", "0")}))
    limits = limits_of(replace(answered(table), query=query))
    [one] = limits.unknown
    assert (limits.unknown_rows, one.rows, one.label) == (1, 1, "< loaded")
    assert one.said({"loaded": "Loaded projects"}) == "< Loaded projects"


def test_the_licence_is_of_our_own_words_and_not_of_records() -> None:
    said = limits_json(limits_of(answered(TABLE)), "en")
    assert said["licence"] is None
    assert "no licence" in said["rights"]
    ours = replace(QUERY, text="SELECT ?presence { ?p a mdt:Claim }")
    said = limits_json(limits_of(replace(answered(TABLE), query=ours)), "nl")
    assert said["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "onze eigen woorden en modellering" in said["rights"]
    assert "eigenaren" in said["rights"]
