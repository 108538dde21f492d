"""The folder in which one service at a time keeps what it writes."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from werkzaam.errors import DataFolderInUse, DataFolderUnusable

_LOCK = "service.lock"
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this process, making it if need be; free again at the end, or at a crash.

    Raises DataFolderInUse with the process number of the holder, DataFolderUnusable where the folder
    cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as fault:
        raise _unusable(folder, fault) from None
    try:
        _take(lock, folder)
        yield
    finally:
        os.close(lock)


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DataFolderInUse(
            "The data folder {folder} is in use by another service (process {holder}). Stop "
            "that one, or set WERKZAAM_DATA_DIR to another folder.",
            folder=folder,
            holder=_holder(lock),
        ) from None
    except OSError as fault:
        raise _unusable(folder, fault) from None
    # the number only helps whoever comes second; a full disk must not keep the first from serving
    with contextlib.suppress(OSError):
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)


def _holder(lock: int) -> str:
    with contextlib.suppress(OSError):
        number = os.pread(lock, 20, 0)
        return number.decode() if number.isdigit() else "unknown"
    return "unknown"


def _unusable(folder: Path, fault: OSError) -> DataFolderUnusable:
    place, reason = fault.filename or folder / _LOCK, fault.strerror
    if fault.errno in _FULL:
        return DataFolderUnusable(
            "The data folder {folder} has no room: {place}: {reason}. Free space on that disk and "
            "start again; nothing was written.",
            folder=folder,
            place=place,
            reason=reason,
        )
    return DataFolderUnusable(
        "The data folder {folder} cannot be used: {place}: {reason}. Mend its owner and permissions, "
        "or set WERKZAAM_DATA_DIR to a folder that can be written.",
        folder=folder,
        place=place,
        reason=reason,
    )
