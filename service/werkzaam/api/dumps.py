"""A version of the dataset whole, as files beside the journal: made when somebody asks, then sent from
the disk.

They are caches and safe to delete, and there is a limit to how many bytes they take from the disk
that changes are written to. What is in them is what the changes up to that version add up to:
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
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from werkzaam import __version__
from werkzaam.api.demo_mark import marked
from werkzaam.api.dump_kinds import DumpKind
from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import write_triples
from werkzaam.api.turns import Turns
from werkzaam.domain.changes import Change
from werkzaam.errors import StoreBusy, StoreUnavailable
from werkzaam.store.journal import Journal

FOLDER: Final = "dumps"
MOST_KEPT: Final = 24
MOST_BYTES: Final = 512 << 20
_LEAST_FILES: Final = 4
"""So many may be there however large the dataset is."""
_WAIT_SECONDS: Final = 5
_RETRY_SECONDS: Final = 30
_SOON_SECONDS: Final = 5


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
        """Its strong entity tag: a version never changes, the way we write it does with the package.

        From what is public alone: by the hash of a change, who made it could be guessed.
        """
        version = self.change.public_hash
        text = f"{version} {__version__} {self.made.ending} {self.packed} {self.demo}"
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    @property
    def made_at(self) -> datetime:
        """When the version was made, in whole seconds."""
        return datetime.fromisoformat(self.change.time).replace(microsecond=0)

    @property
    def modified(self) -> str:
        """When the version was made, as a header has it."""
        return format_datetime(self.made_at, usegmt=True)

    @property
    def file_name(self) -> str:
        """What the download is called."""
        ending = f"{self.made.ending}{'.gz' if self.packed else ''}"
        return f"werkzaam-{self.change.number}.{ending}"


@dataclass(frozen=True)
class Extent:
    """How much was recorded up to a version: in how many ``statements``, those in two graphs once, and
    how many ``size`` bytes that is as N-Quads."""

    statements: int
    size: int


class Dumps:
    """The files of the versions of ``journal``. For several threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._folder = journal.database.path.parent / FOLDER
        self._turns = Turns(_busy, _WAIT_SECONDS)
        self._reading: Counter[Path] = Counter()
        self._guard = threading.Lock()
        self._counting = threading.Lock()
        self._extents: dict[int, Extent] = {}

    def extent(self, number: int) -> Extent:
        """How much was recorded up to version ``number``, counted once. Raises NotFound."""
        with self._counting:
            found = self._extents.get(number)
            if found is None:
                lines = self._journal.state(number)
                found = Extent(sum(1 for _ in groupby(lines.splitlines(), _triple)), len(lines))
                self._extents = {number: found}
        return found

    def take(self, dump: Dump) -> Path:
        """Where ``dump`` is, made if need be; it stays there until ``let_go``. Raises StoreBusy where
        others are being made or read, StoreUnavailable where it cannot be written."""
        path = self._folder / f"{dump.tag.strip(chr(34))}-{dump.file_name}"
        with self._guard:
            self._reading[path] += 1
        try:
            self._make_once(dump, path)
        except BaseException:
            self.let_go(path)
            raise
        return path

    def let_go(self, path: Path) -> None:
        """Nobody reads on in what was taken at ``path``."""
        with self._guard:
            self._reading[path] -= 1
            if self._reading[path] <= 0:
                del self._reading[path]

    def _make_once(self, dump: Dump, path: Path) -> None:
        if _touched(path):
            return
        try:
            with self._turns.turn():
                if not _touched(path):
                    self._make(dump, path)
        except OSError as fault:
            raise StoreUnavailable(
                "The file could not be written to {folder}: {reason}.",
                folder=self._folder,
                reason=fault.strerror or str(fault),
            ) from None

    def _make(self, dump: Dump, path: Path) -> None:
        self._folder.mkdir(exist_ok=True)
        lines = self._journal.state(dump.change.number)
        # no form is longer than this one
        self._make_room(len(lines))
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                _write(lines, dump, file)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)

    def _make_room(self, needed: int) -> None:
        """Delete what an earlier run left unfinished, and what was used longest ago and nobody reads,
        until there is room for one more file of ``needed`` bytes. Raises StoreBusy."""
        found = {file: file.stat() for file in self._folder.iterdir()}
        for file in [one for one in found if one.suffix == ".part"]:
            file.unlink(missing_ok=True)
            del found[file]
        most = max(MOST_BYTES, _LEAST_FILES * needed)
        for file in sorted(found, key=lambda one: found[one].st_mtime):
            if len(found) < MOST_KEPT and _bytes(found) + needed <= most:
                return
            if self._deleted(file):
                del found[file]
        if _bytes(found) + needed > most:
            raise StoreBusy(
                _RETRY_SECONDS,
                "There is no room for another file of the dataset while so many are being read. Try "
                "again in {retry_after} seconds.",
            )

    def _deleted(self, file: Path) -> bool:
        """Whether nobody reads ``file``; if so, it is no more."""
        with self._guard:
            free = file not in self._reading
            if free:
                file.unlink(missing_ok=True)
        return free


def _triple(line: bytes) -> bytes:
    """A line of N-Quads without its graph, which is an IRI."""
    return line[: line.rindex(b" <")]


def _busy() -> StoreBusy:
    return StoreBusy(
        _SOON_SECONDS,
        "Another file of the dataset is being made. Try again in {retry_after} seconds.",
    )


def _bytes(files: Mapping[Path, os.stat_result]) -> int:
    return sum(each.st_size for each in files.values())


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
