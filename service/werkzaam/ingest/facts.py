"""What was read, in numbers: a submitter sees at a glance whether it is the right file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzaam.domain.identifiers import record_of
from werkzaam.ingest.candidates import Candidates
from werkzaam.ingest.cells import letters
from werkzaam.ingest.disappearing import Disappearing
from werkzaam.ingest.records import RecordMaker, record_lines
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.summary import summary_of
from werkzaam.ingest.table import Table
from werkzaam.validation.two_stages import Outcome


@dataclass(frozen=True)
class Compared:
    """A file held against what is in force. ``numbers``: of its records ``new`` are not there yet,
    ``unchanged`` say the same and ``changed`` something else. ``disappear``: name, titles and number
    of records of each column whose values would be gone; ``findings`` tells the same as warnings."""

    numbers: Mapping[str, int]
    disappear: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[CellFinding] = ()


def facts_of(read: Candidates, maker: RecordMaker, compared: Compared) -> dict[str, Any]:
    """Numbers of rows and records, what is new, what of it disappears, the columns, and how often each
    value occurs."""
    records = read.records
    return {
        "rows": len(records),
        **compared.numbers,
        **({"disappear": compared.disappear} if compared.disappear else {}),
        **summary_of(maker.mapping, (quad for record in records for quad in record.quads)),
        **({"tables": [_table(table) for table in read.tables]} if read.tables else {}),
        "columns": [column for table in read.tables for column in _columns(table)],
        "unreadColumns": [title for table in read.tables for title in table.columns.unread],
        "values": {
            name: dict(sorted(counts.items())) for name, counts in maker.counts.items() if counts
        },
    }


def compare(read: Candidates, maker: RecordMaker, current: bytes) -> Compared:
    """The records of ``read`` held against ``current``: N-Quads of the records in force."""
    standing = _standing(current, {iri.encode() for iri in maker.places})
    lost = Disappearing(read, maker)
    same = 0
    for record in read.records if standing else ():
        before = standing.get(record.iri)
        if before is None:
            continue
        after = set(record_lines(record))
        same += before == after
        if before - after:
            lost.look(record.iri, before, after)
    numbers = {
        "new": len(read.records) - len(standing),
        "unchanged": same,
        "changed": len(standing) - same,
    }
    return Compared(numbers, lost.facts, lost.findings)


def how_judged(outcome: Outcome) -> dict[str, Any]:
    """How many things the shapes aimed at, how many of them were judged twice, how many of those came
    out in two ways, and which shapes the second stage judged alone, with the reason."""
    return {
        "judged": outcome.judged,
        "judgedTwice": outcome.twice,
        "judgedInTwoWays": len(outcome.differences),
        "judgedOnceBySecond": dict(outcome.left),
    }


def _table(table: Table) -> dict[str, Any]:
    """Where the table stands, and which repeat group it is if it is one."""
    group = table.group.name if table.group else None
    return {"sheet": table.sheet, "titlesRow": table.titles_row, "group": group}


def _columns(table: Table) -> list[dict[str, str]]:
    """The columns that are read, from left to right."""
    titles = sorted(table.columns.places.items(), key=lambda title: title[1])
    where = {} if table.sheet is None else {"sheet": table.sheet}
    return [
        {**where, "column": letters(place), "title": table.header[place], "name": name}
        for name, place in titles
    ]


def _standing(current: bytes, ours: Collection[bytes]) -> dict[str, set[bytes]]:
    """The lines of ``current`` about those of ``ours`` that are in it, by IRI."""
    found: dict[str, set[bytes]] = {}
    for line in current.split(b"\n") if ours else ():
        subject = line.partition(b" ")[0].strip(b"<>")
        owner = record_of(subject)
        if owner in ours:
            found.setdefault(owner.decode(), set()).add(line)
    return found
