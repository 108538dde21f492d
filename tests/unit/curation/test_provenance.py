"""The provenance of a version: who generated what, from which row, by which columns."""

import json
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyoxigraph as ox
import pytest

from werkzaam.curation.provenance import PROVENANCE_GRAPH, SUBMISSIONS, provenance_lines
from werkzaam.domain.changes import (
    Delivery,
    RecordOrigin,
    SubmissionOrigin,
    SubmittedColumn,
    Upload,
)
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.store.journal import Journal

PROV = "http://www.w3.org/ns/prov#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
A, B = THINGS + "project/a", THINGS + "project/b"
COLUMNS = (
    SubmittedColumn("A", "titel", "title"),
    SubmittedColumn("C", 'werkzame "elementen": wel', "addressed"),
    SubmittedColumn("AB", "codeur", "codedBy"),
    SubmittedColumn("AC", "weg", "no-such-column"),
)
ORIGIN = SubmissionOrigin(
    id="abc",
    change=7,
    time="2026-11-24T12:00:00.000001Z",
    sha256="f" * 64,
    encoding="windows-1252",
    mapping="projects",
    mapping_version="1.0.0",
    state="in_force",
    record_count=3,
    columns=COLUMNS,
    standing=(RecordOrigin(A, 2), RecordOrigin(B, None)),
)
THIS = SUBMISSIONS + "abc"

Said = dict[tuple[str, str], set[str]]


def lines_of(content: Content, *found: SubmissionOrigin) -> bytes:
    journal = SimpleNamespace(origins=lambda number: found[:number])
    return provenance_lines(cast(Any, journal), content, len(found))


def said(lines: bytes) -> Said:
    values: Said = {}
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        assert str(quad.graph_name) == f"<{PROVENANCE_GRAPH}>"
        name = (str(quad.subject)[1:-1], quad.predicate.value)
        values.setdefault(name, set()).add(cast(Any, quad.object).value)
    return values


def fed(values: Said, letters: str) -> set[str]:
    return values.get((f"{THIS}/column/{letters}", TERMS + "feedsProperty"), set())


def test_a_submission(content: Content) -> None:
    values = said(lines_of(content, ORIGIN))
    assert {name[1]: value for name, value in values.items() if name[0] == THIS} == {
        TYPE: {PROV + "Activity", TERMS + "Submission"},
        LABEL: {"Aanlevering in wijziging 7", "Submission in change 7"},
        PROV + "endedAtTime": {ORIGIN.time},
        PROV + "generated": {A, B},
        TERMS + "changeNumber": {"7"},
        TERMS + "mappingName": {"projects"},
        TERMS + "mappingVersion": {"1.0.0"},
        TERMS + "fileSha256": {"f" * 64},
        TERMS + "fileEncoding": {"windows-1252"},
        TERMS + "recordCount": {"3"},
        TERMS + "submissionState": {THINGS + "submission-state/in-force"},
    }


def test_a_record_and_its_row(content: Content) -> None:
    values = said(lines_of(content, ORIGIN))
    row = THIS + "/row/2"
    assert values[A, PROV + "wasGeneratedBy"] == values[B, PROV + "wasGeneratedBy"] == {THIS}
    assert values[A, PROV + "wasDerivedFrom"] == {row}
    assert (B, PROV + "wasDerivedFrom") not in values
    assert values[row, TYPE] == {TERMS + "SubmittedRow"}
    assert values[row, TERMS + "rowNumber"] == {"2"}
    assert values[row, TERMS + "rowOf"] == {THIS}


def test_columns_and_what_they_feed(content: Content) -> None:
    values = said(lines_of(content, ORIGIN))
    column = THIS + "/column/C"
    assert values[column, TYPE] == {TERMS + "SubmittedColumn"}
    assert values[column, TERMS + "columnLetters"] == {"C"}
    assert values[column, TERMS + "columnTitle"] == {'werkzame "elementen": wel'}
    assert values[column, TERMS + "columnOf"] == {THIS}
    assert values[column, TERMS + "columnState"] == {THINGS + "coding-state/addressed"}
    assert fed(values, "A") == {"http://purl.org/dc/terms/title"}
    assert fed(values, "C") == {
        TERMS + name for name in ("hasElementCoding", "codedElement", "codingState")
    }
    assert fed(values, "AB") == {TERMS + "codedBy"}
    assert fed(values, "AC") == set()
    assert (THIS + "/column/A", TERMS + "columnState") not in values


@pytest.mark.parametrize(
    ("version", "known"),
    [("1.0.0", True), ("1.9", True), ("2.0.0", False), ("0.9", False), ("10.0.0", False)],
)
def test_columns_keep_their_meaning_within_a_major_version(
    content: Content, version: str, known: bool
) -> None:
    values = said(lines_of(content, replace(ORIGIN, mapping_version=version)))
    assert bool(fed(values, "A")) == known
    assert values[THIS + "/column/A", TERMS + "columnTitle"] == {"titel"}


@pytest.mark.parametrize("data", [None, b"", b"{}", json.dumps({"tableSchema": 1}).encode()])
def test_a_mapping_that_is_gone_or_broken_leaves_the_columns_without_meaning(
    data: bytes | None,
) -> None:
    files = () if data is None else (ContentFile("graph_data/mappings/projects.json", data),)
    values = said(lines_of(Content(files), ORIGIN))
    assert fed(values, "A") == set()
    assert values[A, PROV + "wasDerivedFrom"] == {THIS + "/row/2"}


@pytest.mark.parametrize(("state", "slug"), [("withdrawn", "withdrawn"), ("replaced", "replaced")])
def test_one_that_holds_nothing_any_more(content: Content, state: Any, slug: str) -> None:
    values = said(lines_of(content, replace(ORIGIN, state=state, standing=())))
    assert values[THIS, TERMS + "submissionState"] == {f"{THINGS}submission-state/{slug}"}
    assert (THIS, PROV + "generated") not in values
    assert {name[0] for name in values} == {
        THIS, *(f"{THIS}/column/{column.letters}" for column in COLUMNS)
    }  # fmt: skip


def test_lines_are_sorted_and_the_same_every_time(content: Content) -> None:
    other = replace(ORIGIN, id="aaa", change=8, standing=())
    lines = lines_of(content, ORIGIN, other)
    assert lines == lines_of(content, ORIGIN, other)
    assert lines.endswith(b" .\n")
    assert lines.splitlines() == sorted(set(lines.splitlines()))


def test_an_unknown_encoding_is_left_out(content: Content) -> None:
    values = said(lines_of(content, replace(ORIGIN, encoding=None)))
    assert (THIS, TERMS + "fileEncoding") not in values


def test_of_a_journal_and_of_an_earlier_version_of_it(content: Content, tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    assert provenance_lines(journal, content, 0) == b""
    quads = f'<{A}> <u:p> "x" <u:g> .\n'.encode()
    sent = Delivery(
        *("jan@example.org", "aanvraag Jan Jansen.csv", Upload(b"1"), "projects", "1.0.0"),
        *({A: quads}, {"findings": []}),
        rows={A: 4},
    )
    first = journal.append_submission(sent).submission.id
    before = provenance_lines(journal, content, 1)
    journal.withdraw(first, "jan@example.org")
    assert provenance_lines(journal, content, 1) == before
    assert f"{SUBMISSIONS}{first}/row/4>".encode() in before
    after = provenance_lines(journal, content, 2)
    assert b"submission-state/withdrawn" in after
    assert A.encode() not in after
    assert b"jan" not in (before + after).lower()


def test_ten_thousand_records_take_well_under_a_second(content: Content) -> None:
    many = tuple(RecordOrigin(f"{THINGS}project/p-{row}", row) for row in range(2, 10_002))
    began = time.perf_counter()
    lines = lines_of(content, replace(ORIGIN, standing=many))
    assert time.perf_counter() - began < 1
    assert lines.count(b"/rowNumber> ") == 10_000
