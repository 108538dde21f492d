"""What seems wrong with a text that is read all the same: told, and left to the sender."""

import re
from typing import Final

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import Column
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.text_values import tidied
from werkzaam.ingest.values import Exact
from werkzaam.ingest.words import slug

_LOST: Final = "\ufffd"
# UTF-8 that was read as Windows-1252: é as Ã©, € as â‚¬, ’ as â€™
_GARBLED: Final = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â‚¬|â€[™œž¦“”˜\u009d\u0080-\u00bf]|Â[\u00a0-\u00bf]"
)
_OTHER_SCRIPT: Final = "\u0370-\u03ff\u0400-\u052f"
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_MIXED: Final = re.compile(
    f"[{_LATIN}{_OTHER_SCRIPT}]*(?:[{_LATIN}][{_OTHER_SCRIPT}]|[{_OTHER_SCRIPT}][{_LATIN}])"
    f"[{_LATIN}{_OTHER_SCRIPT}]*"
)
_SEPARATE: Final = re.compile("[^a-z0-9]")


def text_remarks(column: Column, cell: Cell, *, names: bool) -> list[CellFinding]:
    """Remarks on the text of a cell that is read without a fault. ``names``: as of CellReader."""
    text = cell.text or ""
    if column.choices or column.datatype != "string" or isinstance(text, Exact):
        return []
    found = _address_remarks(cell) if names else []
    if text.isascii() and "  " not in text:
        return found
    if _LOST in text:
        found.append(finding("lost-characters", cell))
    garbled = _GARBLED.search(text)
    if garbled:
        found.append(finding("garbled-characters", cell, part=garbled[0]))
    mixed = None if text.isascii() else _MIXED.search(text)
    if mixed:
        found.append(finding("look-alike-letters", cell, part=mixed[0]))
    if tidied(text) != text.strip():
        found.append(finding("tidied-text", cell))
    return found


def _address_remarks(cell: Cell) -> list[CellFinding]:
    """That characters of an identifier vanish in its address."""
    text = (cell.text or "").strip()
    part = slug(text)
    if part is None or _SEPARATE.sub("-", " ".join(text.lower().split())) == part:
        return []
    return [finding("identifier-in-address", cell, part=part)]
