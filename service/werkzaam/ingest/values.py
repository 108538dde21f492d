"""The text of a cell as RDF terms, or the fault that keeps it from being one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.characters import is_visible
from werkzaam.domain.identifiers import is_absolute_iri
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.code_values import value_of_list
from werkzaam.ingest.codes import CodeList
from werkzaam.ingest.date_values import date_in, likely_date, likely_year, year_in
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import Column, ValueLimits
from werkzaam.ingest.number_values import (
    age_in,
    decimal_in,
    expected_number,
    integer_in,
    is_percentage,
    likely_age,
    likely_decimal,
    likely_number,
    plain_number,
)
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.text_values import has_form, in_form, tidied, with_zero
from werkzaam.ingest.words import folded, says_nothing

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_BOOLEANS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1"), "true"),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), "false"),
}


_AGE: Final = re.compile(r"leeftijd|\bage\b", re.IGNORECASE)


class Exact(str):
    """A text whose value the file itself says: of a number cell, or of a number in JSON. So 1.234 is
    no Dutch 1234, and a zero may have been dropped before it."""

    __slots__ = ()


@dataclass(frozen=True)
class Meaning:
    """What a text means: a term, or nothing. Findings say why nothing, or how it was read."""

    value: ox.NamedNode | ox.Literal | None
    findings: tuple[CellFinding, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The lists of values that cells refer to, by column name. ``demo``: whether examples are taken
    in and nothing else; None where either may come in."""

    lists: Mapping[str, CodeList]
    demo: bool | None = None

    def meaning(self, column: Column, cell: Cell, whole: str | None = None) -> Meaning:
        """What the text of ``cell`` means in ``column``. ``whole``: the text of the whole cell, where
        ``cell`` is one item of it."""
        if not is_visible(cell.text or ""):
            return Meaning(None, (finding("invisible-text", cell),))
        if column.choices:
            value = value_of_list(column, self.lists[column.name], cell, whole, self.demo)
            return Meaning(None, (value,)) if isinstance(value, CellFinding) else Meaning(value)
        return _READERS[column.datatype](column, cell)


def items(column: Column, cell: Cell) -> Iterator[Cell]:
    """The items of a list, without the spaces around them; a single text exactly as it stands."""
    text = cell.text or ""
    if not text.strip():
        return
    if column.separator is None or isinstance(text, Exact):
        yield cell
        return
    for part in text.split(column.separator):
        if part.strip():
            yield cell.item(part.strip())


def _text(column: Column, cell: Cell) -> Meaning:
    text, limits = cell.text or "", column.limits
    if limits.format is None:
        return _long_enough(column, cell) or Meaning(_literal(column, text))
    bare = text.strip()
    if has_form(bare, limits.format):
        return Meaning(_literal(column, bare))
    other = in_form(bare, limits.format)
    if other is not None:
        return _read_as(_literal(column, other), cell, other)
    padded = with_zero(bare, limits.format)
    if padded is None:
        example = column.example or Bilingual(nl="", en="")
        return _fault("wrong-form", cell, exampleNl=example.nl, exampleEn=example.en)
    if isinstance(text, Exact):
        told = finding("leading-zero", cell, meant=padded)
        return Meaning(_literal(column, padded), (told,))
    return _fault("dropped-zero", cell, meant=padded)


def _literal(column: Column, text: str) -> ox.Literal:
    return ox.Literal(tidied(str(text)), language=column.language)


def _long_enough(column: Column, cell: Cell) -> Meaning | None:
    limits, count = column.limits, len((cell.text or "").strip())
    if limits.shortest is not None and count < limits.shortest:
        return _fault("too-short-text", cell, count=count, least=limits.shortest)
    if limits.longest is not None and count > limits.longest:
        return _fault("too-long-text", cell, count=count, most=limits.longest)
    return None


def _date(column: Column, cell: Cell) -> Meaning:
    text = (cell.text or "").strip()
    date = date_in(text)
    if date is None:
        fix = _left_empty(column, text) or likely_date(text)
        return Meaning(None, (finding("invalid-date", cell, fix),))
    outside = _outside(date, column.limits, cell)
    if outside:
        return Meaning(None, (outside,))
    value = _typed(date, "date")
    return Meaning(value) if date == text else _read_as(value, cell, date)


def _year(column: Column, cell: Cell) -> Meaning:
    text = (cell.text or "").strip()
    year = year_in(text)
    if year is None:
        fix = _left_empty(column, text) or likely_year(text)
        return Meaning(None, (finding("invalid-year", cell, fix),))
    return _number(column, cell, year, "gYear")


def _integer(column: Column, cell: Cell) -> Meaning:
    text = _plain(cell)
    number = integer_in(text)
    if number is not None:
        return _number(column, cell, number, "integer")
    ages = _is_of_ages(column)
    age = age_in(text) if ages else None
    if age is not None:
        read = _number(column, cell, age, "integer")
        return read if read.value is None else _read_as(read.value, cell, age)
    fix = _left_empty(column, text) or (likely_age(text) if ages else None) or likely_number(text)
    fault = _percentage(column, cell)
    return fault or Meaning(None, (finding("invalid-number", cell, fix),))


def _decimal(column: Column, cell: Cell) -> Meaning:
    text = _plain(cell)
    found = decimal_in(text, isinstance(cell.text, Exact))
    if found is None:
        help_ = column.help or Bilingual(nl="", en="")
        fix = _left_empty(column, text) or likely_decimal(text, help_)
        fault = _percentage(column, cell)
        return fault or Meaning(None, (finding("invalid-decimal", cell, fix),))
    number, plain = found
    read = _number(column, cell, number, "decimal")
    return read if plain or read.value is None else _read_as(read.value, cell, number)


def _plain(cell: Cell) -> str:
    """The text of a number, without the exponent that JSON may give it."""
    text = (cell.text or "").strip()
    return plain_number(text) if isinstance(cell.text, Exact) else text


def _is_of_ages(column: Column) -> bool:
    return any(_AGE.search(title) for titles in column.titles.values() for title in titles)


def _left_empty(column: Column, text: str) -> Bilingual | None:
    """What to do where ``text`` says that the value is not known: words are no date and no number."""
    if not says_nothing(text):
        return None
    reason = column.may_be_absent
    return Bilingual(
        nl="Laat de cel leeg als dit niet bekend is of niet van toepassing is"
        + (', of schrijf "onbekend" of "n.v.t.".' if reason else "."),
        en="Leave the cell empty if this is not known or does not apply"
        + (', or write "unknown" or "n/a".' if reason else "."),
    )


def _percentage(column: Column, cell: Cell) -> Meaning | None:
    """That a percentage stands where a number belongs, and what the column is for."""
    if not is_percentage(cell.text or ""):
        return None
    help_ = column.help or Bilingual(nl="", en="")
    expected = expected_number(column.datatype, help_)
    return _fault(
        "percentage",
        cell,
        expectedNl=expected.nl,
        expectedEn=expected.en,
        helpNl=f" {help_.nl}".rstrip(),
        helpEn=f" {help_.en}".rstrip(),
    )


def _number(column: Column, cell: Cell, number: str, kind: str) -> Meaning:
    outside = _outside(Decimal(number), column.limits, cell)
    return Meaning(None, (outside,)) if outside else Meaning(_typed(number, kind))


def _outside(value: Decimal | str, limits: ValueLimits, cell: Cell) -> CellFinding | None:
    """What is wrong with a value beyond what is allowed; ISO dates compare as their texts."""
    if _is_less(value, limits.minimum):
        return finding("too-low", cell, least=str(limits.minimum))
    if _is_less(limits.maximum, value):
        return finding("too-high", cell, most=str(limits.maximum))
    return None


def _is_less(one: Decimal | str | None, other: Decimal | str | None) -> bool:
    if isinstance(one, str):
        return isinstance(other, str) and one < other
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one < other


def _boolean(_: Column, cell: Cell) -> Meaning:
    found = _BOOLEANS.get(folded(cell.text or ""))
    return Meaning(_typed(found, "boolean")) if found else _fault("invalid-boolean", cell)


def _address(_: Column, cell: Cell) -> Meaning:
    text = (cell.text or "").strip()
    if text.startswith(("https://", "http://")) and is_absolute_iri(text):
        return Meaning(ox.NamedNode(text))
    if text.lower().startswith("www.") and is_absolute_iri(f"https://{text}"):
        whole = f"https://{text}"
        words = Bilingual(
            nl=f"Schrijf {whole}, als u dat bedoelt.", en=f"Write {whole}, if you mean that."
        )
        return Meaning(None, (finding("invalid-address", cell, words),))
    return _fault("invalid-address", cell)


def _read_as(value: ox.NamedNode | ox.Literal, cell: Cell, meant: str) -> Meaning:
    return Meaning(value, (finding("read-as", cell, meant=meant),))


def _fault(name: str, cell: Cell, **values: object) -> Meaning:
    return Meaning(None, (finding(name, cell, **values),))


def _typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=_DATATYPES[kind])


_DATATYPES: Final = {
    name: ox.NamedNode(_XSD + name) for name in ("date", "integer", "decimal", "boolean", "gYear")
}
_READERS: Final[Mapping[str, Callable[[Column, Cell], Meaning]]] = {
    "string": _text,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "anyURI": _address,
    "boolean": _boolean,
    "gYear": _year,
}
