"""The last change that was acknowledged, kept outside the journal file.

SQLite takes a write-ahead log that was cut off or removed for one that never was longer: the file
then is sound, and lacks changes. Only something beside it can tell.
"""

import contextlib
import os
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from werkzaam.errors import StoreUnavailable

_ENDING: Final = ".head"
_FORM: Final = re.compile(rb"([1-9][0-9]{0,17}) ([0-9a-f]{64})\n")
_MOST_BYTES: Final = 128


@dataclass(frozen=True)
class Head:
    """A change by its number and hash."""

    number: int
    hash: str


def acknowledged(journal: Path) -> Head | None:
    """The last change of ``journal`` that somebody was told of; None where nothing says so.

    Read it before the transaction that it is compared with sees its first row: others write on.
    """
    try:
        file = os.open(journal.with_suffix(_ENDING), os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        found = _FORM.match(os.pread(file, _MOST_BYTES, 0))
    except OSError:
        return None
    finally:
        os.close(file)
    return Head(int(found[1]), found[2].decode()) if found else None


def last(connection: sqlite3.Connection) -> Head | None:
    """The last change in the journal; None before the first."""
    row = connection.execute(
        "SELECT number, hash FROM changes ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else None


def acknowledge(journal: Path, head: Head | None) -> None:
    """Keep ``head``, whose change is on the disk already: that it cannot be kept is no failure."""
    if head is None:
        return
    with contextlib.suppress(OSError):
        file = os.open(journal.with_suffix(_ENDING), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, f"{head.number} {head.hash}\n".encode(), 0)
        finally:
            os.close(file)


def forget(journal: Path) -> None:
    """What was acknowledged of the journal that was here is nothing to the next. Raises OSError."""
    journal.with_suffix(_ENDING).unlink(missing_ok=True)


def check(connection: sqlite3.Connection, journal: Path, known: Head | None) -> None:
    """Refuse a journal that lacks the change ``known``. Raises StoreUnavailable."""
    if known is None:
        return
    row = connection.execute(
        "SELECT hash FROM changes WHERE number = ?", (known.number,)
    ).fetchone()
    if row is not None and row[0] == known.hash:
        return
    end = last(connection)
    raise StoreUnavailable(
        "The journal {file} lacks change {known}, which was acknowledged; its last change is "
        "{found}. Its -wal file may have been cut off or removed, or an older copy put in its place. "
        "Put the -wal file or a later backup back; to go on without what is lost, remove {head}.",
        file=journal,
        known=known.number,
        found=end.number if end else 0,
        head=journal.with_suffix(_ENDING),
    )
