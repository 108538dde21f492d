"""Mappings made for a test, from a small good one."""

import copy
import json
from typing import Any

from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.ingest.mapping import TableMapping, read_mapping

PATH = "graph_data/mappings/small.json"


def bilingual(nl: str, en: str) -> list[dict[str, str]]:
    """Words as a mapping has them."""
    return [{"@value": nl, "@language": "nl"}, {"@value": en, "@language": "en"}]


def column(name: str, datatype: Any = "string", **more: Any) -> dict[str, Any]:
    """A column; names with a capital after ``def_`` are our annotations."""
    titles = {"nl": [name], "en": [f"{name} en"]}
    about = {"name": name, "titles": titles, "propertyUrl": TERMS + name, "datatype": datatype}
    for key, value in more.items():
        about[TERMS + key.removeprefix("def_") if key.startswith("def_") else key] = value
    return about


def thing(about: str, property_: str, **more: Any) -> dict[str, Any]:
    """A thing below the record."""
    return {
        "aboutUrl": about,
        "@type": TERMS + "Thing",
        TERMS + "itemProperty": {"@id": TERMS + property_},
        **{TERMS + key: value for key, value in more.items()},
    }


def small(*columns: dict[str, Any], **schema: Any) -> dict[str, Any]:
    """A mapping of one table with an identifier and ``columns``."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "dc:title": bilingual("Klein", "Small"),
        "schema:version": "1.0.0",
        "tables": [
            {
                "url": "small.csv",
                "tableSchema": {
                    "aboutUrl": THINGS + "small/{id}",
                    TERMS + "exampleAboutUrl": THINGS + "voorbeeld/small--{id}",
                    TERMS + "recordClass": {"@id": TERMS + "Small"},
                    "primaryKey": "id",
                    "columns": [column("id", required=True), *columns],
                    **schema,
                },
            }
        ],
    }


def group(*columns: dict[str, Any], about: str = "{record}/part/{part}") -> dict[str, Any]:
    """A repeat group with the identifier of the record, ``part`` and ``columns``."""
    return {
        "url": "parts.csv",
        TERMS + "sheetTitles": {"nl": ["Delen", "Onderdelen"], "en": ["Parts"]},
        "tableSchema": {
            "aboutUrl": about,
            TERMS + "recordClass": {"@id": TERMS + "Part"},
            TERMS + "linkProperty": {"@id": TERMS + "hasPart"},
            "foreignKeys": [
                {
                    "columnReference": "of",
                    "reference": {"resource": "small.csv", "columnReference": "id"},
                }
            ],
            "columns": [column("of", required=True), column("part", required=True), *columns],
        },
    }


def with_group(data: dict[str, Any], *groups: dict[str, Any]) -> dict[str, Any]:
    """``data`` with repeat groups."""
    changed = copy.deepcopy(data)
    changed["tables"] += groups
    return changed


def read(data: Any) -> TableMapping:
    """The mapping that ``data`` is."""
    return read_mapping(content_of(json.dumps(data, indent=1)), "small")


def content_of(text: str) -> Content:
    """Content that has ``text`` as its only mapping."""
    return Content((ContentFile(PATH, text.encode()),))
