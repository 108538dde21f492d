"""Records made by a small mapping, and what they say, in short names."""

from typing import Any

import pyoxigraph as ox
from tests.unit.ingest.mapping_files import column, read

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.records import Record, RecordMaker
from werkzaam.ingest.values import Vocabulary

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
CODES = {"colour/red": "rood", "colour/blue": "blauw", "reason/unknown": "onbekend"}
KNOWN = [
    quad
    for slug, label in CODES.items()
    for thing_ in (ox.NamedNode(THINGS + slug),)
    for quad in (
        ox.Quad(
            thing_,
            ox.NamedNode(TYPE),
            ox.NamedNode(TERMS + slug.partition("/")[0].capitalize()),
        ),
        ox.Quad(thing_, LABEL, ox.Literal(label, language="nl")),
    )
]
ABSENCE = {
    "aboutUrl": "{record}/absence/{column}",
    "@type": TERMS + "Absence",
    TERMS + "linkProperty": {"@id": TERMS + "hasAbsence"},
    TERMS + "namingProperty": {"@id": TERMS + "names"},
    TERMS + "itemProperty": {"@id": TERMS + "why"},
    TERMS + "choicesOfClass": {"@id": TERMS + "Reason"},
}


def colour(**more: Any) -> dict[str, Any]:
    """A column whose values are colours."""
    return column("colour", "anyURI", def_choicesOfClass={"@id": TERMS + "Colour"}, **more)


def maker_of(data: dict[str, Any], demo: bool | None = False) -> RecordMaker:
    """A maker of the records of the mapping ``data``."""
    mapping = read(data)
    places, header = sheet(mapping)
    return RecordMaker(mapping, places, header, Vocabulary(code_lists(mapping, KNOWN)), demo, "A")


def sheet(table: Any) -> tuple[dict[str, int], list[str]]:
    """The places and titles of the columns of ``table``, in order."""
    names = [one.name for one in table.columns]
    return {name: number for number, name in enumerate(names)}, names


def add(maker: RecordMaker, number: int, *texts: str) -> None:
    """Add a row of the only group."""
    [one] = maker.mapping.groups
    maker.add_group_row(one, "B", *sheet(one), number, texts)


def said(record: Record) -> set[tuple[str, str, str]]:
    """What a record says, with short names; classes left out."""
    return {
        (
            quad.subject.value.removeprefix(record.iri) or ".",  # type: ignore[union-attr]
            quad.predicate.value.removeprefix(TERMS),
            quad.object.value.removeprefix(THINGS).replace(record.iri.removeprefix(THINGS), ""),  # type: ignore[union-attr]
        )
        for quad in record.quads
        if quad.predicate.value != TYPE
    }


def kinds(record: Record) -> set[tuple[str, str]]:
    """The classes of the record and of what is below it."""
    return {
        (q.subject.value.removeprefix(record.iri), q.object.value.removeprefix(TERMS))  # type: ignore[union-attr]
        for q in record.quads
        if q.predicate.value == TYPE
    }


def found(maker: RecordMaker) -> list[tuple[str, str | None, int | None, str | None]]:
    """The findings with their places."""
    return [(f.constraint, f.sheet, f.row, f.column) for f in maker.findings]
