"""Whether taking a submission back leaves the other records right, worked out in a process of its own.

Where nothing that stays refers to what goes, and nothing comes back, there is nothing to judge: that is
seen here, in lines of our own making.
"""

import json
from collections.abc import Sequence
from typing import Final

from werkzaam.curation.content_process import StoppedWork, ask
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, StoreUnavailable
from werkzaam.validation.in_force import InForce

STATES: Final = ("before", "after")
"""The names of the files that the records stand in, before and after."""

_MODULE: Final = "werkzaam.curation.withdrawal_check"
_SECONDS: Final = 60.0
_MEMORY: Final = 2 << 30
_NEEDED: Final = ("ontology/", "shapes/", "graph_data/")


def left_wrong(
    content: Content,
    before: bytes,
    change: ChangeData,
    seconds: float = _SECONDS,
    memory_bytes: int = _MEMORY,
) -> Sequence[str]:
    """The IRIs, in order, of what ``change`` makes violate a shape that it did not violate before.

    ``before``: N-Quads of the records in force. Raises StoreUnavailable where the check did not come to
    an end: that says nothing about the change.
    """
    gone = frozenset(change.removed.split(b"\n"))
    kept = [line for line in before.split(b"\n") if line not in gone]
    after = b"\n".join([*kept, change.added])
    subjects = _subjects(change.removed) | _subjects(change.added)
    judged = InForce(after).naming(subjects) | _subjects(change.added)
    if not judged:
        return ()
    files = [file for file in content.files if file.path.startswith(_NEEDED)]
    files += [ContentFile(*state) for state in zip(STATES, (before, after), strict=True)]
    files.append(ContentFile("judged", "\n".join(sorted(judged)).encode()))
    try:
        found = ask(_MODULE, Content(tuple(files)), {}, seconds, memory_bytes)
    except (StoppedWork, ContentError) as reason:
        raise StoreUnavailable(
            "It could not be checked whether other records build on this submission, so nothing was "
            "changed: {reason}. Try again.",
            reason=str(reason).rstrip("."),
        ) from None
    wrong: Sequence[str] = json.loads(found)
    return wrong


def _subjects(lines: bytes) -> set[str]:
    found = {line.partition(b" ")[0] for line in lines.split(b"\n") if line}
    return {subject[1:-1].decode() for subject in found}
