"""Sheets as rows of text, whatever kind of file they came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a sheet: ``row`` from 1, ``column`` from 0."""

    row: int
    column: int


class Span(NamedTuple):
    """A rectangle of cells, both corners included: rows from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Oddities:
    """What a spreadsheet shows otherwise than its cells say.

    ``unreckoned``: formulas whose outcome the file does not hold; ``broken``: cells that show an
    error, with it, such as ``#REF!``; a space stands in their place; ``widest``: the number of columns up to the last that holds anything.
    ``struck``: cells with a line through all or some of their text.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    unreckoned: frozenset[Place] = frozenset()
    broken: Mapping[Place, str] = field(default_factory=dict)
    widest: int = 0
    struck: frozenset[Place] = frozenset()


class Comment(NamedTuple):
    """What stands beside a cell. ``ours``: a remark of ours, which came with a file that was sent back."""

    place: Place
    text: str
    ours: bool = False


@dataclass(frozen=True)
class Sheet:
    """``rows[0]`` is row 1; empty rows are there, empty cells at the end of a row are not.

    ``name`` is None where the file is one table. ``rows`` is None where there are too many, ``comments``
    where they cannot be read.
    """

    name: str | None
    rows: Sequence[Sequence[str]] | None
    hidden: bool = False
    oddities: Oddities = field(default_factory=Oddities)
    comments: Sequence[Comment] | None = ()


def trimmed(cells: list[str]) -> Sequence[str]:
    """``cells`` without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end] if end else ()
