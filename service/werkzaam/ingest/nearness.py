"""Which known words somebody meant who typed others: told only where nothing else can be meant.

Nearness is the number of letters that are wrong, missing, too many or swapped with the next: the
`optimal string alignment distance <https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance>`_.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

_WORD: Final = re.compile(r"\w+")
_NOT: Final = frozenset(
    ("niet", "geen", "nooit", "zonder", "not", "no", "non", "none", "never", "without")
)
_UN: Final = ("on", "un", "in", "non", "dis", "niet")
_SHORTEST = 4
_SHORTEST_STEM = 3
_LEAST_WORDS = 2


def nearest(words: str, known: Mapping[str, Iterable[str]]) -> str | None:
    """Which of the things that ``known`` names is meant by ``words`` (both folded): the one with the
    nearest name, else the one whose name alone holds all of them. None where two are as near."""
    able = [name for name in known if not contradict(words, name)]
    near = {name: distance for name in able if (distance := _distance(words, name)) is not None}
    least = min(near.values(), default=0)
    names = [name for name, distance in near.items() if distance == least]
    if not names:
        given = set(_WORD.findall(words))
        enough = len(given) >= _LEAST_WORDS
        names = [n for n in able if enough and given <= set(_WORD.findall(n)) and "://" not in n]
    meant = {thing for name in names for thing in known[name]}
    return meant.pop() if len(meant) == 1 else None


def contradict(one: str, other: str) -> bool:
    """Whether two texts (folded) mean something else for certain: another number or code, or a
    negation in one of them only."""
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    if _codes(ours) != _codes(theirs) or _NOT.intersection(ours) != _NOT.intersection(theirs):
        return True
    return _denies(ours, theirs) or _denies(theirs, ours)


def _codes(words: Iterable[str]) -> set[str]:
    return {word for word in words if any(map(str.isdigit, word))}


def _denies(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether one of our words is one of theirs with un- before it, or nearly so."""
    for word, other, before in product(ours, theirs, _UN):
        stem = word.removeprefix(before)
        long = min(len(stem), len(other)) >= _SHORTEST_STEM
        alike = stem != word and long and distance_within(stem, other, 1) is not None
        if alike and distance_within(word, other, 1) is None:
            return True
    return False


def _distance(words: str, name: str) -> int | None:
    """The distance where it is that of a slip: less in a short word, and word by word."""
    if min(len(words), len(name)) < _SHORTEST:
        return None
    found = distance_within(words, name, _slips(max(len(words), len(name))))
    if found is None or found <= 1:
        return found
    ours, theirs = words.split(), name.split()
    if len(ours) != len(theirs):
        return None
    slips = (
        distance_within(a, b, _slips(max(len(a), len(b))))
        for a, b in zip(ours, theirs, strict=True)
    )
    return None if None in slips else found


def _slips(length: int) -> int:
    return 1 if length < 8 else 2 if length < 16 else 3


def distance_within(one: str, other: str, most: int) -> int | None:
    """The distance between two texts, None where it is more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return None
    ours, theirs = Counter(one), Counter(other)
    if max((ours - theirs).total(), (theirs - ours).total()) > most:
        return None
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            cost = min(row[-1] + 1, last[j] + 1, last[j - 1] + (letter != its))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its
            row.append(min(cost, before[j - 2] + 1) if swapped else cost)
        before, last = last, row
    return last[-1] if last[-1] <= most else None
