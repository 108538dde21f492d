"""What is set beside a figure, each thing once, with every reason that there is for it."""

from collections.abc import Callable, Mapping, Sequence

from werkzaam.api.figure_pieces import Item, WeighedLine
from werkzaam.web.figure_views import ItemView, ReasonView, WeighedView


def weighed_views(
    lines: Sequence[WeighedLine],
    item: Callable[[Item], ItemView],
    reason: Callable[[WeighedLine, Sequence[int]], ReasonView],
) -> list[WeighedView]:
    """``lines`` that have a side in common together, so that no side and no reason is said twice.

    The sides are numbered through; ``reason`` gets the numbers of those that it is about, where these
    are not all of the sides it stands with.
    """
    found: list[WeighedView] = []
    number = 1
    for group in _connected(lines):
        others = {other.what.iri: other for line in group for other in line.others}
        numbers = dict(zip(others, range(number, number + len(others)), strict=True))
        first, number = number, number + len(others)
        reasons = [reason(line, _some(line, numbers)) for line in group]
        found.append(WeighedView(first, [item(other) for other in others.values()], reasons))
    return found


def _some(line: WeighedLine, numbers: Mapping[str, int]) -> list[int]:
    own = sorted({numbers[other.what.iri] for other in line.others})
    return own if len(own) < len(numbers) else []


def _connected(lines: Sequence[WeighedLine]) -> list[list[WeighedLine]]:
    groups: list[tuple[set[str], list[WeighedLine]]] = []
    for line in lines:
        sides = {other.what.iri for other in line.others}
        touched = [group for group in groups if group[0] & sides]
        merged = [one for group in touched for one in group[1]]
        groups = [group for group in groups if group not in touched]
        groups.append((sides.union(*(group[0] for group in touched)), [*merged, line]))
    return [group for _, group in groups]
