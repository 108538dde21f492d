"""The gate in a process of its own. Run as a confined module.

The parent hands over bytes and gets a report; it parses nothing of the caller.
"""

import gc
import hashlib
import json
import logging
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, astuple, dataclass
from threading import Event
from typing import Any, BinaryIO, Final

from werkzaam.confinement.frames import Header, private_output, read_frame, write_frame
from werkzaam.confinement.limits import BEHIND_QUERIES, Limits, confine
from werkzaam.confinement.process import (
    ChannelClosed,
    ChannelFull,
    ChannelStopped,
    ChannelTimeout,
    ConfinedProcess,
)
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.file_names import clean_name
from werkzaam.domain.queries import Bilingual
from werkzaam.errors import ContentError, QueryStopped, RequestTooLarge
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import format_of
from werkzaam.ingest.gate_outcome import GateOutcome, Told, Upload, Wish
from werkzaam.ingest.limits import (
    MEMORY_BYTES,
    MOST_BYTES,
    MOST_REPLY_BYTES,
    MOST_REPORT_BYTES,
    SECONDS,
)
from werkzaam.ingest.mapping import read_mapping
from werkzaam.ingest.report import Report, UploadedFile, make_report

_MODULE = "werkzaam.ingest.gate_process"
_PACKING: Final = 1
_ALLOCATIONS: Final = 200_000
"""Between two looks for garbage: what a record is made of is needed, and looking took a quarter."""

_BETWEEN: Final = 1000
_NEEDED: Final = ("ontology/", "shapes/", "graph_data/")


@dataclass(frozen=True)
class Bounds:
    """How much one upload may take: its bytes, the seconds and the memory of its process, and the
    bytes of what comes back, packed."""

    bytes: int = MOST_BYTES
    seconds: float = SECONDS
    memory_bytes: int = MEMORY_BYTES
    reply_bytes: int = MOST_REPLY_BYTES


def run_gate(
    content: Content,
    current_records: bytes,
    upload: bytes,
    file_name: str,
    mapping: str,
    *,
    wish: Wish | None = None,
    bounds: Bounds | None = None,
    stop: Event | None = None,
    tell: Told | None = None,
) -> GateOutcome:
    """What is in ``upload`` and what is wrong with it; nothing is kept. The name is cleaned first.

    ``current_records``: N-Quads of the records graph. ``tell``: as of ``judge``. Raises as that, and
    RequestTooLarge, UnsupportedMediaType, and QueryStopped soon after ``stop`` is set.
    """
    wanted, within = wish or Wish(), bounds or Bounds()
    applied = read_mapping(content, mapping)
    name = clean_name(file_name)
    _refuse(upload, name, within.bytes)
    parts = [*_pieces(content), ("current", current_records), ("upload", upload)]
    header: dict[str, Any] = {"fileName": name, "mapping": mapping, "wish": asdict(wanted)}
    header["parts"] = [{"path": path, "size": len(data)} for path, data in parts]
    sent = header, b"".join(data for _, data in parts)
    process = ConfinedProcess(_MODULE, Limits(memory_bytes=within.memory_bytes))
    try:
        reply, body = process.ask(*sent, within.seconds, stop, within.reply_bytes, _heard_by(tell))
        said = _unpacked(body, within.memory_bytes if wanted.keep else MOST_REPORT_BYTES)
    except (ChannelTimeout, ChannelClosed) as fault:
        file = UploadedFile(name, hashlib.sha256(upload).hexdigest())
        reason = _reason(fault, within.seconds)
        return GateOutcome(True, _unfinished(file, (applied.name, applied.version), reason))
    except ChannelStopped:
        raise QueryStopped("The check was stopped; nothing was kept.") from None
    finally:
        process.kill()
    if reply.get("error"):
        raise ContentError(reply["path"], reply["line"], reply["template"], **reply["values"])
    return _outcome(json.loads(said))


def _unpacked(body: bytes, most: int) -> bytes:
    """What was packed in ``body``. Raises ChannelFull for more than ``most`` bytes."""
    unpacking = zlib.decompressobj()
    said = unpacking.decompress(body, most)
    if unpacking.unconsumed_tail:
        raise ChannelFull
    return said


def _heard_by(tell: Told | None) -> Callable[[Header], None] | None:
    if tell is None:
        return None
    return lambda header: tell(header["progress"], header["number"])


def _refuse(upload: bytes, file_name: str, most: int) -> None:
    if len(upload) > most:
        raise RequestTooLarge(
            "The file has {bytes} bytes; at most {most} are read. Split it.",
            bytes=len(upload),
            most=most,
        )
    format_of(upload, file_name)


def _pieces(content: Content) -> Iterator[tuple[str, bytes]]:
    return ((file.path, file.data) for file in content.files if file.path.startswith(_NEEDED))


def _reason(fault: ChannelTimeout | ChannelClosed, seconds: float) -> Bilingual:
    if isinstance(fault, ChannelTimeout):
        return Bilingual(
            nl=f"het duurde langer dan {seconds:g} seconden",
            en=f"it took longer than {seconds:g} seconds",
        )
    if isinstance(fault, ChannelFull):
        return Bilingual(
            nl="er stond te veel in voor één keer", en="it holds too much for one time"
        )
    return Bilingual(nl="er was te veel geheugen nodig", en="it needed too much memory")


def _unfinished(file: UploadedFile, mapping: tuple[str, str], reason: Bilingual) -> Report:
    """The report where nothing is known."""
    found = finding("not-validated", Cell(), reasonNl=reason.nl, reasonEn=reason.en)
    return make_report(file, mapping, [found], {}, validated=False)


def _outcome(data: dict[str, Any]) -> GateOutcome:
    return GateOutcome(
        data["readable"],
        Report.from_json(data["report"]),
        {iri: quads.encode() for iri, quads in data["records"].items()},
        {iri: Cell(*place) for iri, place in data["places"].items()},
        {iri: Cell(*place) for iri, place in data["groupPlaces"].items()},
        data["validRows"],
        data["standard"].encode(),
    )


def main() -> None:
    """Confine this process, then answer one frame."""
    from werkzaam.ingest.gate import judge  # only here: the parent judges nothing

    answers = private_output()
    gc.set_threshold(_ALLOCATIONS)
    logging.disable()  # rdflib and pySHACL log about the data; findings say it better
    confine(Limits(memory_bytes=int(sys.argv[2]), nice=BEHIND_QUERIES), lifeline=int(sys.argv[1]))
    header, body = read_frame(sys.stdin.buffer)
    *files, current, uploaded = _parts(header, body)
    upload = Upload(uploaded.data, header["fileName"], header["mapping"])
    try:
        wish = Wish(**header["wish"])
        tell = _Teller(answers).tell
        outcome = judge(Content(tuple(files)), current.data, upload, wish=wish, tell=tell)
    except ContentError as fault:
        values = {name: str(value) for name, value in fault.values.items()}
        refusal = {"error": "content", "path": fault.path, "line": fault.line}
        write_frame(answers, {**refusal, "template": fault.template, "values": values})
        return
    said = json.dumps(_as_json(outcome)).encode()
    write_frame(answers, {}, zlib.compress(said, _PACKING))


class _Teller:
    """Tells how far it is: each part as it begins, and then every so many records."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._told = ("", 0)

    def tell(self, part: str, number: int) -> None:
        if part == self._told[0] and number < self._told[1] + _BETWEEN:
            return
        self._told = (part, number)
        write_frame(self._answers, {"progress": part, "number": number})


def _as_json(outcome: GateOutcome) -> dict[str, Any]:
    return {
        "readable": outcome.readable,
        "report": outcome.report.as_json(),
        "records": {iri: quads.decode() for iri, quads in outcome.records.items()},
        "places": {iri: astuple(cell) for iri, cell in outcome.places.items()},
        "groupPlaces": {iri: astuple(cell) for iri, cell in outcome.group_places.items()},
        "validRows": outcome.valid_rows,
        "standard": outcome.standard.decode(),
    }


def _parts(header: dict[str, Any], body: bytes) -> list[ContentFile]:
    files = []
    start = 0
    for part in header["parts"]:
        files.append(ContentFile(part["path"], body[start : start + part["size"]]))
        start += part["size"]
    return files


if __name__ == "__main__":
    main()
