"""Whether the journal is as it was written: file, order, hashes, uploads, and the state it gives."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from werkzaam.domain.changes import Change, ChangeKind, JournalFault
from werkzaam.store.journal_chain import CHANGE_COLUMNS, FIRST_HASH, recomputed, sha256
from werkzaam.store.journal_head import Head
from werkzaam.store.journal_patch import apply, read_patch, unpack
from werkzaam.store.journal_records import all_in_force
from werkzaam.store.journal_refusals import DamagedData

BEFORE_ALL: Final = Head(0, FIRST_HASH)
RECORD_KINDS: tuple[ChangeKind, ...] = ("submission", "withdrawal")


def faults(connection: sqlite3.Connection) -> Iterator[JournalFault]:
    """Every fault that can be found, inside the caller's transaction. Raises sqlite3.Error."""
    yield from file_faults(connection)
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield JournalFault(None, f"A row of {table} refers to a row of {parent} that is gone.")
    yield from chain_faults(connection)
    yield from _uploads(connection)
    yield from _state(connection)


def file_faults(connection: sqlite3.Connection) -> Iterator[JournalFault]:
    """Every page, row or index entry that SQLite itself finds wrong; reads the whole file."""
    for (words,) in connection.execute("PRAGMA integrity_check"):
        if words != "ok":
            yield JournalFault(None, f"The file is damaged: {words}.")


def chain_faults(
    connection: sqlite3.Connection, proven: Head = BEFORE_ALL
) -> Iterator[JournalFault]:
    """Every fault in the changes after ``proven``, each of which must follow the one before it.

    What they say is proven by their hashes where there is none; a journal cut off at its end is
    found by the number that SQLite keeps of the last row.
    """
    number, previous = proven.number, proven.hash
    rows = connection.execute(
        f"SELECT {CHANGE_COLUMNS} FROM changes WHERE number > ? ORDER BY number",  # noqa: S608
        (number,),
    )
    for row in rows:
        change = Change(*row)
        if change.number != number + 1:
            yield JournalFault(change.number, f"Change {number + 1} is missing before it.")
        if change.previous_hash != previous:
            yield JournalFault(change.number, "It does not follow the change before it.")
        yield from _hash(connection, change)
        number, previous = change.number, change.hash
    known = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
    if (known[0] if known else 0) != number:
        yield JournalFault(None, f"Changes after {number} are missing.")


def _hash(connection: sqlite3.Connection, change: Change) -> Iterator[JournalFault]:
    try:
        found = recomputed(connection, change)
    except DamagedData as fault:
        yield JournalFault(change.number, f"It cannot be read: {fault}.")
        return
    if found != change.hash:
        yield JournalFault(change.number, "What it recorded is not what its hash was made from.")


def _uploads(connection: sqlite3.Connection) -> Iterator[JournalFault]:
    for digest, size, data in connection.execute("SELECT sha256, size, data FROM uploads"):
        if sha256(data) != digest or len(data) != size:
            yield JournalFault(None, f"The upload {digest} is not the file that came in.")


def _state(connection: sqlite3.Connection) -> Iterator[JournalFault]:
    state: set[bytes] = set()
    rows = connection.execute(
        "SELECT number, patch FROM changes WHERE kind IN (?, ?) ORDER BY number", RECORD_KINDS
    )
    try:
        for number, patch in rows:
            data = read_patch(unpack(patch))
            removed = {line for line in data.removed.split(b"\n") if line}
            added = {line for line in data.added.split(b"\n") if line}
            if removed - state or added & state:
                yield JournalFault(number, "It adds what was there or removes what was not.")
            apply(state, data)
        if state != all_in_force(connection):
            yield JournalFault(None, "The records in force are not what the changes add up to.")
    except DamagedData as fault:
        yield JournalFault(None, f"The records cannot be added up: {fault}.")
