"""An answer by case: what is said once, what stands with a case, what stands small in a row."""

from collections.abc import Sequence
from dataclasses import replace

from werkzaam.api.links import Links
from werkzaam.catalogue.finding import holds
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Behind, Bilingual, Cases, CataloguedQuery, Column, Role
from werkzaam.web.answer_layout import layout_of
from werkzaam.web.answer_tables import answer_table
from werkzaam.web.pieces import AnswerTable, Cell
from werkzaam.web.row_filter import find_rows

LINKS = Links("https://example.org")
BASE = "https://w3id.org/mdt-kennisgraaf/id/"
BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
CONFLICT = Cases(Bilingual("conflict", "conflict"), Bilingual("conflicten", "conflicts"), "tension")
ROLES: dict[str, Role] = {
    "tension": "identifier", "tensionLabel": "label", "statement": "identifier", "page": "source",
    "value": "measure",
}  # fmt: skip


def _query(*names: str, cases: Cases | None = CONFLICT) -> CataloguedQuery:
    words = Bilingual("x", "x")
    columns = tuple(
        Column(name, Bilingual(name, name), ROLES.get(name, "text"),
               name.removesuffix("Label") if name.endswith("Label") else None)
        for name in names
    )  # fmt: skip
    return CataloguedQuery(
        "a/b", words, words, words, (), "table", "0.1.0", (), columns, "", "", cases=cases
    )


def _row(**values: str) -> Row:
    return {
        name: Term("uri", BASE + value)
        if ROLES.get(name) == "identifier"
        else Term("literal", value)
        for name, value in values.items()
    }


def _table(*rows: Row) -> Table:
    return Table(tuple(rows[0]) if rows else (), rows)


PAIRS = _table(
    _row(tension="tension/a", reason="why a", gist="one", judge="analyst", page="1"),
    _row(tension="tension/a", reason="why a", gist="two", judge="analyst", page="2"),
    _row(tension="tension/b", reason="why b", gist="three", judge="analyst", page="2"),
    _row(tension="tension/b", reason="why b", gist="four", judge="analyst", page="2"),
)
PAIR_QUERY = _query("tension", "reason", "gist", "note", "judge", "page")


def _made(query: CataloguedQuery, table: Table, only: Sequence[Row] | None = None) -> AnswerTable:
    return answer_table(query, table, {}, "nl", "nl", LINKS, only=only)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells]


def test_what_all_rows_say_is_said_once_and_what_a_case_says_stands_above_its_rows() -> None:
    made = _made(PAIR_QUERY, PAIRS)
    assert [(one.label, one.cell.text) for one in made.once] == [("judge", "analyst")]
    assert made.left_out == ["note"]
    assert [heading.label for heading in made.headings] == ["gist", "Waar dat staat"]
    assert [case.title.text for case in made.cases] == ["Conflict 1", "Conflict 2"]
    assert [case.title.href for case in made.cases] == ["/id/tension/a", "/id/tension/b"]
    assert [[fact.cell.text for fact in case.facts] for case in made.cases] == [
        ["why a"],
        ["why b"],
    ]
    assert [[row[0].text for row in case.rows] for case in made.cases] == [
        ["one", "two"],
        ["three", "four"],
    ]


def test_a_case_keeps_its_place_and_says_that_rows_of_it_are_left_out() -> None:
    (case,) = _made(PAIR_QUERY, PAIRS, only=PAIRS.rows[3:]).cases
    assert (case.title.text, case.cut) == ("Conflict 2", "1 van de 2 staan hier.")
    assert [fact.cell.text for fact in case.facts] == ["why b"]


def test_a_case_with_a_name_is_called_by_it() -> None:
    rows = [
        _row(tension="tension/a", tensionLabel="Name", gist=gist) for gist in ("one", "two")
    ]  # fmt: skip
    (case,) = _made(_query("tension", "tensionLabel", "gist"), _table(*rows)).cases
    assert (case.title.text, case.title.href, list(case.facts)) == ("Name", "/id/tension/a", [])


def test_the_only_case_keeps_what_it_says() -> None:
    made = _made(PAIR_QUERY, _table(*PAIRS.rows[:2]))
    assert made.once == []
    assert [fact.label for fact in made.cases[0].facts] == ["reason", "judge"]


def test_rows_of_one_case_that_stand_apart_are_not_shown_by_case() -> None:
    first, second, third, fourth = PAIRS.rows
    layout = layout_of(PAIR_QUERY, _table(first, third, second, fourth))
    assert not layout.by_case
    assert "reason" in [column.name for column in layout.of_row]


def test_cases_of_mostly_one_row_are_rows() -> None:
    rows = [_row(tension=f"tension/{c}", gist=f"{n}") for n, c in enumerate("aabcd")]
    assert not layout_of(_query("tension", "gist"), _table(*rows)).by_case


def test_figures_and_passages_stay_in_their_rows() -> None:
    query = replace(_query("gist", "value", "page"), figures=(Behind("value", counts="?member"),))
    rows = [_row(gist=gist, value="3", page="4") for gist in ("one", "two")]
    assert [column.name for column in layout_of(query, _table(*rows)).of_row] == [
        "gist", "value", "page",
    ]  # fmt: skip


def test_rows_that_all_say_the_same_keep_their_columns() -> None:
    made = _made(_query("gist", cases=None), _table(_row(gist="x"), _row(gist="x")))
    assert (made.once, [_texts(row) for row in made.rows]) == ([], [["x"], ["x"]])


def test_in_a_wide_table_how_it_is_said_stands_beneath_what_is_said() -> None:
    names = ("gist", "voiceLabel", "hedges", "value", "minimum", "about", "note", "page")
    rows = [
        _row(**{name: f"{name} {number}" for name in names if (name, number) != ("hedges", 1)})
        for number in (1, 2)
    ]
    made = _made(_query(*names, cases=None), _table(*rows))
    assert [heading.label for heading in made.headings] == [
        "gist", "value", "about", "note", "Waar dat staat",
    ]  # fmt: skip
    gist, value = made.rows[0][:2]
    assert [(one.label, one.cell.text) for one in gist.details] == [("voiceLabel", "voiceLabel 1")]
    assert [one.cell.text for one in value.details] == ["minimum 1"]
    narrow = _made(_query(*names[:5], cases=None), _table(*rows))
    assert [heading.label for heading in narrow.headings] == list(names[:5])


def test_yes_and_no_are_words_and_statements_in_one_cell_stand_apart() -> None:
    rows = [
        {
            "quotation": Term("literal", value, BOOLEAN),
            "says": Term("literal", f"one {value} | two"),
        }
        for value in ("true", "false")
    ]
    made = _made(_query("quotation", "says", cases=None), _table(*rows))
    assert [row[0].text for row in made.rows] == ["ja", "nee"]
    assert [row[1].items for row in made.rows] == [["one true", "two"], ["one false", "two"]]


def test_words_are_found_without_capitals_and_accents_in_any_order() -> None:
    assert holds("Eén begrip, MEER namen", "meer een")
    assert not holds("Eén begrip", "een naam")
    assert holds("anything", "  ")


def test_the_search_looks_in_all_that_is_shown_of_a_row_and_its_case() -> None:
    def found(words: str) -> list[str]:
        return [row["gist"].value for row in find_rows(PAIR_QUERY, PAIRS, words, 100).rows]

    assert found("WHY B") == ["three", "four"]
    assert found("a two") == ["two"]
    assert found("analyst") == []
    assert found("tension") == []
    assert found("") == ["one", "two", "three", "four"]


def test_only_the_first_rows_are_given_and_a_case_stays_whole() -> None:
    found = find_rows(PAIR_QUERY, PAIRS, "", 3)
    assert (len(found.rows), found.number) == (4, 4)
    assert [len(find_rows(PAIR_QUERY, PAIRS, "", most).rows) for most in (1, 2)] == [2, 2]
    plain = replace(PAIR_QUERY, cases=None)
    assert len(find_rows(plain, PAIRS, "", 3).rows) == 3
    many = _table(*(_row(tension="tension/a", gist=str(number)) for number in range(9)))
    assert len(find_rows(_query("tension", "gist"), many, "", 2).rows) == 4
