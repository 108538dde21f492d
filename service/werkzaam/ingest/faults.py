"""The faults that reading finds, with their words; what a record must meet stands in ``shapes/``."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from werkzaam.domain.characters import shown
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.limits import (
    MOST_PATH_CHARACTERS,
    MOST_TITLE_CHARACTERS,
    MOST_VALUE_CHARACTERS,
)
from werkzaam.ingest.report import CellFinding, Severity

_MOST_IN_WORDS: Final = 80


@dataclass(frozen=True)
class Fault:
    """A kind of fault. The words of ``message`` and ``fix`` have ``{named}`` places."""

    severity: Severity
    category: str
    title: Bilingual
    message: Bilingual
    fix: Bilingual


@cache
def faults() -> dict[str, Fault]:
    """All kinds of fault by name, from ``faults.json``."""
    text = (resources.files("werkzaam.ingest") / "faults.json").read_text("utf-8")
    return {
        name: Fault(
            fault["severity"],
            fault["category"],
            Bilingual(**fault["title"]),
            Bilingual(**fault["message"]),
            Bilingual(**fault["fix"]),
        )
        for name, fault in json.loads(text).items()
    }


def finding(
    name: str, cell: Cell, fix: Bilingual | None = None, /, **values: object
) -> CellFinding:
    """The fault ``name`` at ``cell``; ``fix`` takes the place of its own, and ``values`` fill its
    words."""
    fault = faults()[name]
    title = shown(cell.title, MOST_TITLE_CHARACTERS)
    words: dict[str, object] = {
        name: shown(value, MOST_VALUE_CHARACTERS) if isinstance(value, str) else value
        for name, value in values.items()
    }
    words |= {"value": shown(cell.text or "", _MOST_IN_WORDS), "title": title or ""}
    return CellFinding(
        name,
        fault.severity,
        fault.category,
        cell.row,
        cell.letters,
        title,
        shown(cell.text, MOST_VALUE_CHARACTERS),
        filled(fault.message, words),
        fix or filled(fault.fix, words),
        shown(cell.sheet, MOST_TITLE_CHARACTERS),
        shown(cell.path, MOST_PATH_CHARACTERS),
    )


def filled(words: Bilingual, values: dict[str, object]) -> Bilingual:
    """``words`` with ``values`` in their named places."""
    return Bilingual(nl=words.nl.format(**values), en=words.en.format(**values))
