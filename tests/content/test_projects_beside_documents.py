"""What projects do beside what documents say: per goal, per element, and where no project is loaded."""

import pytest
from tests.content.project_records import Project, in_rounds, numbers, of_round, rows, stated

from werkzaam.catalogue.members import MEMBER
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.identifiers import last_segment

GOALS_WITH_ELEMENTS = {
    *("integratie-van-nieuwkomers", "sociaal-contact", "vooroordelen-wegnemen", "welbevinden")
}
GOALS = GOALS_WITH_ELEMENTS | {"leefwereld-vergroten", "netwerk-vergroten", "sociaal-kapitaal"}


@in_rounds
def test_elements_of_a_goal_are_addressed_or_coded_nowhere(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = of_round(loaded, given)
    name = "coverage/projects-per-goal"
    found = numbers(with_projects, name, given, "goal")
    assert found.keys() == GOALS
    listed = {
        goal: {last_segment(one) for one in members(with_projects, name, "elements", goal)}
        for goal in found
    }
    addressed = set().union(*(p.addressed for p in own))
    coded = set().union(*(p.coded_for for p in own))
    for goal, said in found.items():
        elements = listed[goal]
        assert bool(elements) == (goal in GOALS_WITH_ELEMENTS)
        counts = {"projects": sum(goal in p.all("aimsAtGoal") for p in own)}
        if elements:
            counts["elementsAddressed"] = len(elements & addressed)
            counts["elementsNotCoded"] = len(elements - coded)
        assert said == stated(loaded=len(own), elements=len(elements), **(counts if own else {}))


def members(with_projects: Catalogue, name: str, column: str, goal: str) -> tuple[str, ...]:
    query = with_projects.get(name)
    behind = query.behind(column)
    assert behind is not None
    assert MEMBER in behind.counts
    row = next(
        row for row in rows(with_projects, name, {}) if last_segment(row["goal"].value) == goal
    )
    return with_projects.members(query, behind, row, {})[1]


@in_rounds
def test_grounds_stand_beside_what_projects_do(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    own = of_round(loaded, given)
    for element, said in numbers(
        with_projects, "evidence/grounds-and-projects", given, "element"
    ).items():
        coded = [p for p in own if element in p.coded_for]
        expected = {"coded": len(coded) if own else None}
        if coded:
            expected["addressed"] = sum(element in p.addressed for p in coded)
        of_projects = {name: said[name] for name in ("coded", "addressed") if name in said}
        assert of_projects == stated(**expected)
        assert said["claims"] > 0


@pytest.mark.parametrize(
    "name",
    [
        "coverage/projects-per-goal",
        "coverage/projects-per-working-element",
        "coverage/working-elements-without-projects",
        "evidence/grounds-and-projects",
        "integration/components-without-projects",
        "integration/projects-per-component",
        "quality/values-not-stated",
    ],
)
def test_a_round_without_projects_is_no_lack_of_project_data(
    with_projects: Catalogue, catalogue: Catalogue, name: str
) -> None:
    given = {"subsidyRound": "1"}
    said = [
        {row["records"].value for row in rows(c, name, given)} for c in (with_projects, catalogue)
    ]
    assert said == [{"no project of this round loaded"}, {"no project data"}]
