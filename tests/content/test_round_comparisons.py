"""Two subsidy rounds beside each other: the numbers of each are those of a reckoning in Python."""

from decimal import Decimal

import pytest
from tests.content.project_records import Numbers, Project, numbers, of_round, stated, total

from werkzaam.catalogue.questions import Catalogue

BOTH = (
    {"firstRound": "4b", "secondRound": "5a"},
    {"firstRound": "subsidieronde", "secondRound": "1"},
)
AMOUNTS = ("requestedAmount", "grantedAmount", "settledAmount", "coFinancingAmount", "totalBudget")


def side(own: list[Project], which: str, element: str) -> dict[str, Decimal]:
    coded = [p for p in own if element in p.coded_for]
    return stated(
        **{
            f"{which}Loaded": len(own),
            f"{which}Coded": len(coded) if own else None,
            f"{which}Addressed": sum(element in p.addressed for p in coded) if coded else None,
        }
    )


@pytest.mark.parametrize("given", BOTH, ids=str)
def test_elements_of_two_rounds_are_each_counted_in_their_own(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    sides = {which: of_round(loaded, given, f"{which}Round") for which in ("first", "second")}
    found = numbers(with_projects, "comparison/working-elements-between-rounds", given, "element")
    assert len(found) == 20
    for element, said in found.items():
        assert said == side(sides["first"], "first", element) | side(
            sides["second"], "second", element
        )


def under(project: Project) -> list[str]:
    """The target groups of the list, or the row of none from it."""
    return project.all("targetsGroup") or [""]


@pytest.mark.parametrize("given", BOTH, ids=str)
def test_target_groups_of_two_rounds(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    sides = {which: of_round(loaded, given, f"{which}Round") for which in ("first", "second")}
    groups = {group for own in sides.values() for p in own for group in under(p)}
    expected = {
        group: stated(
            **{f"{which}Loaded": len(own) for which, own in sides.items()},
            **{
                f"{which}Projects": sum(group in under(p) for p in own)
                for which, own in sides.items()
                if own
            },
        )
        for group in groups
    }
    name = "comparison/target-groups-between-rounds"
    assert numbers(with_projects, name, given, "targetGroup") == expected


@pytest.mark.parametrize("given", BOTH, ids=str)
def test_amounts_of_two_rounds_are_of_those_that_state_them(
    with_projects: Catalogue, loaded: list[Project], given: dict[str, str]
) -> None:
    expected: Numbers = {}
    for kind in AMOUNTS:
        expected[kind] = {}
        for which in ("first", "second"):
            own = of_round(loaded, given, f"{which}Round")
            amounts = [p.amount(kind) for p in own]
            there = sum(amount is not None for amount in amounts)
            summed = total(amounts)
            expected[kind] |= stated(
                **{
                    f"{which}Loaded": len(own),
                    f"{which}Stated": there if own else None,
                    f"{which}Total": summed,
                    f"{which}Mean": None if summed is None else round_half_up(summed / there),
                }
            )
    found = numbers(with_projects, "comparison/amounts-between-rounds", given, "amountKind")
    assert list(found) == list(AMOUNTS)
    assert found == expected


def round_half_up(number: Decimal) -> int:
    return int(number + Decimal("0.5"))
