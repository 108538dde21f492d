"""Rows of groups and values from JSON: what they say, and from which cell."""

from collections.abc import Sequence

from tests.unit.ingest.made_records import add, colour, found, kinds, maker_of, said
from tests.unit.ingest.mapping_files import column, group, small, with_group

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.mapping import TableMapping


def test_a_row_of_a_group_is_a_thing_below_the_record_that_it_names() -> None:
    maker = maker_of(with_group(small(), group(column("weight", "integer"))))
    record = maker.make(2, ["P 1"])
    other = maker.make(3, ["P 2"])
    add(maker, 2, " p-1", "Eerste deel", "7")
    whole, same = maker.complete([record, other])
    assert said(whole) - said(record) == {
        (".", "hasPart", "/part/eerste-deel"),
        ("/part/eerste-deel", "part", "Eerste deel"),
        ("/part/eerste-deel", "weight", "7"),
    }
    assert ("/part/eerste-deel", "Part") in kinds(whole)
    assert same is other
    assert maker.findings == []


def test_every_statement_of_a_group_is_traced_to_its_cell() -> None:
    maker = maker_of(with_group(small(), group(column("weight", "integer"))))
    iri = maker.make(2, ["P 1"]).iri
    add(maker, 5, "P 1", "deel", "7")
    thing_ = iri + "/part/deel"
    trace = maker.trace
    assert trace.find(thing_, TERMS + "weight", "7") == Cell(5, 2, "weight", "7", "B")
    assert trace.find(thing_, TERMS + "unknown", None) == Cell(5, 1, "part", "deel", "B")
    assert trace.find(iri, TERMS + "hasPart", thing_) == Cell(5, 1, "part", "deel", "B")
    assert trace.find(iri, None, None) == Cell(2, 0, "id", "P 1", "A")
    assert trace.find(iri + "x", None, None) is None


def test_a_row_that_names_no_record_is_told() -> None:
    maker = maker_of(with_group(small(), group()))
    record = maker.make(2, ["P 1"])
    add(maker, 2, "P 2", "deel")
    add(maker, 3, "", "deel")
    add(maker, 4, "P 1", " ")
    assert found(maker) == [
        ("unknown-record", "B", 2, "A"),
        ("missing-value", "B", 3, "A"),
        ("missing-value", "B", 4, "B"),
    ]
    assert maker.complete([record]) == [record]


def test_the_same_thing_twice_below_a_record_is_told() -> None:
    maker = maker_of(with_group(small(), group()))
    maker.make(2, ["P 1"])
    maker.make(3, ["P 2"])
    for number, names in enumerate((("P 1", "deel"), ("P 2", "deel"), ("p 1", "Deel")), start=2):
        add(maker, number, *names)
    assert found(maker) == [("repeated-group-row", "B", 4, "B")]
    assert "rij 2" in maker.findings[0].message.nl


def test_a_default_fills_empty_cells_and_is_told_once() -> None:
    maker = maker_of(with_group(small(), group(colour(default="rood"))))
    record = maker.make(2, ["P 1"])
    for number, part in enumerate(("a", "b"), start=2):
        add(maker, number, "P 1", part, "")
    add(maker, 4, "P 1", "c", "blauw")
    [whole] = maker.complete([record])
    assert {s for s in said(whole) if s[1] == "colour"} == {
        ("/part/a", "colour", "colour/red"),
        ("/part/b", "colour", "colour/red"),
        ("/part/c", "colour", "colour/blue"),
    }
    assert found(maker) == [("default-used", "B", 2, "C")]
    assert dict(maker.counts["colour"]) == {THINGS + "colour/red": 2, THINGS + "colour/blue": 1}


def cells(mapping: TableMapping, path: str, **texts: str) -> dict[str, Cell]:
    return {
        one.name: Cell(None, None, one.title(), texts.get(one.name, ""), None, path + one.pointer)
        for one in mapping.columns
    }


def items(path: str, *texts: str) -> Sequence[Cell]:
    return [Cell(text=text, path=f"{path}/{number}") for number, text in enumerate(texts)]


def test_values_from_json_are_traced_to_their_place() -> None:
    data = with_group(small(column("words", separator=";"), column("size", "integer")), group())
    maker = maker_of(data)
    mapping = maker.mapping
    record = maker.make_from(
        cells(mapping, "/0", id="P 1", size="veel"), {"words": items("/0/words", "a; b", "c")}
    )
    again = maker.make_from(cells(mapping, "/1", id="P 1"))
    [one] = mapping.groups
    inner = {"part": Cell(text="deel", path="/0/parts/0/part", title="part")}
    maker.add_group_cells(one, inner, record=record.iri)
    [whole, _] = maker.complete([record, again])
    assert {s[2] for s in said(whole) if s[1] == "words"} == {"a; b", "c"}
    assert (".", "hasPart", "/part/deel") in said(whole)
    assert [(f.constraint, f.path) for f in maker.findings] == [
        ("invalid-number", "/0/size"),
        ("duplicate-identifier", "/1/id"),
    ]
    cell = maker.trace.find(record.iri, TERMS + "words", "a; b")
    assert cell is not None
    assert cell.path == "/0/words/0"
    assert maker.trace.find(record.iri + "/part/deel", None, None) == inner["part"]


def test_a_trace_lets_go_of_what_it_noted_and_notes_it_again() -> None:
    maker = maker_of(small(column("size")))
    records = [maker.make(number, [f"P {number}", "a"]) for number in range(2, 2_500)]
    for record, number in zip(records, range(2, 2_500), strict=True):
        assert maker.trace.find(record.iri, TERMS + "size", "a") == Cell(
            number, 1, "size", "a", "A"
        )
    assert maker.trace.find(records[0].iri, TERMS + "size", "a") == Cell(2, 1, "size", "a", "A")
    assert len(maker.trace._by_statement) < 2_000


def test_what_a_text_meant_once_it_means_again_at_its_own_cell() -> None:
    maker = maker_of(small(column("words", separator=";"), column("size", "decimal")))
    for number in (2, 3):
        maker.make(number, [f"P {number}", "a; a", "0,5"])
    assert found(maker) == [
        ("repeated-item", "A", 2, "B"),
        ("read-as", "A", 2, "C"),
        ("repeated-item", "A", 3, "B"),
        ("read-as", "A", 3, "C"),
    ]
