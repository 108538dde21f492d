"""A mapping: which column of a table says what about a record, and where mappings are kept.

`CSVW metadata <https://www.w3.org/TR/tabular-metadata/>`_ with annotations under ``def/`` (in the
ontology, each with its meaning), as ``mapping.schema.json`` says. Of CSVW it reads no more than that.
"""

import csv
import io
from functools import lru_cache

from werkzaam.domain.characters import quoted
from werkzaam.domain.content import Content
from werkzaam.domain.queries import Language
from werkzaam.errors import NotFound
from werkzaam.ingest.mapping_language import (
    DATATYPES,
    Absence,
    Column,
    Derived,
    GroupTable,
    ItemThing,
    TableMapping,
    TitledTable,
    ValueLimits,
)
from werkzaam.ingest.mapping_reading import mapping_of

__all__ = [
    "DATATYPES",
    "Absence",
    "Column",
    "Derived",
    "GroupTable",
    "ItemThing",
    "TableMapping",
    "TitledTable",
    "ValueLimits",
    "mapping_names",
    "read_mapping",
    "template",
]

_FOLDER = "graph_data/mappings"
_read = lru_cache(maxsize=32)(mapping_of)


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
    return _read(name, path, data)


def template(mapping: TableMapping, language: Language) -> bytes:
    """An empty table: the column titles alone, as CSV in UTF-8 with BOM, so that Excel reads it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.title(language) for column in mapping.columns])
    return text.getvalue().encode("utf-8-sig")
