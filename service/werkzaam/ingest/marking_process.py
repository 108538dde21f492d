"""The sender's file with remarks, or what was refused of it, made in a process of its own. Run as a confined module."""

import json
import logging
import sys
import warnings
from threading import Event
from typing import Final

from werkzaam.confinement.frames import private_output, read_frame, write_frame
from werkzaam.confinement.limits import BEHIND_QUERIES, Limits, confine
from werkzaam.confinement.process import (
    ChannelClosed,
    ChannelStopped,
    ChannelTimeout,
    ConfinedProcess,
)
from werkzaam.domain.queries import Language
from werkzaam.errors import NotFound, QueryStopped, RequestTooLarge
from werkzaam.ingest.limits import MEMORY_BYTES, MOST_REPLY_BYTES, SECONDS
from werkzaam.ingest.report import Report

_MODULE: Final = "werkzaam.ingest.marking_process"


def run_marking(
    upload: bytes,
    report: Report,
    language: Language,
    *,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    stop: Event | None = None,
    refused: bool = False,
) -> bytes:
    """``upload`` as ``marked_workbook`` gives it back, or with ``refused`` what ``refused_part`` does.
    ``report`` is the one on these bytes.

    Raises RequestTooLarge where it takes too much time or memory, NotFound where nothing was refused,
    QueryStopped soon after ``stop`` is set.
    """
    told = json.dumps(report.as_json()).encode()
    process = ConfinedProcess(_MODULE, Limits(memory_bytes=memory_bytes))
    try:
        header = {"language": language, "report": len(told), "refused": refused}
        _, marked = process.ask(header, told + upload, seconds, stop, most_bytes=MOST_REPLY_BYTES)
    except (ChannelTimeout, ChannelClosed):
        raise RequestTooLarge(
            "The remarks could not be put into this file. Ask for the findings as a spreadsheet of "
            "their own."
        ) from None
    except ChannelStopped:
        raise QueryStopped("The check was stopped; nothing was kept.") from None
    finally:
        process.kill()
    if not marked:
        raise NotFound("No row of this file was refused while others were taken in.")
    return marked


def main() -> None:
    """Confine this process, then answer one frame."""
    # only here: the parent opens no files
    from werkzaam.ingest.marked_workbook import marked_workbook
    from werkzaam.ingest.refused_part import refused_part

    answers = private_output()
    logging.disable()
    warnings.simplefilter("ignore")  # about parts of workbooks that do not come back
    confine(Limits(memory_bytes=int(sys.argv[2]), nice=BEHIND_QUERIES), lifeline=int(sys.argv[1]))
    header, body = read_frame(sys.stdin.buffer)
    size = header["report"]
    report = Report.from_json(json.loads(body[:size]))
    make = refused_part if header["refused"] else marked_workbook
    write_frame(answers, {}, make(body[size:], report, header["language"]) or b"")


if __name__ == "__main__":
    main()
