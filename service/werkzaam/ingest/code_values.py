"""The text of a cell as a value of a list, or the fault that keeps it from being one."""

from typing import Final

import pyoxigraph as ox

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import CodeList
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import Column
from werkzaam.ingest.report import CellFinding

_SEVERAL: Final = 2


def value_of_list(
    column: Column, codes: CodeList, cell: Cell, whole: str | None, demo: bool | None
) -> ox.NamedNode | CellFinding:
    """The member of ``codes`` that ``cell`` means in ``column``, or why none. ``whole``: the text of
    the whole cell, where ``cell`` is one item of it; None where the file has the items apart.
    ``demo``: as of ``Vocabulary``."""
    text = cell.text or ""
    found = codes.find(text)
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)))
    if not codes.labels:
        return finding("no-codes-yet", cell)
    if found:
        return finding("ambiguous-code", cell, choices=", ".join(sorted(found)))
    joined = _joined(column, codes, cell, whole)
    if joined:
        return joined
    near = _parts_known(column, codes, text) or _near(codes, text)
    return finding(
        "unknown-code",
        cell,
        nearNl=near.nl,
        nearEn=near.en,
        choicesNl=codes.choices("nl", demo),
        choicesEn=codes.choices("en", demo),
    )


def _joined(column: Column, codes: CodeList, cell: Cell, whole: str | None) -> CellFinding | None:
    """That several values of the list stand in one item, with another mark between them."""
    parts = codes.parts(cell.text or "") if column.separator else []
    if column.separator is None or len(parts) < _SEVERAL or not _all_known(parts):
        return None
    if whole is None:
        names = ", ".join(f'"{name}"' for name, _ in parts)
        fix = Bilingual(
            nl=f"Maak er aparte onderdelen van: {names}.",
            en=f"Make separate items of it: {names}.",
        )
        return finding("other-separator", cell, fix, separator=column.separator)
    items: list[str] = []
    for item in whole.split(column.separator):
        found = codes.parts(item)
        items += [name for name, _ in found] if _all_known(found) else [item.strip()]
    corrected = f"{column.separator} ".join(filter(None, items))
    return finding("other-separator", cell, separator=column.separator, corrected=corrected)


def _parts_known(column: Column, codes: CodeList, text: str) -> Bilingual | None:
    """Which of the values in an item with another mark between them are in the list, and which not."""
    parts = codes.parts(text) if column.separator else []
    good = ", ".join(f'"{name}"' for name, known in parts if known)
    bad = ", ".join(f'"{name}"' for name, known in parts if not known)
    if not (good and bad):
        return None
    mark = column.separator
    return Bilingual(
        nl=f' Wel in de lijst: {good}. Niet in de lijst: {bad}. Zet "{mark}" tussen de waarden.',
        en=f' In the list: {good}. Not in the list: {bad}. Put "{mark}" between the values.',
    )


def _near(codes: CodeList, text: str) -> Bilingual:
    """The value that is meant, asked back with a space before it; empty where none is near."""
    near = codes.suggest(text)
    if near is None:
        return Bilingual(nl="", en="")
    return Bilingual(
        nl=f' Bedoelt u "{codes.label(near, "nl")}"?',
        en=f' Do you mean "{codes.label(near, "en")}"?',
    )


def _all_known(parts: list[tuple[str, bool]]) -> bool:
    return all(known for _, known in parts)
