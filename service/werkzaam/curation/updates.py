"""The way of one change by SPARQL Update or the Graph Store Protocol: worked out on a copy of the
dataset, held against the shapes, and only then one row of the journal."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Final, Protocol

from werkzaam.curation.update_process import check_update
from werkzaam.domain.changes import Agent, ChangeData
from werkzaam.domain.characters import on_one_line, shown
from werkzaam.domain.content import Content
from werkzaam.domain.versions import Version
from werkzaam.errors import DataRefused, StoreBusy
from werkzaam.store.edits import read_reply
from werkzaam.store.journal import Journal
from werkzaam.store.journal_updates import checked
from werkzaam.store.update_text import read_update

MOST_SECONDS: Final = 60.0
"""How long a change may be worked out; a caller may only lower it."""

_MOST_TRIES: Final = 3
_MOST_WAITING: Final = 8
_MOST_MESSAGE_CHARACTERS: Final = 300

Precondition = Callable[[Version, bool], None]


class EditedStore(Protocol):
    """What is asked of the store: its version, and what a change would do to a copy of it."""

    @property
    def version(self) -> Version:
        """The version that is edited."""

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What ``edits.answer_edit`` answers on a copy of this version."""


@dataclass(frozen=True)
class SparqlUpdate:
    """An update as it was sent: its text, the dataset of the protocol, and the base of relative
    IRIs."""

    text: str
    base: str
    using: Sequence[str] = ()
    using_named: Sequence[str] = ()
    seconds: float | None = None


@dataclass(frozen=True)
class Edited:
    """What became of a change: the version that has it, whether that is a new one, and whether the
    graph that was edited was there before."""

    version: int
    changed: bool
    existed: bool


class Updates:
    """Changes of the dataset by quads. One at a time: each is worked out on the version it follows.

    ``follow`` brings the store to the last version of the journal.
    """

    def __init__(
        self, journal: Journal, store: EditedStore, content: Content, follow: Callable[[], None]
    ) -> None:
        self._journal = journal
        self._store = store
        self._content = content
        self._follow = follow
        self._one_at_a_time = threading.Lock()
        self._places = threading.BoundedSemaphore(_MOST_WAITING)

    def update(self, update: SparqlUpdate, agent: Agent) -> Edited:
        """Carry out an update, whole or not at all; the store has it when this returns.

        Raises QueryRefused or QuerySyntaxError with the place, BadRequest, DataRefused with the report
        where a shape would be violated, Conflict for a graph that no update changes,
        QueryDeadlineExceeded, QueryTooLarge, StoreBusy, StoreUnavailable. Nothing is changed then.
        """
        read_update(update.text, update.using, update.using_named)
        header = {
            "edit": "update",
            "using": list(update.using),
            "using_named": list(update.using_named),
            "base": update.base,
        }
        said = on_one_line(shown(update.text, _MOST_MESSAGE_CHARACTERS))
        seconds = min(update.seconds or MOST_SECONDS, MOST_SECONDS)
        return self._change(header, update.text.encode(), agent, f"SPARQL Update: {said}", seconds)

    def edit_graph(
        self,
        kind: str,
        graph: str,
        agent: Agent,
        payload: tuple[str, bytes] = ("", b""),
        precondition: Precondition = lambda _, __: None,
    ) -> Edited:
        """Replace, merge or delete (``kind``) the graph whose IRI is ``graph``.

        ``payload``: the content type and the bytes of the body. ``precondition`` is given the version
        and whether the graph is there, and raises what is to be told instead. Raises as ``update``
        does, and RdfSyntaxError, UnsupportedMediaType, NotFound.
        """
        media_type, body = payload
        header = {"edit": kind, "graph": graph, "media_type": media_type}
        message = f"Graph Store Protocol: {kind} {graph}"
        return self._change(header, body, agent, message, MOST_SECONDS, precondition)

    def _change(
        self,
        header: Mapping[str, Any],
        body: bytes,
        agent: Agent,
        message: str,
        seconds: float,
        precondition: Precondition = lambda _, __: None,
    ) -> Edited:
        sent = {**header, "watched": self._watched}
        with self._turn():
            for _ in range(_MOST_TRIES):
                done = self._tried(sent, body, (agent.id, message), seconds, precondition)
                if done is not None:
                    return done
        raise StoreBusy(
            2,
            "The data changed while this update was worked out. Try again in {retry_after} seconds.",
        )

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise StoreBusy(
                5,
                "Too many changes are waiting for their turn. Try again in {retry_after} seconds.",
            )
        try:
            with self._one_at_a_time:
                yield
        finally:
            self._places.release()

    def _tried(
        self,
        header: Mapping[str, Any],
        body: bytes,
        signed: tuple[str, str],
        seconds: float,
        precondition: Precondition,
    ) -> Edited | None:
        """None where the version moved meanwhile."""
        self._follow()
        version = self._store.version
        reply, answered = self._store.edit(header, body, seconds)
        if self._store.version != version:
            return None
        edit, asserted = read_reply(reply, answered)
        precondition(version, edit.existed)
        change = checked(edit.change)
        if not change.added and not change.removed:
            return Edited(version.number, changed=False, existed=edit.existed)
        if asserted:
            self._refuse_violations(asserted, change)
        try:
            recorded = self._journal.append_update(change, *signed, after=version.number)
        except StoreBusy:
            return None
        self._follow()
        return Edited(recorded.number, changed=True, existed=edit.existed)

    @cached_property
    def _watched(self) -> tuple[str, ...]:
        # what reads shapes is loaded with the first update, not with every service
        module = import_module("werkzaam.curation.update_check")
        watched: tuple[str, ...] = module.watched_by(self._content)
        return watched

    def _refuse_violations(self, asserted: bytes, change: ChangeData) -> None:
        report = check_update(self._content, asserted, change)
        if report["counts"]["violation"] == 1:
            raise DataRefused(
                report,
                "The change was refused: 1 violation of the shapes. Nothing was changed; the report "
                "says which thing, and how to mend it.",
            )
        if not report["conforms"]:
            raise DataRefused(
                report,
                "The change was refused: {violations} violations of the shapes. Nothing was changed; "
                "the report says which things, and how to mend them.",
                violations=report["counts"]["violation"],
            )
