"""Every mapping: its words are declared, every column is explained, and its example row is good."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from werkzaam.curation.parsed_content import parse_content
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import EXAMPLES, TERMS
from werkzaam.domain.queries import Language
from werkzaam.ingest.background import known_triples
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.mapping import Column, TableMapping, read_mapping
from werkzaam.ingest.mapping_reading import mapping_validator
from werkzaam.ingest.records import Record, RecordMaker, record_lines
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.shape_check import Background, findings_of, judge_records
from werkzaam.ingest.turtle_files import read_quads
from werkzaam.ingest.values import Vocabulary
from werkzaam.validation.rdflib_graph import graph_of

ROOT = Path(__file__).parents[2]
NAMES = tuple(sorted(path.stem for path in (ROOT / "graph_data" / "mappings").glob("*.json")))
FIRST = "projects"
"""Others speak of projects: its example goes before theirs."""


@pytest.fixture(scope="module")
def everything() -> Content:
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for folder in ("graph_data", "ontology", "shapes")
            for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in (".ttl", ".json", ".csv")
        )
    )


@pytest.fixture(scope="module")
def background(everything: Content) -> Background:
    shapes = [quad for file in everything.under("shapes", ".ttl") for quad in read_quads(file)]
    return Background(graph_of(shapes), tuple(known_triples(everything)))


def terms(data: Any) -> Iterator[str]:
    """Every term of ours that a mapping names, as a key or a value."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from (key,) if key.startswith(TERMS) else ()
            yield from terms(value)
    elif isinstance(data, list):
        for value in data:
            yield from terms(value)
    elif isinstance(data, str) and data.startswith(TERMS) and data != TERMS:
        yield data.partition(";")[0]


def test_there_is_a_mapping_for_each_kind_of_record() -> None:
    assert NAMES == ("codings", "organisations", "projects", "reports")


@pytest.mark.parametrize("name", NAMES)
def test_it_meets_its_schema_and_names_what_is_declared(everything: Content, name: str) -> None:
    data = json.loads((ROOT / "graph_data" / "mappings" / f"{name}.json").read_text("utf-8"))
    assert list(mapping_validator().iter_errors(data)) == []
    read_mapping(everything, name)
    declared = parse_content(everything).declared
    found = {term for term in terms(data) if " " not in term}
    assert found - set(declared) == set()
    assert len(found) > 10


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_explained_and_shown(everything: Content, name: str) -> None:
    mapping = read_mapping(everything, name)
    for column in (*mapping.columns, *(c for group in mapping.groups for c in group.columns)):
        assert column.help is not None, column.name
        for words in (column.help.nl, column.help.en):
            assert words.endswith("."), (column.name, words)
        assert column.example is not None or not column.required, column.name


def filled(columns: tuple[Column, ...], language: Language) -> list[str]:
    return [column.example.in_(language) if column.example else "" for column in columns]


def example(
    background: Background, mapping: TableMapping, language: Language
) -> tuple[Record, RecordMaker]:
    """The record of the example rows of all sheets, as a template has them."""

    def sheet(columns: tuple[Column, ...]) -> tuple[dict[str, int], list[str]]:
        places = {column.name: number for number, column in enumerate(columns)}
        return places, [column.title(language) for column in columns]

    known = Vocabulary(code_lists(mapping, background.known), demo=True)
    maker = RecordMaker(mapping, *sheet(mapping.columns), known, demo=True)
    record = maker.make(2, filled(mapping.columns, language))
    for group in mapping.groups:
        texts = filled(group.columns, language)
        maker.add_group_row(group, group.title(language), *sheet(group.columns), 2, texts)
    [record] = maker.complete([record])
    return record, maker


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_example_rows_conform(
    everything: Content, background: Background, language: Language
) -> None:
    current, found = b"", list[CellFinding]()
    for name in sorted(NAMES, key=lambda name: name != FIRST):
        mapping = read_mapping(everything, name)
        record, maker = example(background, mapping, language)
        assert record.iri.startswith(EXAMPLES)
        found += maker.findings
        outcome = judge_records(background, [record.quads], current)
        found += findings_of(outcome, background.shapes, maker.trace)
        current += b"".join(line + b"\n" for line in record_lines(record))
        subjects = {str(quad.subject) for quad in record.quads}
        assert len(subjects) > len(mapping.groups)
    assert [one for one in found if one.severity != "info"] == []


def test_the_example_spreadsheet_has_the_titles_it_always_had(everything: Content) -> None:
    [file] = [one for one in everything.files if one.path == "graph_data/examples/projects.csv"]
    header = file.data.decode().splitlines()[0].split(",")
    assert header == [
        "identificatie",
        "titel",
        "samenvatting",
        "subsidieronde",
        "penvoerder",
        "gemeenten",
        "startdatum",
        "einddatum",
        "deelnemers",
        "doelen",
        "werkzame elementen: wel",
        "werkzame elementen: uitdrukkelijk niet",
        "werkzame elementen: niet genoemd",
        "gecodeerd door",
        "componenten van integratie",
        "bronnen",
    ]
    mapping = read_mapping(everything, FIRST)
    assert set(header) <= {column.title() for column in mapping.columns}
