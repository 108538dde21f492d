"""The whole way, in this process: shapes, report, what is in force already."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import ContentError, NotFound
from werkzaam.ingest import shape_check
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.partial_outcome import held_by_others
from werkzaam.ingest.report import Report, UploadedFile, make_report

Judged = Callable[..., GateOutcome]
ID = "https://w3id.org/mdt-kennisgraaf/id/"
NAMES = {
    "constraint", "severity", "category", "sheet", "row", "column", "columnTitle", "value",
    "message", "fix",
}  # fmt: skip


def constraints(outcome: GateOutcome) -> list[str]:
    return [finding.constraint for finding in outcome.report.findings]


def test_a_report_is_as_the_contract_has_it(sheet: Any, judged: Judged) -> None:
    report = judged(sheet.changed("deelnemers", "veel").changed("bronnen", "").data()).report
    data = report.as_json()
    assert set(data) == {
        "conforms", "validated", "file", "mapping", "facts", "counts", "findings"
    }  # fmt: skip
    assert (data["conforms"], data["validated"]) == (False, True)
    assert data["mapping"] == {"name": "projects", "version": "1.1.1"}
    assert set(data["file"]) == {"name", "sha256", "encoding", "format"}
    assert data["counts"] == {"violation": 1, "warning": 0, "info": 1}
    assert [(f["row"], f["column"], f["columnTitle"]) for f in data["findings"]] == [
        (2, "I", "deelnemers"),
        (2, "P", "bronnen"),
    ]
    assert all(set(finding) == NAMES for finding in data["findings"])
    assert Report.from_json(json.loads(json.dumps(data))) == report


def test_findings_stand_in_order_of_place(sheet: Any, judged: Judged) -> None:
    data = (
        sheet.with_row("identificatie", "P 02")
        .changed("bronnen", "")
        .changed("doelen", "x", 2)
        .changed("subsidieronde", "y", 2)
    )
    found = judged(data.data()).report.findings
    assert [(f.row, f.column) for f in found] == [(2, "P"), (3, "D"), (3, "J")]


def test_column_aa_stands_after_column_z() -> None:
    cells = [Cell(2, number, "t", "x") for number in (26, 3, 25)]
    found = make_report(UploadedFile("a", ""), ("m", "1"), [finding("bsn", c) for c in cells], {})
    assert [f.column for f in found.findings] == ["D", "Z", "AA"]


def test_many_records_are_judged_some_at_a_time(
    sheet: Any, judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2, 7):
        sheet = sheet.with_row("identificatie", f"P {number:02}").changed("titel", "", number)
    whole = judged(sheet.data())
    assert [f.row for f in whole.report.findings] == [3, 4, 5, 6, 7]
    monkeypatch.setattr(shape_check, "_AT_ONCE", 2)
    parts = judged(sheet.data())
    assert (parts.report.findings, parts.places) == (whole.report.findings, whole.places)


def test_how_far_a_file_is_is_told(
    sheet: Any, all_content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape_check, "_AT_ONCE", 2)
    for number in range(2, 6):
        sheet = sheet.with_row("identificatie", f"P {number:02}")
    told: list[tuple[str, int]] = []
    judge(
        all_content,
        b"",
        Upload(sheet.data(), "a.csv", "projects"),
        False,
        None,
        lambda *at: told.append(at),
    )
    read = [("reading", number) for number in range(1, 6)]
    assert told == [*read, ("checking", 0), ("checking", 2), ("checking", 4), ("checking", 5)]


def test_what_is_new_the_same_or_other_is_counted(
    sheet: Any, judged: Judged, sound: GateOutcome
) -> None:
    current = b"".join(sound.records.values())
    again = judged(sheet.with_row("identificatie", "P 02").data(), current).facts
    assert (again["new"], again["unchanged"], again["changed"]) == (1, 1, 0)
    other = judged(sheet.changed("titel", "Anders").data(), current).facts
    assert (other["new"], other["unchanged"], other["changed"]) == (0, 0, 1)


def test_what_is_replaced_does_not_count_with_what_replaces_it(
    sheet: Any, judged: Judged, sound: GateOutcome
) -> None:
    current = b"".join(sound.records.values())
    assert judged(sheet.changed("titel", "Een andere titel").data(), current).report.conforms


def test_an_identifier_of_another_agent_is_a_violation_at_its_cell(
    sheet: Any, judged: Judged
) -> None:
    outcome = judged(sheet.with_row("identificatie", "P 02").data())
    held = held_by_others(outcome, {ID + "project/p-02"})
    [finding] = held.report.findings
    assert (finding.constraint, finding.row, finding.column) == ("other-agents-identifier", 3, "A")
    assert held.report.conforms is False
    assert not held.records
    assert held_by_others(outcome, {ID + "project/p-03"}) is outcome


def test_a_fault_in_one_cell_is_said_once(sheet: Any, judged: Judged) -> None:
    assert constraints(judged(sheet.changed("subsidieronde", "6z").data())) == ["unknown-code"]
    coder = sheet.changed("gecodeerd door", "")
    assert constraints(judged(coder.data())) == ["element-coding-coder"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nummer 111222333 van iemand erbij, en verder nog wat tekst", "bsn"),
        ("nummer 111.222.333 van iemand erbij, en verder nog wat tekst", "bsn"),
        ("nummer 111222334 van iemand erbij, en verder nog wat tekst", None),
        ("van 2022-09-01 tot 2023-08-31, en verder nog wat langere tekst", None),
        ("KvK 12345678 en een bedrag van 1.112.223,33 euro in totaal hier", None),
        ("bel 06-12345678 of 06 1234 5678, en verder nog wat langere tekst", "telephone"),
        ("bel (+31) 20 123 4567 of +31 (0)20 1234567 voor een afspraak", "telephone"),
        ("mail naar iemand@voorbeeld.example, en verder nog wat langere tekst", "email"),
        ("vind ons op @voorbeeld, en verder nog wat langere tekst erbij", None),
    ],
)
def test_personal_data_is_found_and_numbers_are_left_alone(
    sheet: Any, judged: Judged, text: str, found: str | None
) -> None:
    said = constraints(judged(sheet.changed("samenvatting", text).data()))
    assert said == (
        [] if found is None else ["bsn" if found == "bsn" else f"project-summary-{found}"]
    )


def test_a_citizen_number_is_not_repeated(sheet: Any, judged: Judged) -> None:
    outcome = judged(sheet.changed("samenvatting", "nummer 111222333 " * 5).data())
    assert "111222333" not in json.dumps(outcome.report.as_json())


def test_an_unknown_mapping_is_refused_with_those_there_are(all_content: Content) -> None:
    for name in ("other", "../projects", "projects.json", ""):
        with pytest.raises(NotFound, match="There are: .*, projects, "):
            judge(all_content, b"", Upload(b"a", "a.csv", name))


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"dc:title": [], "tableSchema": {}}'])
def test_a_broken_mapping_is_a_fault_of_the_content(text: str) -> None:
    content = Content((ContentFile("graph_data/mappings/m.json", text.encode()),))
    with pytest.raises(ContentError, match="not a mapping"):
        judge(content, b"", Upload(b"a", "a.csv", "m"))


def test_where_the_shapes_fail_nothing_is_said_of_the_data(
    all_content: Content, sheet: Any
) -> None:
    broken = ContentFile(
        "shapes/zz.ttl",
        b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        b"<urn:s> a sh:NodeShape ; sh:targetClass <https://w3id.org/mdt-kennisgraaf/def/Project> ;\n"
        b' sh:property [ sh:path <urn:p> ; sh:minCount "x" ] .\n',
    )
    content = Content((*all_content.files, broken))
    outcome = judge(content, b"", Upload(sheet.data(), "a.csv", "projects"))
    assert outcome.readable
    assert (outcome.report.validated, outcome.report.conforms) == (False, None)
    assert constraints(outcome) == ["not-validated"]
    assert not outcome.records


def test_a_shape_that_cannot_be_read_is_a_fault_of_the_content(
    all_content: Content, sheet: Any
) -> None:
    content = Content((*all_content.files, ContentFile("shapes/zz.ttl", b"<urn:a> <urn:b>")))
    with pytest.raises(ContentError, match="not Turtle"):
        judge(content, b"", Upload(sheet.data(), "a.csv", "projects"))


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(rows=st.lists(st.lists(cells, min_size=16, max_size=16), min_size=1, max_size=8))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_rows_give_a_report(sheet: Any, judged: Judged, rows: list[list[str]]) -> None:
    outcome = judged(type(sheet)([sheet.rows[0], *rows]).data())
    assert outcome.readable
    assert outcome.report.validated
    assert len(outcome.report.findings) == sum(outcome.report.counts.values())
