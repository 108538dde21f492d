"""Values of a list with another mark between them than the mapping has: told whole, never lost."""

from collections.abc import Sequence

import pytest

from werkzaam.domain.content import Content
from werkzaam.ingest.background import known_triples
from werkzaam.ingest.cell_reading import CellReader, CellReading
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import CodeList, code_lists
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.values import Vocabulary


@pytest.fixture(scope="module")
def vocabulary(all_content: Content, mapping: TableMapping) -> Vocabulary:
    return Vocabulary(code_lists(mapping, known_triples(all_content)))


def read(
    vocabulary: Vocabulary, mapping: TableMapping, text: str, given: Sequence[str] | None = None
) -> CellReading:
    cell = Cell(2, 10, "werkzame elementen: wel", text)
    items = None if given is None else [cell.item(one) for one in given]
    return CellReader(vocabulary).read(mapping.column("addressed"), cell, items)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("houvast, afstemming", "houvast; afstemming"),
        ("Houvast\nAfstemming\n", "Houvast; Afstemming"),
        ("Houvast / Afstemming", "Houvast; Afstemming"),
        ("Begrenzing; Houvast,Afstemming", "Begrenzing; Houvast; Afstemming"),
        ("Verzonnen; Houvast, Afstemming", "Verzonnen; Houvast; Afstemming"),
    ],
)
def test_the_whole_cell_is_written_out(
    vocabulary: Vocabulary, mapping: TableMapping, text: str, corrected: str
) -> None:
    reading = read(vocabulary, mapping, text)
    found = next(f for f in reading.findings if f.constraint == "other-separator")
    assert found.fix.nl == f"Schrijf in deze cel: {corrected}"
    assert found.fix.en == f"Write in this cell: {corrected}"
    assert reading.faulty
    if "Verzonnen" not in text:
        assert not read(vocabulary, mapping, corrected).findings


def test_an_item_of_a_list_of_json_becomes_more_items(
    vocabulary: Vocabulary, mapping: TableMapping
) -> None:
    [found] = read(vocabulary, mapping, "", ["Houvast, Afstemming"]).findings
    assert found.constraint == "other-separator"
    assert found.fix.nl == 'Maak er aparte onderdelen van: "Houvast", "Afstemming".'


def test_what_is_not_in_the_list_is_named(vocabulary: Vocabulary, mapping: TableMapping) -> None:
    [found] = read(vocabulary, mapping, "Houvast, Onzin, Afstemming").findings
    assert found.constraint == "unknown-code"
    assert (
        'Wel in de lijst: "Houvast", "Afstemming". Niet in de lijst: "Onzin".' in found.message.nl
    )
    assert 'In the list: "Houvast", "Afstemming". Not in the list: "Onzin".' in found.message.en
    assert "Bedoelt u" not in found.message.nl


def test_no_value_that_is_lost_is_suggested(vocabulary: Vocabulary, mapping: TableMapping) -> None:
    [found] = read(vocabulary, mapping, "onzin, meer onzin").findings
    assert found.constraint == "unknown-code"
    assert "Niet in de lijst" not in found.message.nl


def test_a_name_with_a_mark_in_it_is_one_part() -> None:
    names = {"a": {"nl": "Koken, eten"}, "b": {"nl": "Sport"}}
    words = {"koken, eten": frozenset({"a"}), "sport": frozenset({"b"})}
    codes = CodeList(names, words)
    assert codes.parts("Sport, Koken, eten") == [("Sport", True), ("Koken, eten", True)]
    assert codes.parts("Sport,, x") == [("Sport", True), ("x", False)]
    assert codes.parts("Sport," * 30) == [(("Sport," * 30).strip(), False)]


def test_one_column_of_one_value_is_not_divided(
    vocabulary: Vocabulary, mapping: TableMapping
) -> None:
    cell = Cell(2, 3, "ronde", "4b, 5a")
    [found] = CellReader(vocabulary).read(mapping.column("round"), cell).findings
    assert found.constraint == "unknown-code"
