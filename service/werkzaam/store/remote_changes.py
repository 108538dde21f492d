"""What is sent to a SPARQL engine elsewhere to bring it from one version to another.

A change is one update. It names the marker of the version that it starts from, so that it is
carried out on that version alone: a request that arrives late, or twice, changes nothing. Only ground
terms are sent; blank nodes are replaced by IRIs (`RDF 1.1 §3.5
<https://www.w3.org/TR/rdf11-concepts/#section-skolemization>`_).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import quote

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.identifiers import BASE, GRAPHS

MARKER_GRAPH: Final = GRAPHS + "dataset"
MERGE_GRAPH: Final = GRAPHS + "merge"
PROBE_GRAPHS: Final = GRAPHS + "probe"

_MARKER = f"<{MARKER_GRAPH}> <http://www.w3.org/2002/07/owl#versionInfo>"
_GENID = BASE + ".well-known/genid/"
_TERM = r"<[^>]*>|_:\S+"
_LINE = re.compile(rf'({_TERM}) ({_TERM}) ("(?:[^"\\]|\\.)*+"\S*|{_TERM})(?: ({_TERM}))? \.')
_MARKED = re.compile(r"(0|[1-9]\d{0,17}) ([0-9a-f]{64}) ([0-9a-f]{64})")
_ALL = 1 << 256


@dataclass(frozen=True)
class Marker:
    """The version that an engine holds: its number, the hash of that change in the journal, and the
    digest of all that was sent."""

    number: int
    hash: str
    digest: str

    def __str__(self) -> str:
        return f"{self.number} {self.hash} {self.digest}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The marker that was written as ``text``; None where it is none of ours."""
        found = _MARKED.fullmatch(text)
        return cls(int(found[1]), found[2], found[3]) if found else None


@dataclass
class Contents:
    """What an engine holds: a digest that any order of adding and removing gives, and the number of
    statements by graph (None: those without a graph)."""

    total: int = 0
    counts: dict[str | None, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: bytes) -> Self:
        """Those of N-Quads ``lines``."""
        contents = cls()
        contents.change(ChangeData(lines, b""))
        return contents

    def change(self, data: ChangeData) -> None:
        """Follow a change of lines without blank nodes."""
        for quads, sign in ((data.removed, -1), (data.added, 1)):
            for line in filter(None, quads.split(b"\n")):
                digest = hashlib.blake2b(line, digest_size=32).digest()
                self.total = (self.total + sign * int.from_bytes(digest)) % _ALL
                graph, _ = _placed(line.decode())
                self.counts[graph] = self.counts.get(graph, 0) + sign

    def copy(self) -> Self:
        """The same, to change apart."""
        return type(self)(self.total, dict(self.counts))

    @property
    def digest(self) -> str:
        """The digest as 64 hexadecimal digits."""
        return f"{self.total:064x}"

    @property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs with at least one statement, in order."""
        return tuple(sorted(graph for graph, count in self.counts.items() if graph and count > 0))


def grounded(data: ChangeData) -> ChangeData:
    """The same change with an IRI for each blank node."""
    return ChangeData(ground(data.added), ground(data.removed))


def ground(lines: bytes) -> bytes:
    """The same N-Quads lines with an IRI for each blank node, the same for the same label."""
    if b"_:" not in lines:
        return lines
    return b"".join(sorted(_ground_line(line) for line in lines.split(b"\n") if line))


def marker_query() -> str:
    """Asks for the marker of an engine as ``?v``."""
    return f"SELECT ?v {{ GRAPH <{MARKER_GRAPH}> {{ {_MARKER} ?v }} }}"


def change_text(data: ChangeData, old: Marker, new: Marker, unnamed: str | None) -> str:
    """The update that brings an engine from ``old`` to ``new``, and does nothing to any other.

    ``data`` is grounded; ``unnamed`` is the graph for what stands in none, None for the unnamed one.
    """
    before, after = _marked(old), _marked(new)
    removed, added = (_quads(lines, unnamed) for lines in (data.removed, data.added))
    return f"DELETE {{ {before}\n{removed}}}\nINSERT {{ {after}\n{added}}}\nWHERE {{ {before} }}"


def first_text(lines: bytes, new: Marker, unnamed: str | None) -> str:
    """The update that fills an engine without a marker, and does nothing to one with a marker."""
    absent = f"FILTER NOT EXISTS {{ GRAPH <{MARKER_GRAPH}> {{ {_MARKER} ?any }} }}"
    return f"INSERT {{ {_marked(new)}\n{_quads(lines, unnamed)}}}\nWHERE {{ {absent} }}"


def anew_text(lines: bytes, new: Marker, unnamed: str | None) -> str:
    """The update that empties an engine and fills it again."""
    return f"DROP SILENT ALL ;\nINSERT DATA {{ {_marked(new)}\n{_quads(lines, unnamed)}}}"


def _marked(marker: Marker) -> str:
    return f'GRAPH <{MARKER_GRAPH}> {{ {_MARKER} "{marker}" }}'


def _quads(lines: bytes, unnamed: str | None) -> str:
    blocks: Mapping[str | None, list[str]] = _by_graph(filter(None, lines.decode().split("\n")))
    texts = []
    for graph, triples in blocks.items():
        body = "".join(f"{triple} .\n" for triple in triples)
        name = graph or unnamed
        texts.append(f"GRAPH <{name}> {{\n{body}}}\n" if name else body)
    return "".join(texts)


def _by_graph(lines: Iterable[str]) -> dict[str | None, list[str]]:
    blocks: dict[str | None, list[str]] = {}
    for line in lines:
        graph, triple = _placed(line)
        blocks.setdefault(graph, []).append(triple)
    return blocks


def _placed(line: str) -> tuple[str | None, str]:
    """The graph of a line, and its triple as SPARQL writes it."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a line of N-Quads: {line[:200]!r}")
    return found[4][1:-1] if found[4] else None, " ".join(found.group(1, 2, 3))


def _ground_line(line: bytes) -> bytes:
    if b"_:" not in line:
        return line + b"\n"
    found = _LINE.fullmatch(line.decode())
    if found is None:
        raise ValueError(f"not a line of N-Quads: {line[:200]!r}")
    terms = [_ground_term(term) for term in found.groups() if term]
    return (" ".join(terms) + " .\n").encode()


def _ground_term(term: str) -> str:
    return f"<{_GENID}{quote(term[2:], safe='')}>" if term.startswith("_:") else term
