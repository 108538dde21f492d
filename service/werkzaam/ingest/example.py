"""The example spreadsheet: openly made-up projects, always the same for the same seed.

Nothing in it is drawn from a published figure.
"""

import csv
import datetime
import io
import random
from collections.abc import Sequence
from typing import Final

from werkzaam.domain.content import Content
from werkzaam.domain.queries import Language
from werkzaam.ingest.background import known_triples, vocabulary
from werkzaam.ingest.codes import CodeList
from werkzaam.ingest.mapping import TableMapping, read_mapping

SEED: Final = 20261123
PROJECTS: Final = 24
_TOWNS: Final = ("Voorbeeldstad", "Voorbeelddorp", "Voorbeeldhaven", "Voorbeelddam")
_ACTIVITIES: Final = ("koken", "sporten", "muziek maken", "tuinieren", "klussen", "voorlezen")


def example_csv(content: Content) -> bytes:
    """The example spreadsheet for the lists of values in ``content``."""
    mapping = read_mapping(content, "projects")
    lists = vocabulary(mapping, tuple(known_triples(content))).lists
    return write_example(mapping, lists["addressed"], lists["goals"], lists["components"])


def write_example(
    mapping: TableMapping, elements: CodeList, goals: CodeList, components: CodeList
) -> bytes:
    """``PROJECTS`` made-up projects as CSV in UTF-8 with the Dutch titles of ``mapping``.

    The columns are those that some row fills. Every coding state occurs: elements that stand in none of the three columns are not coded, and
    some projects are not coded at all. Some projects aim at no component of integration.
    """
    chance = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
    rows = []
    for number in range(1, PROJECTS + 1):
        row = _project(number, chance, _labels(elements), _labels(goals))
        row["components"] = _components(chance, _labels(components))
        rows.append(row)
    filled = set().union(*rows)
    columns = [column for column in mapping.columns if column.name in filled]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.title() for column in columns])
    writer.writerows([row.get(column.name, "") for column in columns] for row in rows)
    return text.getvalue().encode()


def _labels(codes: CodeList, language: Language = "nl") -> list[str]:
    return [codes.label(iri, language) for iri in sorted(codes.labels)]


def _project(
    number: int, chance: random.Random, elements: Sequence[str], goals: Sequence[str]
) -> dict[str, str]:
    name = f"Voorbeeldproject {number:02}"
    towns = chance.sample(_TOWNS, chance.randint(1, 2))
    activity = chance.choice(_ACTIVITIES)
    start = datetime.date(2022, 9, 1) + datetime.timedelta(days=chance.randrange(0, 700))
    end = start + datetime.timedelta(days=chance.choice((364, 729)))
    return {
        "identifier": name,
        "title": name,
        "summary": f"Verzonnen project: jongeren en andere inwoners van {towns[0]} gaan samen {activity}.",
        "round": "VOORBEELD",
        "applicant": f"Stichting Voorbeeld {towns[0]}",
        "municipalities": "; ".join(towns),
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "participants": str(chance.randrange(20, 200, 5)),
        "goals": "; ".join(chance.sample(goals, chance.randint(1, 2))),
        "sources": "Verzonnen voor deze demonstratie",
        **(_coding(chance, elements) if number % 8 else {}),
    }


def _components(chance: random.Random, components: Sequence[str]) -> str:
    return "; ".join(chance.sample(components, min(len(components), chance.randint(0, 2))))


def _coding(chance: random.Random, elements: Sequence[str]) -> dict[str, str]:
    """Some elements in each state, some in none."""
    drawn = chance.sample(elements, chance.randint(6, 10))
    yes, no = chance.randint(1, 4), chance.randint(0, 1)
    return {
        "addressed": "; ".join(drawn[:yes]),
        "explicitlyNotAddressed": "; ".join(drawn[yes : yes + no]),
        "notMentioned": "; ".join(drawn[yes + no :]),
        "codedBy": chance.choice(("eigen opgave", "analist", "afgeleid uit tekst")),
    }
