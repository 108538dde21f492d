"""Which elements stand under which goal: each once under a goal with its parts."""

from werkzaam.domain.answers import Row, Term
from werkzaam.domain.identifiers import THINGS
from werkzaam.web.map_groups import GoalGroup, goal_groups


def row(**names: str) -> Row:
    return {
        key: Term("literal", name) if key in ("label", "definition") else Term("uri", THINGS + name)
        for key, name in names.items()
    }


GOALS = [
    row(goal="goal/first", label="First", definition="one"),
    row(goal="goal/part", label="Part", definition="two", broader="goal/second"),
    row(goal="goal/second", label="Second", definition="three"),
]
ELEMENTS = [
    row(element="e/a"),
    row(element="e/b", goal="goal/first"),
    row(element="e/c", goal="goal/part"),
    row(element="e/c", goal="goal/second"),
    row(element="e/d", goal="goal/second"),
    row(element="e/d", goal="goal/elsewhere"),
]


def shown(groups: list[GoalGroup]) -> list[tuple[str, list[str]]]:
    return [(g.label, [r["element"].value[-1] for r in g.elements]) for g in groups]


def test_a_part_follows_its_whole_and_takes_its_elements_along() -> None:
    found = goal_groups(GOALS, ELEMENTS, "")
    assert shown(found) == [("First", ["b"]), ("Second", ["d"]), ("Part", ["c"])]
    assert [group.within for group in found] == ["", "", THINGS + "goal/second"]


def test_a_goal_that_is_asked_for_comes_with_its_parts() -> None:
    assert shown(goal_groups(GOALS, ELEMENTS, "second")) == [("Second", ["d"]), ("Part", ["c"])]
    assert shown(goal_groups(GOALS, ELEMENTS, "part")) == [("Part", ["c"])]
