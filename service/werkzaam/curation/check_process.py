"""The content check in a process of its own. Run as a confined module.

The parent hands over bytes and gets findings; it parses nothing itself.
"""

import json
import logging
import os
import sys
from dataclasses import astuple
from typing import Any, BinaryIO

from werkzaam.confinement.frames import read_frame, write_frame
from werkzaam.confinement.limits import Limits, confine
from werkzaam.confinement.process import ChannelClosed, ChannelTimeout, ConfinedProcess
from werkzaam.curation.checks.queries import queries, rules
from werkzaam.curation.content_check import check_content
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError

_MODULE = "werkzaam.curation.check_process"
_SECONDS = 120.0
_MEMORY = 2 << 30


def check_confined(
    content: Content, seconds: float = _SECONDS, memory_bytes: int = _MEMORY
) -> list[Finding]:
    """All findings about ``content``, sorted. Raises ContentError (path ``content``) where the
    check did not come to an end within its time and memory: then nothing is known."""
    header = {"files": [{"path": file.path, "size": len(file.data)} for file in content.files]}
    body = b"".join(file.data for file in content.files)
    process = ConfinedProcess(_MODULE, Limits(memory_bytes=memory_bytes))
    try:
        _, answer = process.ask(header, body, seconds)
    except ChannelTimeout:
        raise _unfinished(f"it was stopped after {seconds:g} seconds") from None
    except ChannelClosed:
        raise _unfinished(process.last_words()) from None
    finally:
        process.kill()
    return [Finding(*row) for row in json.loads(answer)]


def _unfinished(words: str) -> ContentError:
    lines = words.splitlines()
    return ContentError(
        "content",
        None,
        "The content could not be checked, so nothing is known about it: {reason}. Look for a "
        "file that is very large or deeply nested, or for a shape with a slow pattern.",
        reason=lines[-1].rstrip(".") if lines else "the check ended without a word",
    )


def main() -> None:
    """Confine this process, then answer one frame."""
    answers = _private_output()
    logging.disable()  # rdflib and pySHACL log about the data; findings say it better
    confine(Limits(memory_bytes=int(sys.argv[2])), lifeline=int(sys.argv[1]))
    header, body = read_frame(sys.stdin.buffer)
    found = check_content(_content(header, body), more=(queries, rules))
    write_frame(answers, {}, json.dumps([astuple(finding) for finding in found]).encode())


def _private_output() -> BinaryIO:
    """Standard output for frames alone; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _content(header: dict[str, Any], body: bytes) -> Content:
    files = []
    start = 0
    for file in header["files"]:
        files.append(ContentFile(file["path"], body[start : start + file["size"]]))
        start += file["size"]
    return Content(tuple(files))


if __name__ == "__main__":
    main()
