"""A reader: one process, one version, one query at a time. Run as a confined module.

It answers four kinds of frame. ``load`` brings the content and the rules; ``change`` what the next
version removes and adds; ``query`` a question; ``lines`` brings content and takes it back as N-Quads.
Whatever goes wrong comes back as a frame with ``error``; dying is the parent's to notice.
"""

import re
import sys
from typing import Any

import pyoxigraph as ox

from werkzaam.confinement.frames import ChannelClosed, read_frame, write_frame
from werkzaam.confinement.limits import Limits, confine
from werkzaam.errors import ContentError, QueryRefused
from werkzaam.store import replica
from werkzaam.store.derivation import Rules
from werkzaam.store.formats import serialize
from werkzaam.store.rule_text import Derivation

_PLACE = re.compile(r"^error at (\d+):(\d+):")

Reply = tuple[dict[str, Any], bytes]


def main() -> None:
    """Confine this process, then answer frames until the input ends."""
    level = confine(Limits(memory_bytes=int(sys.argv[2])), lifeline=int(sys.argv[1]))
    store, rules = ox.Store(), Rules([])
    while True:
        try:
            header, body = read_frame(sys.stdin.buffer)
        except ChannelClosed:
            return
        if header["kind"] == "query":
            reply = _query(store, header)
        elif header["kind"] == "change":
            reply = _change(store, rules, body[: header["removed"]], body[header["removed"] :])
        else:
            store, rules, reply = _load(header, body)
            reply[0]["confinement"] = level.as_json()
        write_frame(sys.stdout.buffer, *reply)


def _load(header: dict[str, Any], body: bytes) -> tuple[ox.Store, Rules, Reply]:
    sources = []
    start = 0
    for file in header["files"]:
        data = body[start : start + file["size"]]
        sources.append(replica.Source(file["path"], file["graph"], data))
        start += file["size"]
    rules = Rules([])
    try:
        if header["kind"] == "lines":
            return ox.Store(), rules, ({}, "\n".join(replica.content_lines(sources)).encode())
        rules = Rules(Derivation(rule["path"], rule["query"]) for rule in header["rules"])
        store = replica.build(sources, rules)
    except ContentError as fault:
        return ox.Store(), rules, _content_failure(fault)
    return store, rules, ({"quads": len(store)}, b"")


def _change(store: ox.Store, rules: Rules, removed: bytes, added: bytes) -> Reply:
    changes = [list(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) for lines in (removed, added)]
    try:
        rules.follow(store, *changes)
    except ContentError as fault:
        return _content_failure(fault)
    return {"quads": len(store)}, b""


def _content_failure(fault: ContentError) -> Reply:
    place = {"path": fault.path, "line": fault.line}
    return _failure("content", fault.template, **place, values=fault.values), b""


def _query(store: ox.Store, header: dict[str, Any]) -> Reply:
    try:
        part = store
        if header["default"] or header["named"]:
            part = replica.dataset(store, header["default"], header["named"])
        body = serialize(part.query(header["query"]), header["media_type"], header["most_rows"])
    except QueryRefused as refusal:
        return _failure("refused", refusal.template, values=refusal.values), b""
    except SyntaxError as fault:
        return _syntax(str(fault)), b""
    except MemoryError:
        return _failure("too-large", ""), b""
    except (RuntimeError, ValueError, OSError) as fault:
        return _failure("not-evaluated", "", reason=str(fault)), b""
    if len(body) > header["most_bytes"]:
        return _failure("answer-too-large", "", values={"bytes": len(body)}), b""
    return {}, body


def _syntax(message: str) -> dict[str, Any]:
    match = _PLACE.match(message)
    line, column = (int(match[1]), int(match[2])) if match else (None, None)
    return _failure("syntax", "", line=line, column=column)


def _failure(kind: str, template: str, **facts: Any) -> dict[str, Any]:
    return {"error": kind, "template": template, **facts}


if __name__ == "__main__":
    main()
