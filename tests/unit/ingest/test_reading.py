"""From bytes to rows: encodings, delimiters, titles."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.ingest.cells import letters
from werkzaam.ingest.columns import match_columns, nearest_titles
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import TableMapping, template
from werkzaam.ingest.reading import read_tables
from werkzaam.ingest.sheet_matching import match_sheets
from werkzaam.ingest.sheets import Sheet

Judged = Callable[..., GateOutcome]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(
    sheet: Any, judged: Judged, sound: GateOutcome, delimiter: str, line: str
) -> None:
    outcome = judged(sheet.data(delimiter=delimiter, line=line))
    assert outcome.report.findings == ()
    assert outcome.facts["delimiter"] == {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]
    assert outcome.records == sound.records


def test_windows_1252_is_read_as_such(sheet: Any, judged: Judged) -> None:
    outcome = judged(sheet.changed("titel", "Café – samen").data(encoding="cp1252"))
    assert outcome.report.file.encoding == "windows-1252"
    assert [finding.constraint for finding in outcome.report.findings] == ["encoding"]
    assert "Café – samen".encode() in next(iter(outcome.records.values()))


def test_a_byte_order_mark_is_no_part_of_the_first_title(
    sheet: Any, judged: Judged, sound: GateOutcome
) -> None:
    quoted = sheet.data().replace(b"identificatie", b'"identificatie"', 1)
    outcome = judged(b"\xef\xbb\xbf" + quoted)
    assert outcome.report.conforms
    assert outcome.records == sound.records


@pytest.mark.parametrize("change", [str.upper, str.title, lambda t: f" {t} ", "\ufeff".__add__])
def test_titles_match_whatever_their_case_and_spaces(
    mapping: TableMapping, change: Callable[[str], str]
) -> None:
    for language in ("nl", "en"):
        titles = [change(column.title(language)) for column in mapping.columns]
        matched = match_columns(titles, mapping)
        assert matched.places == {c.name: n for n, c in enumerate(mapping.columns)}
        assert matched.findings == ()


@pytest.mark.parametrize(
    ("above", "delimiter", "line"),
    [("sep=;\r\n", ";", 2), ("Projecten 2024\r\n\r\n", ",", 3), ("a,b,c\n", "\t", 2)],
)
def test_a_line_above_the_titles_is_the_one_thing_said(
    sheet: Any, judged: Judged, above: str, delimiter: str, line: int
) -> None:
    outcome = judged(above.encode() + sheet.data(delimiter=delimiter))
    [found] = outcome.report.findings
    assert (outcome.readable, found.constraint, found.row) == (False, "line-above-titles", 1)
    assert f"line {line}" in found.message.en


def test_columns_may_stand_in_any_order(sheet: Any, judged: Judged, sound: GateOutcome) -> None:
    turned = type(sheet)([list(reversed(row)) for row in sheet.rows])
    assert judged(turned.data()).records == sound.records


def test_a_template_has_all_columns_and_no_row(mapping: TableMapping) -> None:
    for language in ("nl", "en"):
        reading = read_tables(template(mapping, language), "csv", mapping)
        [table] = reading.tables
        assert len(table.columns.places) == len(mapping.columns)
        assert list(table.records) == []


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_named_as_a_spreadsheet_does(number: int, name: str) -> None:
    assert letters(number) == name


def test_rows_are_counted_as_a_spreadsheet_does(sheet: Any, judged: Judged) -> None:
    broken = sheet.changed(
        "samenvatting", "een\r\ntwee\r\ndrie, en nog iets langer dan veertig tekens"
    )
    broken = broken.with_row("deelnemers", "veel").changed("identificatie", "P 02", 2)
    data = broken.data().replace(b"\r\nP 02", b"\r\n\r\nP 02")
    [finding] = judged(data).report.findings
    assert (finding.constraint, finding.row, finding.column) == ("invalid-number", 4, "I")


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=2000)
def test_any_bytes_are_read_or_refused(mapping: TableMapping, data: bytes) -> None:
    reading = read_tables(data, "csv", mapping)
    assert reading.tables or reading.findings


@given(st.text(alphabet=',;"\t\r\n aP\u00e90', max_size=60))
@settings(max_examples=300, deadline=2000)
def test_any_rows_below_good_titles_are_read_or_refused(mapping: TableMapping, text: str) -> None:
    data = template(mapping, "nl") + text.encode()
    reading = read_tables(data, "csv", mapping)
    assert reading.tables or [f.constraint for f in reading.findings if f.row]


@pytest.mark.parametrize(
    "change",
    ["{} (dd-mm-jjjj)", "{}\n(dd-mm-jjjj)", "{} *", "{}* (verplicht)", "{} [required]:", "{}."],
)
def test_what_helps_to_fill_in_is_no_part_of_a_title(mapping: TableMapping, change: str) -> None:
    titles = [change.format(column.title()) for column in mapping.columns]
    matched = match_columns(titles, mapping)
    assert matched.places == {c.name: n for n, c in enumerate(mapping.columns)}
    assert {f.constraint for f in matched.findings} == {"read-as"}
    assert 'gelezen als "startdatum"' in " ".join(f.message.nl for f in matched.findings)


def found_for(mapping: TableMapping, *titles: str) -> list[tuple[str, str | None]]:
    found = match_columns([*titles, "identificatie", "titel", "ronde"], mapping).findings
    return [(one.constraint, one.value) for one in found]


def test_two_columns_are_not_made_equal(mapping: TableMapping) -> None:
    matched = match_columns(["startdatum *", "startdatum (verplicht)"], mapping)
    assert "startDate" not in matched.places
    matched = match_columns(["startdatum *", "startdatum"], mapping)
    assert matched.places["startDate"] == 1
    assert ("unknown-column", "startdatum *") in [(f.constraint, f.value) for f in matched.findings]


@pytest.mark.parametrize("tail", ["(x 1000)", "(in duizenden)", "(%)", "(schatting)"])
def test_a_tail_that_may_change_the_meaning_is_asked_back(mapping: TableMapping, tail: str) -> None:
    title = f"aangevraagd bedrag {tail}"
    assert found_for(mapping, title) == [("misspelt-column", title)]
    found = match_columns([title, "identificatie", "titel", "ronde"], mapping).findings
    assert f'"{tail}" wordt niet meegelezen.' in found[0].fix.nl
    assert f'"{tail}" is not read.' in found[0].fix.en


@pytest.mark.parametrize("title", ["stad", "land", "deelnemers niet gepland", "MDT-plus 2"])
def test_a_title_of_its_own_is_no_slip(mapping: TableMapping, title: str) -> None:
    assert found_for(mapping, title) == [("unknown-column", title)]


def test_beside_an_unknown_title_stands_the_nearest_that_lacks(mapping: TableMapping) -> None:
    header = ["identificatie", "titel", "ronde", "datum van toekenning"]
    [found] = match_columns(header, mapping).findings
    assert found.constraint == "unknown-column"
    assert 'De kolom "datum verlening" ontbreekt.' in found.fix.nl
    assert 'The column "datum verlening" is not there.' in found.fix.en
    [found] = match_columns(["identificatie", "titel", "ronde", "xyzzy"], mapping).findings
    assert "ontbreekt" not in found.fix.nl


@pytest.mark.parametrize(
    ("title", "name"),
    [
        *[(title, "identifier") for title in ("Projectnr.", "projectnummer", "project no")],
        *[(title, "title") for title in ("Naam project", "projectnaam", "project name")],
        *[(title, "summary") for title in ("omschrijving", "project description")],
        *[(title, "applicant") for title in ("hoofdaanvrager", "main applicant")],
        *[(title, "startDate") for title in ("start", "Start datum", "begindatum", "begin")],
        *[(title, "endDate") for title in ("einde", "eind datum", "end")],
        *[(title, "round") for title in ("Ronde (verplicht)", "MDT-ronde", "round")],
    ],
)
def test_usual_titles_are_known(mapping: TableMapping, title: str, name: str) -> None:
    assert match_columns([title, "x"], mapping).places == {name: 0}


def test_where_no_title_is_known_those_found_are_named(mapping: TableMapping) -> None:
    hint = nearest_titles(["Nummer", "Titels", "jan@voorbeeld.example", ""], mapping)
    assert hint is not None
    assert hint.nl.startswith('Gevonden: "Nummer", "Titels". ')
    assert '"titel" in plaats van "Titels"' in hint.nl
    assert '"titel" in the place of "Titels"' in hint.en
    assert "@" not in hint.nl + hint.en
    assert nearest_titles(["", " "], mapping) is None


def test_a_short_title_is_near_by_one_letter_only(mapping: TableMapping) -> None:
    known = ["identificatie", "titel"]
    found = {one.value: one for one in match_columns([*known, "onder"], mapping).findings}
    assert found["onder"].constraint == "unknown-column"
    found = {one.value: one for one in match_columns([*known, "rond"], mapping).findings}
    assert found["rond"].constraint == "misspelt-column"


def test_titles_with_help_are_found_below_a_heading(mapping: TableMapping) -> None:
    titles = ("identificatie *", "titel (verplicht)", "ronde *")
    sheet = Sheet("Blad1", (("Overzicht",), titles, ("P 01", "Samen eten", "5a")))
    [match] = match_sheets([sheet], mapping).matched
    assert match.titles_row == 2
    text = f"Overzicht\n{';'.join(titles)}\nP 01;Samen eten;5a\n".encode()
    [found] = read_tables(text, "csv", mapping).findings
    assert found.constraint == "line-above-titles"
