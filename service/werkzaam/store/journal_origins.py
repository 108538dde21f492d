"""Where the records of a version come from: which submission, which row, which columns."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

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
  s.mapping, s.mapping_version, json_extract(p.json, '$.facts.columns'), {_IN_FORCE},
  (SELECT count(*) FROM submission_records r WHERE r.submission = s.id)
FROM submissions s JOIN changes c ON c.number = s.change JOIN reports p ON p.submission = s.id
WHERE s.change <= ?1 ORDER BY s.change
"""  # noqa: S608


def origins(connection: sqlite3.Connection, upto: int) -> Iterator[SubmissionOrigin]:
    """Every submission up to change ``upto``, in order, as it stood after that change."""
    standing: dict[str, list[RecordOrigin]] = defaultdict(list)
    for submission, record, row in connection.execute(_STANDING, (upto,)):
        standing[submission].append(RecordOrigin(record, row))
    for found in connection.execute(_SUBMISSIONS, (upto,)).fetchall():
        name, change, time, sha256, encoding, mapping, version, columns, in_force, count = found
        records = tuple(standing.get(name, ()))
        yield SubmissionOrigin(
            *(name, change, time, sha256, encoding, mapping, version),
            _state(bool(in_force), bool(records)),
            count,
            _columns(columns),
            records,
        )


def _state(in_force: bool, holds_some: bool) -> SubmissionState:
    if not in_force:
        return "withdrawn"
    return "in_force" if holds_some else "replaced"


def _columns(facts: str | None) -> tuple[SubmittedColumn, ...]:
    found = json.loads(facts) if facts else ()
    return tuple(SubmittedColumn(one["column"], one["title"], one["name"]) for one in found)
