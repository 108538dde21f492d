"""What stands about an answer beneath it: its date, what is unknown in it, and how many projects it is
about."""

from datetime import date

from babel.dates import format_date

from werkzaam.api.answer_limits import Limits, coverage_of, limits_of
from werkzaam.api.answer_responses import date_of
from werkzaam.api.service import Service
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.queries import Language
from werkzaam.web.wording import say

_MOST_VALUES = 6


def limit_lines(service: Service, answered: Answered, language: Language) -> list[tuple[str, str]]:
    """The limits of ``answered`` by their name, in words."""
    limits = limits_of(
        answered,
        coverage=coverage_of(service.store, answered),
        date=date_of(service, answered.version.number),
    )
    found = []
    if limits.date:
        found.append((say("Date of the data", language), day_of_time(limits.date, language)))
    if limits.coverage:
        found.append((say("Project data", language), limits.coverage.say(language)))
    if limits.unknown_rows:
        found.append((say("Rows with something unknown", language), _unknown(limits, language)))
    return found


def day_of_time(time: str, language: Language) -> str:
    """The day of ``time`` (ISO 8601, UTC), in words."""
    return format_date(date.fromisoformat(time[:10]), "d MMMM y", locale=language)


def _unknown(limits: Limits, language: Language) -> str:
    said = say(
        "{number} of {total}",
        language,
        number=limits.unknown_rows,
        total=len(limits.answered.table.rows),
    )
    values = [f"{one.label} ({one.rows})" for one in limits.unknown[:_MOST_VALUES]]
    return f"{said}: {', '.join(values)}"
