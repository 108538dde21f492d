"""Bytes of an upload as text, with the encoding they were read in."""

import codecs
from dataclasses import dataclass

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.report import CellFinding

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class DecodedText:
    """``text`` is None where the bytes cannot be read; then a finding says why."""

    text: str | None
    encoding: str | None
    findings: tuple[CellFinding, ...] = ()


def decode(data: bytes) -> DecodedText:
    """UTF-8 with or without BOM, else Windows-1252. NUL bytes are refused in both."""
    fault = _unreadable(data)
    if fault:
        return DecodedText(None, None, (fault,))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_1252(data)
    if text.startswith("\ufeff"):
        return DecodedText(text[1:], "utf-8", (finding("byte-order-mark", Cell()),))
    return DecodedText(text, "utf-8")


def _unreadable(data: bytes) -> CellFinding | None:
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return finding("empty-file", Cell())
    if data.startswith(_UTF_16):
        return finding("utf-16", Cell())
    offset = data.find(b"\0")
    return finding("nul-byte", Cell(), offset=offset + 1) if offset >= 0 else None


def _windows_1252(data: bytes) -> DecodedText:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as fault:
        found = finding("unknown-encoding", Cell(), offset=fault.start + 1)
        return DecodedText(None, None, (found,))
    return DecodedText(text, "windows-1252", (finding("encoding", Cell()),))
