"""From each statement to its one cell, by the catalogued question: as the reader itself traced it."""

import csv
import io
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from werkzaam.curation.provenance import provenance_lines
from werkzaam.domain.changes import RecordOrigin, SubmissionOrigin, SubmittedColumn
from werkzaam.domain.content import Content, ContentFile
from werkzaam.ingest.cells import letters
from werkzaam.ingest.gate_outcome import Upload, Wish
from werkzaam.ingest.judging import Judging
from werkzaam.ingest.trace import Trace

ROOT = Path(__file__).parents[2]
QUERY = (ROOT / "queries" / "sources" / "cell-of-value.rq").read_text("utf-8")
FULL = (
    "identificatie,titel,subsidieronde,deelnemers gepland,deelnemers gepland MDT-basis,"
    "deelnemers bereikt,deelnemers bereikt MDT-basis,penvoerder,KvK-nummer penvoerder,partners,"
    "verleend bedrag,CBS-codes gemeenten\n"
    "PV-1,Samen eten,4b,40,30,38,29,Stichting Voorbeeld,90004711,Voorbeeldhuis; Voorbeeldhof,"
    "n.v.t.,GM0344;GM0363\n"
    "PV-2,Samen koken,4b,,onbekend,8,,Stichting Voorbeeld,90004711,Voorbeeldhuis,1000,\n"
)


class OneFile:
    """A journal that holds one submission."""

    def __init__(self, origin: SubmissionOrigin) -> None:
        self._origin = origin

    def origins(self, _upto: int) -> tuple[SubmissionOrigin, ...]:
        return (self._origin,)


@pytest.fixture(scope="module")
def everything() -> Content:
    folders = ("graph_data", "ontology", "shapes")
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*"))
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for path in paths
            if path.suffix in (".ttl", ".json")
        )
    )


def judged(content: Content, data: bytes, demo: bool) -> tuple[Trace, ox.Store]:
    """How the file was read, and a store with its records and where they come from."""
    upload = Upload(data, "a.csv", "projects")
    judging = Judging(content, b"", upload, Wish(demo, keep=True), lambda *_: None)
    read, maker = judging.read, judging.read.maker
    assert maker is not None
    columns = tuple(
        SubmittedColumn(letters(place), maker.header[place], name)
        for name, place in maker.numbers.items()
    )
    standing = tuple(RecordOrigin(record.iri, record.row) for record in read.records)
    mapping = judging.mapping
    origin = SubmissionOrigin(
        *("one", 1, "2026-11-24T12:00:00.000001Z", "f" * 64, "utf-8", "projects"),
        *(mapping.version, "in_force", len(standing), columns, standing),
    )
    journal: Any = OneFile(origin)
    store = ox.Store()
    store.extend(quad for record in read.records for quad in record.quads)
    store.load(provenance_lines(journal, content, 1), format=ox.RdfFormat.N_QUADS)
    return maker.trace, store


def cells_of(store: ox.Store, thing: str) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Row and column of each value of ``thing``, by property and value."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    asked: Any = store.query(QUERY.replace("{ UNDEF }", f"{{ <{thing}> }}"))
    for row in asked:
        key = (row["property"].value, row["value"].value)
        found.setdefault(key, []).append((int(row["row"].value), row["letters"].value))
        assert row["fileSha256"].value == "f" * 64
        assert row["mapping"].value == "projects"
    return found


def said(store: ox.Store) -> dict[str, set[tuple[str, str]]]:
    """Property and value of all statements of the records, by subject."""
    found: dict[str, set[tuple[str, str]]] = {}
    graph = ox.NamedNode("https://w3id.org/mdt-kennisgraaf/graph/records")
    for quad in store.quads_for_pattern(None, None, None, graph):
        subject, value = quad.subject, quad.object
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(value, ox.NamedNode | ox.Literal)
        found.setdefault(subject.value, set()).add((quad.predicate.value, value.value))
    return found


@pytest.mark.parametrize("name", ["examples", "full"])
def test_every_statement_has_one_cell_and_it_is_the_one_that_was_read(
    everything: Content, name: str
) -> None:
    examples = (ROOT / "graph_data" / "examples" / "projects.csv").read_bytes()
    data = examples if name == "examples" else FULL.encode()
    trace, store = judged(everything, data, demo=name == "examples")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    titles = {letters(place): title for place, title in enumerate(rows[0])}
    counted = 0
    for thing, statements in said(store).items():
        cells = cells_of(store, thing)
        for property_, value in statements:
            cell = trace.find(thing, property_, value)
            assert cell is not None
            assert cells.get((property_, value)) == [(cell.row, cell.letters)], (thing, property_)
            assert titles[cell.letters or ""] == cell.title
            counted += 1
        assert set(cells) == statements
    assert counted > (300 if name == "examples" else 60)


def test_without_a_thing_there_is_no_answer(everything: Content) -> None:
    _, store = judged(everything, FULL.encode(), demo=False)
    asked: Any = store.query(QUERY)
    assert not list(asked)
