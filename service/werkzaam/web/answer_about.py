"""What stands about an answer beneath it: when its version was made, what is unknown in it, which projects
it could draw on, and what may be done with it."""

from collections.abc import Mapping
from datetime import date as day

from babel.dates import format_date

from werkzaam.api.answer_coverage import Coverage
from werkzaam.api.answer_limits import Limits, Unknown, limits_of
from werkzaam.api.answer_responses import date_of
from werkzaam.api.answer_rights import say_rights
from werkzaam.api.service import Service
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.queries import Language
from werkzaam.web.wording import say

_MOST_VALUES = 6


def limit_lines(
    service: Service, answered: Answered, coverage: Coverage | None, language: Language
) -> list[tuple[str, str]]:
    """The limits of ``answered`` by their name, in words."""
    date = date_of(service, answered.version.number)
    limits = limits_of(answered, coverage=coverage, date=date)
    found = []
    if limits.date:
        found.append((say("Version made on", language), day_of_time(limits.date, language)))
    if limits.coverage:
        found.append((say("Project data", language), limits.coverage.say(language)))
    if limits.unknown_rows:
        found.append((say("Rows with something unknown", language), _unknown(limits, language)))
    found.append((say("Rights", language), say_rights(answered.query, language)))
    return found


def day_of_time(time: str, language: Language) -> str:
    """The day of ``time`` (ISO 8601, UTC), in words."""
    return format_date(day.fromisoformat(time[:10]), "d MMMM y", locale=language)


def _unknown(limits: Limits, language: Language) -> str:
    said = say(
        "{number} of {total}",
        language,
        number=limits.unknown_rows,
        total=len(limits.answered.table.rows),
    )
    labels = {c.name: c.label.in_(language) for c in limits.answered.query.columns}
    values = [_value(one, labels) for one in limits.unknown[:_MOST_VALUES]]
    return f"{said}: {', '.join(values)}"


def _value(one: Unknown, labels: Mapping[str, str]) -> str:
    """What is not known, in how many rows; a number says nothing without its column."""
    said = one.label if one.value else f"{labels[one.column]} {one.said(labels)}"
    return f"{said} ({one.rows})"
