"""Whether a change by update leaves the shapes met, worked out in a process of its own.

The process is handed the shapes, what our graphs assert after the change, and the change itself.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from werkzaam.curation.content_process import StoppedWork, ask
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, StoreUnavailable

PARTS: Final = ("asserted", "removed", "added")
"""The names of the files that those three stand in."""

_MODULE: Final = "werkzaam.curation.update_check"
_SECONDS: Final = 60.0
_MEMORY: Final = 2 << 30


def check_update(
    content: Content,
    asserted: bytes,
    change: ChangeData,
    seconds: float = _SECONDS,
    memory_bytes: int = _MEMORY,
) -> Mapping[str, Any]:
    """The report on ``change``, after which our graphs say ``asserted`` (N-Quads): a JSON object.

    Raises StoreUnavailable where the check did not come to an end, or a shape could not be applied:
    that says nothing about the change.
    """
    parts = dict(zip(PARTS, (asserted, change.removed, change.added), strict=True))
    files = [*content.under("shapes", ".ttl"), *(ContentFile(*part) for part in parts.items())]
    try:
        found = ask(_MODULE, Content(tuple(files)), {}, seconds, memory_bytes)
    except (StoppedWork, ContentError) as reason:
        raise StoreUnavailable(
            "The change could not be checked against the shapes, so nothing is known about it and "
            "nothing was changed: {reason}. Try again, or send it in smaller parts.",
            reason=str(reason).rstrip("."),
        ) from None
    report: Mapping[str, Any] = json.loads(found)
    return report
