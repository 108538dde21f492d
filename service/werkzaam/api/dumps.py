"""A version of the dataset whole, as files beside the journal: made when somebody asks, then sent from
the disk.

They are caches and safe to delete. What is in them is what the changes up to that version add up to:
what was recorded, neither what follows by rules nor where records come from.
"""

import contextlib
import gzip
import hashlib
import io
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from werkzaam import __version__
from werkzaam.api.demo_mark import marked
from werkzaam.api.dump_kinds import DumpKind
from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import write_triples
from werkzaam.domain.changes import Change
from werkzaam.errors import StoreBusy, StoreUnavailable
from werkzaam.store.journal import Journal

FOLDER: Final = "dumps"
MOST_KEPT: Final = 24
_YOUNG_SECONDS: Final = 900
_WAIT_SECONDS: Final = 5
_RETRY_SECONDS: Final = 5


@dataclass(frozen=True)
class Dump:
    """A file that is wanted: version ``change``, in which format, ``packed`` by gzip or not, and whether
    it holds made-up examples."""

    change: Change
    made: DumpKind
    packed: bool
    demo: bool

    @property
    def tag(self) -> str:
        """Its strong entity tag: a version never changes, the way we write it does with the package."""
        text = f"{self.change.hash} {__version__} {self.made.ending} {self.packed} {self.demo}"
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    @property
    def modified(self) -> str:
        """When the version was made, as a header has it."""
        made = datetime.fromisoformat(self.change.time).replace(microsecond=0)
        return format_datetime(made, usegmt=True)

    @property
    def file_name(self) -> str:
        """What the download is called."""
        ending = f"{self.made.ending}{'.gz' if self.packed else ''}"
        return f"werkzaam-{self.change.number}.{ending}"


class Dumps:
    """The files of the versions of ``journal``. For several threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._folder = journal.database.path.parent / FOLDER
        self._turn = threading.Lock()

    def path(self, dump: Dump) -> Path:
        """Where ``dump`` is, made if need be. Raises StoreBusy where others are being made,
        StoreUnavailable where it cannot be written."""
        path = self._folder / f"{dump.tag.strip(chr(34))}-{dump.file_name}"
        if _touched(path):
            return path
        if not self._turn.acquire(timeout=_WAIT_SECONDS):
            raise StoreBusy(
                _RETRY_SECONDS,
                "Another file of the dataset is being made. Try again in {retry_after} seconds.",
            )
        try:
            if not _touched(path):
                self._make(dump, path)
        except OSError as fault:
            raise StoreUnavailable(
                "The file could not be written to {folder}: {reason}.",
                folder=self._folder,
                reason=fault.strerror or str(fault),
            ) from None
        finally:
            self._turn.release()
        return path

    def _make(self, dump: Dump, path: Path) -> None:
        self._folder.mkdir(exist_ok=True)
        self._prune()
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                _write(self._journal.state(dump.change.number), dump, file)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)

    def _prune(self) -> None:
        """Delete what was used longest ago, and what an earlier run left unfinished; never what somebody
        may just be reading."""
        files = sorted(self._folder.iterdir(), key=_used, reverse=True)
        whole = [file for file in files if file.suffix != ".part"]
        for file in (*whole[MOST_KEPT - 1 :], *(one for one in files if one.suffix == ".part")):
            if time.time() - _used(file) > _YOUNG_SECONDS:
                file.unlink(missing_ok=True)


def _write(lines: bytes, dump: Dump, file: IO[bytes]) -> None:
    if not dump.packed:
        _write_plain(lines, dump, file)
        return
    # neither a time nor a name in its head: the same version gives the same bytes
    with (
        tempfile.TemporaryFile() as plain,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
    ):
        _write_plain(lines, dump, plain)
        plain.seek(0)
        shutil.copyfileobj(plain, packed, 1 << 18)


def _write_plain(lines: bytes, dump: Dump, file: IO[bytes]) -> None:
    if dump.demo:
        # a demo is small
        whole = io.BytesIO()
        _write_data(lines, dump.made, whole)
        file.write(marked(whole.getvalue(), dump.made.media_type, Links("")))
    else:
        _write_data(lines, dump.made, file)


def _write_data(lines: bytes, made: DumpKind, file: IO[bytes]) -> None:
    if made.graphs:
        file.write(lines)
    else:
        write_triples(_triples(lines), made.media_type, file)


def _triples(lines: bytes) -> Iterator[ox.Triple]:
    """The statements of sorted N-Quads, each once: where it stands in two graphs, its lines follow each
    other. A generator in Python, so that other threads get their turn meanwhile."""
    last = None
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        if quad.triple != last:
            last = quad.triple
            yield last


def _touched(path: Path) -> bool:
    """Whether the file is there; if so, it was used now."""
    with contextlib.suppress(FileNotFoundError):
        os.utime(path)
        return True
    return False


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
