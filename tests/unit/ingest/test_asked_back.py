"""Dates, numbers and ages that cannot be read: the fix says what is wrong with that very one."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.ingest.test_values import meaning, of

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.mapping_language import Titles
from werkzaam.ingest.values import Exact, Vocabulary


@pytest.mark.parametrize(
    ("datatype", "text", "constraint", "likely"),
    [
        ("date", "31-02-2024", "invalid-date", "maand 2 van 2024 heeft 29 dagen"),
        ("date", "2022-09-31", "invalid-date", "Die dag bestaat niet: maand 9 van 2022 heeft 30"),
        ("date", "31 juni 2023", "invalid-date", "maand 6 van 2023 heeft 30 dagen"),
        ("date", "February 29, 2023", "invalid-date", "heeft 28 dagen"),
        *[
            ("date", text, "invalid-date", "Laat de cel leeg als dit niet bekend is")
            for text in (
                "n.v.t.",
                "nog niet bekend",
                "Onbekend",
                "-",
                "?",
                "PM",
                "not known",
                "n/a",
            )
        ],
        *[
            ("date", text, "invalid-date", "met de dag")
            for text in (
                "2022",
                "2022-09",
                "09-2022",
                "sept 2022",
                "eind 2023",
                "medio september 2022",
                "Q3 2022",
                "ca. 2022",
                "zomer 2022",
                "begin of 2023",
            )
        ],
        *[("integer", text, "invalid-number", "Laat de cel leeg") for text in ("n.v.t.", "ntb")],
        *[("decimal", text, "invalid-decimal", "Laat de cel leeg") for text in ("-", "PM")],
        ("gYear", "onbekend", "invalid-year", "Laat de cel leeg"),
        ("integer", "40-50", "invalid-number", "Dit zijn twee getallen"),
        ("decimal", "40 tot 50", "invalid-decimal", "Dit zijn twee getallen"),
    ],
)
def test_the_fix_is_about_what_stands_there(
    datatype: Any, text: str, constraint: str, likely: str
) -> None:
    found = meaning(datatype, text)
    [fault] = found.findings
    assert found.value is None
    assert (fault.constraint, fault.severity) == (constraint, "violation")
    assert likely in fault.fix.nl


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("27 jaar", "27", "gelezen als 27"),
        ("27\u00a0jr.", "27", "gelezen als 27"),
        ("27 years old", "27", "gelezen als 27"),
        ("16+", None, "Schrijf 16 in de kolom voor de laagste leeftijd (vanaf), zonder +"),
        ("16-27", None, "Schrijf 16 in de kolom voor de laagste leeftijd (vanaf) en 27 in die"),
        ("16 t/m 27 jaar", None, "16 in de kolom voor de laagste"),
        ("16 – 27", None, "16 in de kolom voor de laagste"),
    ],
)
def test_an_age_is_read_with_its_unit_and_two_belong_in_two_columns(
    text: str, value: str | None, words: str
) -> None:
    titles: Titles = {"nl": ("leeftijd vanaf",), "en": ("age from",)}
    ages = replace(of("integer"), titles=titles)
    found = Vocabulary({}).meaning(ages, Cell(2, 3, "x", text))
    [told] = found.findings
    assert (found.value and found.value.value) == value
    assert words in told.message.nl + told.fix.nl
    other = Vocabulary({}).meaning(of("integer"), Cell(2, 3, "x", text))
    assert other.value is None
    assert "leeftijd" not in other.findings[0].fix.nl


def test_three_digits_after_a_dot_are_no_fraction_of_an_amount() -> None:
    euros = replace(of("decimal"), help=Bilingual(nl="In euro's.", en="In euros."))
    [fault] = Vocabulary({}).meaning(euros, Cell(2, 3, "x", "1.234")).findings
    assert fault.fix.nl == "Schrijf 1234, als u dat bedoelt."
    assert fault.fix.en == "Write 1234, if you mean that."


def test_where_a_reason_for_absence_is_read_it_may_stand_there() -> None:
    column_ = replace(of("integer"), may_be_absent=True)
    [fault] = Vocabulary({}).meaning(column_, Cell(2, 3, "x", "nog niet bekend")).findings
    assert fault.fix.nl.endswith('of schrijf "onbekend" of "n.v.t.".')
    assert fault.fix.en.endswith('or write "unknown" or "n/a".')


@pytest.mark.parametrize(
    ("text", "value"),
    [("4e1", "40"), ("1E17", "100000000000000000"), ("2.50e1", "25"), ("1e400", None)],
)
def test_a_number_of_json_with_an_exponent_is_read_exactly(text: str, value: str | None) -> None:
    for datatype in ("integer", "decimal"):
        found = Vocabulary({}).meaning(of(datatype), Cell(text=Exact(text)))
        assert (found.value and found.value.value) == value
        assert bool(found.findings) is (value is None)
    assert Vocabulary({}).meaning(of("integer"), Cell(text=text)).value is None
