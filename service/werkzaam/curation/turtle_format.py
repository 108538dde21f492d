"""The one way of writing Turtle: same graph, same bytes, small differences.

diffable-rdf writes each subject; subjects are then put in order of IRI. rdflib's own order counts
how often a subject is referred to, so that one added link would move whole blocks.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from diffable_rdf import deterministic_turtle
from rdflib import URIRef

from werkzaam.curation.turtle_positions import Names
from werkzaam.curation.turtle_reading import Turtle, read_turtle
from werkzaam.curation.turtle_tokens import Statement, statements, tokens
from werkzaam.domain.identifiers import BASE, TERMS
from werkzaam.errors import ContentError
from werkzaam.validation.rdflib_graph import graph_of

PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "mdt": TERMS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": BASE + "shape/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SKIPPED: Final = ("node_modules", "__pycache__")


@dataclass(frozen=True)
class FormatOutcome:
    """A file that was not canonical. ``fault`` says why it was left as it is; else it was
    rewritten, or would have been."""

    path: str
    fault: ContentError | None = None


def canonical(data: bytes, path: str) -> bytes:
    """``data`` in canonical Turtle; the graph is proved to be the same before it is given back.

    Raises ContentError, with the line where there is one, for what is not Turtle, for a comment
    (it would be lost), and where the same graph could not be written.
    """
    turtle = read_turtle(data, path)
    _refuse_comments(turtle.text, path)
    graph = graph_of(turtle.triples)
    for name, namespace in _prefixes(turtle.prefixes.items()).items():
        graph.bind(name, URIRef(namespace), override=True, replace=True)
    try:
        written = _in_order(deterministic_turtle(graph)).encode()
        same = _labelled(read_turtle(written, path)) == _labelled(turtle)
    except RecursionError:
        raise ContentError(
            path, None, "Blank nodes nest too deeply in this file. Give the inner nodes IRIs."
        ) from None
    except (ValueError, ContentError) as fault:
        raise _not_the_same(path, str(fault)) from None
    if not same:
        raise _not_the_same(path, "the graphs differ")
    return written


def format_folder(
    folder: Path, *, write: bool, seen_from: Path | None = None
) -> list[FormatOutcome]:
    """The ``.ttl`` files below ``folder`` that are not canonical, in order of path; paths are
    relative to ``seen_from``, or else to ``folder``.

    With ``write`` they are rewritten, each whole or not at all; a file at fault is left as it is
    and the rest is still done. Hidden folders and ``node_modules`` are skipped.
    """
    outcomes = []
    for path in sorted(_turtle_files(folder)):
        name = path.relative_to(seen_from or folder).as_posix()
        try:
            if _format_file(path, name, write):
                outcomes.append(FormatOutcome(name))
        except ContentError as fault:
            outcomes.append(FormatOutcome(name, fault))
    return outcomes


def _format_file(path: Path, name: str, write: bool) -> bool:
    """Whether the file was not canonical. Raises ContentError."""
    try:
        data = path.read_bytes()
        written = canonical(data, name)
        if written != data and write:
            replace_file(path.resolve(), written)
    except OSError as fault:
        raise ContentError(
            name,
            None,
            "This file could not be read or written: {reason}. It is as it was.",
            reason=fault.strerror or str(fault),
        ) from None
    return written != data


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in place of the file, keeping its mode; the old bytes stay until the last step."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _turtle_files(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = [n for n in folders if not n.startswith(".") and n not in _SKIPPED]
        for name in files:
            path = Path(where) / name
            if name.endswith(".ttl") and not name.startswith(".") and path.is_file():
                yield path


def _refuse_comments(text: str, path: str) -> None:
    comment = next((token for token in tokens(text) if token.kind == "comment"), None)
    if comment is not None:
        raise ContentError(
            path,
            text.count("\n", 0, comment.start) + 1,
            "A comment would be lost: move it to rdfs:comment or skos:editorialNote.",
        )


def _prefixes(declared: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The project's names, and the file's own for other namespaces: one name each."""
    own: dict[str, str] = {}
    for name, namespace in sorted(declared):
        if name not in PREFIXES and namespace not in PREFIXES.values():
            own.setdefault(namespace, name)
    return {name: namespace for namespace, name in own.items()} | PREFIXES


def _in_order(text: str) -> str:
    """The blocks of ``text`` in order of subject, those about blank nodes last."""
    names = Names()
    head, blocks = [], []
    for statement in statements(text):
        piece = text[statement.tokens[0].start : statement.tokens[-1].end]
        if statement.is_directive:
            names.declare(statement)
            head.append(piece)
        else:
            blocks.append((*_place(statement, names), piece))
    pieces = ["\n".join(head)] if head else []
    pieces += [piece for *_, piece in sorted(blocks)]
    return "\n\n".join(pieces) + "\n" if pieces else ""


def _place(statement: Statement, names: Names) -> tuple[bool, str]:
    iri = names.iri(statement.tokens[0])
    return iri is None, iri or ""


def _labelled(turtle: Turtle) -> set[ox.Quad]:
    """The triples with canonical blank nodes: equal for the same graph and no other (RDFC-1.0)."""
    dataset = ox.Dataset(turtle.triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _not_the_same(path: str, reason: str) -> ContentError:
    return ContentError(
        path,
        None,
        "This file could not be written canonically without changing what it says: {reason}. It "
        "is as it was; please report it.",
        reason=reason,
    )
