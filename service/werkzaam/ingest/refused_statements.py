"""The records of linked data that were refused while others were taken in, in the format that was sent."""

import re
from collections.abc import Collection
from typing import Final, cast

import pyoxigraph as ox

from werkzaam.ingest.formats import Format
from werkzaam.ingest.report import Report
from werkzaam.ingest.statements_reading import FORMATS, UNKNOWN_TERMS, with_vocabulary

_UNKNOWN_KEY: Final = re.compile(rb'"%s([^"\\:@]+)":' % UNKNOWN_TERMS.encode())
_WITHOUT_GRAPHS: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML)


def refused_statements(data: bytes, report: Report) -> bytes | None:
    """The statements of ``data`` about the records that ``report`` says were refused, and what stands
    below them, each once, in the order of the file. None where none was refused."""
    records = frozenset(report.facts.get("refusedPaths", ()))
    if not records:
        return None
    kind = cast(Format, report.file.format)
    form = FORMATS[kind]
    parser = ox.parse(with_vocabulary(data) if kind == "jsonld" else data, format=form)
    ours = dict.fromkeys(quad for quad in parser if _is_of(quad, records))
    said = (quad.triple for quad in ours) if form in _WITHOUT_GRAPHS else iter(ours)
    made = ox.serialize(said, format=form, prefixes=_prefixes(parser, form)) or b""
    return _with_own_terms(made) if kind == "jsonld" else made


def _prefixes(parser: ox.QuadParser, form: ox.RdfFormat) -> dict[str, str] | None:
    """The short names that the sender used, in the formats that are written for people."""
    return parser.prefixes if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else None


def _is_of(quad: ox.Quad, records: Collection[str]) -> bool:
    """Whether ``quad`` is about one of ``records`` or about something below it."""
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    while subject not in records and "/" in subject:
        subject = subject.rpartition("/")[0]
    return subject in records


def _with_own_terms(text: bytes) -> bytes:
    """JSON-LD in which the terms that its context did not know are called as they were."""
    return _UNKNOWN_KEY.sub(rb'"\1":', text)
