"""The text of a cell as RDF terms, or the fault that keeps it from being one."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.domain.characters import is_visible
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import CodeList
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import Column
from werkzaam.ingest.report import CellFinding

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OTHER_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([., ])\d{3}(\1\d{3})*", re.ASCII)

Value = ox.NamedNode | ox.Literal | CellFinding


@dataclass(frozen=True)
class Vocabulary:
    """The lists of values that cells refer to, by column name. ``demo``: whether examples are taken
    in and nothing else; None where either may come in."""

    lists: Mapping[str, CodeList]
    demo: bool | None = None

    def value(self, column: Column, cell: Cell) -> Value:
        """What the text of ``cell`` means in ``column``."""
        text = cell.text or ""
        if not is_visible(text):
            return finding("invisible-text", cell)
        if column.choices:
            return _code(self.lists[column.name], cell, self.demo)
        if column.datatype == "date":
            return _date(cell)
        if column.datatype == "integer":
            return _integer(cell)
        return ox.Literal(text, language=column.language) if column.language else ox.Literal(text)


def items(column: Column, cell: Cell) -> Iterator[Cell]:
    """The items of a list, without the spaces around them; a single text exactly as it stands."""
    text = cell.text or ""
    if not text.strip():
        return
    if column.separator is None:
        yield cell
        return
    for part in text.split(column.separator):
        if part.strip():
            yield cell.item(part.strip())


def _date(cell: Cell) -> Value:
    text = (cell.text or "").strip()
    if _DATE.fullmatch(text) and _is_date(text):
        return ox.Literal(text, datatype=ox.NamedNode(_XSD + "date"))
    other = _OTHER_DATE.fullmatch(text)
    if other:
        day, month, year = other.groups()
        meant = f"{year}-{month:0>2}-{day:0>2}"
        if _is_date(meant):
            words = Bilingual(
                nl=f"Schrijf {meant}, als u dag-maand-jaar bedoelt.",
                en=f"Write {meant}, if you mean day-month-year.",
            )
            return finding("invalid-date", cell, words)
    return finding("invalid-date", cell)


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _integer(cell: Cell) -> Value:
    text = (cell.text or "").strip()
    if _INTEGER.fullmatch(text):
        return ox.Literal(str(int(text)), datatype=ox.NamedNode(_XSD + "integer"))
    if _GROUPED.fullmatch(text):
        meant = re.sub(r"\D", "", text)
        words = Bilingual(
            nl=f"Schrijf {meant}, als u dat bedoelt.", en=f"Write {meant}, if you mean that."
        )
        return finding("invalid-number", cell, words)
    return finding("invalid-number", cell)


def _code(codes: CodeList, cell: Cell, demo: bool | None) -> Value:
    text = cell.text or ""
    found = codes.find(text)
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)))
    if not codes.labels:
        return finding("no-codes-yet", cell)
    if found:
        return finding("ambiguous-code", cell, choices=", ".join(sorted(found)))
    near = codes.suggest(text)
    return finding(
        "unknown-code",
        cell,
        nearNl=f' Bedoelt u "{codes.label(near, "nl")}"?' if near else "",
        nearEn=f' Do you mean "{codes.label(near, "en")}"?' if near else "",
        choicesNl=codes.choices("nl", demo),
        choicesEn=codes.choices("en", demo),
    )
