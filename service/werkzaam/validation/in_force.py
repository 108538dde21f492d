"""What stands already, as lines of N-Quads, looked up without reading all of it as RDF."""

import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

_FEW: Final = 20  # to look for each in all the bytes is faster than to part them into lines


@dataclass(frozen=True)
class InForce:
    """``lines``: N-Quads, a statement a line. ``replaced``: the IRIs of records that come in their place;
    what is said of those, and of things whose IRI lies below one of them, is passed over."""

    lines: bytes
    replaced: Collection[str] = frozenset()

    def about(self, subjects: Collection[str]) -> list[ox.Quad]:
        """What is said of ``subjects``."""
        wanted = {f"<{subject}>".encode() for subject in subjects}
        return self._read(lambda subject, _: subject in wanted)

    def with_properties(self, properties: Collection[str]) -> list[ox.Quad]:
        """The statements with these properties."""
        wanted = {f"<{property_}>".encode() for property_ in properties}
        return self._read(lambda _, rest: rest.partition(b" ")[0] in wanted)

    def naming(self, values: Collection[str]) -> set[str]:
        """The subjects of which is said that they refer to one of ``values``."""
        wanted = {f"<{value}>".encode() for value in values}
        if len(wanted) <= _FEW and not any(b" %b " % value in self.lines for value in wanted):
            return set()
        found = self._read(lambda _, rest: rest.split(b" ", 2)[1] in wanted)
        return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}

    def _read(self, wants: Callable[[bytes, bytes], bool]) -> list[ox.Quad]:
        kept = b"".join(self._lines(wants)) if self.lines else b""
        return list(ox.parse(kept, format=ox.RdfFormat.N_QUADS)) if kept else []

    def _lines(self, wants: Callable[[bytes, bytes], bool]) -> Iterator[bytes]:
        passed_over: dict[bytes, bool] = {}
        for line in io.BytesIO(self.lines):
            subject, _, rest = line.partition(b" ")
            if not rest or not wants(subject, rest):
                continue
            if subject not in passed_over:
                passed_over[subject] = self._is_replaced(subject.strip(b"<>").decode())
            if not passed_over[subject]:
                yield line

    def _is_replaced(self, subject: str) -> bool:
        while subject and subject not in self.replaced:
            subject = subject.rpartition("/")[0]
        return bool(subject)
