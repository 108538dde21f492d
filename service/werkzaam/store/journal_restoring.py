"""A backup put in the place of a journal that is gone: checked whole before it stands there."""

import contextlib
import sqlite3
from pathlib import Path

from werkzaam.domain.changes import JournalFault
from werkzaam.errors import Conflict, NotFound, StoreUnavailable
from werkzaam.store import journal_head, journal_schema
from werkzaam.store.journal import Journal
from werkzaam.store.journal_database import Database
from werkzaam.store.journal_refusals import unavailable


def restore(file: Path, folder: Path) -> list[JournalFault]:
    """Make the journal ``file`` that of ``folder``, which has none; its faults, and nothing then.

    What is checked is the copy that will stand there, its tables brought up to date. The caller
    holds the folder, so that no service starts meanwhile.

    Raises Conflict where the folder has a journal, NotFound where there is no such file,
    StoreUnavailable where a newer version wrote it or nothing can be written.
    """
    target = folder / journal_schema.FILE_NAME
    _check_free(target)
    if not file.is_file():
        raise NotFound("There is no file {file} to restore from.", file=file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with journal_schema.beside(target) as made:
            found = _copied(file, made) or _faults(made, file)
            if not found:
                journal_head.forget(target)
                journal_schema.put_in_place(made, target)
            return found
    except FileExistsError:
        raise _taken(target) from None
    except (OSError, sqlite3.Error) as fault:
        raise unavailable(target, fault) from None


def _check_free(target: Path) -> None:
    for path in (target, journal_schema.left_behind(target)):
        if path and path.exists():
            raise _taken(path)


def _taken(path: Path) -> Conflict:
    return Conflict(
        (),
        "There is {file} already, and it is never overwritten. Move it aside with its -wal and "
        "-shm, or set WERKZAAM_DATA_DIR to another folder.",
        file=path,
    )


def _copied(file: Path, made: Path) -> list[JournalFault]:
    try:
        with (
            contextlib.closing(_opened(file)) as source,
            contextlib.closing(sqlite3.connect(made)) as copy,
        ):
            source.backup(copy)
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return [JournalFault(None, f"The file is damaged: {fault}.")]
    return []


def _opened(file: Path) -> sqlite3.Connection:
    """The file to read from; one without a write-ahead log also where nothing can be written."""
    alone = not file.with_name(file.name + "-wal").exists()
    ending = "&immutable=1" if alone else ""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{ending}", uri=True)


def _faults(made: Path, file: Path) -> list[JournalFault]:
    try:
        with contextlib.closing(Journal(Database(made))) as journal:
            return journal.verify()
    except StoreUnavailable as fault:
        if "reason" not in fault.values:
            raise StoreUnavailable(fault.template, **{**fault.values, "file": file}) from None
        return [JournalFault(None, f"It cannot be read: {fault.values['reason']}.")]
