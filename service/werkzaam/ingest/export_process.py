"""The records in force as a file that can be mended and sent in again, made in a process of its own.

Run as a confined module: it parses what once was a caller's.
"""

import logging
import sys
from threading import Event
from typing import Any, Final, Literal, get_args

import pyoxigraph as ox

from werkzaam.confinement.frames import private_output, read_frame, write_frame
from werkzaam.confinement.limits import BEHIND_QUERIES, Limits, confine
from werkzaam.confinement.process import (
    ChannelClosed,
    ChannelStopped,
    ChannelTimeout,
    ConfinedProcess,
)
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.queries import Language
from werkzaam.errors import QueryStopped, RequestTooLarge
from werkzaam.ingest.limits import MEMORY_BYTES, MOST_REPLY_BYTES, SECONDS
from werkzaam.ingest.mapping import read_mapping
from werkzaam.ingest.template_about import AboutTemplate

ExportForm = Literal["xlsx", "json"]
EXPORT_FORMS: Final[tuple[ExportForm, ...]] = get_args(ExportForm)

_MODULE: Final = "werkzaam.ingest.export_process"
_NEEDED: Final = ("ontology/", "graph_data/")


def run_export(
    content: Content,
    records: bytes,
    mapping: str,
    form: ExportForm,
    language: Language,
    about: AboutTemplate,
    *,
    demo: bool = False,
    stop: Event | None = None,
) -> bytes:
    """All records of ``mapping`` in ``records`` (N-Quads), as a workbook like its template or as JSON.

    Raises NotFound for an unknown mapping, RequestTooLarge where it takes too much time or memory,
    QueryStopped soon after ``stop`` is set.
    """
    read_mapping(content, mapping)
    files = [file for file in content.files if file.path.startswith(_NEEDED)]
    header = {
        "files": [{"path": file.path, "size": len(file.data)} for file in files],
        "mapping": mapping,
        "form": form,
        "language": language,
        "about": [about.package_version, about.dataset_version],
        "demo": demo,
    }
    sent = b"".join([*(file.data for file in files), records])
    process = ConfinedProcess(_MODULE, Limits(memory_bytes=MEMORY_BYTES))
    try:
        return process.ask(header, sent, SECONDS, stop, MOST_REPLY_BYTES)[1]
    except (ChannelTimeout, ChannelClosed):
        raise RequestTooLarge(
            "There are too many records to put in one file. Ask with a query instead."
        ) from None
    except ChannelStopped:
        raise QueryStopped("This was stopped.") from None
    finally:
        process.kill()


def main() -> None:
    """Confine this process, then answer one frame."""
    answers = private_output()
    logging.disable()
    confine(Limits(memory_bytes=int(sys.argv[2]), nice=BEHIND_QUERIES), lifeline=int(sys.argv[1]))
    write_frame(answers, {}, _exported(*read_frame(sys.stdin.buffer)))


def _exported(header: dict[str, Any], body: bytes) -> bytes:
    # only here: the parent makes no workbooks
    from werkzaam.ingest.background import known_triples
    from werkzaam.ingest.codes import code_lists
    from werkzaam.ingest.record_export import Exporter
    from werkzaam.ingest.template_workbook import filled_workbook

    files, start = [], 0
    for file in header["files"]:
        files.append(ContentFile(file["path"], body[start : start + file["size"]]))
        start += file["size"]
    content = Content(tuple(files))
    name, language = header["mapping"], header["language"]
    mapping = read_mapping(content, name)
    exporter = Exporter(mapping, code_lists(mapping, known_triples(content)), language)
    rows = exporter.rows(ox.parse(body[start:], format=ox.RdfFormat.N_QUADS))
    if header["form"] == "json":
        return exporter.document(rows)
    about = AboutTemplate(*header["about"])
    tables = exporter.tables(rows)
    return filled_workbook(content, name, language, about, header["demo"], tables)


if __name__ == "__main__":
    main()
