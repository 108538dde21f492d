"""What a copy of the dataset is asked to work out, as frames: an update, or an edit of one graph.

The header names the work (``edit``: ``update``, ``replace``, ``merge`` or ``delete``); the answer holds
what is removed and what is added. A refusal travels as its template and its values.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn

import pyoxigraph as ox

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.identifiers import BASE, GRAPHS, INFERRED_GRAPH, in_default_graph
from werkzaam.errors import (
    BadRequest,
    NotFound,
    QueryRefused,
    QuerySyntaxError,
    QueryTooLarge,
    RdfSyntaxError,
    UnsupportedMediaType,
    WerkzaamError,
)
from werkzaam.store.derivation import Rules
from werkzaam.store.graph_edits import GraphEdit, delete_graph, merge_graph, replace_graph
from werkzaam.store.payloads import payloads_of
from werkzaam.store.update_text import read_update
from werkzaam.store.updating import evaluate, graph_lines

Reply = tuple[dict[str, Any], bytes]

_PLACED: Final = {kind.__name__: kind for kind in (QuerySyntaxError, RdfSyntaxError)}
_PLAIN: Final = {
    kind.__name__: kind
    for kind in (BadRequest, NotFound, QueryRefused, QueryTooLarge, UnsupportedMediaType)
}
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def answer_edit(
    store: ox.Store, header: Mapping[str, Any], body: bytes, rules: Rules | None = None
) -> Reply:
    """Work out an edit on ``store``, which is of no use afterwards.

    The answer's body is what is removed, what is added, and, where a shape could mind, all that is
    then asserted in our graphs; the header says how long each is. ``watched`` in the header: the IRIs
    that shapes speak of.
    """
    _forget_empty(store)
    try:
        edit = _EDITS[header["edit"]](store, header, body, rules)
    except WerkzaamError as refusal:
        return _refusal(refusal), b""
    except MemoryError:
        return _refusal(_too_large()), b""
    change = edit.change
    asserted = _asserted(store) if minded(change, header.get("watched", ())) else b""
    sizes = {"removed": len(change.removed), "added": len(change.added)}
    reply = {**sizes, "existed": edit.existed, "minded": bool(asserted)}
    return reply, change.removed + change.added + asserted


def read_reply(reply: Mapping[str, Any], body: bytes) -> tuple[GraphEdit, bytes]:
    """The edit, and what is then asserted in our graphs (N-Quads; empty where no shape could mind).

    Raises the refusal that came back.
    """
    if "refusal" in reply:
        _raise(reply["refusal"])
    split = reply["removed"]
    end = split + reply["added"]
    change = ChangeData(added=body[split:end], removed=body[:split])
    return GraphEdit(change, reply["existed"]), body[end:]


def minded(change: ChangeData, watched: Collection[str]) -> bool:
    """Whether a quad of ``change`` in our graphs is about our things or about what shapes speak of."""
    watching = {f"<{iri}>" for iri in watched}
    ours = f" <{GRAPHS}"
    for line in (change.removed + change.added).decode().splitlines():
        triple, _, graph = line.removesuffix(" .").rpartition(" ")
        if not f" {graph}".startswith(ours):
            continue
        subject, predicate, value = triple.split(" ", 2)
        if any(term.startswith(f"<{BASE}") for term in (subject, predicate, value)):
            return True
        if (value if predicate == _TYPE else predicate) in watching:
            return True
    return False


def _forget_empty(store: ox.Store) -> None:
    """The engine remembers a graph whose triples went one by one; to us it is not there."""
    for graph in list(store.named_graphs()):
        if not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)


def _update(
    store: ox.Store, header: Mapping[str, Any], body: bytes, rules: Rules | None
) -> GraphEdit:
    update = read_update(body.decode(), header["using"], header["using_named"])
    return GraphEdit(evaluate(store, update, rules, header["base"]), existed=True)


def _replace(store: ox.Store, header: Mapping[str, Any], body: bytes, _: Rules | None) -> GraphEdit:
    return replace_graph(store, header["graph"], payloads_of(header["media_type"], body))


def _merge(store: ox.Store, header: Mapping[str, Any], body: bytes, _: Rules | None) -> GraphEdit:
    return merge_graph(store, header["graph"], payloads_of(header["media_type"], body))


def _delete(store: ox.Store, header: Mapping[str, Any], _: bytes, __: Rules | None) -> GraphEdit:
    return delete_graph(store, header["graph"])


_EDITS: Final[
    Mapping[str, Callable[[ox.Store, Mapping[str, Any], bytes, Rules | None], GraphEdit]]
] = {"update": _update, "replace": _replace, "merge": _merge, "delete": _delete}


def _asserted(store: ox.Store) -> bytes:
    """What our graphs say, what is inferred left out, as N-Quads."""
    pieces = []
    for graph, triples in graph_lines(store).items():
        name = graph.strip("<>")
        if in_default_graph(name) and name != INFERRED_GRAPH:
            ending = b" " + graph.encode() + b" .\n"
            pieces += [line.removesuffix(b" .") + ending for line in triples]
    return b"".join(pieces)


def _refusal(error: WerkzaamError) -> dict[str, Any]:
    values = {
        name: value if isinstance(value, int | str | None) else str(value)
        for name, value in error.values.items()
    }
    kind = next(
        kind.__name__ for kind in type(error).__mro__ if kind.__name__ in {**_PLACED, **_PLAIN}
    )
    return {"refusal": {"kind": kind, "template": error.template, "values": values}}


def _raise(refusal: Mapping[str, Any]) -> NoReturn:
    values = dict(refusal["values"])
    if refusal["kind"] in _PLAIN:
        raise _PLAIN[refusal["kind"]](refusal["template"], **values)
    line, column = values.pop("line"), values.pop("column")
    raise _PLACED[refusal["kind"]](line, column, refusal["template"], **values)


def _too_large() -> QueryTooLarge:
    return QueryTooLarge(
        "The change needed more memory than one may have, and nothing was changed. Send it in parts."
    )
