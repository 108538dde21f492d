"""What is wrong with the text of a cell, whatever it means."""

import re
import unicodedata

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_CELL_CHARACTERS, MOST_IDENTIFIER_CHARACTERS
from werkzaam.ingest.privacy import holds_bsn, holds_email
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.words import slug

# control characters but for tab and line ends, marks that turn the direction of text, noncharacters
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)


def text_faults(cell: Cell) -> list[CellFinding]:
    """Too much, or characters that nobody can see."""
    text = cell.text or ""
    if len(text) > MOST_CELL_CHARACTERS:
        most = MOST_CELL_CHARACTERS
        return [finding("too-large-cell", cell, count=len(text), most=most)]
    control = _CONTROL.search(text)
    if control:
        name = unicodedata.name(control[0], f"U+{ord(control[0]):04X}")
        return [finding("control-character", cell, name=name)]
    return []


def personal_faults(cell: Cell, read: bool) -> list[CellFinding]:
    """Numbers of citizens; in a cell that is not ``read``, e-mail addresses too: the file is kept.

    In cells that are read the shapes look for e-mail addresses. What was found is not repeated.
    """
    text = (cell.text or "")[:MOST_CELL_CHARACTERS]
    hidden = Cell(cell.row, cell.column, cell.title)
    if holds_bsn(text):
        return [finding("bsn", hidden)]
    if not read and holds_email(text):
        return [finding("personal-data-unread", hidden)]
    return []


def identifier_faults(cell: Cell) -> list[CellFinding]:
    """Why the text cannot be part of a lasting address."""
    text = cell.text or ""
    if not text.strip():
        return [finding("missing-value", cell)]
    if len(text) > MOST_IDENTIFIER_CHARACTERS:
        most = MOST_IDENTIFIER_CHARACTERS
        reasons = (f"zij is langer dan {most} tekens", f"it is longer than {most} characters")
    elif slug(text) is None:
        reasons = (
            "zij bevat andere tekens dan letters, cijfers en gewone leestekens, of alleen leestekens",
            "it holds other characters than letters, digits and common punctuation, or only the last",
        )
    else:
        return []
    return [finding("invalid-identifier", cell, reasonNl=reasons[0], reasonEn=reasons[1])]
