"""An answer as one honest sentence, with the facts that it is made of kept apart."""

from collections.abc import Mapping

from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.queries import Language
from werkzaam.web.lookups import ScaleValue, text_of
from werkzaam.web.pieces import Fact, Headline
from werkzaam.web.wording import say, say_number

ELEMENTS_WITHOUT_PROJECTS = "coverage/working-elements-without-projects"
PROJECTS_PER_ELEMENT = "coverage/projects-per-working-element"
_NEEDS_RECORDS = (ELEMENTS_WITHOUT_PROJECTS,)


def needs_records(name: str) -> bool:
    """Whether the sentence for this question also needs the projects per element."""
    return name in _NEEDS_RECORDS


def headline(
    answered: Answered,
    records: Table | None,
    scale: Mapping[str, ScaleValue],
    language: Language,
) -> Headline:
    """The sentence for ``answered`` in ``language``.

    ``records``: one row per element that the question is about, from the loaded project records.
    """
    if records is not None and needs_records(answered.query.name):
        return without_projects(answered.table, records, scale, language)
    sentence = say_number(
        "The answer has {number} row.", "The answer has {number} rows.",
        len(answered.table.rows), language,
    )  # fmt: skip
    return Headline(sentence)


def without_projects(
    table: Table, records: Table, scale: Mapping[str, ScaleValue], language: Language
) -> Headline:
    """How many elements have no reported projects, what the document says of each, and apart from
    that what the loaded records show."""
    if not records.rows:
        return Headline(say("No working elements are listed for this choice.", language))
    said = _values_per_element(table)
    unreported = [
        element
        for element, values in said.items()
        if not any(value in scale and scale[value].reports_projects for value in values)
    ]
    total = len(records.rows)
    sentence = say_number(
        "{found} of {number} working element has no reported projects.",
        "{found} of {number} working elements have no reported projects.",
        total, language, found=len(unreported),
    )  # fmt: skip
    return Headline(
        sentence,
        _facts(table, unreported, said, scale),
        _records(records, language),
        say("Not reported is not the same as not done.", language),
    )


def _values_per_element(table: Table) -> dict[str, set[str]]:
    said: dict[str, set[str]] = {}
    for row in table.rows:
        values = said.setdefault(row["element"].value, set())
        if "reported" in row:
            values.add(row["reported"].value)
    return said


def _facts(
    table: Table,
    unreported: list[str],
    said: Mapping[str, set[str]],
    scale: Mapping[str, ScaleValue],
) -> list[Fact]:
    names = {row["element"].value: text_of(row, "elementLabel") for row in table.rows}
    found = []
    for iri, value in scale.items():
        elements = [names[element] for element in unreported if iri in said[element]]
        if elements:
            found.append(Fact(value, elements))
    return found


def _records(records: Table, language: Language) -> str:
    coded = [row for row in records.rows if _number(row, "coded") > 0]
    if not any("coded" in row for row in records.rows):
        return say("Loaded project records: no project data.", language)
    without = sum(_number(row, "addressed") == 0 for row in coded)
    return say_number(
        "Loaded project records: projects were coded for {number} working element; for {without} "
        "of these no coded project addresses it.",
        "Loaded project records: projects were coded for {number} working elements; for {without} "
        "of these no coded project addresses it.",
        len(coded), language, without=without,
    )  # fmt: skip


def _number(row: Row, name: str) -> int:
    return int(text_of(row, name) or 0)
