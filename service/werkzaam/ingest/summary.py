"""What a file is about, in one sentence: a sender sees whether it is the right one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox
from babel.dates import format_date
from babel.numbers import format_currency

from werkzaam.domain.identifiers import term
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.words import folded
from werkzaam.messages import say, say_number

_ORGANISATIONS: Final = {term("applicantAsStated"), term("organisationNameAsStated")}
_PERIODS: Final = {term(name) for name in ("startDate", "endDate", "periodStart", "periodEnd")}
_NEAREST: Final = re.compile(r'(?:Bedoelt u|Do you mean) "([^"]+)"\?')


@dataclass(frozen=True)
class UnmatchedTerm:
    """A value that is in no list: in which column, how often, and what it is nearest to, if anything."""

    column: str
    value: str
    times: int
    nearest: str


def summary_of(mapping: TableMapping, quads: Iterable[ox.Quad]) -> dict[str, Any]:
    """What the statements of records tell of the whole: ``organisations`` (how many names),
    ``earliest`` and ``latest`` day of a period, ``amounts`` (name, title and total of each column of
    amounts, in euros). What is in none of them is left out."""
    titles = {c.property: c for c in mapping.every_column if c.datatype == "decimal"}
    names: set[str] = set()
    days: set[str] = set()
    totals: dict[str, Decimal] = {}
    for quad in quads:
        property_, value = quad.predicate.value, quad.object
        if not isinstance(value, ox.Literal):
            continue
        if property_ in _ORGANISATIONS:
            names.add(folded(value.value))
        elif property_ in _PERIODS:
            days.add(value.value)
        elif property_ in titles:
            totals[property_] = totals.get(property_, Decimal()) + Decimal(value.value)
    amounts = [
        {"name": column.name, "title": {language: column.title(language) for language in LANGUAGES},
         "total": str(totals[property_])}
        for property_, column in titles.items() if property_ in totals
    ]  # fmt: skip
    period = {"earliest": min(days), "latest": max(days)} if days else {}
    organisations = {"organisations": len(names)} if names else {}
    return {**organisations, **period, **({"amounts": amounts} if amounts else {})}


def summary_sentence(report: Mapping[str, Any], language: Language) -> str:
    """What the JSON of a report says of the file, as a question; empty where nothing was read."""
    facts = report["facts"]
    if "rows" not in facts:
        return ""
    parts = [counted(report["mapping"]["name"], facts["rows"], language)]
    if "organisations" in facts:
        number = facts["organisations"]
        parts.append(
            say_number("{number} organisation", "{number} organisations", number, language)
        )
    if "earliest" in facts:
        first, last = (_day(facts[end], language) for end in ("earliest", "latest"))
        parts.append(say("{first} to {last}", language, first=first, last=last))
    for amount in facts.get("amounts", ()):
        total = format_currency(Decimal(amount["total"]), "EUR", locale=language)
        parts.append(f"{amount['title'][language]}: {total}")
    return say("{facts}. Is that what you expected?", language, facts=", ".join(parts))


def disappearing(report: Mapping[str, Any], language: Language) -> str:
    """The columns of which values would be gone, each with the number of rows; empty where none."""
    return "; ".join(
        f"{one['title'][language]}: "
        + say_number("{number} row", "{number} rows", one["records"], language)
        for one in report["facts"].get("disappear", ())
    )


def counted(mapping: str, number: int, language: Language) -> str:
    """How many records of ``mapping`` there are, with the word for them."""
    if mapping == "projects":
        return say_number("{number} project", "{number} projects", number, language)
    if mapping == "organisations":
        return say_number("{number} organisation", "{number} organisations", number, language)
    if mapping == "reports":
        return say_number("{number} project report", "{number} project reports", number, language)
    if mapping == "codings":
        return say_number("{number} coding", "{number} codings", number, language)
    return say_number("{number} row", "{number} rows", number, language)


def unmatched_terms(
    findings: Sequence[Mapping[str, Any]], language: Language
) -> list[UnmatchedTerm]:
    """The values among ``findings`` (as JSON) that are in no list, the most frequent first."""
    found: Counter[tuple[str, str]] = Counter()
    nearest: dict[tuple[str, str], str] = {}
    for one in findings:
        if one["constraint"] == "unknown-code":
            key = one["columnTitle"] or "", one["value"] or ""
            near = _NEAREST.search(one["message"][language])
            found[key] += 1
            nearest[key] = near[1] if near else ""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [UnmatchedTerm(*key, times, nearest[key]) for key, times in ordered]


def _day(text: str, language: Language) -> str:
    try:
        return format_date(date.fromisoformat(text), "d MMMM y", locale=language)
    except ValueError:
        return text
