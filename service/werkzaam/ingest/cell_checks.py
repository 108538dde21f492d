"""What is wrong with the text of a cell, whatever it means."""

import re
import unicodedata
from dataclasses import replace

from werkzaam.domain.characters import UNSAFE
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import (
    MOST_CELL_CHARACTERS,
    MOST_IDENTIFIER_CHARACTERS,
    MOST_ITEMS,
)
from werkzaam.ingest.privacy import (
    bare_birth_date,
    birth_date,
    contact_data,
    holds_bsn,
    undisguised,
)
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.words import slug

# what Excel (in Dutch and English) and LibreOffice show for an error, kept as text
_ERROR = re.compile(
    r"#(?:n/[ab]|ref!|verw!|deel/0!|div/0!|waarde!|value!|naam\?|name\?|leeg!|null!|getal!|num!|"
    r"overloop!|spill!|berekenen!|calc!|veld!|field!|##+)|(?:err|fout):[0-9]{3}",
    re.IGNORECASE,
)
_LETTERS_OF_BSN = ("", "bsn")
_NUMBER_OF_PROJECT = Bilingual(
    nl="Is dit het nummer van het project, zet er dan letters voor, zoals MDT-. Het getal zelf is in "
    "dit verslag niet herhaald.",
    en="If this is the number of the project, put letters before it, such as MDT-. It is not "
    "repeated in this report.",
)


def text_faults(cell: Cell) -> list[CellFinding]:
    """Too much, or characters that nobody can see."""
    text = cell.text or ""
    if len(text) > MOST_CELL_CHARACTERS:
        most = MOST_CELL_CHARACTERS
        return [finding("too-large-cell", cell, count=len(text), most=most)]
    control = UNSAFE.search(text)
    if control:
        name = unicodedata.name(control[0], f"U+{ord(control[0]):04X}")
        return [finding("control-character", cell, name=name)]
    return []


def error_faults(cell: Cell, separator: str | None) -> list[CellFinding]:
    """The error of a spreadsheet that stands as text in the place of a value."""
    text = cell.text or ""
    if "#" not in text and ":" not in text:
        return []
    parts = text.split(separator) if separator else [text]
    errors = [part.strip() for part in parts if _ERROR.fullmatch(part.strip())]
    return [finding("error-in-cell", cell.item(error)) for error in errors[:1]]


def list_faults(cell: Cell, separator: str | None) -> list[CellFinding]:
    """More items than a list may have."""
    text = cell.text or ""
    if separator is None or text.count(separator) < MOST_ITEMS:
        return []
    count = sum(1 for part in text.split(separator) if part.strip())
    return [finding("too-many-items", cell, count=count, most=MOST_ITEMS)] * (count > MOST_ITEMS)


def read_personal_faults(cell: Cell) -> list[CellFinding]:
    """Personal data in a cell that is read and that the shapes do not see: they look for what is
    written openly."""
    text, plain = _texts(cell)
    what = birth_date(plain) or (contact_data(plain) if plain != text else None)
    return _personal("personal-data", cell, plain, what)


def title_personal_faults(cell: Cell) -> list[CellFinding]:
    """Personal data in the title of a column."""
    plain = _texts(cell)[1]
    return _personal("personal-data", cell, plain, contact_data(plain) or birth_date(plain))


def unread_personal_faults(cell: Cell) -> list[CellFinding]:
    """Personal data in a cell of which nothing is taken over: the file is kept as it came."""
    plain = _texts(cell)[1]
    born = birth_date(plain) or bare_birth_date(plain, cell.title or "")
    return _personal("personal-data-unread", cell, plain, contact_data(plain) or born)


def comment_personal_faults(cell: Cell) -> list[CellFinding]:
    """Personal data in a comment, which is the text of ``cell``: the file is kept as it came."""
    plain = _texts(cell)[1]
    return _personal("personal-data-comment", cell, plain, contact_data(plain) or birth_date(plain))


def _texts(cell: Cell) -> tuple[str, str]:
    text = (cell.text or "")[:MOST_CELL_CHARACTERS]
    return text, undisguised(text)


def _personal(name: str, cell: Cell, text: str, what: Bilingual | None) -> list[CellFinding]:
    """What was found is not repeated."""
    hidden = replace(cell, text=None)
    if holds_bsn(text):
        return [finding("bsn", hidden)]
    return [finding(name, hidden, whatNl=what.nl, whatEn=what.en)] if what else []


def identifier_faults(cell: Cell) -> list[CellFinding]:
    """Why the text cannot be part of a lasting address."""
    text = cell.text or ""
    if not text.strip():
        return [finding("missing-value", cell)]
    letters = "".join(filter(str.isalpha, text)).casefold()
    if letters in _LETTERS_OF_BSN and holds_bsn(undisguised(text)):
        return [finding("bsn", replace(cell, text=None), _NUMBER_OF_PROJECT)]
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
