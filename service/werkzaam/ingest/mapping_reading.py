"""A mapping file as data: checked against its JSON Schema, and against what a schema cannot say."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

import pyoxigraph as ox
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from werkzaam.domain.identifiers import last_segment, term
from werkzaam.domain.queries import LANGUAGES, Bilingual
from werkzaam.errors import ContentError
from werkzaam.ingest.mapping_faults import MappingFault, check_mapping, variables
from werkzaam.ingest.mapping_language import (
    Absence,
    Column,
    Derived,
    GroupTable,
    ItemThing,
    TableMapping,
    Term,
    Titles,
    ValueLimits,
)
from werkzaam.ingest.words import folded

_NUMBERS: Final = ("integer", "decimal", "gYear")
_POINTER: Final = term("jsonPointer")
_Place = Sequence[str | int]


@cache
def mapping_validator() -> Draft202012Validator:
    """The validator for `JSON Schema 2020-12 <https://json-schema.org/draft/2020-12>`_."""
    source = resources.files("werkzaam.ingest") / "mapping.schema.json"
    return Draft202012Validator(json.loads(source.read_text("utf-8")))


def mapping_of(name: str, path: str, data: bytes) -> TableMapping:
    """The mapping ``name`` that stands in ``data``. Raises ContentError with the place of a fault."""
    try:
        said = json.loads(data)
    except ValueError as fault:
        reason = getattr(fault, "msg", None) or str(fault)
        raise _refused(path, getattr(fault, "lineno", None), f"it is not JSON: {reason}") from None
    wrong = best_match(mapping_validator().iter_errors(said))
    if wrong is not None:
        raise _fault(path, data, _place(wrong), wrong.message)
    tables = said.get("tables", [said])
    try:
        mapping = _mapping(name, said, tables)
        check_mapping(mapping, tables)
    except MappingFault as fault:
        place = ("tables", *fault.place) if "tables" in said else fault.place[1:]
        raise _fault(path, data, place, fault.reason) from None
    return mapping


def _place(wrong: ValidationError) -> list[str | int]:
    """Where the schema is not met: at the key itself where that is the fault."""
    place = list(wrong.absolute_path)
    if wrong.validator == "additionalProperties" and isinstance(wrong.instance, dict):
        known = wrong.schema.get("properties", {}) if isinstance(wrong.schema, dict) else {}
        place += [key for key in wrong.instance if key not in known][:1]
    return place


def _fault(path: str, data: bytes, place: _Place, reason: str) -> ContentError:
    pointer = "".join(f"/{part}" for part in place) or "the top"
    return _refused(path, _line(data, place), f"at {pointer}: {reason}")


def _refused(path: str, line: int | None, reason: str) -> ContentError:
    return ContentError(
        path,
        line,
        "This is not a mapping that can be applied: {reason}. See graph_data/mappings/projects.json.",
        reason=reason,
    )


def _line(data: bytes, place: _Place) -> int | None:
    """The line, from 1, of what stands at ``place``; JSON is read as YAML, which knows its lines."""
    node = yaml.compose(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    line = None
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                break
            line, node = pairs[part][0].start_mark.line + 1, pairs[part][1]
            continue
        line = node.start_mark.line + 1 if node is not None else line
    return line


def _mapping(
    name: str, said: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]
) -> TableMapping:
    schema = tables[0]["tableSchema"]
    title, keys = _bilingual(said["dc:title"]), schema["primaryKey"]
    sheet = tables[0].get(term("sheetTitles"))
    return TableMapping(
        name=name,
        version=said["schema:version"],
        title=title,
        titles=_titles(sheet) if sheet else {"nl": (title.nl,), "en": (title.en,)},
        about=schema["aboutUrl"],
        example_about=schema[term("exampleAboutUrl")],
        kind=schema[term("recordClass")]["@id"],
        keys=(keys,) if isinstance(keys, str) else tuple(keys),
        pointer=said.get(_POINTER, ""),
        columns=tuple(_columns(schema["columns"], 0)),
        groups=tuple(_group(table, number) for number, table in enumerate(tables[1:], start=1)),
        absence=_absence(schema.get(term("absence"))),
    )


def _absence(data: Mapping[str, Any] | None) -> Absence | None:
    if data is None:
        return None
    return Absence(
        about=data["aboutUrl"],
        kind=data["@type"],
        link=data[term("linkProperty")]["@id"],
        names=data[term("namingProperty")]["@id"],
        property=data[term("itemProperty")]["@id"],
        choices=data[term("choicesOfClass")]["@id"],
        synonyms=_synonyms(data),
    )


def _group(data: Mapping[str, Any], number: int) -> GroupTable:
    schema, name = data["tableSchema"], last_segment(data["url"]).removesuffix(".csv")
    return GroupTable(
        name=name,
        titles=_titles(data[term("sheetTitles")]),
        about=schema["aboutUrl"],
        kind=schema[term("recordClass")]["@id"],
        link=schema[term("linkProperty")]["@id"],
        key=schema["foreignKeys"][0]["columnReference"],
        pointer=data.get(_POINTER, f"/{name}"),
        columns=tuple(_columns(schema["columns"], number)),
    )


def _columns(columns: Sequence[Mapping[str, Any]], table: int) -> Iterator[Column]:
    derived: dict[str, list[Derived]] = defaultdict(list)
    for column in columns:
        if column.get("virtual"):
            derived[variables(column["valueUrl"])[0]].append(_derived(column))
    for number, column in enumerate(columns):
        if column.get("virtual"):
            continue
        try:
            yield _column(column, tuple(derived[column["name"]]))
        except MappingFault as fault:
            place = (table, "tableSchema", "columns", number, *fault.place)
            raise MappingFault(place, fault.reason) from None


def _derived(data: Mapping[str, Any]) -> Derived:
    value = data["valueUrl"]
    return Derived(data["propertyUrl"], value, data.get(term("exampleValueUrl"), value))


def _column(data: Mapping[str, Any], derived: tuple[Derived, ...]) -> Column:
    thing, choices = data.get(term("itemThing")), data.get(term("choicesOfClass"))
    kind = data["datatype"]
    detail = {"base": kind} if isinstance(kind, str) else kind
    words, example = data.get("dc:description"), data.get(term("exampleValue"))
    return Column(
        name=data["name"],
        titles=_titles(data["titles"]),
        property=data["propertyUrl"],
        datatype=detail["base"],
        required=data.get("required", False),
        separator=data.get("separator"),
        language=data.get("lang"),
        silent=data.get("suppressOutput", False),
        choices=choices["@id"] if choices else None,
        synonyms=_synonyms(data),
        item=_item(thing) if thing else None,
        limits=_limits(detail),
        value_url=data.get("valueUrl"),
        example_value_url=data.get(term("exampleValueUrl"), data.get("valueUrl")),
        default=data.get("default"),
        help=_bilingual(words) if words else None,
        example=_bilingual(example) if example else None,
        pointer=data.get(_POINTER, f"/{data['name']}"),
        derived=derived,
        may_be_absent=data.get(term("mayBeAbsent"), False),
    )


def _synonyms(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        folded(word): meant["@id"]
        for meant in data.get(term("synonym"), [])
        for word in meant["skos:altLabel"]
    }


def _limits(data: Mapping[str, Any]) -> ValueLimits:
    return ValueLimits(
        format=data.get("format"),
        minimum=_bound(data, "minimum"),
        maximum=_bound(data, "maximum"),
        shortest=data.get("minLength"),
        longest=data.get("maxLength"),
    )


def _bound(data: Mapping[str, Any], name: str) -> Decimal | str | None:
    value = data.get(name)
    if value is None:
        return None
    if data["base"] in _NUMBERS and not isinstance(value, str):
        return Decimal(str(value))
    if data["base"] == "date" and isinstance(value, str):
        return value
    raise MappingFault(
        ("datatype", name), "a number has a number here, a date a text such as 2024-12-31"
    )


def _item(data: Mapping[str, Any]) -> ItemThing:
    return ItemThing(
        data["aboutUrl"],
        data["@type"],
        data[term("itemProperty")]["@id"],
        tuple(
            (said["propertyUrl"], _term(said)) for said in _listed(data.get(term("itemState"), []))
        ),
        tuple(
            (said["propertyUrl"], said["column"])
            for said in _listed(data.get(term("itemFromColumn"), []))
        ),
    )


def _listed(said: Any) -> list[Mapping[str, Any]]:
    return said if isinstance(said, list) else [said]


def _term(said: Mapping[str, Any]) -> Term:
    if "valueUrl" in said:
        return ox.NamedNode(said["valueUrl"])
    if "@language" in said:
        return ox.Literal(said["@value"], language=said["@language"])
    kind = said.get("@type")
    return ox.Literal(said["@value"], datatype=ox.NamedNode(kind) if kind else None)


def _titles(data: Mapping[str, Sequence[str]]) -> Titles:
    return {language: tuple(data[language]) for language in LANGUAGES}


def _bilingual(said: str | Sequence[Mapping[str, str]]) -> Bilingual:
    if isinstance(said, str):
        return Bilingual(nl=said, en=said)
    return Bilingual(**{one["@language"]: one["@value"] for one in said})
