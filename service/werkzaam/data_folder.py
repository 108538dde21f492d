"""The folder in which one service at a time keeps what it writes."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from werkzaam.errors import DataFolderInUse, SettingsError

_LOCK = "service.lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this process, making it if need be; free again at the end, or at a crash.

    Raises DataFolderInUse with the process number of the holder, SettingsError where the folder
    cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as fault:
        raise SettingsError(
            "The data folder {folder} cannot be used: {reason}. Set WERKZAAM_DATA_DIR to a folder "
            "that can be written.",
            folder=folder,
            reason=fault.strerror,
        ) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode().strip() or "unknown"
            raise DataFolderInUse(
                "The data folder {folder} is in use by another service (process {holder}). Stop "
                "that one, or set WERKZAAM_DATA_DIR to another folder.",
                folder=folder,
                holder=holder,
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(lock)
