"""Work on all content in a process of its own: the parent hands over bytes and parses nothing.

The module that does the work calls ``answer`` as its ``main`` and is named by ``ask``.
"""

import logging
import sys
from collections.abc import Callable
from typing import Any

from werkzaam.confinement.frames import Header, private_output, read_frame, write_frame
from werkzaam.confinement.limits import BEHIND_QUERIES, Limits, confine
from werkzaam.confinement.process import ChannelClosed, ChannelTimeout, ConfinedProcess
from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError

Work = Callable[[Content, Header], bytes]


class StoppedWork(Exception):
    """The work did not come to an end: nothing is known. Its words say why."""


def ask(
    module: str, content: Content, question: Header, seconds: float, memory_bytes: int
) -> bytes:
    """What ``module`` answers about ``content``.

    Raises StoppedWork where it did not come to an end, and the ContentError that it raised itself.
    """
    files = [{"path": file.path, "size": len(file.data)} for file in content.files]
    body = b"".join(file.data for file in content.files)
    process = ConfinedProcess(module, Limits(memory_bytes=memory_bytes))
    try:
        reply, answered = process.ask({"files": files, "question": question}, body, seconds)
    except ChannelTimeout:
        raise StoppedWork(f"it was stopped after {seconds:g} seconds") from None
    except ChannelClosed:
        lines = process.last_words().splitlines()
        raise StoppedWork(lines[-1].rstrip(".") if lines else "it ended without a word") from None
    finally:
        process.kill()
    if reply:
        raise ContentError(reply["path"], reply["line"], reply["template"], **reply["values"])
    return answered


def answer(work: Work) -> None:
    """Confine this process, then answer one frame with what ``work`` gives."""
    answers = private_output()
    logging.disable()  # rdflib and pySHACL log about the data; findings say it better
    confine(Limits(memory_bytes=int(sys.argv[2]), nice=BEHIND_QUERIES), lifeline=int(sys.argv[1]))
    header, body = read_frame(sys.stdin.buffer)
    try:
        answered = work(content_of(header, body), header["question"])
    except ContentError as fault:
        values = {name: str(value) for name, value in fault.values.items()}
        place = {"path": fault.path, "line": fault.line}
        write_frame(answers, {**place, "template": fault.template, "values": values})
        return
    write_frame(answers, {}, answered)


def content_of(header: dict[str, Any], body: bytes) -> Content:
    """The files that a frame brought: their paths and sizes stand in its header."""
    files = []
    start = 0
    for file in header["files"]:
        files.append(ContentFile(file["path"], body[start : start + file["size"]]))
        start += file["size"]
    return Content(tuple(files))
