"""A reader from within: forked from the nursery, one version, one query at a time.

It warms itself while it has no work. It answers two kinds of frame: ``query`` with one or more frames of bytes, all but the last of which
say ``more``; ``edit`` with the quads that a change would remove and add, after which what it holds is
of no use. Whatever goes wrong comes back as a frame with ``error``; dying is the parent's to notice.
"""

import re
import select
import signal
import sys
from typing import Any, BinaryIO

import pyoxigraph as ox

from werkzaam.confinement.frames import ChannelClosed, read_frame, write_frame
from werkzaam.confinement.limits import die_by_signal
from werkzaam.errors import QueryRefused
from werkzaam.store import replica
from werkzaam.store.answer_pieces import Pieces, TooLarge
from werkzaam.store.derivation import Rules
from werkzaam.store.edits import answer_edit
from werkzaam.store.formats import write_answer
from werkzaam.store.written_graph import graphs_of_patterns

_PLACE = re.compile(r"^error at (\d+):(\d+):")
_GRACE_SECONDS = 0.02
"""After the deadline: the service ends a reader itself, this is for when it does not come round to it."""
_IDLE_SECONDS = 1.0
_SCAN = "SELECT (COUNT(*) AS ?n) {{ {graph} {{ ?s ?p ?o }} }}"


def run(store: ox.Store, rules: Rules, lifeline: int) -> None:
    """Answer frames on standard input until it ends, or ``lifeline`` closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    die_by_signal(lifeline)
    reading = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    writing = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115
    _warm_while_idle(store, reading)
    while True:
        try:
            header, body = read_frame(reading)
        except ChannelClosed:
            return
        signal.setitimer(signal.ITIMER_REAL, header["seconds"] + _GRACE_SECONDS)
        if header["kind"] == "edit":
            write_frame(writing, *answer_edit(store, header, body, rules))
        else:
            _answer(store, header, body, writing)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _warm_while_idle(store: ox.Store, reading: BinaryIO) -> None:
    """Touch every page once, graph by graph, until the first frame comes: the first scan after a fork
    copies them."""
    arrived = select.poll()
    arrived.register(reading, select.POLLIN)
    pause = _IDLE_SECONDS * 1000
    for graph in ("", *(f"GRAPH {name}" for name in store.named_graphs())):
        if arrived.poll(pause):
            return
        pause = 0
        for _ in store.query(_SCAN.format(graph=graph)):  # type: ignore[union-attr]
            pass


def _answer(store: ox.Store, header: dict[str, Any], body: bytes, writing: BinaryIO) -> None:
    pieces = Pieces(writing, header["most_bytes"])
    try:
        part = store
        if header["default"] or header["named"]:
            part = replica.dataset(
                store, header["default"], header["named"], any_graph=header["any_graph"]
            )
        text = body.decode()
        named = graphs_of_patterns(part, text) if part is store else None
        answer = part.query(text, base_iri=header["base"], named_graphs=named)
        write_answer(answer, header["media_type"], pieces, header["most_rows"])
        pieces.end()
    except TooLarge:
        failure = _failure("answer-too-large", values={"bytes": header["most_bytes"]})
    except QueryRefused as refusal:
        failure = _failure("refused", template=refusal.template, values=refusal.values)
    except SyntaxError as fault:
        failure = _syntax(str(fault))
    except MemoryError:
        failure = _failure("too-large")
    except (RuntimeError, ValueError, OSError) as fault:
        failure = _failure("not-evaluated", reason=str(fault))
    else:
        return
    write_frame(writing, failure)


def _syntax(message: str) -> dict[str, Any]:
    match = _PLACE.match(message)
    line, column = (int(match[1]), int(match[2])) if match else (None, None)
    return _failure("syntax", line=line, column=column)


def _failure(kind: str, **facts: Any) -> dict[str, Any]:
    return {"error": kind, **facts}
