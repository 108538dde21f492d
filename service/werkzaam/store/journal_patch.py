"""Quads as sorted lines, and a change as a compressed patch.

A patch follows `RDF Patch <https://jena.apache.org/documentation/rdf-patch/>`_: rows ``D`` and
``A`` with the terms as N-Quads has them, between ``TX`` and ``TC``.
"""

import re
import sys
import zlib
from collections.abc import Iterable

from werkzaam.domain.changes import ChangeData
from werkzaam.errors import BadRequest
from werkzaam.store.journal_refusals import DamagedData

Lines = frozenset[bytes]

_IRI = rb'<(?:[^\x00-\x20<>"{}|^`\\]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'
_NODE = rb'(?:%b|_:[^\x00-\x20<>"]++)' % _IRI
_LITERAL = (
    rb'"(?:[^"\\\n\r]++|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+"'
    rb"(?:\^\^%b|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?" % _IRI
)
_QUAD = re.compile(rb"%b %b (?:%b|%b)(?: (%b))? \." % (_NODE, _IRI, _NODE, _LITERAL, _NODE))

_ESCAPE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


def lines(quads: bytes) -> Lines:
    """The lines of an N-Quads document; empty ones are left out, one space stands between terms.

    Raises BadRequest for a line that is not a quad, so that no line can pass for two.
    """
    found = frozenset(line for line in quads.split(b"\n") if line)
    for line in found:
        if not _QUAD.fullmatch(line) or not _is_utf8(line):
            raise BadRequest("This is not an N-Quads line: {line}.", line=repr(line[:200]))
    return found


def graph_of(line: bytes) -> str | None:
    """The IRI or blank node label of the graph of a line that ``lines`` gave; None: it names none.

    Escapes are read, so that no graph has two spellings.
    """
    found = _QUAD.fullmatch(line)
    graph = found and found[1]
    if not graph:
        return None
    return _ESCAPE.sub(_character, graph.decode()).strip("<>")


def document(quads: Iterable[bytes]) -> bytes:
    """The lines in order of their bytes, each ended by a line feed."""
    return b"".join(line + b"\n" for line in sorted(quads))


def difference(old: Lines, new: Lines) -> ChangeData:
    """What has to be added and removed to come from ``old`` to ``new``."""
    return ChangeData(document(new - old), document(old - new))


def write_patch(data: ChangeData, *, name: str | None = None, previous: str | None = None) -> bytes:
    """The change as an RDF Patch, not compressed.

    ``name`` and ``previous``: terms that name the version after it and the one before, as headers.
    What the journal keeps has none.
    """
    headers = (
        f"H {key} {term} .\n".encode() for key, term in (("id", name), ("prev", previous)) if term
    )
    removed = (b"D " + line for line in data.removed.splitlines(keepends=True))
    added = (b"A " + line for line in data.added.splitlines(keepends=True))
    return b"".join((*headers, b"TX .\n", *removed, *added, b"TC .\n"))


def read_patch(patch: bytes) -> ChangeData:
    """The change that ``write_patch`` wrote. Raises DamagedData where it is none."""
    added, removed = patch_lines(patch)
    return ChangeData(document(added), document(removed))


def patch_lines(patch: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that a patch adds and those that it removes. Raises DamagedData where it is none."""
    rows = patch.split(b"\n")
    if rows[0] != b"TX ." or rows[-2:] != [b"TC .", b""]:
        raise DamagedData("the patch does not begin and end as a patch does")
    parts: dict[bytes, list[bytes]] = {b"A ": [], b"D ": []}
    for row in rows[1:-2]:
        if row[:2] not in parts:
            raise DamagedData("the patch has a row that neither adds nor removes")
        parts[row[:2]].append(row[2:])
    return parts[b"A "], parts[b"D "]


def apply(state: set[bytes], data: ChangeData) -> None:
    """Bring ``state`` from before the change to after it."""
    state.difference_update(data.removed.split(b"\n"))
    state.update(line for line in data.added.split(b"\n") if line)


def pack(data: bytes) -> bytes:
    """Compressed as `zlib <https://www.rfc-editor.org/rfc/rfc1950>`_ does."""
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    """What ``pack`` compressed. Raises DamagedData where it did not."""
    try:
        return zlib.decompress(data)
    except zlib.error as fault:
        raise DamagedData(f"compressed data cannot be read: {fault}") from None


def _character(found: re.Match[str]) -> str:
    number = int(found[0][2:], 16)
    return chr(number) if number <= sys.maxunicode else found[0]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
