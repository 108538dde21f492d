"""An object of JSON as cells: one for each column, and one for each item of a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.json_reading import pointed_at
from werkzaam.ingest.mapping_language import Column
from werkzaam.ingest.words import with_plain_lines


def object_cells(
    columns: Sequence[Column], value: object, path: str, row: int | None = None
) -> tuple[dict[str, Cell], dict[str, list[Cell]]]:
    """The cells of ``columns`` in ``value``, which stands at ``path``, by name of the column; and
    those of the items where there is a list. ``row``: the line in JSON Lines.

    A cell whose value is an object, or a list in a list, is empty: ``shapeless`` tells which those are.
    """
    cells: dict[str, Cell] = {}
    lists: dict[str, list[Cell]] = {}
    for column in columns:
        found = pointed_at(value, column.pointer)
        where = path + column.pointer
        cell = Cell(row, None, column.title(), _text(found), None, where)
        cells[column.name] = cell
        if isinstance(found, list):
            lists[column.name] = [
                replace(cell, text=_stripped(_text(item)), path=f"{where}/{number}")
                for number, item in enumerate(found)
                if item is not None
            ]
    return cells, lists


def _stripped(text: str) -> str:
    """An item without the spaces around it, as in a list of a table; a number stays what it is."""
    return text.strip() if type(text) is str else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str):
        return with_plain_lines(value)
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value if not isinstance(item, list))
    return ""


def shapeless(
    columns: Sequence[Column], value: object, path: str, row: int | None = None
) -> Iterator[Cell]:
    """The cells of ``columns`` in ``value`` where something stands that no cell can hold."""
    for column in columns:
        found = pointed_at(value, column.pointer)
        items = found if isinstance(found, list) else [found]
        for number, item in enumerate(items):
            if isinstance(item, Mapping | list):
                where = path + column.pointer + (f"/{number}" if found is items else "")
                yield Cell(row, None, column.title(), "", None, where)
