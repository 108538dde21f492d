"""What the journal refuses, and one clear error for everything that SQLite can say."""

import errno
import sqlite3
from pathlib import Path

from werkzaam.errors import StoreUnavailable

_TEMPLATES = {
    "damaged": "The journal {file} is damaged ({reason}). `werkzaam journal verify` tells all. Stop "
    "the service, keep the file aside with its -wal and -shm, and put a backup in its place with "
    "`werkzaam journal restore`.",
    "read-only": "The journal {file} cannot be written ({reason}). Make the data folder writable, or "
    "set WERKZAAM_DATA_DIR to a folder that is.",
    "full": "The journal {file} could not grow: the disk is full ({reason}). Free space; nothing was "
    "half written.",
    "busy": "The journal {file} is locked by another process ({reason}). Try again; if it stays so, "
    "end the process that holds it.",
    "closed": "The journal {file} cannot be opened ({reason}). Look at the folder, its owner and "
    "permissions.",
    "disk": "The journal {file} could not be read or written ({reason}). Look at the disk.",
    "other": "The journal {file} could not be used ({reason}). Run `werkzaam journal verify`; report "
    "this if it finds nothing.",
}
_KINDS = {
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CANTOPEN: "closed",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_IOERR: "disk",
}
_ERRNOS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.EIO: "disk",
}


class DamagedData(ValueError):
    """Bytes in the journal are not what was written there."""


def unavailable(path: Path, fault: Exception) -> StoreUnavailable:
    """The error for a failure of SQLite or the file system: the file, what happened, the remedy.

    The primary `result code <https://www.sqlite.org/rescode.html>`_ is the lowest byte.
    """
    if isinstance(fault, DamagedData):
        return _error(path, "damaged", str(fault))
    if isinstance(fault, BlockingIOError):
        return _error(path, "busy", "it is writing")
    if isinstance(fault, OSError):
        at = f"{fault.filename}: " if fault.filename not in (None, str(path)) else ""
        return _error(
            path, _ERRNOS.get(fault.errno or 0, "closed"), f"{at}{fault.strerror or fault}"
        )
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return _error(path, _KINDS.get(code, "other"), str(fault))


def damaged(path: Path, reason: str) -> StoreUnavailable:
    """The error for a journal whose bytes are not what was written."""
    return _error(path, "damaged", reason)


def _error(path: Path, named: str, reason: str) -> StoreUnavailable:
    return StoreUnavailable(_TEMPLATES[named], file=path, reason=reason)
