"""What an OpenDocument spreadsheet shows otherwise than the values of its cells say.

One pass over its XML (`OpenDocument 1.3, part 3, §9
<https://docs.oasis-open.org/office/OpenDocument/v1.3/>`_), beside the library that gives the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

from werkzaam.ingest.limits import MOST_CELL_CHARACTERS, MOST_COLUMNS, MOST_COMMENTS
from werkzaam.ingest.sheets import Comment, Oddities, Place, Span

_MOST: Final = 10_000
_NAMESPACES: Final = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")


@dataclass
class SheetOddities:
    """Of one sheet. ``shown``: how cells are shown whose value does not say it. ``comments``: one more
    than is allowed where there are too many."""

    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    unreckoned: set[Place] = field(default_factory=set)
    broken: dict[Place, str] = field(default_factory=dict)
    shown: dict[Place, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)

    def oddities(self, widest: int) -> Oddities:
        """As of any workbook; columns that are hidden are not known."""
        return Oddities(
            frozenset(self.hidden_rows),
            frozenset(),
            tuple(self.merged),
            frozenset(self.unreckoned),
            self.broken,
            widest,
        )


def read_oddities(content: IO[bytes]) -> list[SheetOddities]:
    """Of each sheet in ``content.xml``. Raises ExpatError where it is no XML, ValueError where there is
    too much that is odd."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ParseFile(content)
    return reader.sheets


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[SheetOddities] = []
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1
        self._cell: Mapping[str, str] = {}
        self._texts: list[str] | None = None
        self._comment: list[str] | None = None
        self._paragraphs = 0

    def start(self, name: str, given: Mapping[str, str]) -> None:
        name = _short(name)
        if name == "table:table":
            self.sheets.append(SheetOddities())
            self._row = 0
        elif name == "table:table-row" and self.sheets:
            found = _named(given)
            self._rows = int(found.get("table:number-rows-repeated", 1))
            self._column = 0
            if found.get("table:visibility", "visible") != "visible" and self._rows < _MOST:
                self.sheets[-1].hidden_rows.update(range(self._row + 1, self._row + 1 + self._rows))
        elif name in _CELLS and self.sheets:
            self._cell = _named(given)
            self._columns = int(self._cell.get("table:number-columns-repeated", 1))
            self._texts = []
        elif name == "office:annotation" and self._texts is not None:
            self._comment = []
        elif name == "text:p" and self._comment is not None:
            self._comment += ["\n"] * bool(self._comment)
            self._paragraphs += 1

    def text(self, text: str) -> None:
        if self._comment is not None:
            self._comment += [text] * bool(self._paragraphs)
        elif self._texts is not None:
            self._texts.append(text)

    def end(self, name: str) -> None:
        name = _short(name)
        if name == "text:p" and self._comment is not None:
            self._paragraphs -= 1
        elif name == "office:annotation" and self._comment is not None:
            self._comment_on("".join(self._comment))
            self._comment = None
        elif name in _CELLS and self._texts is not None:
            self._note("".join(self._texts))
            self._texts = None
            self._column += self._columns
        elif name == "table:table-row":
            self._row += self._rows

    def _comment_on(self, text: str) -> None:
        comments = self.sheets[-1].comments
        if len(comments) <= MOST_COMMENTS:
            comments.append(
                Comment(Place(self._row + 1, self._column), text[:MOST_CELL_CHARACTERS])
            )

    def _note(self, text: str) -> None:
        sheet, cell = self.sheets[-1], self._cell
        if sum(map(len, (sheet.merged, sheet.shown, sheet.broken, sheet.unreckoned))) > _MOST:
            raise ValueError("too much that is odd")
        wide = int(cell.get("table:number-columns-spanned", 1))
        high = int(cell.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            row, column = self._row + 1, self._column
            sheet.merged.append(Span(row, column, row + high - 1, column + wide - 1))
        kind = cell.get("office:value-type")
        for place in self._places():
            if cell.get("calcext:value-type") == "error":
                sheet.broken[place] = text
            elif "table:formula" in cell and kind is None:
                sheet.unreckoned.add(place)
            elif kind == "percentage" or (kind == "float" and _is_code(text)):
                sheet.shown[place] = text

    def _places(self) -> list[Place]:
        """The cells that this one stands for, as far as they can be read."""
        columns = range(self._column, min(self._column + self._columns, MOST_COLUMNS))
        rows = range(self._row + 1, self._row + 1 + min(self._rows, _MOST))
        return [Place(row, column) for row in rows for column in columns]


def _is_code(text: str) -> bool:
    """Whether a number is shown as a code: with a zero before it, or with letters."""
    return (text.isdigit() and text.startswith("0") and len(text) > 1) or any(
        character.isalpha() for character in text
    )


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_NAMESPACES.get(space, '')}:{local}"


def _named(given: Mapping[str, str]) -> dict[str, str]:
    return {_short(name): value for name, value in given.items()}
