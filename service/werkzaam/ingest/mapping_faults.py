"""What is wrong with a mapping although it meets its schema: names, templates and limits."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from werkzaam.domain.identifiers import term
from werkzaam.ingest.mapping_language import Column, GroupTable, TableMapping, TitledTable
from werkzaam.ingest.words import folded

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_SCHEMA: Final = "tableSchema"

Place = tuple[str | int, ...]


class MappingFault(Exception):
    """A fault at a place: number of the table, then keys and numbers down from there."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(reason)
        self.place = place
        self.reason = reason


def check_mapping(mapping: TableMapping, tables: Sequence[Mapping[str, Any]]) -> None:
    """Raise MappingFault for the first fault; ``tables`` is the mapping as it stands in the file."""
    for fault in _faults(mapping, tables):
        raise fault


def variables(template: str) -> list[str]:
    """The names of the variables in ``template``, in order."""
    return _VARIABLE.findall(template)


def _faults(mapping: TableMapping, tables: Sequence[Mapping[str, Any]]) -> Iterator[MappingFault]:
    yield from _keys(mapping)
    yield from _virtual(tables)
    count = Counter(column.name for column in mapping.every_column)
    sheets: list[TitledTable] = [mapping, *mapping.groups]
    for number, table in enumerate(sheets):
        yield from _titles(table.columns, number)
        for place, column in enumerate(table.columns):
            where = (number, _SCHEMA, "columns", place)
            if count[column.name] > 1:
                yield MappingFault((*where, "name"), f"{column.name} is in the file twice")
            names = {other.name for other in table.columns}
            yield from _column(column, where, names, number == 0 and mapping.absence is not None)
    for number, group in enumerate(mapping.groups, start=1):
        yield from _group(mapping, group, number, tables)


def _keys(mapping: TableMapping) -> Iterator[MappingFault]:
    known = {column.name: column for column in mapping.columns}
    for name in mapping.keys:
        if name not in known or not known[name].required:
            where = (0, _SCHEMA, "primaryKey")
            yield MappingFault(where, f"{name} is no column that is required")
    for key, template in (
        ("aboutUrl", mapping.about),
        (term("exampleAboutUrl"), mapping.example_about),
    ):
        if sorted(variables(template)) != sorted(mapping.keys):
            reason = "its variables are not the columns of the primary key, each once"
            yield MappingFault((0, _SCHEMA, key), reason)


def _virtual(tables: Sequence[Mapping[str, Any]]) -> Iterator[MappingFault]:
    """Virtual columns follow from columns of their own table."""
    for number, table in enumerate(tables):
        columns = table[_SCHEMA]["columns"]
        names = {column["name"] for column in columns if not column.get("virtual")}
        for place, column in enumerate(columns):
            if column.get("virtual"):
                where = (number, _SCHEMA, "columns", place)
                yield from _unknown(column["valueUrl"], where, names)
                yield from _unknown(column.get(term("exampleValueUrl"), ""), where, names)


def _titles(columns: Sequence[Column], table: int) -> Iterator[MappingFault]:
    seen: dict[str, str] = {}
    for place, column in enumerate(columns):
        for title in (title for titles in column.titles.values() for title in titles):
            other = seen.setdefault(folded(title), column.name)
            if other != column.name:
                where = (table, _SCHEMA, "columns", place, "titles")
                yield MappingFault(where, f'"{title}" is a title of {other} as well')


def _column(
    column: Column, where: Place, names: Collection[str], absences: bool
) -> Iterator[MappingFault]:
    for template in filter(None, (column.value_url, column.example_value_url)):
        yield from _unknown(template, where, names)
    if column.choices and (column.datatype != "anyURI" or column.value_url):
        yield MappingFault(where, "a column with choices has datatype anyURI and no valueUrl")
    if column.limits.format is not None:
        yield from _format(column, (*where, "datatype", "format"))
    if column.may_be_absent and not absences:
        yield MappingFault((*where, term("mayBeAbsent")), "the table has no absence")
    if column.item is None:
        return
    yield from _unknown(column.item.about, where, {*names, "record", "item"})
    for _, source in column.item.copies:
        if source not in names:
            yield MappingFault((*where, term("itemThing")), f"there is no column {source}")


def _unknown(template: str, where: Place, names: Collection[str]) -> Iterator[MappingFault]:
    for name in variables(template):
        if name not in names:
            yield MappingFault(where, f"{{{name}}} in a template is no column of this table")


def _format(column: Column, where: Place) -> Iterator[MappingFault]:
    if column.datatype != "string":
        yield MappingFault(where, "only a string has a format")
    try:
        re.compile(column.limits.format or "")
    except re.error as fault:
        yield MappingFault(where, f"this is no regular expression: {fault}")
    if column.example is None:
        yield MappingFault(where, "a column with a format has an exampleValue, to show it")


def _group(
    mapping: TableMapping, group: GroupTable, number: int, tables: Sequence[Mapping[str, Any]]
) -> Iterator[MappingFault]:
    required = {column.name for column in group.columns if column.required}
    reference = tables[number][_SCHEMA]["foreignKeys"][0]["reference"]
    where = (number, _SCHEMA, "foreignKeys")
    if group.key not in required:
        yield MappingFault(where, f"{group.key} is no column of this group that is required")
    if len(mapping.keys) > 1:
        yield MappingFault(where, "records with more than one key column have no repeat groups")
    if (reference["resource"], reference["columnReference"]) != (tables[0]["url"], mapping.key):
        yield MappingFault(where, "it does not refer to the main table and its primary key")
    for name in variables(group.about):
        if name != "record" and name not in required - {group.key}:
            reason = f"{{{name}}} is no column of this group that is required"
            yield MappingFault((number, _SCHEMA, "aboutUrl"), reason)
    for place, column in enumerate(group.columns):
        if column.item or (column.name == group.key and column.choices):
            place_ = (number, _SCHEMA, "columns", place)
            yield MappingFault(place_, "a column of a group has no thing of its own below it")
