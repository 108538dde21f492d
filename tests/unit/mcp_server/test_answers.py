"""Rows as an assistant gets them: typed, with labels, and no more than it can read."""

import pytest

from werkzaam.domain.answers import Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column
from werkzaam.errors import QueryTooLarge
from werkzaam.mcp_server.answers import MOST_CHARACTERS, fitting, plain, sides_of, sources

XSD = "http://www.w3.org/2001/XMLSchema#"
ID = "https://w3id.org/mdt-kennisgraaf/id/"


def literal(value: str, kind: str = "") -> Term:
    return Term("literal", value, XSD + kind if kind else None)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Term("uri", "urn:a"), "urn:a"),
        (literal("x"), "x"),
        (literal("7", "integer"), 7),
        (literal("7.5", "decimal"), 7.5),
        (literal("true", "boolean"), True),
        (literal("0", "boolean"), False),
        (literal("2023-10-04", "date"), "2023-10-04"),
        (literal("many", "integer"), "many"),
        (literal("INF", "double"), "INF"),
        (literal("NaN", "double"), "NaN"),
    ],
)
def test_values_are_typed_as_json_can(term: Term, value: object) -> None:
    found = plain(term)
    assert found == value
    assert type(found) is type(value)


def test_rows_stop_before_they_are_too_much() -> None:
    rows = [{"text": "x" * (MOST_CHARACTERS // 3)}] * 5
    assert fitting(rows) == rows[:2]
    assert fitting([]) == []


def test_a_row_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(QueryTooLarge, match="One row has more than"):
        fitting([{"text": "x" * MOST_CHARACTERS}])


def test_sources_are_documents_with_their_places_once() -> None:
    document = Term("uri", ID + "document/voorbeeld")
    counted = Term("uri", ID + "page-status/inferred")
    rows = [
        {"document": document, "documentTitle": literal("Voorbeeld"), "page": literal("3")},
        {"document": document, "page": literal("3")},
        {"document": document, "page": literal("4"), "pageStatus": counted},
        {"document": document, "section": literal("Begin")},
        {"document": document, "section": literal("Slot"), "page": literal("")},
        {"document": literal(""), "page": literal("9")},
        {"other": literal("x")},
    ]
    assert sources(rows, "en") == [
        {
            "document": "Voorbeeld",
            "iri": document.value,
            "places": ["p. 3", "p. 4 (page number counted)", "“Begin”", "“Slot”"],
        }
    ]


def test_sources_are_told_of_each_side_of_a_row() -> None:
    here, there = Term("uri", ID + "document/here"), Term("uri", ID + "document/there")
    columns = tuple(
        Column(name, Bilingual(name, name), "source")
        for name in ("document", "page", "groundDocument", "groundPage", "groundSection")
    )
    no = Bilingual("", "")
    question = CataloguedQuery("a/b", no, no, no, (), "table", "", (), columns, "", "")
    row = {
        "document": here,
        "page": literal("3"),
        "groundDocument": there,
        "groundDocumentTitle": literal("There"),
        "groundPage": literal(""),
        "groundSection": literal("Slot"),
    }
    sides = sides_of(question)
    assert sides == ("", "ground")
    assert sources([row], "en", sides) == [
        {"document": here.value, "iri": here.value, "places": ["p. 3"]},
        {"document": "There", "iri": there.value, "places": ["“Slot”"]},
    ]
