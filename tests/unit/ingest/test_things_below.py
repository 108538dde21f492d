"""Things below a record, addresses made of values, and words for what is absent."""

from tests.unit.ingest.made_records import ABSENCE, colour, found, kinds, maker_of, said
from tests.unit.ingest.mapping_files import column, small, thing

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.ingest.cells import Cell


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
