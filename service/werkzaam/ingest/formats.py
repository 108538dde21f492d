"""What kind of file an upload is: told by its first bytes and the ending of its name.

Only looks at bytes, and opens nothing.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, Literal, cast

from werkzaam.errors import UnsupportedMediaType

Format = Literal[
    "csv",
    "xlsx",
    "ods",
    "json",
    "jsonl",
    "jsonld",
    "turtle",
    "trig",
    "ntriples",
    "nquads",
    "rdfxml",
]

TABLES: Final[tuple[Format, ...]] = ("csv", "xlsx", "ods")
TREES: Final[tuple[Format, ...]] = ("json", "jsonl")

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""

RESENT: Final[Mapping[Format, tuple[str, str]]] = {
    **dict.fromkeys(TABLES, (".xlsx", XLSX)),
    "json": (".json", "application/json"),
    "jsonl": (".jsonl", "application/jsonl"),
    "jsonld": (".jsonld", "application/ld+json"),
    "turtle": (".ttl", "text/turtle"),
    "trig": (".trig", "application/trig"),
    "ntriples": (".nt", "application/n-triples"),
    "nquads": (".nq", "application/n-quads"),
    "rdfxml": (".rdf", "application/rdf+xml"),
}
"""The ending of the name and the media type of what comes back of a file of each format."""

_BY_ENDING: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonld": "jsonld",
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
}
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
_WORKBOOK: Final = b"xl/workbook"
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_LINKED: Final = re.compile(rb'"@(?:context|graph)"\s*:')
_WORKBOOKS: Final = (".xlsx", ".ods", ".xls")
_HEAD = 4096
_BOM: Final = b"\xef\xbb\xbf"


def format_of(data: bytes, file_name: str) -> Format:
    """The format of ``data``. Raises UnsupportedMediaType, with what to do, for one that is not read."""
    ending = PurePath(file_name).suffix.lower()
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(_OLD_OFFICE):
        raise UnsupportedMediaType(
            "This file is an Excel file of the old kind (.xls), or one with a password. Open it, "
            "take the password off, save it as Excel workbook (.xlsx) and send that."
        )
    if ending in _WORKBOOKS and _is_text(data):
        raise UnsupportedMediaType(
            "The name of this file ends in {ending}, but what is in it is text: probably CSV, saved "
            "under the wrong name. Let the name end in .csv and send it again, or open it and save "
            "it as Excel workbook (.xlsx).",
            ending=ending,
        )
    if data.startswith(_OTHERS) or ending in _WORKBOOKS:
        raise _not_read()
    head = data[:_HEAD].removeprefix(_BOM).lstrip()
    found = _BY_ENDING.get(ending) or (_by_head(head) if not ending else None)
    if found is None:
        raise _not_read()
    if found == "json" and _LINKED.search(head):
        return "jsonld"
    return found


def _zipped(data: bytes) -> Format:
    if _SPREADSHEET in data[:200]:
        return "ods"
    if _WORKBOOK in data:
        return "xlsx"
    raise _not_read()


def _is_text(data: bytes) -> bool:
    """Whether ``data`` begins as text that may be a table does."""
    head = data[:_HEAD].removeprefix(_BOM)
    plain = not any(byte < ord(" ") and byte not in b"\t\n\r" for byte in head)
    return bool(head.strip()) and plain and not head.startswith((*_OTHERS, b"<", b"{", b"["))


def _by_head(head: bytes) -> Format:
    if head[:1] in (b"{", b"["):
        return "json"
    if head.startswith((b"<?xml", b"<rdf:RDF")):
        return "rdfxml"
    if head.startswith((b"@prefix", b"@base", b"PREFIX", b"BASE")):
        return "turtle"
    return "csv"


def _not_read() -> UnsupportedMediaType:
    return UnsupportedMediaType(
        "This kind of file is not read. Send an Excel workbook (.xlsx), an OpenDocument spreadsheet "
        "(.ods), CSV or JSON. From another program, save the sheet as Excel workbook (.xlsx) first."
    )


def resent_as(kind: str | None) -> tuple[str, str]:
    """The ending and the media type of what was refused of a file of the format ``kind``."""
    return RESENT.get(cast(Format, kind), RESENT["csv"])
