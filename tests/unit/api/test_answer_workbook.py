"""An answer as a workbook: typed cells from typed terms, and a clear refusal of one that is too large."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from werkzaam.api.answer_limits import limits_of
from werkzaam.api.answer_workbook import MOST_CELLS, answer_workbook
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.domain.answers import Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column, Parameter
from werkzaam.domain.versions import Version
from werkzaam.errors import BadRequest

XSD = "http://www.w3.org/2001/XMLSchema#"
WORDS = Bilingual("Naam", "Name")
LINKS = Links("https://example.org/here")
QUERY = CataloguedQuery(
    "a/b", WORDS, Bilingual("Wat?", "What?"), WORDS, (), "table", "0.1.0",
    (Parameter("year", "integer", Bilingual("Jaar", "Year")), Parameter("lang", "language", WORDS)),
    (Column("x", WORDS, "measure"),), "SELECT", "p",
)  # fmt: skip


def written(table: Table, **keys: Any) -> Any:
    given = keys.pop("given", {})
    limits = limits_of(Answered(QUERY, given, "", table, Version(3, "d")), **keys)
    catalogue = Catalogue([QUERY], None)  # type: ignore[arg-type]
    data = answer_workbook(limits, catalogue, LINKS, "nl", demo=False)
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize(
    ("value", "datatype", "kind", "read"),
    [
        ("12", "integer", "n", 12),
        ("-3", "nonPositiveInteger", "n", -3),
        ("1.50", "decimal", "n", 1.5),
        ("1e3", "double", "n", 1000),
        ("2023-10-04", "date", "d", datetime(2023, 10, 4)),
        ("true", "boolean", "b", True),
        ("0", "boolean", "b", False),
        ("2023-10-04T10:00:00Z", "dateTime", "s", "2023-10-04T10:00:00+00:00"),
        ("12 ", "string", "s", "12 "),
        ("twelve", "integer", "s", "twelve"),
        ("NaN", "double", "s", "NaN"),
        ("2023", "gYear", "s", "2023"),
        ("=1+1", "string", "s", "=1+1"),
    ],
)
def test_a_term_is_a_cell_of_its_kind(value: str, datatype: str, kind: str, read: Any) -> None:
    sheet = written(Table(("x",), ({"x": Term("literal", value, XSD + datatype)},))).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].data_type, sheet["A2"].value) == ("Naam", kind, read)


def test_an_iri_of_ours_leads_here_and_one_that_is_no_address_nowhere() -> None:
    ours = "https://w3id.org/mdt-kennisgraaf/id/goal/welbevinden"
    iris = [ours, "https://other.example/x", "javascript:alert(1)", "urn:x"]
    sheet = written(Table(("x",), tuple({"x": Term("uri", iri)} for iri in iris))).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == iris
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [
        "https://example.org/here/id/goal/welbevinden", "https://other.example/x", None, None,
    ]  # fmt: skip


def test_the_second_sheet_says_what_it_is() -> None:
    table = Table(("x",), ({},), truncated=True, limit=1, after=1, whole=4)
    book = written(table, given={"year": "2023"}, date="2026-01-02T03:04:05.000006Z")
    said = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert said["Vraag"] == "Wat?"
    assert (said["Jaar"], said["Datasetversie"]) == ("2023", 3)
    assert said["Versie gemaakt op"] == datetime(2026, 1, 2, 3, 4, 5)
    assert (said["Licentie"], said["Rechten"][:32]) == (
        "CC BY 4.0",
        "Voor onze eigen woorden en model",
    )
    assert said["Wat volgt, is geteld in"] == "de rijen hier, niet het hele antwoord"
    assert (said["Rijen hier"], said["Rijen van het hele antwoord"]) == (1, 4)
    assert said["Weggelaten na deze (limit=1)"] == 2
    assert said["Lege cellen: Naam"] == 1
    assert "Project data" not in said


def test_too_many_cells_are_refused_with_what_to_do() -> None:
    wide = Table(("x", "y"), ({},) * (MOST_CELLS // 2 + 1))
    with pytest.raises(BadRequest) as refused:
        written(wide)
    assert f"limit={MOST_CELLS // 2}" in str(refused.value)
