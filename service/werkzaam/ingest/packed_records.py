"""Many records in little memory: packed in chunks, and unpacked a chunk at a time."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

import pyoxigraph as ox

from werkzaam.ingest.records import Record, record_lines

_CHUNK: Final = 500
_LEVEL: Final = 1


@dataclass(frozen=True)
class _Packed:
    """Some records: their IRIs and rows, and how many bytes of ``data``, once unpacked, each has."""

    heads: tuple[tuple[str, int | None, int], ...]
    data: bytes

    @classmethod
    def of(cls, records: Iterable[Record]) -> "_Packed":
        heads, texts = [], []
        for record in records:
            text = ox.serialize(record.quads, format=ox.RdfFormat.N_QUADS) or b""
            heads.append((record.iri, record.row, len(text)))
            texts.append(text)
        return cls(tuple(heads), zlib.compress(b"".join(texts), _LEVEL))

    def records(self) -> Iterator[Record]:
        whole = zlib.decompress(self.data)
        start = 0
        for iri, row, size in self.heads:
            text = whole[start : start + size]
            yield Record(iri, row, frozenset(ox.parse(text, format=ox.RdfFormat.N_QUADS)))
            start += size


class PackedRecords(Sequence[Record]):
    """Records in the order in which they came; going through them in order unpacks each chunk once.

    ``finished`` is what a record becomes on its way out, such as one with the rows of its groups. A
    few records are not packed at all.
    """

    def __init__(
        self, records: Iterable[Record], finished: Callable[[Record], Record] = lambda one: one
    ) -> None:
        self._chunks: list[_Packed] = []
        self._finished = finished
        self._open: list[Record] = []
        for record in records:
            self._open.append(record)
            if len(self._open) == _CHUNK:
                self._chunks.append(_Packed.of(self._open))
                self._open = []
        self._last: tuple[int, list[Record]] = (-1, [])

    def __len__(self) -> int:
        return len(self._chunks) * _CHUNK + len(self._open)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...

    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._finished(self._chunk(place // _CHUNK)[place % _CHUNK])

    def __iter__(self) -> Iterator[Record]:
        return (self[place] for place in range(len(self)))

    def lines(self) -> Iterator[tuple[str, bytes]]:
        """The IRI of each record with its statements as N-Quads, in order of their bytes."""
        for record in self:
            yield record.iri, b"".join(line + b"\n" for line in record_lines(record))

    def _chunk(self, number: int) -> list[Record]:
        if number == len(self._chunks):
            return self._open
        if self._last[0] != number:
            self._last = (number, list(self._chunks[number].records()))
        return self._last[1]


class PackedStatements(Sequence[frozenset[ox.Quad]]):
    """The statements of ``records``, one set for each."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> frozenset[ox.Quad]: ...

    @overload
    def __getitem__(self, place: slice) -> list[frozenset[ox.Quad]]: ...

    def __getitem__(self, place: int | slice) -> frozenset[ox.Quad] | list[frozenset[ox.Quad]]:
        if isinstance(place, slice):
            return [record.quads for record in self._records[place]]
        return self._records[place].quads
