"""What may be entered in a column of a template, in the words and the rules of a spreadsheet program."""

import datetime
from typing import Final, Literal

from openpyxl.worksheet.datavalidation import DataValidation

from werkzaam.domain.queries import Language
from werkzaam.ingest.mapping import Column
from werkzaam.messages import say

_TITLE_CHARACTERS: Final = 32
_TEXT_CHARACTERS: Final = 255
_DAY_NOUGHT: Final = datetime.date(1899, 12, 30)
_KINDS: Final[dict[str, Literal["date", "whole", "decimal"]]] = {
    "date": "date",
    "integer": "whole",
    "gYear": "whole",
    "decimal": "decimal",
}
_BOUNDS: Final = {
    "date": ("1990-01-01", "2100-12-31"),
    "integer": ("0", "1000000000"),
    "gYear": ("1900", "2100"),
    "decimal": ("-1000000000000", "1000000000000"),
}
_FORMATS: Final = {"date": "yyyy-mm-dd", "integer": "0", "gYear": "0", "decimal": "#,##0.00"}


def number_format(column: Column) -> str:
    """How cells of ``column`` are shown; text stays text, so that a nought at the beginning lives."""
    return "@" if column.separator else _FORMATS.get(column.datatype, "@")


def how_to_write(column: Column, language: Language) -> str:
    """What goes into ``column``, by its own help, else by its kind of value; and what it must meet."""
    words = [column.help.in_(language) if column.help else _form(column, language)]
    if column.choices and column.separator:
        words.append(say("The help sheet has the list.", language))
    limits = column.limits
    if limits.minimum is not None:
        words.append(say("At least {least}.", language, least=limits.minimum))
    if limits.maximum is not None:
        words.append(say("At most {most}.", language, most=limits.maximum))
    if column.required:
        words.append(say("Must be filled in.", language))
    return " ".join(words)


def rule_of(column: Column, list_place: str | None, language: Language) -> DataValidation:
    """What ``column`` takes, told when a cell is chosen and when something else is entered.

    ``list_place``: where the values stand of which one is chosen. Other words for a value are
    understood by the gate as well, so that a rule warns and never stops.
    """
    how = how_to_write(column, language)
    rule = DataValidation(
        allow_blank=True,
        showInputMessage=True,
        promptTitle=_cut(column.title(language), _TITLE_CHARACTERS),
        prompt=_cut(how, _TEXT_CHARACTERS),
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=_cut(column.title(language), _TITLE_CHARACTERS),
        error=_cut(_form(column, language), _TEXT_CHARACTERS),
    )
    if list_place:
        rule.type, rule.formula1 = "list", list_place
    elif column.datatype in _KINDS and not column.separator:
        rule.type, rule.operator = _KINDS[column.datatype], "between"
        rule.formula1, rule.formula2 = _bounds(column)
    return rule


def _form(column: Column, language: Language) -> str:
    several = column.separator is not None
    if column.choices and several:
        return say("One or more from the list, with ; between them.", language)
    if column.choices:
        return say("Choose one from the list.", language)
    forms = {
        "date": say("A date: year-month-day, such as 2024-09-30.", language),
        "integer": say("A whole number in digits, such as 120.", language),
        "decimal": say("A number in digits, such as an amount in euros.", language),
        "gYear": say("A year in four digits, such as 2024.", language),
        "boolean": say("yes or no", language),
    }
    one = forms.get(column.datatype, say("Text.", language))
    return f"{one} {say('More than one with ; between them.', language)}" if several else one


def _bounds(column: Column) -> tuple[str, str]:
    given = (column.limits.minimum, column.limits.maximum)
    usual = _BOUNDS[column.datatype]
    least, most = (str(usual[n] if given[n] is None else given[n]) for n in (0, 1))
    if column.datatype == "date":
        return _day_number(least), _day_number(most)
    return least, most


def _day_number(text: str) -> str:
    """A day as a spreadsheet counts it."""
    return str((datetime.date.fromisoformat(text) - _DAY_NOUGHT).days)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
