"""Which submission and which row said what: the provenance of the project records as quads.

After `PROV-O <https://www.w3.org/TR/prov-o/>`_: a submission is an activity that generated records,
and each record was derived from a row. Neither the file name nor the agent is published: they may
name a person.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from werkzaam.domain.changes import RecordOrigin, SubmissionOrigin, SubmissionState, SubmittedColumn
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import GRAPHS, TERMS, THINGS
from werkzaam.errors import ContentError, NotFound
from werkzaam.ingest.iri_templates import template_of
from werkzaam.ingest.mapping import Column, GroupTable, TableMapping, read_mapping
from werkzaam.store.journal import Journal

PROVENANCE_GRAPH: Final = GRAPHS + "provenance"
SUBMISSIONS: Final = THINGS + "submission/"
_PROV: Final = "http://www.w3.org/ns/prov#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_STATES: Final[Mapping[SubmissionState, str]] = {
    "in_force": "in-force",
    "replaced": "replaced",
    "withdrawn": "withdrawn",
}


def provenance_lines(journal: Journal, content: Content, number: int) -> bytes:
    """The provenance of version ``number`` as N-Quads that name their graph: sorted lines, each
    ended by a line feed.

    Of every submission up to then, and of each record in force the row it came from. The columns
    say which properties they feed, where ``content`` still has the mapping in the same major
    version. Raises StoreUnavailable.
    """

    @cache
    def columns_of(mapping: str, version: str) -> Mapping[str, list[str]]:
        return _fed(_mapping(content, mapping, version))

    lines: list[str] = []
    for origin in journal.origins(number):
        about = _iri(SUBMISSIONS + origin.id)
        lines += _submission(about, origin)
        addresses: dict[str | None, str] = {None: SUBMISSIONS + origin.id}
        for number, sheet in enumerate(origin.sheets, start=1):
            addresses[sheet] = f"{SUBMISSIONS}{origin.id}/sheet-{number}"
        for record in origin.standing:
            lines += _record(about, record)
        for record in (*origin.standing, *origin.parts):
            lines += _place(about, addresses[record.sheet], record)
        fed = columns_of(origin.mapping, origin.mapping_version)
        for column in origin.columns:
            lines += _column(about, addresses[column.sheet], column, fed.get(column.name, []))
    return "".join(sorted(lines)).encode()


def _submission(about: str, origin: SubmissionOrigin) -> Iterator[str]:
    yield _line(about, _TYPE, _iri(_PROV + "Activity"))
    yield _line(about, _TYPE, _iri(TERMS + "Submission"))
    number = origin.change
    yield from _labels(
        about, f"Aanlevering in wijziging {number}", f"Submission in change {number}"
    )
    yield _line(about, _PROV + "endedAtTime", _literal(origin.time, "dateTime"))
    yield _line(about, TERMS + "changeNumber", _literal(str(origin.change), "integer"))
    yield _line(about, TERMS + "mappingName", _literal(origin.mapping))
    yield _line(about, TERMS + "mappingVersion", _literal(origin.mapping_version))
    yield _line(about, TERMS + "fileSha256", _literal(origin.sha256))
    if origin.encoding:
        yield _line(about, TERMS + "fileEncoding", _literal(origin.encoding))
    yield _line(about, TERMS + "recordCount", _literal(str(origin.record_count), "integer"))
    state = f"{THINGS}submission-state/{_STATES[origin.state]}"
    yield _line(about, TERMS + "submissionState", _iri(state))


def _record(about: str, record: RecordOrigin) -> Iterator[str]:
    thing = _iri(record.record)
    yield _line(about, _PROV + "generated", thing)
    yield _line(thing, _PROV + "wasGeneratedBy", about)


def _place(about: str, address: str, record: RecordOrigin) -> Iterator[str]:
    """The row that a record, or a thing below one, was derived from."""
    thing = _iri(record.record)
    if record.path is not None:
        part = quote(record.path.strip("/").replace("/", "-"), safe="-") or "whole"
        yield from _row(about, thing, f"{address}/part/{part}", record)
    elif record.row is not None:
        yield from _row(about, thing, f"{address}/row/{record.row}", record)


def _row(about: str, thing: str, address: str, record: RecordOrigin) -> Iterator[str]:
    row = _iri(address)
    yield _line(thing, _PROV + "wasDerivedFrom", row)
    yield _line(row, _TYPE, _iri(TERMS + "SubmittedRow"))
    yield _line(row, TERMS + "rowOf", about)
    if record.path is not None:
        yield _line(row, TERMS + "placeInFile", _literal(record.path))
        yield from _labels(row, f"plaats {record.path}", f"place {record.path}")
        return
    where = "" if record.sheet is None else f"{record.sheet}, "
    yield from _labels(row, f"{where}rij {record.row}", f"{where}row {record.row}")
    yield _line(row, TERMS + "rowNumber", _literal(str(record.row), "integer"))
    if record.sheet is not None:
        yield _line(row, TERMS + "sheetName", _literal(record.sheet))


def _column(about: str, address: str, column: SubmittedColumn, fed: list[str]) -> Iterator[str]:
    place = _iri(f"{address}/column/{column.letters}")
    yield _line(place, _TYPE, _iri(TERMS + "SubmittedColumn"))
    where = "" if column.sheet is None else f"{column.sheet}, "
    yield from _labels(place, f"{where}kolom {column.letters}", f"{where}column {column.letters}")
    if column.sheet is not None:
        yield _line(place, TERMS + "sheetName", _literal(column.sheet))
    yield _line(place, TERMS + "columnLetters", _literal(column.letters))
    yield _line(place, TERMS + "columnTitle", _literal(column.title))
    yield _line(place, TERMS + "columnOf", about)
    for said in fed:
        yield f"{place} {said}"


def _mapping(content: Content, name: str, version: str) -> TableMapping | None:
    """The mapping as it is now, if its columns still mean what they meant in ``version``."""
    try:
        mapping = read_mapping(content, name)
    except (NotFound, ContentError):
        return None
    return mapping if mapping.version.split(".")[0] == version.split(".")[0] else None


def _fed(mapping: TableMapping | None) -> Mapping[str, list[str]]:
    """By name of a column, the end of each line on what it feeds."""
    columns = tuple(mapping.every_column) if mapping else ()
    absence = mapping.absence.property if mapping and mapping.absence else None
    found: dict[str, list[str]] = {column.name: list(_own(column)) for column in columns}
    for column in columns:
        if absence and column.item and column.may_be_absent:
            found[column.name].append(_feeds(absence))
    for group in mapping.groups if mapping else ():
        for name in _naming(group):
            found[name].append(_feeds(group.link))
    for column in columns:
        for property_, source in column.item.copies if column.item else ():
            found[source].append(_feeds(property_))
    return {name: list(dict.fromkeys(said)) for name, said in found.items()}


def _own(column: Column) -> Iterator[str]:
    if not column.silent:
        yield _feeds(column.property)
    yield from (_feeds(one.property) for one in column.derived)
    if column.item:
        yield _feeds(column.item.property)
        for state, value in column.item.states:
            yield _feeds(state)
            if isinstance(value, ox.NamedNode):
                yield _end(TERMS + "columnState", str(value))


def _naming(group: GroupTable) -> Iterator[str]:
    """The column of ``group`` that names the thing of a row."""
    own = {column.name for column in group.own_columns}
    names = (name for name in template_of(group.about).variables if name in own)
    yield from islice(names, 1)


def _feeds(property_: str) -> str:
    return _end(TERMS + "feedsProperty", _iri(property_))


def _labels(subject: str, nl: str, en: str) -> Iterator[str]:
    for text, language in ((nl, "nl"), (en, "en")):
        yield _line(subject, _LABEL, str(ox.Literal(text, language=language)))


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{subject} {_end(predicate, value)}"


def _end(predicate: str, value: str) -> str:
    return f"<{predicate}> {value} <{PROVENANCE_GRAPH}> .\n"


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _literal(text: str, kind: str = "string") -> str:
    return str(ox.Literal(text, datatype=ox.NamedNode(_XSD + kind)))
