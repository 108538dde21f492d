"""Rows of groups, things below a record, and values from JSON: what they say, and from which cell."""

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox
from tests.unit.ingest.mapping_files import column, group, read, small, thing, with_group

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.records import Record, RecordMaker
from werkzaam.ingest.values import Vocabulary

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
CODES = {"colour/red": "rood", "colour/blue": "blauw", "reason/unknown": "onbekend"}
KNOWN = [
    quad
    for slug, label in CODES.items()
    for thing_ in (ox.NamedNode(THINGS + slug),)
    for quad in (
        ox.Quad(
            thing_,
            ox.NamedNode(TYPE),
            ox.NamedNode(TERMS + slug.partition("/")[0].capitalize()),
        ),
        ox.Quad(thing_, LABEL, ox.Literal(label, language="nl")),
    )
]
ABSENCE = {
    "aboutUrl": "{record}/absence/{column}",
    "@type": TERMS + "Absence",
    TERMS + "linkProperty": {"@id": TERMS + "hasAbsence"},
    TERMS + "namingProperty": {"@id": TERMS + "names"},
    TERMS + "itemProperty": {"@id": TERMS + "why"},
    TERMS + "choicesOfClass": {"@id": TERMS + "Reason"},
}


def colour(**more: Any) -> dict[str, Any]:
    return column("colour", "anyURI", def_choicesOfClass={"@id": TERMS + "Colour"}, **more)


def maker_of(data: dict[str, Any], demo: bool | None = False) -> RecordMaker:
    mapping = read(data)
    places, header = sheet(mapping)
    return RecordMaker(mapping, places, header, Vocabulary(code_lists(mapping, KNOWN)), demo, "A")


def sheet(table: Any) -> tuple[dict[str, int], list[str]]:
    names = [one.name for one in table.columns]
    return {name: number for number, name in enumerate(names)}, names


def add(maker: RecordMaker, number: int, *texts: str) -> None:
    [one] = maker.mapping.groups
    maker.add_group_row(one, "B", *sheet(one), number, texts)


def said(record: Record) -> set[tuple[str, str, str]]:
    """What a record says, with short names; classes left out."""
    return {
        (
            quad.subject.value.removeprefix(record.iri) or ".",  # type: ignore[union-attr]
            quad.predicate.value.removeprefix(TERMS),
            quad.object.value.removeprefix(THINGS).replace(record.iri.removeprefix(THINGS), ""),  # type: ignore[union-attr]
        )
        for quad in record.quads
        if quad.predicate.value != TYPE
    }


def kinds(record: Record) -> set[tuple[str, str]]:
    return {
        (q.subject.value.removeprefix(record.iri), q.object.value.removeprefix(TERMS))  # type: ignore[union-attr]
        for q in record.quads
        if q.predicate.value == TYPE
    }


def found(maker: RecordMaker) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(f.constraint, f.sheet, f.row, f.column) for f in maker.findings]


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


def test_columns_with_one_address_speak_of_one_thing() -> None:
    about = "{record}/by/{who}"
    maker = maker_of(
        small(
            column("who"),
            column(
                "number",
                def_itemThing=thing(
                    about,
                    "number",
                    itemState={"propertyUrl": TERMS + "kind", "valueUrl": THINGS + "kind/a"},
                    itemFromColumn={"propertyUrl": TERMS + "called", "column": "who"},
                ),
            ),
            column("role", def_itemThing=thing(about, "role")),
        )
    )
    record = maker.make(2, ["P 1", "De Buurt", "12", "partner"])
    assert said(record) == {
        (".", "id", "P 1"),
        (".", "who", "De Buurt"),
        (".", "number", "/by/de-buurt"),
        (".", "role", "/by/de-buurt"),
        ("/by/de-buurt", "number", "12"),
        ("/by/de-buurt", "kind", "kind/a"),
        ("/by/de-buurt", "called", "De Buurt"),
        ("/by/de-buurt", "role", "partner"),
    }
    alone = maker.make(3, ["P 2", "", "12", ""])
    assert said(alone) == {(".", "id", "P 2")}
    assert found(maker) == [("needs-other-cell", "A", 3, "C")]
    assert '"who"' in maker.findings[0].message.nl


def test_a_thing_may_be_the_record_itself() -> None:
    data = small(
        colour(
            def_itemThing=thing(
                "{record}", "colour", itemFromColumn={"propertyUrl": TERMS + "of", "column": "to"}
            )
        ),
        column("to", suppressOutput=True, valueUrl=THINGS + "x/{to}"),
    )
    maker = maker_of(data)
    record = maker.make(2, ["P 1", "rood", "Q 1"])
    assert said(record) == {(".", "id", "P 1"), (".", "colour", "colour/red"), (".", "of", "x/q-1")}
    assert kinds(record) == {("", "Small"), ("", "Thing")}
    assert kinds(maker.make(3, ["P 2", "", "Q 1"])) == {("", "Small")}


def test_a_value_becomes_an_address_and_others_follow_from_it() -> None:
    code = column("code", separator=";", valueUrl=THINGS + "c/{code}")
    code[TERMS + "exampleValueUrl"] = THINGS + "voorbeeld/c--{code}"
    virtual = {"name": "v", "virtual": True, "propertyUrl": TERMS + "v"}
    data = small(code, {**virtual, "valueUrl": THINGS + "v/{code}"})
    told = said(maker_of(data).make(2, ["P 1", "A 1; B"]))
    assert told - {(".", "id", "P 1")} == {
        (".", "code", "c/a-1"),
        (".", "code", "c/b"),
        (".", "v", "v/a-1"),
        (".", "v", "v/b"),
    }
    example = maker_of(data, demo=True).make(2, ["P 1", "A 1"])
    assert example.iri == THINGS + "voorbeeld/small--p-1"
    assert (".", "code", "voorbeeld/c--a-1") in said(example)


def test_words_for_a_missing_value_become_a_statement_of_their_own() -> None:
    about = thing("{record}/size", "size")
    data = small(
        column("amount", "decimal", def_mayBeAbsent=True),
        column("size", "integer", def_mayBeAbsent=True, def_itemThing=about),
        column("name"),
        **{TERMS + "absence": ABSENCE},
    )
    maker = maker_of(data)
    record = maker.make(2, ["P 1", "Onbekend", "onbekend", "onbekend"])
    assert said(record) == {
        (".", "id", "P 1"),
        (".", "hasAbsence", "/absence/amount"),
        ("/absence/amount", "names", TERMS + "amount"),
        ("/absence/amount", "why", "reason/unknown"),
        (".", "size", "/size"),
        ("/size", "why", "reason/unknown"),
        (".", "name", "onbekend"),
    }
    assert maker.findings == []
    assert maker.trace.find(record.iri + "/absence/amount", None, None) == Cell(
        2, 1, "amount", "Onbekend", "A"
    )
    maker.make(3, ["P 2", "0", "0", ""])
    assert maker.findings == []


def test_several_keys_together_tell_records_apart() -> None:
    data = small(colour(required=True))
    schema = data["tables"][0]["tableSchema"]
    schema["primaryKey"] = ["id", "colour"]
    schema["aboutUrl"] = THINGS + "small/{id}--{colour}"
    schema[TERMS + "exampleAboutUrl"] = THINGS + "voorbeeld/{id}--{colour}"
    maker = maker_of(data)
    rows = [["P 1", "rood"], ["P 1", "blauw"], ["p-1", "Rood"], ["P 1", "geel"]]
    iris = [maker.make(number, row).iri for number, row in enumerate(rows, start=2)]
    assert iris[:2] == [THINGS + "small/p-1--red", THINGS + "small/p-1--blue"]
    assert len(set(iris)) == 4
    assert found(maker) == [("duplicate-identifier", "A", 4, "A"), ("unknown-code", "A", 5, "B")]
    assert list(maker.places) == iris[:2]


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
