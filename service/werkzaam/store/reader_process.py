"""The service's side of one reader: start it, ask it, and turn what it says into our errors."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from werkzaam.confinement.limits import Limits
from werkzaam.confinement.process import (
    ChannelClosed,
    ChannelStopped,
    ChannelTimeout,
    ConfinedProcess,
)
from werkzaam.domain.versions import Version
from werkzaam.errors import (
    ContentError,
    QueryDeadlineExceeded,
    QueryRefused,
    QueryStopped,
    QuerySyntaxError,
    QueryTooLarge,
    StoreUnavailable,
)
from werkzaam.store.replica import Source
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)

_START_SECONDS = 60.0


@dataclass(frozen=True)
class ReaderTask:
    """What a reader is started for: the files, the rules, the limits, and the version they make."""

    sources: Sequence[Source]
    derivations: Sequence[Derivation]
    limits: Limits
    version: Version
    header: dict[str, Any] = field(init=False)
    body: bytes = field(init=False)

    def __post_init__(self) -> None:
        files = [
            {"path": source.path, "graph": source.graph, "size": len(source.data)}
            for source in self.sources
        ]
        rules = [{"path": rule.path, "query": rule.query} for rule in self.derivations]
        object.__setattr__(self, "header", {"kind": "load", "files": files, "rules": rules})
        object.__setattr__(self, "body", b"".join(source.data for source in self.sources))


@dataclass(frozen=True)
class Change:
    """The lines of N-Quads that a version takes away and adds."""

    removed: bytes
    added: bytes

    @property
    def size(self) -> int:
        """How many lines it takes away."""
        return len(self.removed.splitlines())


def change_between(old: ReaderTask, new: ReaderTask) -> Change | None:
    """What changes in the last source, the records; None where a reader must start anew: where other
    files differ, or a blank node, which has no name that lasts, is among the changes."""
    if old.sources[:-1] != new.sources[:-1]:
        return None
    before, after = (set(task.sources[-1].data.splitlines()) for task in (old, new))
    lines = (before - after, after - before)
    if any(line.startswith(b"_:") or b" _:" in line for part in lines for line in part):
        return None
    return Change(*(b"\n".join(sorted(part)) for part in lines))


class Reader:
    """One reader process, loaded and warm. ``alive`` is False once it was killed or died."""

    def __init__(self, task: ReaderTask) -> None:
        """Start and load. Raises ContentError for a fault in the content, else StoreUnavailable."""
        self._process = ConfinedProcess("werkzaam.store.reader", task.limits)
        self.task = task
        self.alive = True
        try:
            reply, _ = self._process.ask(task.header, task.body, _START_SECONDS)
        except (ChannelClosed, ChannelTimeout):
            words = self._process.last_words()
            self.kill()
            raise StoreUnavailable(
                "A reader could not load the content ({words}). `werkzaam check` may say which file "
                "is at fault.",
                words=words.splitlines()[-1]
                if words
                else "it was too slow, or died without a word",
            ) from None
        except BaseException:
            self.kill()
            raise
        if reply.get("error"):
            self.kill()
            raise ContentError(reply["path"], reply["line"], reply["template"], **reply["values"])
        self.quads: int = reply["quads"]
        self.confinement: dict[str, bool] = reply["confinement"]

    @property
    def pid(self) -> int:
        """The process number of the reader."""
        return self._process.pid

    def advance(self, task: ReaderTask, change: Change) -> bool:
        """Move to the version of ``task`` by ``change``; whether that worked. If not it is dead."""
        header = {"kind": "change", "removed": len(change.removed)}
        try:
            reply, _ = self._process.ask(header, change.removed + change.added, _START_SECONDS)
        except (ChannelClosed, ChannelTimeout):
            reply = {}
        if "quads" not in reply:
            _log.error("reader not moved", extra={"reason": reply.get("template", "it died")})
            self.kill()
            return False
        self.task, self.quads = task, reply["quads"]
        return True

    def ask(self, header: dict[str, Any], seconds: float, stop: Event | None = None) -> bytes:
        """Evaluate one query; kills the process when it is late, died, or is to stop."""
        try:
            reply, body = self._process.ask({"kind": "query", **header}, b"", seconds, stop)
        except ChannelStopped:
            self.kill()
            raise QueryStopped("The query was stopped: nobody waits for its answer.") from None
        except ChannelTimeout:
            self.kill()
            raise QueryDeadlineExceeded(
                "The query was stopped: it took longer than it may. Narrow it: more fixed terms, "
                "fewer unconnected patterns, a LIMIT."
            ) from None
        except ChannelClosed:
            self.kill()
            raise _too_large() from None
        if reply.get("error"):
            raise _refusal(reply, header["query"])
        return body

    def lines(self) -> bytes:
        """The content as sorted N-Quads lines, the same at every start."""
        header = {**self.task.header, "kind": "lines"}
        try:
            return self._process.ask(header, self.task.body, _START_SECONDS)[1]
        except (ChannelClosed, ChannelTimeout):
            self.kill()
            raise StoreUnavailable("A reader could not list the content. Start again.") from None

    def kill(self) -> None:
        """End the process at once; nothing is left of it."""
        self.alive = False
        self._process.kill()


def start_readers(task: ReaderTask, number: int) -> list[Reader]:
    """``number`` readers at the version of ``task``: all of them, or an error and none."""
    started: list[Reader] = []
    try:
        for _ in range(number):
            started.append(Reader(task))
    except BaseException:
        for reader in started:
            reader.kill()
        raise
    return started


def _too_large() -> QueryTooLarge:
    return QueryTooLarge(
        "The query needed more memory or nesting than one query may have, and was stopped. "
        "Narrow it: more fixed terms, fewer unconnected patterns, less nesting."
    )


def _syntax_error(line: int | None, column: int | None, query: str) -> QuerySyntaxError:
    lines = query.split("\n")
    if line is None or column is None or line > len(lines):
        return QuerySyntaxError(line, column, "The query is not SPARQL 1.1.")
    near = lines[line - 1][column - 1 : column + 19]
    if not near:
        return QuerySyntaxError(
            line,
            column,
            "The query is not SPARQL 1.1: something is wrong at or before line {line}, column "
            "{column}.",
        )
    return QuerySyntaxError(
        line,
        column,
        "The query is not SPARQL 1.1: something is wrong at or before line {line}, column {column}, "
        "near {near}.",
        near=repr(near),
    )


def _refusal(reply: dict[str, Any], query: str) -> Exception:
    values = reply.get("values", {})
    if reply["error"] == "syntax":
        return _syntax_error(reply["line"], reply["column"], query)
    if reply["error"] == "answer-too-large":
        return QueryTooLarge(
            "The answer has {bytes} bytes, more than is sent at once. Add a LIMIT, or ask for "
            "fewer columns.",
            **values,
        )
    if reply["error"] == "not-evaluated":
        _log.info("query not evaluated", extra={"reason": reply["reason"]})
        return QueryRefused(
            "This query cannot be evaluated here. It may use a function that is unknown here, or a "
            "format that cannot hold the answer: try Turtle or JSON."
        )
    if reply["error"] == "refused":
        return QueryRefused(reply["template"], **values)
    return _too_large()
