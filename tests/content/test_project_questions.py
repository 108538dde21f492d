"""The numbers in answers about projects are those of a reckoning in Python beside them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.content.project_records import (
    ROUNDS,
    Project,
    in_rounds,
    numbers,
    of_round,
    rows,
    stated,
    total,
)

from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery

STATED = ("applicant", "municipalities", "participantFigures")
QUESTIONS = [
    "comparison/amounts-between-rounds",
    "comparison/target-groups-between-rounds",
    "comparison/working-elements-between-rounds",
    "coverage/codings-per-coder",
    "coverage/projects-per-goal",
    "coverage/projects-per-working-element",
    "coverage/working-elements-without-projects",
    "evidence/grounds-and-projects",
    "portfolio/projects",
    "portfolio/projects-per-municipality",
    "portfolio/projects-per-organisation",
    "portfolio/projects-per-round",
    "portfolio/projects-per-target-group",
    "quality/projects-without-coding",
    "quality/values-not-stated",
]


def counted(own: list[Project]) -> dict[str, Decimal]:
    coded = [p for p in own if p.is_coded]
    elements = set().union(*(p.addressed for p in own))
    granted = [p.amount("grantedAmount") for p in own]
    with_amount = sum(amount is not None for amount in granted)
    return stated(
        projects=len(own),
        coded=len(coded),
        notCoded=len(own) - len(coded),
        elements=len(elements) if coded else None,
        grantedStated=with_amount,
        granted=total(granted),
        grantedNotStated=len(own) - with_amount,
    )


@in_rounds
@pytest.mark.parametrize(
    ("name", "key", "values"),
    [
        ("portfolio/projects-per-municipality", "municipality", lambda p: p.municipalities),
        ("portfolio/projects-per-target-group", "targetGroup", lambda p: p.all("targetsGroup")),
    ],
    ids=["municipality", "targetGroup"],
)
def test_projects_are_counted_under_each_value_that_they_state(
    with_projects: Catalogue,
    loaded: list[Project],
    given: dict[str, str],
    name: str,
    key: str,
    values: Callable[[Project], list[str]],
) -> None:
    under: dict[str, list[Project]] = {}
    for project in of_round(loaded, given):
        for value in values(project) or [""]:
            under.setdefault(value, []).append(project)
    expected = {value: counted(own) for value, own in under.items()}
    assert numbers(with_projects, name, given, key) == expected


@in_rounds
def test_organisations_lead_projects_and_take_part_in_them(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = of_round(loaded, given)
    expected = {}
    named = {name for project in own for name, _ in project.roles}
    for name in named | ({""} if any(not p.roles for p in own) else set()):
        led = [p for p in own if (name, "applicant") in p.roles]
        joined = [p for p in own if any(n == name and r != "applicant" for n, r in p.roles)]
        either = [p for p in own if p in led or p in joined or not (name or p.roles)]
        coded = sum(p.is_coded for p in either)
        granted = [p.amount("grantedAmount") for p in led]
        expected[name] = stated(
            projects=len(either),
            asApplicant=len(led),
            asPartner=len(joined),
            coded=coded,
            notCoded=len(either) - coded,
            grantedStated=sum(amount is not None for amount in granted),
            granted=total(granted),
        )
    assert (
        numbers(with_projects, "portfolio/projects-per-organisation", given, "organisation")
        == expected
    )


def test_every_round_has_its_row_and_no_round_one_too(
    with_projects: Catalogue, loaded: list[Project]
) -> None:
    found = numbers(with_projects, "portfolio/projects-per-round", {}, "round")
    assert {"1", "5a", "subsidieronde", ""} <= found.keys()
    for name, said in found.items():
        own = [p for p in loaded if p.all("inSubsidyRound") == ([name] if name else [])]
        coded = sum(p.is_coded for p in own)
        expected = stated(projects=len(own)) | (
            stated(coded=coded, notCoded=len(own) - coded) if own else {}
        )
        for stem, property_ in {
            "requested": "requestedAmount",
            "granted": "grantedAmount",
            "participants": "participantCount",
        }.items():
            amounts = [p.amount(property_) for p in own]
            there = sum(amount is not None for amount in amounts)
            expected |= stated(**{f"{stem}Stated": there if own else None, stem: total(amounts)})
        assert said == expected, name


@pytest.mark.parametrize(
    "given",
    [
        *ROUNDS,
        {"municipality": "Voorbeeldstad"},
        {"organisation": "Vereniging Voorbeeld Twee"},
        {"targetGroup": "jongeren"},
        {"municipality": "Voorbeeldstad", "subsidyRound": "5a", "targetGroup": "nieuwkomers"},
        {"municipality": "voorbeeldstad"},
        {"municipality": "GM0344"},
    ],
    ids=str,
)
def test_the_list_of_projects_is_narrowed_by_each_parameter(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = [
        p
        for p in of_round(loaded, given)
        if given.get("municipality") in (None, *p.municipalities)
        and given.get("organisation") in (None, *(name for name, _ in p.roles))
        and given.get("targetGroup") in (None, *p.all("targetsGroup"))
    ]
    expected = {
        p.slug: stated(
            granted=p.amount("grantedAmount"),
            participants=p.amount("participantCount"),
            elements=len(p.addressed) if p.is_coded else None,
        )
        for p in own
    }
    assert numbers(with_projects, "portfolio/projects", given, "project") == expected


def test_what_is_stated_in_another_form_stands_in_its_cell(with_projects: Catalogue) -> None:
    found = {
        last_segment(row["project"].value): row
        for row in rows(with_projects, "portfolio/projects", {"subsidyRound": "5a"})
    }
    assert {name: found["e"][name].value for name in STATED} == {
        "applicant": "Stichting Voorbeeld Een",
        "municipalities": "GM0344",
        "participantFigures": "planned, not split: 40; reached, not split: 35",
    }
    assert {name: found["f"][name].value for name in STATED if name in found["f"]} == {
        "participantFigures": "planned, not split: no information",
    }
    without = rows(with_projects, "quality/projects-without-coding", {"subsidyRound": "5a"})
    assert {last_segment(r["project"].value): text(r, "applicant") for r in without} == {
        "b": "Vereniging Voorbeeld Twee",
        "e": "Stichting Voorbeeld Een",
        "f": "",
    }


def text(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


@in_rounds
def test_projects_without_any_coding_are_listed(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    found = rows(with_projects, "quality/projects-without-coding", given)
    slugs = [last_segment(row["project"].value) for row in found]
    assert sorted(slugs) == sorted(p.slug for p in of_round(loaded, given) if not p.is_coded)


@in_rounds
def test_what_is_stated_said_to_be_absent_and_passed_over_adds_up(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = of_round(loaded, given)
    found = numbers(with_projects, "quality/values-not-stated", given, "property")
    assert len(found) == 14
    for property_, said in found.items():
        other = [p for p in own if p.in_other_form(property_)]
        there = sum(bool(p.all(property_)) for p in own) + len(other)
        absent = sum(property_ in p.absent and not p.all(property_) and p not in other for p in own)
        silent = len(own) - there - absent
        counts = (
            {
                "stated": there,
                "inOtherForm": len(other),
                "saidAbsent": absent,
                "silent": silent,
            }
            if own
            else {}
        )
        assert said == stated(loaded=len(own), **counts), property_


@in_rounds
def test_codings_stand_with_who_coded(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = of_round(loaded, given)
    codings = [(p.slug, state, coder) for p in own for _, state, coder in p.codings]
    names = {
        "addressed": "addressed",
        "explicitlyNotAddressed": "explicitly-not-addressed",
        "notMentioned": "not-mentioned",
    }
    expected = {
        coder: stated(
            projects=len({slug for slug, _, by in codings if by == coder}),
            **{
                column: sum((state, by) == (wanted, coder) for _, state, by in codings)
                for column, wanted in names.items()
            },
        )
        for coder in {coder for _, _, coder in codings}
    }
    assert numbers(with_projects, "coverage/codings-per-coder", given, "coder") == expected


@pytest.mark.parametrize("name", QUESTIONS)
def test_behind_each_count_stand_as_many_projects(with_projects: Catalogue, name: str) -> None:
    query = with_projects.get(name)
    asked = [query.example]
    if query.parameter("subsidyRound"):
        asked.append({"subsidyRound": "5a"})
    compared = sum(compared_in(with_projects, query, given) for given in asked)
    assert compared or not any(behind.counts for behind in query.figures)


def compared_in(with_projects: Catalogue, query: CataloguedQuery, given: dict[str, str]) -> int:
    """How many members there were behind all counts of the answer to ``given``."""
    name = query.name
    compared = 0
    for row in rows(with_projects, name, given):
        for behind in query.figures:
            if behind.counts and behind.column in row:
                found = with_projects.members(query, behind, row, given)[1]
                assert len(found) == int(row[behind.column].value), (behind.column, row)
                compared += len(found)
    return compared


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_word_gap_is_nowhere(with_projects: Catalogue, name: str) -> None:
    query = with_projects.get(name)
    said = f"{query.title} {query.question} {query.description} {query.columns}".lower()
    for row in rows(with_projects, name, query.example):
        said += " ".join(term.value for term in row.values() if term.kind == "literal").lower()
    assert not any(word in said for word in (" gap", "lacuna", "hiaat", "leemte"))
