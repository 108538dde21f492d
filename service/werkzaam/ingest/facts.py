"""What was read, in numbers: a submitter sees at a glance whether it is the right file."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from werkzaam.ingest.candidates import Candidates
from werkzaam.ingest.cells import letters
from werkzaam.ingest.records import Record, RecordMaker, record_lines
from werkzaam.ingest.summary import summary_of
from werkzaam.ingest.table import Table
from werkzaam.validation.two_stages import Outcome


def facts_of(read: Candidates, maker: RecordMaker, current: bytes) -> dict[str, Any]:
    """Numbers of rows and records, what is new, the columns, and how often each value occurs."""
    records = read.records
    return {
        "rows": len(records),
        **_against(current, records, maker.places),
        **summary_of(maker.mapping, (quad for record in records for quad in record.quads)),
        **({"tables": [_table(table) for table in read.tables]} if read.tables else {}),
        "columns": [column for table in read.tables for column in _columns(table)],
        "unreadColumns": [title for table in read.tables for title in table.columns.unread],
        "values": {
            name: dict(sorted(counts.items())) for name, counts in maker.counts.items() if counts
        },
    }


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


def _against(current: bytes, records: Sequence[Record], known: Iterable[str]) -> dict[str, int]:
    """How many records are new, say something else than the one in force, or the same. ``known``: the
    IRIs of those with a good identifier; no other can be in force."""
    standing = _standing(current, {iri.encode() for iri in known})
    same = sum(
        standing[record.iri] == set(record_lines(record))
        for record in (records if standing else ())
        if record.iri in standing
    )
    return {
        "new": len(records) - len(standing),
        "unchanged": same,
        "changed": len(standing) - same,
    }


def _standing(current: bytes, ours: Collection[bytes]) -> dict[str, set[bytes]]:
    """The lines of ``current`` about those of ``ours`` that are in it, by IRI."""
    found: dict[str, set[bytes]] = {}
    for line in current.split(b"\n") if ours else ():
        subject = line.partition(b" ")[0].strip(b"<>")
        owner = b"/".join(subject.split(b"/")[:7])
        if owner in ours:
            found.setdefault(owner.decode(), set()).add(line)
    return found
