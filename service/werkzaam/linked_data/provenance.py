"""Where a project record comes from: which submission, which row, and for each value which column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.answers import Row, Term
from werkzaam.domain.identifiers import THINGS
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.names import MDT
from werkzaam.store.interface import Store

SUBMISSION: Final = MDT + "Submission"


@dataclass(frozen=True)
class Column:
    """A column of a submitted file: its letters, and its title as it stands there."""

    iri: str
    letters: str
    title: str


@dataclass(frozen=True)
class Place:
    """Where something stood in a file: ``row`` is the IRI of its row or place, ``number`` that row as a
    spreadsheet shows it, on ``sheet`` of a workbook; ``path`` is the place in JSON. None where it is not
    known."""

    row: str | None = None
    number: int | None = None
    sheet: str | None = None
    path: str | None = None


@dataclass(frozen=True)
class SourceCell:
    """The cell that a value comes from: its column, and the row where that stands."""

    column: Column
    place: Place


@dataclass(frozen=True)
class Origin:
    """The ``submission`` that a thing came in with, at ``time`` (ISO 8601, UTC).

    ``cells``: that of each value, by property; what stands below a record may have its own row.
    """

    submission: str
    time: str
    place: Place
    cells: Mapping[tuple[str, Term], SourceCell]


@dataclass(frozen=True)
class SubmittedRecord:
    """A record that stands because of a submission, and where it stood in the file."""

    iri: str
    place: Place


@dataclass(frozen=True)
class ReadColumn:
    """A column, the properties that it feeds, and the state that it means."""

    column: Column
    properties: Sequence[str]
    state: str | None


@dataclass(frozen=True)
class Submitted:
    """What was in a submission: the first of the records that stand because of it, its columns."""

    records: Sequence[SubmittedRecord]
    columns: Sequence[ReadColumn]


def origin_of(store: Store, iri: str) -> Origin | None:
    """Where ``iri`` comes from, if it is a record or stands below one."""
    rows = rows_of(store, query_text("origin", things=listed(_at_and_above(iri))))
    if not rows:
        return None
    found = rows[0]
    submission, place = found["submission"].value, _place(found)
    text = query_text(
        "cells",
        submission=in_brackets(submission),
        record=in_brackets(found["record"].value),
        thing=in_brackets(iri),
        row=in_brackets(place.row or ""),
    )
    cells: dict[tuple[str, Term], SourceCell] = {}
    for row in rows_of(store, text):
        cells.setdefault(
            (row["property"].value, row["value"]), SourceCell(_column(row), _place(row))
        )
    return Origin(submission, found["time"].value, place, cells)


def submitted(store: Store, submission: str) -> Submitted:
    """What was in ``submission``."""
    thing = in_brackets(submission)
    records = rows_of(store, query_text("submitted-records", thing=thing))
    columns: dict[str, list[Row]] = {}
    for row in rows_of(store, query_text("submitted-columns", thing=thing)):
        columns.setdefault(row["column"].value, []).append(row)
    return Submitted(
        [SubmittedRecord(row["record"].value, _place(row)) for row in records],
        [_read_column(rows) for rows in columns.values()],
    )


def _at_and_above(iri: str) -> list[str]:
    parts = iri.removeprefix(THINGS).split("/")
    return [THINGS + "/".join(parts[:end]) for end in range(2, len(parts) + 1)]


def _place(found: Row) -> Place:
    texts = {
        name: found[name].value for name in ("row", "number", "sheet", "place") if name in found
    }
    number = texts.get("number")
    where = texts.get("row"), int(number) if number else None
    return Place(*where, texts.get("sheet"), texts.get("place"))


def _column(found: Row) -> Column:
    return Column(found["column"].value, found["letters"].value, found["title"].value)


def _read_column(rows: Sequence[Row]) -> ReadColumn:
    properties = [row["property"].value for row in rows if "property" in row]
    states = [row["state"].value for row in rows if "state" in row]
    return ReadColumn(_column(rows[0]), list(dict.fromkeys(properties)), min(states, default=None))
