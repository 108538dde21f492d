"""Snapshots: whole versions beside the journal, so that nobody adds up all changes to read one.

They are caches. Each is bound to one change by the hash of that change, and to its own bytes by
SHA-256; one that is damaged is passed over and deleted. All may be deleted at any time.
"""

import contextlib
import logging
import os
import re
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from werkzaam.store.journal_chain import sha256
from werkzaam.store.journal_patch import unpack
from werkzaam.store.journal_refusals import DamagedData

FOLDER: Final = "snapshots"
MOST_KEPT: Final = 6
_NAME: Final = re.compile(r"([0-9]{1,18})-([0-9a-f]{16})\.nq\.z")
_KIND: Final = b"werkzaam-snapshot-1"
_LEFT_OVER_SECONDS: Final = 600
_log = logging.getLogger(__name__)


class Snapshots:
    """The snapshots in ``folder``, which need not exist. No method raises for what the disk does."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self._folder = folder
        self._read_only = read_only

    def numbers(self) -> list[int]:
        """The versions that snapshots claim to be, latest first."""
        return sorted({number for number, _, _ in self._files()}, reverse=True)

    def nearest(self, upto: int, hash_of: Callable[[int], str | None]) -> tuple[int, bytes] | None:
        """The latest sound snapshot of ``upto`` or before: its number and its N-Quads document.

        ``hash_of`` gives the hash of a change, by which a snapshot of another journal is known.
        """
        for number, digest, path in sorted(self._files(), reverse=True):
            known = hash_of(number) if number <= upto else None
            if known is None or not known.startswith(digest):
                continue
            found = self._read(path, known)
            if found is not None:
                return number, found
        return None

    def keep(self, number: int, digest: str, text: bytes) -> None:
        """Write the snapshot of change ``number``, and delete those that were used least lately."""
        if self._read_only:
            return
        packed = zlib.compress(text, 1)
        path = self._folder / f"{number:09d}-{digest[:16]}.nq.z"
        head = b" ".join((_KIND, digest.encode(), sha256(packed).encode())) + b"\n"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._write(path, head + packed)
            self._tidy()
        except OSError as fault:
            _log.warning("snapshot not written", extra={"file": path, "reason": fault.strerror})

    def clear(self) -> None:
        """Delete them all."""
        for _, _, path in self._files():
            self._delete(path)

    def size(self) -> int:
        """How many bytes they take together."""
        sizes = []
        for _, _, path in self._files():
            with contextlib.suppress(OSError):
                sizes.append(path.stat().st_size)
        return sum(sizes)

    def _files(self) -> Iterator[tuple[int, str, Path]]:
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                found = _NAME.fullmatch(path.name)
                if found:
                    yield int(found[1]), found[2], path

    def _read(self, path: Path, digest: str) -> bytes | None:
        try:
            head, _, packed = path.read_bytes().partition(b"\n")
            if head.split(b" ") != [_KIND, digest.encode(), sha256(packed).encode()]:
                raise DamagedData("its bytes are not what was written")
            text = unpack(packed)
        except FileNotFoundError:
            return None
        except (OSError, DamagedData) as fault:
            _log.warning("snapshot ignored", extra={"file": path, "reason": str(fault)})
            self._delete(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return text

    def _write(self, path: Path, data: bytes) -> None:
        number, name = tempfile.mkstemp(suffix=".new", dir=self._folder)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _tidy(self) -> None:
        by_use = sorted(self._folder.glob("*.nq.z"), key=_last_used, reverse=True)
        for path in by_use[MOST_KEPT:]:
            self._delete(path)
        for path in self._folder.glob("*.new"):
            if _last_used(path) < time.time() - _LEFT_OVER_SECONDS:
                self._delete(path)

    def _delete(self, path: Path) -> None:
        if not self._read_only:
            with contextlib.suppress(OSError):
                path.unlink()


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
