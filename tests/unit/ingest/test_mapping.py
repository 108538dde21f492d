"""A mapping file is read whole, or refused with its line and the place in it."""

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from tests.unit.ingest.mapping_files import (
    PATH,
    bilingual,
    column,
    content_of,
    group,
    read,
    small,
    thing,
    with_group,
)

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.errors import ContentError
from werkzaam.ingest.columns import match_columns
from werkzaam.ingest.mapping import Derived, read_mapping

Change = Callable[[dict[str, Any]], None]


def test_a_column_is_read_with_all_it_says() -> None:
    told = column(
        "kvk",
        {"base": "string", "format": "[0-9]{8}", "minLength": 8, "maxLength": 8},
        **{
            "titles": {"nl": ["KvK-nummer", "KvK"], "en": ["KvK number"]},
            "dc:description": bilingual("Acht cijfers.", "Eight digits."),
            "def_exampleValue": bilingual("90004711", "90004712"),
            "def_jsonPointer": "/company/kvk",
            "def_mayBeAbsent": False,
            "separator": ";",
            "default": "90000000",
            "valueUrl": THINGS + "organisation/nl-kvk-{kvk}",
        },
    )
    virtual = {
        "name": "also",
        "virtual": True,
        "propertyUrl": TERMS + "also",
        "valueUrl": THINGS + "x/{kvk}",
    }
    found = read(small(told, virtual)).column("kvk")
    assert (found.titles["nl"], found.title("en")) == (("KvK-nummer", "KvK"), "KvK number")
    assert (found.limits.format, found.limits.shortest, found.limits.longest) == ("[0-9]{8}", 8, 8)
    assert found.help is not None
    assert found.help.en == "Eight digits."
    assert found.example is not None
    assert found.example.nl == "90004711"
    assert (found.pointer, found.separator, found.default) == ("/company/kvk", ";", "90000000")
    assert found.value_url == found.example_value_url == THINGS + "organisation/nl-kvk-{kvk}"
    assert found.derived == (Derived(TERMS + "also", THINGS + "x/{kvk}", THINGS + "x/{kvk}"),)


def test_what_is_not_said_has_its_usual_meaning() -> None:
    found = read(small(column("size", {"base": "decimal", "minimum": 0, "maximum": 9.5})))
    size = found.column("size")
    assert (size.limits.minimum, size.limits.maximum) == (Decimal(0), Decimal("9.5"))
    assert (size.pointer, size.help, size.example, size.default) == ("/size", None, None, None)
    assert (found.pointer, found.groups, found.absence, found.keys) == ("", (), None, ("id",))
    assert found.titles == {"nl": ("Klein",), "en": ("Small",)}


def test_things_below_the_record_are_read_with_one_or_many_statements() -> None:
    one = {"propertyUrl": TERMS + "kind", "valueUrl": THINGS + "kind/a"}
    text = {"propertyUrl": TERMS + "unit", "@value": "euro", "@language": "nl"}
    copied = {"propertyUrl": TERMS + "by", "column": "who"}
    columns = [
        column("a", def_itemThing=thing("{record}/a", "is", itemState=one, itemFromColumn=copied)),
        column("b", def_itemThing=thing("{record}/b/{item}", "is", itemState=[one, text])),
        column("who"),
    ]
    first, second = (read(small(*columns)).column(name).item for name in ("a", "b"))
    assert first is not None
    assert second is not None
    assert first.states == ((TERMS + "kind", ox.NamedNode(THINGS + "kind/a")),)
    assert first.copies == ((TERMS + "by", "who"),)
    assert second.states[1] == (TERMS + "unit", ox.Literal("euro", language="nl"))


def test_a_repeat_group_is_read_with_its_own_columns() -> None:
    mapping = read(with_group(small(column("size")), group(column("weight"))))
    [found] = mapping.groups
    assert (found.name, found.key, found.pointer) == ("parts", "of", "/parts")
    assert (found.titles["nl"], found.title("en")) == (("Delen", "Onderdelen"), "Parts")
    assert [one.name for one in found.own_columns] == ["part", "weight"]
    assert [one.name for one in mapping.every_column] == ["id", "size", "part", "weight"]
    assert found.by_title["weight en"].name == "weight"


def test_a_single_table_needs_no_list_of_tables() -> None:
    data = small(column("size"))
    [table] = data.pop("tables")
    assert read({**data, **table}).column("size").name == "size"


def change(*path: str | int, to: Any = None, drop: bool = False) -> Change:
    """A change of what stands at ``path``."""

    def apply(data: dict[str, Any]) -> None:
        inner: Any = data
        for part in path[:-1]:
            inner = inner[part]
        if drop:
            del inner[path[-1]]
        else:
            inner[path[-1]] = to

    return apply


MAIN = ("tables", 0, "tableSchema")
PART = ("tables", 1, "tableSchema")
SIZE = (*MAIN, "columns", 1)
WRONG: list[tuple[Change, str]] = [
    (change("schema:version", to="one"), "/schema:version"),
    (change("dc:title", to=bilingual("a", "b")[:1]), "/dc:title"),
    (change(*SIZE, "requierd", to=True), "/columns/1/requierd"),
    (change(*SIZE, "datatype", to="text"), "/columns/1/datatype"),
    (change(*SIZE, "propertyUrl", drop=True), "/columns/1: 'propertyUrl' is a required property"),
    (change(*SIZE, "titles", to={"nl": ["a"]}), "/columns/1/titles"),
    (change(*SIZE, "titles", "en", to=["ID "]), "/columns/1/titles"),
    (change(*SIZE, "name", to="part"), "twice"),
    (change(*SIZE, "valueUrl", to=THINGS + "x/{other}"), "{other}"),
    (change(*SIZE, "datatype", to={"base": "string", "format": "["}), "regular expression"),
    (change(*SIZE, "datatype", to={"base": "string", "format": "a"}), "exampleValue"),
    (change(*SIZE, "datatype", to={"base": "integer", "format": "a"}), "only a string"),
    (change(*SIZE, "datatype", to={"base": "date", "minimum": 3}), "/columns/1/datatype/minimum"),
    (change(*SIZE, TERMS + "choicesOfClass", to={"@id": TERMS + "X"}), "anyURI"),
    (change(*SIZE, TERMS + "mayBeAbsent", to=True), "no absence"),
    (change(*SIZE, TERMS + "itemThing", to=thing("{record}/{what}", "is")), "{what}"),
    (
        change(
            *(*SIZE, TERMS + "itemThing"),
            to=thing(
                "{record}/a", "is", itemFromColumn={"propertyUrl": TERMS + "x", "column": "z"}
            ),
        ),
        "no column z",
    ),
    (change(*SIZE, TERMS + "itemThing", to=thing("https://example.org/{item}", "is")), "aboutUrl"),
    (change(*MAIN, "primaryKey", to="size"), "/primaryKey"),
    (change(*MAIN, "primaryKey", to=[]), "/primaryKey"),
    (change(*MAIN, "aboutUrl", to=THINGS + "small/{size}"), "/aboutUrl"),
    (change(*MAIN, TERMS + "exampleAboutUrl", to=THINGS + "voorbeeld/x"), "exampleAboutUrl"),
    (change(*PART, "aboutUrl", to="{record}/part/{weight}"), "{weight}"),
    (change(*PART, "columns", 0, "required", to=False), "/foreignKeys"),
    (change(*PART, "foreignKeys", 0, "reference", "columnReference", to="size"), "/foreignKeys"),
    (change(*PART, "foreignKeys", 0, "reference", "resource", to="x.csv"), "/foreignKeys"),
    (
        change(*PART, "columns", 2, TERMS + "itemThing", to=thing("{record}/a", "is")),
        "/tables/1/tableSchema/columns/2",
    ),
    (
        change(
            *(*PART, "columns", 2),
            to={
                "name": "v",
                "virtual": True,
                "propertyUrl": TERMS + "v",
                "valueUrl": THINGS + "x/{size}",
            },
        ),
        "{size}",
    ),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_a_fault_is_told_with_its_line_and_place(wrong: Change, said: str) -> None:
    data = copy.deepcopy(with_group(small(column("size")), group(column("weight"))))
    read(data)
    wrong(data)
    with pytest.raises(ContentError) as caught:
        read(data)
    assert said in str(caught.value)
    assert caught.value.path == PATH
    assert caught.value.line is not None


def test_the_line_is_that_of_the_fault() -> None:
    data = small(column("size"))
    data["tables"][0]["tableSchema"]["columns"][1]["datatype"] = "text"
    text = json.dumps(data, indent=2)
    with pytest.raises(ContentError) as caught:
        read_mapping(content_of(text), "small")
    [line] = [n for n, words in enumerate(text.splitlines(), 1) if '"datatype": "text"' in words]
    assert caught.value.line == line


def test_what_is_no_json_is_told_with_its_line() -> None:
    with pytest.raises(ContentError, match="not JSON") as caught:
        read_mapping(content_of('{\n"a": 1,\n}'), "small")
    assert caught.value.line == 3


def test_a_column_that_lacks_is_told_unless_it_has_a_default() -> None:
    mapping = read(small(column("a", required=True), column("b", required=True, default="x")))
    found = match_columns(["id"], mapping).findings
    assert [(one.constraint, one.column_title) for one in found] == [("missing-column", "a")]


def test_records_with_several_keys_have_no_repeat_groups() -> None:
    data = small(column("size", required=True))
    schema = data["tables"][0]["tableSchema"]
    schema["primaryKey"] = ["id", "size"]
    schema["aboutUrl"] = THINGS + "small/{id}--{size}"
    schema[TERMS + "exampleAboutUrl"] = THINGS + "voorbeeld/{id}--{size}"
    assert read(data).keys == ("id", "size")
    with pytest.raises(ContentError, match="no repeat groups"):
        read(with_group(data, group()))
