"""The faults that reading finds, with their words; what a record must meet stands in ``shapes/``."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.limits import MOST_VALUE_CHARACTERS
from werkzaam.ingest.report import CellFinding, Severity


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
    shown = {**values, "value": shorten(cell.text or "", 80), "title": cell.title or ""}
    return CellFinding(
        name,
        fault.severity,
        fault.category,
        cell.row,
        cell.letters,
        cell.title,
        None if cell.text is None else shorten(cell.text, MOST_VALUE_CHARACTERS),
        filled(fault.message, shown),
        fix or filled(fault.fix, shown),
    )


def filled(words: Bilingual, values: dict[str, object]) -> Bilingual:
    """``words`` with ``values`` in their named places."""
    return Bilingual(nl=words.nl.format(**values), en=words.en.format(**values))


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, with an ellipsis where some are left out."""
    return text if len(text) <= most else text[: most - 1] + "…"
