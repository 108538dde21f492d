"""An update or an edit of one graph worked out on a copy of the dataset: what it removes and adds.

The copy is as ``replica.build`` makes it: the unnamed graph holds what queries read by default, and
so do patterns of an update that name no dataset. Whoever calls this throws the copy away.
"""

import re
from collections.abc import Mapping
from typing import Final
from uuid import uuid4

import pyoxigraph as ox

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import INFERRED_GRAPH, OUTSIDE_DEFAULT_GRAPH, WRITTEN_GRAPH
from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.derivation import Rules
from werkzaam.store.update_text import Operation, ReadUpdate

DERIVED: Final = frozenset((INFERRED_GRAPH, *OUTSIDE_DEFAULT_GRAPH))
"""The graphs that follow from the rest; no update changes them."""

_PLACE: Final = re.compile(r"^error at (\d+):(\d+):")
_NOWHERE: Final = "DROP GRAPH <urn:x-nowhere:>;"
"""Before an update it lets the engine read all of it and carry out nothing."""
_TRIPLE_TERM: Final = re.compile(rb"\S+ \S+ <<\(")

Lines = Mapping[str, frozenset[bytes]]


def evaluate(
    store: ox.Store, update: ReadUpdate, rules: Rules | None = None, base: str | None = None
) -> ChangeData:
    """What ``update`` removes and adds, as sorted N-Quads lines; ``store`` is of no use afterwards.

    Each operation sees what the former ones did, and with ``rules`` what follows from it. ``base``
    resolves relative IRIs. Raises QuerySyntaxError with the place, QueryRefused where the engine
    cannot carry it out or where it changes what is derived.
    """
    before: Lines = graph_lines(store)
    now = before
    written = False
    for operation in update.operations:
        if operation.reads_merge and written:
            now = _carried(store, now, rules or Rules(()))
            written = False
        _carry_out(store, operation, base)
        written = True
    return _difference(before, _allowed(now, graph_lines(store)))


def graph_lines(store: ox.Store, only: ox.NamedNode | None = None) -> dict[str, frozenset[bytes]]:
    """The triples of every named graph, or of ``only`` one, as N-Triples lines, by the name of the
    graph as N-Quads has it."""
    found = {}
    for graph in [only] if only else list(store.named_graphs()):
        triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        found[str(graph)] = frozenset(triples.splitlines())
    return found


def difference(before: Lines, after: Lines) -> ChangeData:
    """From ``before`` to ``after`` as sorted N-Quads lines. Raises QueryRefused for RDF 1.2."""
    data = ChangeData(_beyond(before, after), _beyond(after, before))
    if any(_TRIPLE_TERM.match(line) for line in data.added.splitlines()):
        raise QueryRefused(
            "This writes a triple about a triple (RDF 1.2), which this dataset does not hold. Give "
            "the statement an IRI of its own and speak of that."
        )
    return data


def _syntax_fault(operation: Operation, base: str | None) -> QueryRefused:
    """Why the engine does not read ``operation``: it is asked again about what was sent, for the place
    and the words."""
    text = f"{operation.prologue} {_NOWHERE}\n{operation.sent}"
    try:
        ox.Store().update(text, base_iri=base)
    except SyntaxError as fault:
        match = _PLACE.match(str(fault))
        return _placed(operation, int(match[1]) - 2, int(match[2])) if match else _untold()
    except RuntimeError:
        return _untold()
    return _untold()


def _placed(operation: Operation, lines_down: int, column: int) -> QuerySyntaxError:
    """A fault ``lines_down`` from the beginning of ``operation``; above it, in the prologue."""
    line, first = operation.start
    near = "PREFIX" if lines_down < 0 else operation.sent.split("\n")[lines_down][column - 1 :][:20]
    return QuerySyntaxError(
        line + max(0, lines_down),
        column + first - 1 if lines_down == 0 else first if lines_down < 0 else column,
        "The update is not SPARQL 1.1: something is wrong at or before line {line}, column "
        "{column}, near {near}.",
        near=quoted(near or "the end"),
    )


def _untold() -> QueryRefused:
    return QueryRefused(
        "This update cannot be told apart into its operations. Put spaces around < and >, and "
        "write keywords apart."
    )


def _carry_out(store: ox.Store, operation: Operation, base: str | None) -> None:
    try:
        for text in _texts(store, operation):
            store.update(text, base_iri=base)
    except SyntaxError:
        raise _syntax_fault(operation, base) from None
    except RuntimeError as fault:
        raise QueryRefused(
            "This update cannot be carried out: {reason}. Nothing was changed.",
            reason=quoted(str(fault)),
        ) from None


def _texts(store: ox.Store, operation: Operation) -> list[str]:
    """What the engine is to do, one after the other."""
    if operation.several:
        return [f"{operation.head} GRAPH {graph}" for graph in _several(store, operation.several)]
    if len(operation.using) < 2:
        return [operation.text()]
    # the engine's union would count a triple that stands in two of the graphs twice
    merge = f"<urn:uuid:{uuid4()}>"
    copies = " ; ".join(f"ADD {graph} TO {merge}" for graph in operation.using)
    merged = operation.text(default=[merge])
    return [f"{operation.prologue} {copies}", merged, f"DROP SILENT GRAPH {merge}"]


def _several(store: ox.Store, which: str) -> list[str]:
    """The graphs of NAMED or ALL: what is derived is not among them, it follows."""
    kept = {f"<{graph}>" for graph in (*DERIVED, *([WRITTEN_GRAPH] if which == "NAMED" else []))}
    return [str(graph) for graph in store.named_graphs() if str(graph) not in kept]


def _carried(store: ox.Store, before: Lines, rules: Rules) -> Lines:
    """Let the unnamed graph follow what the operations did since ``before``; the lines then."""
    change = _difference(before, _allowed(before, graph_lines(store)))
    removed, added = (_quads(part) for part in (change.removed, change.added))
    for quad in added:
        store.remove(quad)
    store.extend(removed)
    rules.follow(store, removed, added)
    return graph_lines(store)


def _quads(lines: bytes) -> list[ox.Quad]:
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _allowed(before: Lines, after: Lines) -> Lines:
    """``after``, where nothing that is derived was written."""
    for graph in sorted(DERIVED):
        name = f"<{graph}>"
        if before.get(name, frozenset()) != after.get(name, frozenset()):
            raise QueryRefused(
                "An update cannot change {graph}: what it holds is derived from the rest. Change "
                "what it follows from, or leave this graph out.",
                graph=graph,
            )
    return after


def _difference(before: Lines, after: Lines) -> ChangeData:
    """As ``difference``, of what is not derived."""
    derived = {f"<{graph}>" for graph in DERIVED}
    kept = ({g: t for g, t in part.items() if g not in derived} for part in (before, after))
    return difference(*kept)


def _beyond(less: Lines, more: Lines) -> bytes:
    """The quads of ``more`` that are not in ``less``."""
    found = []
    for graph, triples in more.items():
        ending = b" " + graph.encode() + b" .\n"
        fresh = triples - less.get(graph, frozenset())
        found += [line.removesuffix(b" .") + ending for line in fresh]
    return b"".join(sorted(found))
