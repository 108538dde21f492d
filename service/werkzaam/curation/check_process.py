"""The content check in a process of its own. Run as a confined module.

The parent hands over bytes and gets findings; it parses nothing itself.
"""

import json
from dataclasses import astuple

from werkzaam.confinement.frames import Header
from werkzaam.curation.checks.mappings import mappings
from werkzaam.curation.checks.queries import queries, rules
from werkzaam.curation.content_check import check_content
from werkzaam.curation.content_process import StoppedWork, answer, ask
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError

_MODULE = "werkzaam.curation.check_process"
_SECONDS = 240.0
_MEMORY = 2 << 30


def check_confined(
    content: Content, seconds: float = _SECONDS, memory_bytes: int = _MEMORY
) -> list[Finding]:
    """All findings about ``content``, sorted. Raises ContentError (path ``content``) where the
    check did not come to an end within its time and memory: then nothing is known."""
    try:
        found = ask(_MODULE, content, {}, seconds, memory_bytes)
    except StoppedWork as reason:
        raise ContentError(
            "content",
            None,
            "The content could not be checked, so nothing is known about it: {reason}. Look for a "
            "file that is very large or deeply nested, or for a shape with a slow pattern.",
            reason=str(reason),
        ) from None
    return [Finding(*row) for row in json.loads(found)]


def _check(content: Content, question: Header) -> bytes:  # noqa: ARG001
    found = check_content(content, more=(queries, rules, mappings))
    return json.dumps([astuple(finding) for finding in found]).encode()


if __name__ == "__main__":
    answer(_check)
