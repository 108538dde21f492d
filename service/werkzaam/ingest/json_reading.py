"""JSON and JSON Lines as records with the place of each.

`RFC 8259 <https://www.rfc-editor.org/rfc/rfc8259>`_ and `JSON Lines <https://jsonlines.org/>`_; places
are `JSON Pointers <https://www.rfc-editor.org/rfc/rfc6901>`_. Numbers stay as they are written.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format
from werkzaam.ingest.limits import MOST_ROWS
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.text_decoding import decode
from werkzaam.ingest.values import Exact


@dataclass(frozen=True)
class JsonRecord:
    """One record. ``row`` is the line in JSON Lines; ``path`` where it stands in the document."""

    row: int | None
    path: str
    value: Mapping[str, Any]


@dataclass(frozen=True)
class JsonReading:
    """The records, none where the file cannot be read; the findings say why. ``beside``: the fields of
    the document beside the list of records."""

    records: Sequence[JsonRecord]
    beside: Mapping[str, Any]
    encoding: str | None
    findings: tuple[CellFinding, ...]


class _Fault(Exception):
    def __init__(self, found: CellFinding) -> None:
        self.found = found


def read_json(data: bytes, kind: Format, pointer: str) -> JsonReading:
    """The records in ``data``. ``pointer``: where their list stands in a document; a list, or one
    record, may also be the whole of it."""
    decoded = decode(data)
    if decoded.text is None:
        return JsonReading((), {}, None, decoded.findings)
    beside: Mapping[str, Any] = {}
    try:
        if kind == "jsonl":
            records = list(_lines(decoded.text))
        else:
            document = _parsed(decoded.text, None)
            records = list(_listed(document, pointer))
            if isinstance(document, Mapping) and isinstance(pointed_at(document, pointer), list):
                listed = pointer.split("/")[1:2]
                beside = {name: value for name, value in document.items() if [name] != listed}
        if len(records) > MOST_ROWS:
            raise _Fault(finding("too-many-rows", Cell(), most=MOST_ROWS))
    except _Fault as fault:
        return JsonReading((), {}, decoded.encoding, (*decoded.findings, fault.found))
    return JsonReading(records, beside, decoded.encoding, decoded.findings)


def pointed_at(value: object, pointer: str) -> object:
    """What stands at ``pointer`` in ``value``; None where nothing does."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _lines(text: str) -> Iterator[JsonRecord]:
    number = 0
    for line, words in enumerate(text.split("\n"), start=1):
        if words.strip():
            yield _record(_parsed(words, line), f"/{number}", line)
            number += 1


def _listed(document: object, pointer: str) -> Iterator[JsonRecord]:
    found, path = document, ""
    if isinstance(document, Mapping):
        inner = pointed_at(document, pointer)
        if isinstance(inner, list):
            found, path = inner, pointer
    if isinstance(found, list):
        for number, value in enumerate(found):
            yield _record(value, f"{path}/{number}", None)
    else:
        yield _record(found, "", None)


def _record(value: object, path: str, row: int | None) -> JsonRecord:
    if not isinstance(value, Mapping):
        raise _Fault(finding("no-json-record", Cell(row=row, path=path)))
    return JsonRecord(row, path, value)


def _parsed(text: str, line: int | None) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=Exact,
            parse_float=Exact,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as fault:
        row = line or fault.lineno
        found = finding("broken-json", Cell(row=row), line=row, column=fault.colno)
        raise _Fault(found) from None
    except RecursionError:
        raise _Fault(finding("deep-json", Cell(row=line))) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _Fault(finding("repeated-key", Cell(title=name, text=name), name=name))
        found[name] = value
    return found


def _no_number(text: str) -> object:
    raise _Fault(finding("not-a-json-value", Cell(text=text)))
