"""The workbook to fill in: what a column takes is shown in it, and nothing in it is data yet."""

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import NotFound
from werkzaam.ingest.mapping import TableMapping, mapping_names, read_mapping
from werkzaam.ingest.template_about import AboutTemplate
from werkzaam.ingest.template_workbook import template_workbook
from werkzaam.ingest.words import folded

ABOUT = AboutTemplate("1.2.3", 7)
DEF = "https://w3id.org/mdt-kennisgraaf/def/"


def made(content: Content, language: Language = "nl", demo: bool = False) -> Any:
    data = template_workbook(content, "projects", language, ABOUT, demo)
    return openpyxl.load_workbook(io.BytesIO(data))


def rules(sheet: Any) -> dict[str, DataValidation]:
    """What each column takes, by its letter."""
    found = sheet.data_validations.dataValidation
    return {str(rule.sqref).partition("2")[0]: rule for rule in found}


def letter(sheet: Any, title: str) -> str:
    [cell] = [cell for cell in sheet[1] if cell.value == title]
    return str(cell.column_letter)


def listed(book: Any, rule: DataValidation) -> list[str]:
    """The values that a drop-down list offers."""
    name, _, area = str(rule.formula1).replace("'", "").partition("!")
    sheet = book[name]
    assert sheet.sheet_state == "hidden"
    cells = sheet[area.replace("$", "")]
    return [row[0].value for row in cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_has_the_titles_alone_and_keeps_them_in_view(
    all_content: Content, mapping: TableMapping, language: Language
) -> None:
    sheet = made(all_content, language).worksheets[0]
    assert sheet.title == mapping.title.in_(language)
    assert [cell.value for cell in sheet[1]] == [c.title(language) for c in mapping.columns]
    assert (sheet.max_row, sheet.freeze_panes) == (1, "B2")
    assert all(cell.font.bold for cell in sheet[1])
    fills = {
        c.required: cell.fill.fgColor.rgb for c, cell in zip(mapping.columns, sheet[1], strict=True)
    }
    assert fills[True] != fills[False]


def test_a_column_keeps_its_kind_of_value(all_content: Content) -> None:
    sheet = made(all_content).worksheets[0]
    formats = {
        title: sheet.column_dimensions[letter(sheet, title)].number_format
        for title in ("identificatie", "penvoerder", "startdatum", "deelnemers")
    }
    assert formats == {
        "identificatie": "@", "penvoerder": "@", "startdatum": "yyyy-mm-dd", "deelnemers": "0",
    }  # fmt: skip


def test_what_a_column_takes_is_shown_and_checked(all_content: Content) -> None:
    book = made(all_content)
    sheet = book.worksheets[0]
    found = rules(sheet)
    assert len(found) == len(sheet[1])
    one = found[letter(sheet, "subsidieronde")]
    assert one.type == "list"
    assert {"4b", "5a"} <= set(listed(book, one))
    assert "VOORBEELD" not in listed(book, one)
    several = found[letter(sheet, "werkzame elementen: wel")]
    assert several.type is None
    assert "De lijst staat op het blad met uitleg." in str(several.prompt)
    assert several.error == "Eén of meer uit de lijst, met ; ertussen."
    date, number = found[letter(sheet, "startdatum")], found[letter(sheet, "deelnemers")]
    assert (date.type, date.formula1, date.formula2) == ("date", "32874", "73415")
    assert (number.type, number.formula1, number.formula2) == ("whole", "0", "1000000000")
    for rule in found.values():
        assert rule.showInputMessage
        assert (rule.showErrorMessage, rule.errorStyle) == (True, "warning")
        assert 0 < len(rule.promptTitle or "") <= 32
        assert 0 < len(rule.prompt or "") <= 255
        assert 0 < len(rule.error or "") <= 255


def test_lists_are_in_the_language_and_for_the_instance(all_content: Content) -> None:
    book = made(all_content, "en", demo=True)
    sheet = book.worksheets[0]
    assert listed(book, rules(sheet)[letter(sheet, "subsidy round")]) == ["EXAMPLE"]
    assert "analyst" in listed(book, rules(sheet)[letter(sheet, "coded by")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_says_of_every_column_what_it_takes(
    all_content: Content, mapping: TableMapping, language: Language
) -> None:
    sheet = made(all_content, language).worksheets[-3]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    titles = [column.title(language) for column in mapping.columns]
    assert list(rows)[: len(titles)] == titles
    addressed = rows[mapping.column("addressed").title(language)]
    assert "Houvast" in addressed[-1] or "hold" in addressed[-1].lower()
    required = {name: row[1] for name, row in rows.items()}
    assert required[mapping.identifier.title(language)] == {"nl": "ja", "en": "yes"}[language]


def test_the_file_says_what_it_is(all_content: Content) -> None:
    sheet = made(all_content).worksheets[-2]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert sheet.title == "Over dit bestand"
    assert told["Gemaakt door"] == "Werkzaam 1.2.3"
    assert told["Lijsten volgens versie"] == "7"
    assert "Organisatie die dit aanlevert" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_sheet_can_be_taken_for_data(all_content: Content, language: Language) -> None:
    """A sheet is known by two titles of columns in a row."""
    for name in mapping_names(all_content):
        titles = read_mapping(all_content, name).by_title
        data = template_workbook(all_content, name, language, ABOUT, False)
        for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets[-3:]:
            for row in sheet.iter_rows(values_only=True):
                assert sum(folded(str(value)) in titles for value in row if value) < 2, sheet.title


def test_a_repeat_group_has_a_sheet_of_its_own(all_content: Content) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(template_workbook(with_partners(all_content), "projects", "nl", ABOUT, False))
    )
    assert book.sheetnames[:2] == ["Projecten", "Partners"]
    sheet = book["Partners"]
    assert [cell.value for cell in sheet[1]] == ["project", "naam", "bijdrage", "lokaal"]
    found = rules(sheet)
    assert (found["C"].type, found["C"].formula1, found["C"].formula2) == ("decimal", "1", "9.5")
    assert sheet.column_dimensions["C"].number_format == "#,##0.00"
    assert listed(book, found["D"]) == ["ja", "nee"]
    assert found["D"].prompt == "ja of nee"
    told = list(book["Uitleg"].iter_rows(values_only=True))
    start = next(n for n, row in enumerate(told) if row[0] == "Blad: Partners")
    assert told[start + 3][:4] == (
        "bijdrage",
        "nee",
        "Het deel dat de partner betaalt. Minstens 1. Hoogstens 9.5.",
        "2.5",
    )


def column(name: str, datatype: Any, **more: Any) -> dict[str, Any]:
    """A column of a mapping."""
    titles = {"nl": [name], "en": [f"{name} en"]}
    about = {"name": name, "titles": titles, "propertyUrl": DEF + name, "datatype": datatype}
    return {**about, **more}


def with_partners(content: Content) -> Content:
    """``content`` with a sheet of partners beside that of projects."""
    path = "graph_data/mappings/projects.json"
    [file] = [file for file in content.files if file.path == path]
    data = json.loads(file.data)
    main = data["tables"][0]

    paid = column(
        "bijdrage",
        {"base": "decimal", "minimum": 1, "maximum": 9.5},
        **{
            "dc:description": [
                {"@language": "nl", "@value": "Het deel dat de partner betaalt."},
                {"@language": "en", "@value": "The part that the partner pays."},
            ],
            DEF + "exampleValue": "2.5",
        },
    )
    required = [column(name, "string", required=True) for name in ("project", "naam")]
    group = {
        "url": "partners.csv",
        DEF + "sheetTitles": {"nl": ["Partners"], "en": ["Partners en"]},
        "tableSchema": {
            "aboutUrl": "{record}/partner/{naam}",
            DEF + "recordClass": {"@id": DEF + "Partner"},
            DEF + "linkProperty": {"@id": DEF + "hasPartner"},
            "foreignKeys": [
                {
                    "columnReference": "project",
                    "reference": {"resource": main["url"], "columnReference": "identifier"},
                }
            ],
            "columns": [*required, paid, column("lokaal", "boolean")],
        },
    }
    changed = ContentFile(path, json.dumps({**data, "tables": [main, group]}).encode())
    return Content(tuple(changed if one.path == path else one for one in content.files))


def test_the_same_template_is_the_same_bytes_and_names_nobody(all_content: Content) -> None:
    first = template_workbook(all_content, "projects", "nl", ABOUT, False)
    template_workbook.cache_clear()
    assert template_workbook(all_content, "projects", "nl", ABOUT, False) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>Werkzaam</dc:creator>" in told
    assert "2026-01-01T00:00:00Z" in told


def test_a_template_of_an_unknown_mapping_is_refused(all_content: Content) -> None:
    with pytest.raises(NotFound):
        template_workbook(all_content, "nothing", "nl", ABOUT, False)
