"""What keeps linked data from being read, in words for who delivers it: where, what, and what to do.

The parsers say it in English and for programmers; of that the technical part stands at the end.
"""

import json
import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format
from werkzaam.ingest.report import CellFinding

Broken = SyntaxError | ValueError | RecursionError | expat.ExpatError
"""What the parsers raise."""


class NoJsonValue(ValueError):
    """A word that no JSON knows, such as NaN: its only argument."""


_PLACE: Final = re.compile(r"Parser error (?:at|between) .*?: ", re.DOTALL)
_REMOTE: Final = "LoadDocumentCallback"
_KINDS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("statement-without-end", r"(?:followed by a|^a) dot\b"),
        ("undeclared-prefix", r"the prefix (?P<part>\S*?):? has not been declared"),
        ("undeclared-prefix", r"unknown prefix (?P<part>\S*?):?$"),
        ("unclosed-text", r"line jumps are not allowed"),
        ("cut-off-file", r"unexpected end\b|no element found|unclosed (?:token|cdata)"),
        ("unclosed-bracket", r"should end with a '[\])}]'"),
        ("unknown-escape", r"escape character"),
        ("malformed-language", r"language (?:code|tag)"),
        ("not-utf-8", r"utf-?8|codec can't decode|unknown encoding"),
        ("unexpected-part", r"must be an iri|is not a valid (?:subject|predicate|rdf object)"),
        ("unexpected-part", r"beginning of a prefix name|^expecting|should be followed by"),
        ("malformed-address", r"\biris?\b"),
        ("no-linked-data-value", r"@\w+|rdf:\w+|property element|unexpected (?:text|tag)"),
    )
)


@dataclass(frozen=True)
class _Told:
    """What a parser said: its words, and the line and character, from 1, where it knows them."""

    reason: str
    line: int | None = None
    column: int | None = None

    @property
    def where(self) -> Bilingual:
        """The place, to stand behind "cannot be read"."""
        if self.line is None or self.column is None:
            return Bilingual(nl="", en="")
        return Bilingual(
            nl=f" vanaf regel {self.line}, teken {self.column}",
            en=f" from line {self.line}, character {self.column}",
        )


def broken_statements(fault: Broken, kind: Format) -> CellFinding:
    """What is wrong with a file of format ``kind``, of which a parser raised ``fault``."""
    if _REMOTE in str(fault):
        return finding("remote-context", Cell())
    if isinstance(fault, RecursionError):
        return finding("deep-json", Cell())
    if isinstance(fault, json.JSONDecodeError):
        line, column = fault.lineno, fault.colno
        return finding("broken-json", Cell(row=line), line=line, column=column)
    if isinstance(fault, NoJsonValue):
        return finding("not-a-json-value", Cell(text=str(fault)))
    told = _told(fault, kind)
    name, part = _kind(fault, told.reason)
    words = {"whereNl": told.where.nl, "whereEn": told.where.en, "reason": told.reason}
    return finding(name, Cell(row=told.line), part=part, **words)


def _told(fault: Broken, kind: Format) -> _Told:
    if isinstance(fault, expat.ExpatError):
        return _Told(expat.ErrorString(fault.code), fault.lineno, fault.offset + 1)
    if not isinstance(fault, SyntaxError):
        return _Told(str(fault).rstrip("."))
    reason = _PLACE.sub("", str(fault.msg), count=1).rstrip(".")
    # JSON-LD is written anew before it is parsed, so that its lines are no longer the sender's
    return _Told(reason) if kind == "jsonld" else _Told(reason, fault.lineno, fault.offset)


def _kind(fault: Broken, reason: str) -> tuple[str, str]:
    """The name of the fault, and the part of the file that it is about."""
    for name, pattern in _KINDS:
        match = pattern.search(reason)
        if match:
            return name, match.groupdict().get("part") or ""
    return ("broken-xml" if isinstance(fault, expat.ExpatError) else "broken-statements"), ""
