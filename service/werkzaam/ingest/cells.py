"""Where in a file something stands."""

import string
from dataclasses import dataclass

Origin = tuple[str | None, int | None] | str
"""A sheet and a row, or a place in JSON or linked data."""


@dataclass(frozen=True)
class Cell:
    """A cell: ``row`` as a spreadsheet shows it (the header is 1), ``column`` counts from 0.

    ``column`` is None where the file has no such column. ``text`` is what stands there. ``sheet``
    names the sheet of a workbook; ``path`` is the place in JSON, as a
    `JSON Pointer <https://www.rfc-editor.org/rfc/rfc6901>`_.
    """

    row: int | None = None
    column: int | None = None
    title: str | None = None
    text: str | None = None
    sheet: str | None = None
    path: str | None = None

    @property
    def letters(self) -> str | None:
        """The column as a spreadsheet shows it: A, B … Z, AA."""
        return None if self.column is None else letters(self.column)

    def item(self, text: str) -> "Cell":
        """The same place, for one item of the list that stands there."""
        return Cell(self.row, self.column, self.title, text, self.sheet, self.path)


def letters(column: int) -> str:
    """The name of the column with this number, from 0."""
    name = ""
    number = column + 1
    while number:
        number, last = divmod(number - 1, 26)
        name = string.ascii_uppercase[last] + name
    return name
