"""The nearest things around one, as a small picture: what points here on the left, what this points at
on the right, on a line that comes from the thing itself.

Text does not wrap in SVG, so lines are broken here, as in ``model_drawing``.
"""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.names import MDT, RDFS, SKOS
from werkzaam.linked_data.statements import TYPE
from werkzaam.linked_data.things import is_thing
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.resource_pieces import Neighbour, NetworkBox, NetworkLine, NetworkView
from werkzaam.web.resource_words import model_words
from werkzaam.web.wording import say

MOST_A_SIDE: Final = 5
_WIDTH: Final = 358
_COLUMN: Final = 160
_GAP: Final = 10
_PAD: Final = 10
_MOST_LINES: Final = 4
_TITLE_LINES: Final = 3
_LABEL_STEP: Final = 20
_WORDS_STEP: Final = 18
_LABEL_CHARACTER: Final = 10.4
_WORDS_CHARACTER: Final = 7.6
# codes say what kind of statement it is: the page has them in words elsewhere, so they are not drawn
_CODES: Final = {
    TYPE, SKOS + "inScheme", RDFS + "isDefinedBy",
    *(MDT + name for name in (
        "reviewStatus", "polarity", "basis", "voice", "headingVoice", "relation", "findingKind",
        "headingFindingKind", "pageStatus", "documentPart", "unit", "measureKind", "proposalKind",
        "tensionKind", "correspondenceKind", "matchStatus", "sourceType", "judgedBy", "position",
    )),
}  # fmt: skip


def network(described: Description, title: Named, naming: Naming) -> NetworkView | None:
    """The picture of ``described``, of at most ``MOST_A_SIDE`` neighbours on either side, and how many
    relations with other things it has in all, drawn or not; None where nothing can be drawn."""
    out = {
        name: [value.value for value in values if value.kind == "uri" and is_thing(value.value)]
        for name, values in described.facts.items()
    }
    to_here = {item.property: list(item.subjects) for item in described.pointing}
    count = sum(item.count for item in described.pointing) + sum(map(len, out.values()))
    drawn = {name: others for name, others in out.items() if name not in _CODES}
    taken = [
        [Neighbour(_called(name, naming), naming.named(other), incoming) for name, other in some]
        for incoming, some in ((True, _some(to_here)), (False, _some(drawn)))
    ]
    if not any(taken):
        return None
    return _drawn(title, taken[0], taken[1], count)


def _some(edges: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The first of each property in turn, then the second, until there are enough."""
    turns = zip_longest(*([(name, one) for one in others] for name, others in edges.items()))
    found: dict[str, tuple[str, str]] = {}
    for edge in (edge for turn in turns for edge in turn if edge is not None):
        if is_thing(edge[1]) or edge[1].startswith(MDT):
            found.setdefault(edge[1], edge)
        if len(found) == MOST_A_SIDE:
            break
    return list(found.values())


def _called(name: str, naming: Naming) -> Named:
    words = {**model_words(naming.interface), TYPE: say("is a", naming.interface)}
    return Named(words[name], iri=name) if name in words else naming.named(name)


def _drawn(
    title: Named, left: Sequence[Neighbour], right: Sequence[Neighbour], count: int
) -> NetworkView:
    words = _wrapped(title.text, _WIDTH - 4 * _PAD, _LABEL_CHARACTER, _TITLE_LINES)
    title_height = len(words) * _LABEL_STEP + 2 * _PAD
    top = title_height + 2 * _GAP
    boxes = [
        *_column(left, 1, top),
        *_column(right, _WIDTH - _COLUMN - 1, top),
    ]
    bottom = max(box.y + box.height for box in boxes)
    ends = [box.y + box.height // 2 for box in boxes]
    return NetworkView(
        [*left, *right], count, _WIDTH, bottom + 2,
        _lines(words, _PAD + 16, _LABEL_STEP), title_height, boxes,
        (_WIDTH // 2, title_height + 1, max(ends)),
    )  # fmt: skip


def _column(neighbours: Sequence[Neighbour], x: int, y: int) -> Iterator[NetworkBox]:
    for one in neighbours:
        room = _COLUMN - 2 * _PAD
        arrow = "→ {}" if not one.incoming else "{} →"
        words = _wrapped(arrow.format(one.property.text), room, _WORDS_CHARACTER, 2)
        label = _wrapped(one.other.text, room, _LABEL_CHARACTER, _MOST_LINES)
        height = 2 * _PAD + len(words) * _WORDS_STEP + len(label) * _LABEL_STEP
        first = y + _PAD + 13
        yield NetworkBox(
            x, y, _COLUMN, height, _lines(words, first, _WORDS_STEP),
            _lines(label, first + len(words) * _WORDS_STEP + 2, _LABEL_STEP),
            one.other.href, f"{one.property.text}: {one.other.text}", one.other.language,
        )  # fmt: skip
        y += height + _GAP


def _wrapped(text: str, room: float, character: float, most: int) -> list[str]:
    """``text`` on lines that fit; a word that is too long is broken, too much text is cut."""
    width = max(8, int(room / character))
    return textwrap.wrap(text, width, max_lines=most, placeholder=" …", break_on_hyphens=True) or [
        ""
    ]


def _lines(texts: Sequence[str], y: int, step: int) -> list[NetworkLine]:
    return [NetworkLine(y + place * step, text) for place, text in enumerate(texts)]
