"""What a text means by the datatype of its column: read where it can be read in one way, else asked
back with the likely meaning."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ingest.mapping_files import column, read, small

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.iri_templates import template_of, term_part, text_part
from werkzaam.ingest.mapping import DATATYPES, Column
from werkzaam.ingest.number_values import decimal_in, integer_in
from werkzaam.ingest.values import Exact, Meaning, Vocabulary, items

XSD = "http://www.w3.org/2001/XMLSchema#"
KVK = {"base": "string", "format": "[0-9]{8}"}


def of(datatype: Any, **more: Any) -> Column:
    """A column of that datatype."""
    return read(small(column("x", datatype, def_exampleValue="90004711", **more))).column("x")


def meaning(datatype: Any, text: str, **more: Any) -> Meaning:
    return Vocabulary({}).meaning(of(datatype, **more), Cell(2, 3, "x", text))


def read_as(datatype: Any, text: str) -> tuple[str | None, list[str]]:
    found = meaning(datatype, text)
    return found.value.value if found.value else None, [f.constraint for f in found.findings]


@pytest.mark.parametrize(
    ("datatype", "text", "value"),
    [
        ("date", "2024-12-31", "2024-12-31"),
        ("date", " 2024-02-29\u00a0", "2024-02-29"),
        ("decimal", "1234.50", "1234.5"),
        ("decimal", "+7", "7"),
        ("decimal", "-0.0", "0"),
        ("decimal", "0.125", "0.125"),
        ("decimal", "1200000", "1200000"),
        ("integer", "007", "7"),
        ("boolean", "Ja", "true"),
        ("boolean", " no ", "false"),
        ("boolean", "WAAR", "true"),
        ("gYear", "2024", "2024"),
        ("anyURI", " https://example.org/a ", "https://example.org/a"),
        (KVK, "01234567\u00a0", "01234567"),
    ],
)
def test_plain_values_are_taken_in_their_shortest_form(
    datatype: Any, text: str, value: str
) -> None:
    assert read_as(datatype, text) == (value, [])


@pytest.mark.parametrize(
    ("datatype", "text", "value"),
    [
        ("date", "31-12-2024", "2024-12-31"),
        ("date", "31/12/2024", "2024-12-31"),
        ("date", "12/31/2024", "2024-12-31"),
        ("date", "1 maart 2024", "2024-03-01"),
        ("date", "1 mrt. 2024", "2024-03-01"),
        ("date", "March 1, 2024", "2024-03-01"),
        ("date", "2024/3/1", "2024-03-01"),
        ("date", "2024-12-31T00:00:00", "2024-12-31"),
        ("decimal", "0,5", "0.5"),
        ("decimal", "1234,56", "1234.56"),
        ("decimal", "0,125", "0.125"),
        ("decimal", "€ 1200", "1200"),
        ("decimal", "1200,50 euro", "1200.5"),
        (KVK, "1234 5678", "12345678"),
        (KVK, "12.34.56.78", "12345678"),
        ({"base": "string", "format": "GM[0-9]{4}"}, "gm0363", "GM0363"),
    ],
)
def test_what_can_be_read_in_one_way_is_read_and_told(datatype: Any, text: str, value: str) -> None:
    found = meaning(datatype, text)
    [told] = found.findings
    assert found.value is not None
    assert found.value.value == value
    assert (told.constraint, told.severity) == ("read-as", "info")
    assert value in told.message.nl
    assert value in told.message.en


@pytest.mark.parametrize(
    ("datatype", "text", "constraint", "likely"),
    [
        ("date", "01-02-2024", "invalid-date", "2024-02-01"),
        ("date", "06-06-2024", "invalid-date", "2024-06-06"),
        ("date", "30-2-2024", "invalid-date", ""),
        ("date", "31-12-24", "invalid-date", "vier cijfers"),
        ("date", "1 maart '24", "invalid-date", "vier cijfers"),
        ("date", "45292", "invalid-date", "2024-01-01"),
        ("date", "2024-12-31 13:30:00", "invalid-date", "2024-12-31"),
        ("date", "2024-13-01", "invalid-date", "Maand 13 bestaat niet"),
        ("date", "1 foo 2024", "invalid-date", ""),
        ("date", "binnenkort", "invalid-date", ""),
        ("decimal", "1.234,56", "invalid-decimal", "1234.56"),
        ("decimal", "1,234.56", "invalid-decimal", "1234.56"),
        ("decimal", "€ 1.200", "invalid-decimal", "1200"),
        ("decimal", "€ 1.200,-", "invalid-decimal", "1200"),
        ("decimal", "1.234", "invalid-decimal", "1.2340"),
        ("decimal", "1,234", "invalid-decimal", "1.2340"),
        ("decimal", "125.000", "invalid-decimal", "Schrijf 125000, als u dat bedoelt."),
        ("decimal", "€ 1.250", "invalid-decimal", "Schrijf 1250, als u dat bedoelt."),
        ("decimal", "1 234,5", "invalid-decimal", "1234.5"),
        ("decimal", "1.234.567", "invalid-decimal", "1234567"),
        ("decimal", "21%", "percentage", "Reken uit hoeveel"),
        ("decimal", "12,5 procent", "percentage", ""),
        ("decimal", "-3.5\u00a0%", "percentage", ""),
        ("decimal", "5% van 200", "invalid-decimal", ""),
        ("integer", "21 %", "percentage", ""),
        ("decimal", "1e3", "invalid-decimal", ""),
        ("integer", "€ 1200", "invalid-number", "1200"),
        ("integer", "1\u00a0200", "invalid-number", "1200"),
        ("integer", "1.200.300", "invalid-number", "1200300"),
        ("integer", "40.5", "invalid-number", ""),
        ("boolean", "misschien", "invalid-boolean", "ja of nee"),
        ("gYear", "24", "invalid-year", ""),
        ("gYear", "2024-12-31", "invalid-year", "2024"),
        ("gYear", "31-12-2024", "invalid-year", "2024"),
        ("gYear", "1066", "invalid-year", ""),
        ("anyURI", "www.example.org", "invalid-address", "https://www.example.org"),
        ("anyURI", "een adres", "invalid-address", ""),
        ("anyURI", "mailto:a", "invalid-address", ""),
        (KVK, "1234567", "dropped-zero", "01234567"),
        (KVK, "123456", "wrong-form", "90004711"),
        (KVK, "geen", "wrong-form", "90004711"),
        ({"base": "integer", "minimum": 0}, "-1", "too-low", ""),
        ({"base": "decimal", "maximum": 2.5}, "3", "too-high", ""),
        ({"base": "date", "minimum": "2018-01-01"}, "2017-12-31", "too-low", ""),
        ({"base": "gYear", "maximum": 2032}, "2040", "too-high", ""),
        ({"base": "string", "minLength": 3}, " ab ", "too-short-text", ""),
        ({"base": "string", "maxLength": 3}, "abcd", "too-long-text", ""),
        ("string", "\u200b", "invisible-text", ""),
    ],
)
def test_what_cannot_is_refused_with_the_likely_meaning(
    datatype: Any, text: str, constraint: str, likely: str
) -> None:
    found = meaning(datatype, text)
    [fault] = found.findings
    assert found.value is None
    assert (fault.constraint, fault.severity) == (constraint, "violation")
    assert likely in fault.fix.nl
    assert "{" not in fault.message.nl + fault.message.en + fault.fix.nl + fault.fix.en


@pytest.mark.parametrize(
    ("datatype", "told", "nl", "en"),
    [
        ("decimal", "In euro's, alleen cijfers.", "een bedrag in euro's", "an amount in euros"),
        ("decimal", "Uren per week.", "een getal", "a number"),
        ("integer", "Het aantal, niet in euro's.", "een geheel getal", "a whole number"),
    ],
)
def test_under_a_percentage_stands_what_the_column_is_for(
    datatype: str, told: str, nl: str, en: str
) -> None:
    words = Bilingual(nl=told, en="How much.")
    one = replace(of(datatype), help=words)
    [fault] = Vocabulary({}).meaning(one, Cell(2, 3, "x", "25%")).findings
    assert fault.message.nl == f'"25%" is een percentage. Hier hoort {nl}.'
    assert fault.message.en == f'"25%" is a percentage. What belongs here is {en}.'
    assert fault.fix.nl.endswith(f" {told}")
    assert fault.fix.en.endswith(" How much.")


def test_a_bound_itself_is_allowed() -> None:
    assert read_as({"base": "integer", "minimum": 0, "maximum": 5}, "0") == ("0", [])
    assert read_as({"base": "integer", "minimum": 0, "maximum": 5}, "5") == ("5", [])


def test_a_number_cell_is_taken_at_its_word() -> None:
    assert read_as("decimal", Exact("1.234")) == ("1.234", [])
    padded = meaning(KVK, Exact("1234567"))
    assert padded.value == ox.Literal("01234567")
    assert [(f.constraint, f.severity) for f in padded.findings] == [("leading-zero", "warning")]
    assert "01234567" in padded.findings[0].message.nl


def test_a_list_is_cut_unless_the_file_says_that_it_is_one_value() -> None:
    listed = of("string", separator=";")
    assert [c.text for c in items(listed, Cell(text="a; b;;c "))] == ["a", "b", "c"]
    [whole] = items(listed, Cell(text=Exact("1.5")))
    assert isinstance(whole.text, Exact)


def test_a_text_with_a_language_keeps_it_and_has_plain_spaces() -> None:
    for text in (" a  b ", "a\u00a0b", "a\u200b b\ufeff", "\u2003a \u00a0 b"):
        assert meaning("string", text, lang="nl").value == ox.Literal("a b", language="nl")
    assert meaning("string", "a  b\n  c ").value == ox.Literal("a  b\n  c")


@pytest.mark.parametrize("text", ["599", "0599", "gm0599", "GM 0599", "GM599", "gm-599"])
def test_a_number_whose_letters_and_zeros_can_only_be_those_is_read_and_told(text: str) -> None:
    for cell in (text, Exact(text)):
        read = meaning({"base": "string", "format": "GM[0-9]{4}"}, cell)
        assert read.value == ox.Literal("GM0599")
        assert [f.constraint for f in read.findings] == ["read-as"]


@pytest.mark.parametrize("text", ["59912", "GM", "G599", "5 9x"])
def test_a_number_that_could_be_another_is_not_completed(text: str) -> None:
    read = meaning({"base": "string", "format": "GM[0-9]{4}"}, text)
    assert [f.constraint for f in read.findings] == ["wrong-form"]


@given(st.sampled_from(DATATYPES), st.text(max_size=40))
def test_any_text_is_read_or_refused(datatype: str, text: str) -> None:
    found = meaning(datatype, text)
    assert (found.value is None) == any(f.severity == "violation" for f in found.findings)


@given(st.text("0123456789.,-+ €", max_size=30), st.booleans())
def test_a_number_that_is_taken_is_the_one_that_is_written(text: str, exact: bool) -> None:
    found = decimal_in(text, exact)
    if found is not None:
        digits = [c for c in text if c.isdigit() or c in ".,"]
        plain = "".join(digits).replace(",", ".").rstrip(".")
        sign = -1 if "-" in text.rstrip("-") else 1
        assert Decimal(found[0]) == sign * Decimal(plain)
        assert decimal_in(found[0], exact=True) == (found[0], True)


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_whole_number_comes_through(number: int) -> None:
    assert integer_in(str(number)) == str(number)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_a_date_never_becomes_another(day: datetime.date) -> None:
    assert read_as("date", day.isoformat()) == (day.isoformat(), [])
    dutch = f"{day.day}-{day.month:02}-{day.year}"
    value, found = read_as("date", dutch)
    assert value == (day.isoformat() if day.day > 12 else None), found


@given(st.text(min_size=1, max_size=150))
def test_a_part_of_an_address_is_safe_and_always_the_same(text: str) -> None:
    made = text_part(text)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(made) <= 113
    assert text_part(text) == made == term_part(ox.Literal(text))


def test_what_letters_cannot_tell_a_digest_does() -> None:
    assert text_part("Stichting ’t Huis & Co!") == "stichting-t-huis-co"
    assert text_part("Дом") != text_part("Сад")
    assert text_part("Huis Дом") != text_part("Huis Сад")
    assert text_part("a" * 200) != text_part("a" * 201)
    assert term_part(ox.NamedNode("https://example.org/id/goal/welbevinden")) == "welbevinden"


def test_a_template_with_nothing_to_put_in_it_is_nothing() -> None:
    template = template_of("{record}/x/{item}")
    assert template.variables == ("record", "item")
    assert template.filled({"record": "r", "item": "i"}.get) == "r/x/i"
    assert template.filled({"record": "r"}.get) is None
