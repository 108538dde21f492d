"""Template → fill → ingest → export → ingest: nothing changes on the way, in any mapping and form."""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.ingest.background import known_triples
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.export_process import EXPORT_FORMS, ExportForm, run_export
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.mapping import Column, TableMapping, mapping_names, read_mapping
from werkzaam.ingest.record_export import Exporter
from werkzaam.ingest.template_about import AboutTemplate
from werkzaam.ingest.template_workbook import filled_workbook

ABOUT = AboutTemplate("1", 1)
NAMES = ("projects", "organisations", "reports", "codings")


def examples(columns: Sequence[Column], language: Language, **given: str) -> list[str]:
    """The example row of a template, as somebody would fill it in."""
    texts = {c.name: c.example.in_(language) if c.example else "" for c in columns}
    return [given.get(name, text) for name, text in texts.items()]


def filled(mapping: TableMapping, language: Language) -> Mapping[str, list[list[str]]]:
    main = examples(mapping.columns, language)
    key = main[[column.name for column in mapping.columns].index(mapping.key)]
    groups = {g.name: [examples(g.columns, language, **{g.key: key})] for g in mapping.groups}
    return {mapping.name: [main], **groups}


class Trip:
    """Files of one mapping through the gate, beside the project that others refer to."""

    def __init__(self, content: Content, name: str, current: bytes) -> None:
        self.content, self.name, self.current = content, name, current
        self.mapping = read_mapping(content, name)

    def template(self, language: Language) -> bytes:
        rows = filled(self.mapping, language)
        return filled_workbook(self.content, self.name, language, ABOUT, True, rows)

    def judged(self, data: bytes, ending: str) -> GateOutcome:
        return judge(self.content, self.current, Upload(data, f"a.{ending}", self.name), True)


@pytest.fixture(scope="module")
def project(all_content: Content) -> bytes:
    trip = Trip(all_content, "projects", b"")
    return b"".join(trip.judged(trip.template("nl"), "xlsx").records.values())


@pytest.fixture(scope="module", params=NAMES)
def trip(all_content: Content, project: bytes, request: pytest.FixtureRequest) -> Trip:
    return Trip(all_content, request.param, b"" if request.param == "projects" else project)


@pytest.fixture(scope="module")
def first(trip: Trip) -> GateOutcome:
    outcome = trip.judged(trip.template("nl"), "xlsx")
    assert outcome.report.conforms, outcome.report.findings
    return outcome


def test_every_mapping_is_here(all_content: Content) -> None:
    assert set(mapping_names(all_content)) == set(NAMES)


def test_the_examples_of_a_template_are_data_without_a_fault_in_both_languages(
    trip: Trip, first: GateOutcome
) -> None:
    other = trip.judged(trip.template("en"), "xlsx")
    found = [*first.report.findings, *other.report.findings]
    assert [f for f in found if f.severity != "info"] == []
    assert list(other.records) == list(first.records)
    assert len(first.records) == 1


def test_an_untouched_template_holds_no_row(trip: Trip) -> None:
    for language in LANGUAGES:
        data = filled_workbook(trip.content, trip.name, language, ABOUT, True, {})
        assert [f.constraint for f in trip.judged(data, "xlsx").report.findings] == ["no-rows"]


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_what_goes_out_comes_in_unchanged(trip: Trip, first: GateOutcome, form: ExportForm) -> None:
    records = b"".join(first.records.values())
    in_force = records + trip.current
    data = run_export(trip.content, in_force, trip.name, form, "en", ABOUT, demo=True)
    again = judge(trip.content, in_force, Upload(data, f"a.{form}", trip.name), True)
    assert again.records == first.records
    assert again.facts["unchanged"] == again.facts["rows"] == 1


def test_linked_data_comes_in_unchanged(trip: Trip, first: GateOutcome) -> None:
    quads = ox.parse(b"".join(first.records.values()), format=ox.RdfFormat.N_QUADS)
    data = ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.TURTLE) or b""
    assert trip.judged(data, "ttl").records == first.records


def test_a_thing_that_says_more_than_the_main_row_can_stands_in_the_row_of_its_group(
    all_content: Content, project: bytes
) -> None:
    mapping = read_mapping(all_content, "projects")
    exporter = Exporter(mapping, code_lists(mapping, known_triples(all_content)), "nl")
    tables = exporter.tables(exporter.rows(ox.parse(project, format=ox.RdfFormat.N_QUADS)))
    assert [len(tables[group.name]) for group in mapping.groups] == [1] * len(mapping.groups)
    [main] = tables["projects"]
    texts = dict(zip([column.name for column in mapping.columns], main, strict=True))
    assert texts["identifier"] == examples(mapping.columns, "nl")[0]
    assert texts["addressed"]
