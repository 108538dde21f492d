"""What the changes of a journal add up to: a version whole, and what differs between two.

Changes are read a few at a time and added up outside the transaction: they never change once they
are written, and nobody waits meanwhile.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.changes import Change, ChangeCounts, ChangeData, ChangeKind
from werkzaam.domain.identifiers import RECORDS_GRAPH
from werkzaam.errors import BadRequest, NotFound
from werkzaam.store import journal_writing
from werkzaam.store.journal_database import Database
from werkzaam.store.journal_patch import document, patch_lines, unpack
from werkzaam.store.journal_snapshots import FOLDER, Snapshots

ALL_KINDS: Final[tuple[ChangeKind, ...]] = (
    *("content", "submission", "withdrawal"),
    *("update", "rollback"),
)
_FREE_KINDS: Final[tuple[ChangeKind, ...]] = ("update", "rollback")
# no update may touch these, so what a change removes was there and what it adds was not
_OF_RECORDS: Final = f" <{RECORDS_GRAPH}> .".encode()
_AT_ONCE: Final = 32
_FAR: Final = 16


@dataclass(frozen=True)
class _Piece:
    """A change by its lines."""

    added: Sequence[bytes]
    removed: Sequence[bytes]


class States:
    """The versions of the journal in ``database``. Any method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.snapshots = Snapshots(database.path.parent / FOLDER, read_only=database.read_only)

    def document(self, upto: int | None) -> bytes:
        """All quads of version ``upto`` (None: the last) as sorted N-Quads. Raises NotFound.

        A version far from the last snapshot becomes one.
        """
        change = self._change(upto)
        if change is None:
            return b""
        start, text = self._start(change.number)
        if start == change.number:
            return text
        text = self._after(text, start, change.number)
        if change.number - start >= _FAR:
            self.snapshots.keep(change.number, change.hash, text)
        return text

    def document_of(self, kinds: Sequence[ChangeKind], upto: int | None) -> bytes:
        """The quads that the changes of ``kinds`` up to ``upto`` add up to. Raises NotFound."""
        change = self._change(upto)
        stop = change.number if change else 0
        return document(_there(self._fates(0, stop, kinds)))

    def counts(self, number: int) -> ChangeCounts:
        """How many quads change ``number`` added and removed. Raises NotFound."""
        self._change(number)
        (piece,) = self._pieces(number - 1, number, ALL_KINDS)
        return ChangeCounts(len(piece.added), len(piece.removed))

    def renew(self) -> None:
        """Delete all snapshots and write one of the last version, added up from the first change."""
        self.snapshots.clear()
        change = self._change(None)
        if change is not None:
            text = self._after(b"", 0, change.number)
            self.snapshots.keep(change.number, change.hash, text)

    def wrong_snapshots(self) -> Iterator[int]:
        """The versions whose snapshot is sound and yet not what the changes add up to."""
        for number in self.snapshots.numbers():
            found = self.snapshots.nearest(number, self._hash)
            if found and found[0] == number and found[1] != self._after(b"", 0, number):
                yield number

    def net(self, before: int, after: int, most: int | None) -> ChangeData:
        """What version ``after`` has that ``before`` has not, and the reverse. Raises NotFound;
        BadRequest where more than ``most`` lines were touched.

        An update may remove what content adds again, so no single change tells what was there.
        """
        if before > after:
            back = self.net(after, before, most)
            return ChangeData(back.removed, back.added)
        for number in (before, after):
            self._change(number)
        there_first: dict[bytes, bool] = {}
        there_last: dict[bytes, bool] = {}
        for piece in self._pieces(before, after, ALL_KINDS):
            for line in piece.removed:
                there_first.setdefault(line, True)
            for line in piece.added:
                there_first.setdefault(line, False)
            _apply(there_last, piece)
            if most is not None and len(there_last) > most:
                raise BadRequest(
                    "From version {before} to {after} more than {most} quads changed. Choose "
                    "versions nearer to each other; `werkzaam journal export` writes any range.",
                    before=before,
                    after=after,
                    most=most,
                )
        unsure = [line for line in there_first if not line.endswith(_OF_RECORDS)]
        if unsure and self._has_free_changes(after):
            there_first |= self._which_are_in(before, unsure)
        return ChangeData(
            document(line for line, there in there_last.items() if there and not there_first[line]),
            document(line for line, there in there_last.items() if there_first[line] and not there),
        )

    def _which_are_in(self, number: int, wanted: Iterable[bytes]) -> dict[bytes, bool]:
        found = dict.fromkeys(wanted, False)
        start, text = self._start(number)
        for line in text.split(b"\n"):
            if line in found:
                found[line] = True
        for piece in self._pieces(start, number, ALL_KINDS):
            _apply(found, _Piece(*([x for x in part if x in found] for part in _parts(piece))))
        return found

    def _after(self, text: bytes, start: int, stop: int) -> bytes:
        """The document ``text`` of version ``start``, brought to ``stop``."""
        fates = self._fates(start, stop, ALL_KINDS)
        kept = [line for line in text.split(b"\n") if line and line not in fates]
        # two sorted runs: sorting them is hardly more than merging
        return document([*kept, *sorted(_there(fates))])

    def _fates(self, start: int, stop: int, kinds: Sequence[ChangeKind]) -> dict[bytes, bool]:
        """Of each line that changes after ``start`` touched: whether it is there after ``stop``."""
        fates: dict[bytes, bool] = {}
        for piece in self._pieces(start, stop, kinds):
            _apply(fates, piece)
        return fates

    def _pieces(self, start: int, stop: int, kinds: Sequence[ChangeKind]) -> Iterator[_Piece]:
        while start < stop:
            until = min(stop, start + _AT_ONCE)
            with self._database.reading() as connection:
                packed = journal_writing.patches(connection, kinds, start, until)
            for patch in packed:
                with self._database.guarded():
                    piece = _Piece(*patch_lines(unpack(patch)))
                yield piece
            start = until

    def _start(self, upto: int) -> tuple[int, bytes]:
        return self.snapshots.nearest(upto, self._hash) or (0, b"")

    def _hash(self, number: int) -> str | None:
        try:
            found = self._change(number)
        except NotFound:
            return None
        return found.hash if found else None

    def _change(self, number: int | None) -> Change | None:
        """The change ``number``, None: the last; none where that is 0. Raises NotFound.

        The journal is proven up to its end: nothing is added up from what is not.
        """
        with self._database.reading() as connection:
            self._database.prove(connection)
            if number is None:
                return journal_writing.last_change(connection)
            return journal_writing.find_change(connection, number) if number else None

    def _has_free_changes(self, upto: int) -> bool:
        """Whether up to then anything was changed without regard to what else says it."""
        with self._database.reading() as connection:
            return journal_writing.has_any(connection, _FREE_KINDS, upto)


def _parts(piece: _Piece) -> tuple[Sequence[bytes], Sequence[bytes]]:
    return piece.added, piece.removed


def _apply(fates: dict[bytes, bool], piece: _Piece) -> None:
    fates.update(dict.fromkeys(piece.removed, False))
    fates.update(dict.fromkeys(piece.added, True))


def _there(fates: dict[bytes, bool]) -> Iterator[bytes]:
    return (line for line, there in fates.items() if there)
