"""A mapping: which column of a table says what about a record.

`CSVW metadata <https://www.w3.org/TR/tabular-metadata/>`_ with annotations under ``def/`` (in the
ontology, each with its meaning). Of CSVW it reads ``aboutUrl``, ``columns``, ``name``, ``titles``,
``required``, ``datatype`` (string, date, integer, anyURI), ``separator``, ``lang``,
``propertyUrl`` and ``suppressOutput``; a variable in a URL template stands for the slug of its value.
"""

import csv
import io
import json
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from werkzaam.domain.characters import quoted
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import term
from werkzaam.domain.queries import LANGUAGES, Bilingual, Language
from werkzaam.errors import ContentError, NotFound
from werkzaam.ingest.words import folded

_FOLDER = "graph_data/mappings"


@dataclass(frozen=True)
class ItemThing:
    """Each item of a list is about a thing of its own: its address, class, and what is said of it.

    ``from_column`` is a property and the column whose value it takes.
    """

    about: str
    kind: str
    property: str
    state: tuple[str, str]
    from_column: tuple[str, str]


@dataclass(frozen=True)
class Column:
    """What one column holds. ``choices`` is the class whose members are the values."""

    name: str
    titles: Pairs[Language, tuple[str, ...]]
    property: str
    datatype: str
    required: bool
    separator: str | None
    language: str | None
    silent: bool
    choices: str | None
    synonyms: Pairs[str, str]
    item: ItemThing | None

    def title(self, language: Language = "nl") -> str:
        """The title in ``language`` that a template gives it."""
        return self.titles[language][0]


@dataclass(frozen=True)
class TableMapping:
    """A mapping as it is applied. ``about`` and ``example_about`` are URL templates."""

    name: str
    version: str
    title: Bilingual
    about: str
    example_about: str
    kind: str
    key: str
    columns: tuple[Column, ...]

    @cached_property
    def identifier(self) -> Column:
        """The column that tells records apart."""
        return self.column(self.key)

    @cached_property
    def by_title(self) -> dict[str, Column]:
        """The columns by each of their titles, folded."""
        return {
            folded(title): column
            for column in self.columns
            for titles in column.titles.values()
            for title in titles
        }

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return next(column for column in self.columns if column.name == name)


def mapping_names(content: Content) -> tuple[str, ...]:
    """The mappings there are."""
    files = content.under(_FOLDER, ".json")
    return tuple(file.path.removeprefix(_FOLDER + "/").removesuffix(".json") for file in files)


def read_mapping(content: Content, name: str) -> TableMapping:
    """The mapping ``name``. Raises NotFound; ContentError where the file is no mapping."""
    path = f"{_FOLDER}/{name}.json"
    data = next((file.data for file in content.files if file.path == path), None)
    if data is None:
        raise NotFound(
            "There is no mapping {name}. There are: {names}.",
            name=quoted(name),
            names=", ".join(mapping_names(content)) or "none",
        )
    try:
        return _table(name, json.loads(data))
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as fault:
        raise ContentError(
            path,
            None,
            "This is not a mapping that can be applied: {reason}. See graph_data/mappings/projects.json.",
            reason=f"{type(fault).__name__}: {fault}",
        ) from None


def template(mapping: TableMapping, language: Language) -> bytes:
    """An empty table: the column titles alone, as CSV in UTF-8 with BOM, so that Excel reads it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.title(language) for column in mapping.columns])
    return text.getvalue().encode("utf-8-sig")


def _table(name: str, data: Pairs[str, Any]) -> TableMapping:
    schema = data["tableSchema"]
    titles = {title["@language"]: title["@value"] for title in data["dc:title"]}
    mapping = TableMapping(
        name,
        data["schema:version"],
        Bilingual(**titles),
        schema["aboutUrl"],
        schema[term("exampleAboutUrl")],
        schema[term("recordClass")]["@id"],
        schema["primaryKey"],
        tuple(_column(column) for column in schema["columns"]),
    )
    mapping.column(mapping.key)
    for column in mapping.columns:
        if column.item:
            mapping.column(column.item.from_column[1])
    if len(mapping.by_title) != sum(len(t) for c in mapping.columns for t in c.titles.values()):
        raise ValueError("two columns have the same title")
    return mapping


def _column(data: Pairs[str, Any]) -> Column:
    thing = data.get(term("itemThing"))
    choices = data.get(term("choicesOfClass"))
    return Column(
        name=data["name"],
        titles={language: tuple(data["titles"][language]) for language in LANGUAGES},
        property=data["propertyUrl"],
        datatype=data["datatype"],
        required=data.get("required", False),
        separator=data.get("separator"),
        language=data.get("lang"),
        silent=data.get("suppressOutput", False),
        choices=choices["@id"] if choices else None,
        synonyms={
            folded(word): meant["@id"]
            for meant in data.get(term("synonym"), [])
            for word in meant["skos:altLabel"]
        },
        item=_item(thing) if thing else None,
    )


def _item(data: Pairs[str, Any]) -> ItemThing:
    state = data[term("itemState")]
    copied = data[term("itemFromColumn")]
    return ItemThing(
        data["aboutUrl"],
        data["@type"],
        data[term("itemProperty")]["@id"],
        (state["propertyUrl"], state["valueUrl"]),
        (copied["propertyUrl"], copied["column"]),
    )
