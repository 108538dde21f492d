"""Where the records of a version come from: which submission, which row, which columns."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from werkzaam.domain.changes import (
    RecordOrigin,
    SubmissionOrigin,
    SubmissionState,
    SubmittedColumn,
)

_IN_FORCE: Final = (
    "(SELECT t.in_force FROM standings t WHERE t.submission = s.id AND t.change <= ?1 "
    "ORDER BY t.change DESC LIMIT 1)"
)
# the quads are not read: with ten thousand records they are most of the work
_STANDING: Final = f"""
SELECT submission, record, row FROM (
  SELECT r.submission, r.record, r.row,
    row_number() OVER (PARTITION BY r.record ORDER BY s.change DESC) AS place
  FROM submissions s JOIN submission_records r ON r.submission = s.id
  WHERE {_IN_FORCE} = 1
) WHERE place = 1 ORDER BY submission, record
"""  # noqa: S608
_SUBMISSIONS: Final = f"""
SELECT s.id, s.change, c.time, s.upload, json_extract(p.json, '$.file.encoding'),
  s.mapping, s.mapping_version, json_extract(p.json, '$.facts.columns'),
  json_extract(p.json, '$.facts.tables'), json_extract(p.json, '$.facts.places'), {_IN_FORCE},
  (SELECT count(*) FROM submission_records r WHERE r.submission = s.id)
FROM submissions s JOIN changes c ON c.number = s.change JOIN reports p ON p.submission = s.id
WHERE s.change <= ?1 ORDER BY s.change
"""  # noqa: S608


def origins(connection: sqlite3.Connection, upto: int) -> Iterator[SubmissionOrigin]:
    """Every submission up to change ``upto``, in order, as it stood after that change."""
    standing: dict[str, dict[str, int | None]] = defaultdict(dict)
    for submission, record, row in connection.execute(_STANDING, (upto,)):
        standing[submission][record] = row
    for found in connection.execute(_SUBMISSIONS, (upto,)).fetchall():
        name, change, time, sha256, encoding, mapping, version = found[:7]
        columns, tables, places, in_force, count = found[7:]
        records = standing.get(name, {})
        yield SubmissionOrigin(
            *(name, change, time, sha256, encoding, mapping, version),
            state=_state(bool(in_force), bool(records)),
            record_count=count,
            columns=_columns(columns),
            standing=tuple(_placed(records, _read(tables), _read(places))),
            parts=tuple(_parts(records, _read(places))),
            sheets=_sheets(_read(tables)),
        )


def _placed(records: Mapping[str, int | None], tables: Any, places: Any) -> Iterator[RecordOrigin]:
    """The records with where they stood."""
    main = [table["sheet"] for table in tables or () if not table["group"]]
    sheet = main[0] if main else None
    known = places or {}
    for record, row in records.items():
        place = known.get(record, {"sheet": sheet} if sheet else {})
        yield RecordOrigin(record, row, place.get("sheet"), place.get("path"))


def _parts(records: Mapping[str, int | None], places: Any) -> Iterator[RecordOrigin]:
    """The things below the records that have a place of their own."""
    for thing, place in (places or {}).items():
        if thing not in records and _is_below(thing, records):
            yield RecordOrigin(thing, place.get("row"), place.get("sheet"), place.get("path"))


def _is_below(thing: str, records: Mapping[str, int | None]) -> bool:
    """Whether a record stands that ``thing`` is below."""
    while "/" in thing:
        thing = thing.rpartition("/")[0]
        if thing in records:
            return True
    return False


def _sheets(tables: Any) -> tuple[str, ...]:
    return tuple(table["sheet"] for table in tables or () if table["sheet"] is not None)


def _read(text: str | None) -> Any:
    return json.loads(text) if text else None


def _state(in_force: bool, holds_some: bool) -> SubmissionState:
    if not in_force:
        return "withdrawn"
    return "in_force" if holds_some else "replaced"


def _columns(facts: str | None) -> tuple[SubmittedColumn, ...]:
    found = json.loads(facts) if facts else ()
    return tuple(
        SubmittedColumn(one["column"], one["title"], one["name"], one.get("sheet")) for one in found
    )
