"""An answer as one honest sentence, with the facts that it is made of kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from werkzaam.api.figure_links import rows_href, tally_href
from werkzaam.api.links import Links
from werkzaam.catalogue.cases import count_cases, say_cases
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.web.lookups import ScaleValue, text_of
from werkzaam.web.pieces import Fact, Headline
from werkzaam.web.wording import say, say_number

ELEMENTS_WITHOUT_PROJECTS = "coverage/working-elements-without-projects"
PROJECTS_PER_ELEMENT = "coverage/projects-per-working-element"
PROJECTS_FOR_ELEMENT = "coverage/projects-for-working-element"
_UNREPORTED = "elements-unreported"
_NEEDS_RECORDS = (ELEMENTS_WITHOUT_PROJECTS, PROJECTS_FOR_ELEMENT)


def needs_records(name: str) -> bool:
    """Whether the sentence for this question also needs the projects per element."""
    return name in _NEEDS_RECORDS


def headline(
    answered: Answered,
    records: Table | None,
    scale: Mapping[str, ScaleValue],
    language: Language,
    links: Links,
    nothing: str = "",
) -> Headline:
    """The sentence for ``answered`` in ``language``.

    ``records``: one row per element that the question is about, from the loaded project records.
    ``nothing``: the words for there being no project to draw on, where there is none.
    """
    if records is not None and answered.query.name == ELEMENTS_WITHOUT_PROJECTS:
        said = without_projects(answered.table, records, scale, language, nothing)
        return _defended(said, answered.given, links)
    if records is not None and answered.query.name == PROJECTS_FOR_ELEMENT:
        return for_element(answered, records, language, nothing)
    rows = answered.table.rows
    without = as_sentence(nothing)
    if without and not rows:
        return Headline(without)
    number = count_cases(answered.query, rows)
    sentence = say_cases(answered.query, rows, language) + "."
    sheet = rows_href(links, answered.query, answered.given)
    return Headline(f"{sentence} {without}".strip(), number=number, sheet=sheet)


def as_sentence(words: str) -> str:
    """``words`` with a capital and a full stop; empty where they are."""
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _defended(said: Headline, given: Mapping[str, str], links: Links) -> Headline:
    """``said`` on elements without reported projects, with the ways to what defends its counts."""
    if said.number is None:
        return said
    goal = given.get("goal", "")
    facts = [
        replace(fact, sheet=tally_href(links, _UNREPORTED, goal=goal, value=fact.value.slug))
        for fact in said.facts
    ]
    return replace(said, facts=facts, sheet=tally_href(links, _UNREPORTED, goal=goal))


def without_projects(
    table: Table,
    records: Table,
    scale: Mapping[str, ScaleValue],
    language: Language,
    nothing: str = "",
) -> Headline:
    """How many elements have no reported projects, what the document says of each, and apart from
    that what the loaded records show, or the words for ``nothing``."""
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
        _records(records, language, nothing),
        say("Not reported is not the same as not done.", language),
        number=len(unreported),
    )


def for_element(
    answered: Answered, records: Table, language: Language, nothing: str = ""
) -> Headline:
    """How many of the coded projects address the element that was asked for, and how many were
    never coded for it; without one, how many are coded for any."""
    asked = last_segment(answered.given.get("element", ""))
    rows = [row for row in records.rows if asked in ("", last_segment(row["element"].value))]
    if not rows:
        return Headline(say("No working elements are listed for this choice.", language))
    if not answered.table.rows:
        return Headline(
            how_many_address(rows, language, nothing),
            caution=say("That says nothing about what projects do.", language),
        )
    caution = say("Not mentioned is not the same as not done.", language)
    if asked:
        return Headline(
            how_many_address(rows, language, nothing), (), not_coded(rows[0], language), caution
        )
    projects = {row["project"].value for row in answered.table.rows}
    sentence = say_number(
        "{number} project was coded for one or more of these working elements.",
        "{number} projects were coded for one or more of these working elements.",
        len(projects), language,
    )  # fmt: skip
    return Headline(sentence, caution=caution)


def how_many_address(records: Sequence[Row], language: Language, nothing: str = "") -> str:
    """How many of the coded projects address an element, in words; that there is no project data (or
    what the words for ``nothing`` are), or that nobody coded it, is told apart.

    ``records``: the row of the element among the projects per element, or of several for which
    nobody coded anything.
    """
    row = records[0]
    if "coded" not in row:
        return _none_loaded(nothing, language)
    if not any(_number(row, "coded") for row in records):
        return say_number(
            "Nobody checked this in the {number} loaded project.",
            "Nobody checked this in the {number} loaded projects.",
            _number(row, "notCoded"), language,
        )  # fmt: skip
    return say(
        "Coded projects that address this element: {addressed} of {number}.",
        language,
        addressed=_number(row, "addressed"),
        number=_number(row, "coded"),
    )


def not_coded(row: Row, language: Language) -> str:
    """How many loaded projects nobody coded for the element of ``row``; empty where that is none."""
    number = _number(row, "notCoded")
    if not number:
        return ""
    return say_number(
        "{number} loaded project is not coded for this element: nobody checked it there.",
        "{number} loaded projects are not coded for this element: nobody checked it there.",
        number, language,
    )  # fmt: skip


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


def _none_loaded(nothing: str, language: Language) -> str:
    words = nothing or say("no project data", language)
    return say("Loaded project records: {words}.", language, words=words)


def _records(records: Table, language: Language, nothing: str) -> str:
    coded = [row for row in records.rows if _number(row, "coded") > 0]
    if not any("coded" in row for row in records.rows):
        return _none_loaded(nothing, language)
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
