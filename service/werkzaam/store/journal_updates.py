"""What an update may change, and how it is written: quads by their lines, whatever said them first.

Records change by submissions, so that each stands with the file it came from; what is derived
follows by itself. An update that touched either would be undone, or would make the journal lie.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from werkzaam.domain.changes import Change, ChangeData
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import (
    INFERRED_GRAPH,
    OUTSIDE_DEFAULT_GRAPH,
    RECORDS_GRAPH,
    WRITTEN_GRAPH,
)
from werkzaam.errors import BadRequest, Conflict
from werkzaam.store import journal_chain
from werkzaam.store.journal_chain import Draft
from werkzaam.store.journal_patch import document, graph_of, lines
from werkzaam.store.journal_writing import last_change, storable

_DERIVED: Final = (INFERRED_GRAPH, *OUTSIDE_DEFAULT_GRAPH)


def append_update(
    connection: sqlite3.Connection, data: ChangeData, agent: str, message: str, now: datetime
) -> Change:
    """Record an update that ``checked`` gave; where it changes nothing, the last change again."""
    last = last_change(connection)
    if last and not data.added and not data.removed:
        return last
    draft = Draft(storable(agent), "update", storable(message), data)
    return journal_chain.append(connection, draft, now)


def checked(data: ChangeData) -> ChangeData:
    """The same update, each line once and in order; what it removes and adds again, it adds.

    Raises BadRequest for a line that is no quad or names no graph, Conflict where it touches a graph
    that no update may change.
    """
    added = lines(data.added)
    removed = lines(data.removed) - added
    _check_graphs(added | removed)
    return ChangeData(document(added), document(removed))


def _check_graphs(quads: Iterable[bytes]) -> None:
    first = {graph_of(line): line for line in sorted(quads, reverse=True)}
    if None in first:
        raise BadRequest(
            "This quad names no graph: {line}. What is written without a graph belongs in {graph}.",
            line=quoted(first[None].decode()),
            graph=WRITTEN_GRAPH,
        )
    if RECORDS_GRAPH in first:
        raise Conflict(
            (),
            "An update cannot change {graph}: project records change by a submission or its "
            "withdrawal. Submit a file, or leave this graph out.",
            graph=RECORDS_GRAPH,
        )
    derived = next((graph for graph in _DERIVED if graph in first), None)
    if derived is not None:
        raise Conflict(
            (),
            "An update cannot change {graph}: what it holds is derived from the rest. Change what "
            "it follows from, or leave this graph out.",
            graph=derived,
        )
