"""The data that a SPARQL engine elsewhere holds for us, and how it is brought to a version.

At start, and whenever it is not sure what the engine holds, the marker says: the version it was at,
brought on by the net change; nothing, and it is filled; another journal, or a later version, and
nothing is touched.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.characters import quoted
from werkzaam.errors import NotFound, QueryDeadlineExceeded, StoreUnavailable, WerkzaamError
from werkzaam.store.journal_patch import difference, lines
from werkzaam.store.remote_answers import rows_of
from werkzaam.store.remote_changes import (
    MARKER_GRAPH,
    MERGE_GRAPH,
    Contents,
    Marker,
    anew_text,
    change_text,
    first_text,
    ground,
    grounded,
    marker_query,
)
from werkzaam.store.remote_http import Engine
from werkzaam.store.remote_refusals import refused

_log = logging.getLogger(__name__)
_GLANCE_SECONDS: Final = 10.0
_COUNT_SECONDS: Final = 120.0
_UPDATE_SECONDS: Final = 600.0


class Deriver(Protocol):
    """Works out what an engine must hold: N-Quads lines without a graph are the merge that queries
    without graphs are asked on. A blank node has the same label in whatever it is given and gives."""

    def load(self, asserted: bytes) -> bytes:
        """Begin anew with the ``asserted`` lines; all lines, with what follows and the merge."""

    def follow(self, removed: bytes, added: bytes) -> ChangeData:
        """Follow a change of the asserted lines; the change of all lines."""

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add, evaluated on a copy; see ``edits``."""

    def close(self) -> None:
        """Let go of what was loaded."""


class History(Protocol):
    """The journal, as far as an engine elsewhere is kept in step with it."""

    def hash_of(self, number: int) -> str:
        """A public hash of change ``number`` (64 hexadecimal digits; of zeros before the first): whoever
        may ask the engine can read it.

        Raises NotFound.
        """

    def has(self, number: int, found: str) -> bool:
        """Whether change ``number`` is the one with the hash ``found``. Raises NotFound."""

    def lines_of(self, number: int) -> bytes:
        """All asserted lines of version ``number``. Raises NotFound."""


class RemoteData:
    """What the engine holds. ``sure`` is False while that is not known: then only ``repair`` will do.

    ``own_default_graph`` as in ``remote_probe.Abilities``; else the merge stands in a named graph.
    """

    def __init__(
        self, engine: Engine, deriver: Deriver, history: History, *, own_default_graph: bool
    ) -> None:
        self._engine = engine
        self.deriver = deriver
        self._history = history
        self._unnamed = None if own_default_graph else MERGE_GRAPH
        self._marker: Marker | None = None
        self.contents = Contents()
        self.sure = False

    def advance(self, number: int, change: ChangeData) -> None:
        """Move to version ``number``, which differs by ``change`` (asserted lines) from this one.

        Raises StoreUnavailable; then the engine is at either version, and ``repair`` finds out.
        """
        old = self._marker
        if not self.sure or old is None:
            self.repair(number)
            return
        self.sure = False
        self._send_change(old, number, change)

    def repair(self, number: int) -> None:
        """Bring the engine to version ``number`` from whatever it holds.

        Raises StoreUnavailable where it holds what is not ours to replace, or cannot be reached.
        """
        self.sure = False
        marker = self._read_marker()
        if marker is None:
            self._fill(number)
            return
        self._refuse_another(marker, number)
        if not self._take_over(marker):
            self._fill_anew(number)
        elif marker.number == number:
            self._marker, self.sure = marker, True
        else:
            before, after = (self._history.lines_of(one) for one in (marker.number, number))
            change = difference(lines(before), lines(after))
            self._send_change(marker, number, change)
        _log.info("SPARQL engine in step", extra={"found": marker.number, "version": number})

    def check(self, seconds: float = _GLANCE_SECONDS) -> bool:
        """Whether the engine still holds what it was brought to; if not it is no longer ``sure``."""
        if self.sure and self._read_marker(seconds) != self._marker:
            self.sure = False
        return self.sure

    def _send_change(self, old: Marker, number: int, change: ChangeData) -> None:
        data = grounded(self.deriver.follow(change.removed, change.added))
        contents = self.contents.copy()
        contents.change(data)
        new = self._mark(number, contents)
        self._commit(change_text(data, old, new, self._unnamed), new, contents)

    def _fill(self, number: int) -> None:
        """Put version ``number`` into an engine that holds nothing. Raises StoreUnavailable."""
        held = rows_of(
            self._engine,
            "SELECT ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 1",
            _COUNT_SECONDS,
        )
        if held:
            raise StoreUnavailable(
                "The SPARQL engine at {url} holds statements that are not ours (graph: {graph}). Nothing "
                "was changed there. Give this service an empty dataset of its own.",
                url=self._engine.address.query,
                graph=quoted(held[0].get("g", "")),
            )
        self._load(number, first_text)

    def _fill_anew(self, number: int) -> None:
        _log.warning("SPARQL engine filled anew", extra={"version": number})
        self._load(number, anew_text)

    def _load(self, number: int, text: Callable[[bytes, Marker, str | None], str]) -> None:
        held = ground(self.deriver.load(self._history.lines_of(number)))
        contents = Contents.of(held)
        new = self._mark(number, contents)
        self._commit(text(held, new, self._unnamed), new, contents)

    def _take_over(self, marker: Marker) -> bool:
        """Whether the engine holds what we would have sent for the version of ``marker``.

        Raises StoreUnavailable where it has graphs of someone else.
        """
        try:
            asserted = self._history.lines_of(marker.number)
        except NotFound:
            return False
        self.contents = Contents.of(ground(self.deriver.load(asserted)))
        expected = {graph: n for graph, n in self.contents.counts.items() if n}
        found = self._counts()
        strangers = [
            graph for graph in found if graph and graph not in expected and graph != MERGE_GRAPH
        ]
        if strangers:
            raise StoreUnavailable(
                "The SPARQL engine at {url} holds a graph that is not ours: {graph}. Whoever may ask "
                "here would see it. Nothing was changed there. Remove that graph, or give this service "
                "an empty dataset of its own.",
                url=self._engine.address.query,
                graph=quoted(strangers[0]),
            )
        return found == expected and self.contents.digest == marker.digest

    def _counts(self) -> dict[str | None, int]:
        """The number of statements in each graph of the engine, as ``Contents.counts`` has them."""
        named = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        found: dict[str | None, int] = {
            row["g"]: int(row["n"])
            for row in rows_of(self._engine, named, _COUNT_SECONDS)
            if "g" in row
        }
        found[MARKER_GRAPH] = found.get(MARKER_GRAPH, 1) - 1
        if self._unnamed:
            found[None] = found.pop(self._unnamed, 0)
        else:
            unnamed = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
            (row,) = rows_of(self._engine, unnamed, _COUNT_SECONDS)
            found[None] = int(row["n"])
        return {graph: number for graph, number in found.items() if number}

    def _refuse_another(self, marker: Marker, number: int) -> None:
        """Raise StoreUnavailable for the marker of another journal, or of a version to come."""
        url = self._engine.address.query
        if marker.number > number:
            raise StoreUnavailable(
                "The SPARQL engine at {url} is at version {found}, and the journal in the data folder "
                "ends at {last}. Nothing was changed. Restore the later journal; or, if it is lost, "
                "empty the dataset of the engine and start again.",
                url=url,
                found=marker.number,
                last=number,
            )
        try:
            ours = self._history.has(marker.number, marker.hash)
        except NotFound:
            ours = False
        if not ours:
            raise StoreUnavailable(
                "The SPARQL engine at {url} holds version {found} of another journal than the one in "
                "the data folder. Nothing was changed. Set WERKZAAM_DATA_DIR to the folder that "
                "belongs to it, or give this service an empty dataset of its own.",
                url=url,
                found=marker.number,
            )

    def _mark(self, number: int, contents: Contents) -> Marker:
        return Marker(number, self._history.hash_of(number), contents.digest)

    def _commit(self, text: str, new: Marker, contents: Contents) -> None:
        """Send the update and look what came of it: no answer does not mean that nothing was done."""
        failure: WerkzaamError | None = None
        try:
            reply = self._engine.update(text, _UPDATE_SECONDS)
            if not 200 <= reply.status < 300:
                failure = refused(reply.status, reply.body, self._engine.address.update)
        except (StoreUnavailable, QueryDeadlineExceeded) as fault:
            failure = fault
        if self._read_marker() != new:
            raise failure or StoreUnavailable(
                "The SPARQL engine at {url} did not take the change to version {version}: it was at "
                "another version than expected. Does another service write there?",
                url=self._engine.address.update,
                version=new.number,
            )
        self._marker, self.contents, self.sure = new, contents, True

    def _read_marker(self, seconds: float = _GLANCE_SECONDS) -> Marker | None:
        """The marker in the engine, None where it has none. Raises StoreUnavailable if it is odd."""
        found = rows_of(self._engine, marker_query(), seconds)
        if not found:
            return None
        marker = Marker.read(found[0].get("v", "")) if len(found) == 1 else None
        if marker is None:
            raise StoreUnavailable(
                "The SPARQL engine at {url} has a mark of the version it holds that is not ours: "
                "{found}. Nothing was changed. Give this service an empty dataset of its own.",
                url=self._engine.address.query,
                found=quoted(found[0].get("v", "")),
            )
        return marker
