"""Which working elements stand under which goal on the map; each once under a goal with its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.web.lookups import text_of


@dataclass(frozen=True)
class GoalGroup:
    """A goal and the rows of its elements. ``within`` is the goal that it is a part of."""

    iri: str
    label: str
    definition: str
    within: str
    elements: Sequence[Row]


def goal_groups(goals: Sequence[Row], elements: Sequence[Row], asked: str) -> list[GoalGroup]:
    """The groups in the order of ``goals``, each part right after its whole.

    An element that stands under a part is left out of the whole. ``asked``: the end of the IRI of
    the only goal that is wanted, with its parts; empty for all.
    """
    by_goal: dict[str, list[Row]] = {}
    for row in elements:
        by_goal.setdefault(text_of(row, "goal"), []).append(row)
    made = [_group(goal, goals, by_goal) for goal in _nested(goals)]
    if not asked:
        return made
    return [
        group for group in made if asked in (last_segment(group.iri), last_segment(group.within))
    ]


def _nested(goals: Sequence[Row]) -> list[Row]:
    tops = [goal for goal in goals if "broader" not in goal]
    return [one for top in tops for one in (top, *_parts(top, goals))]


def _parts(goal: Row, goals: Sequence[Row]) -> list[Row]:
    return [part for part in goals if text_of(part, "broader") == goal["goal"].value]


def _group(goal: Row, goals: Sequence[Row], by_goal: Mapping[str, Sequence[Row]]) -> GoalGroup:
    iri = goal["goal"].value
    below = {
        row["element"].value
        for part in _parts(goal, goals)
        for row in by_goal.get(part["goal"].value, ())
    }
    rows = [row for row in by_goal.get(iri, ()) if row["element"].value not in below]
    return GoalGroup(
        iri, goal["label"].value, goal["definition"].value, text_of(goal, "broader"), rows
    )
