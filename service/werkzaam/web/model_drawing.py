"""Where everything stands in the picture of the model: layers one above the other, with what
stands outside every layer around them.

Text does not wrap in SVG, so lines are broken here, by a width per character that is on the safe
side for the fonts of the page.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.model_pieces import Band, Box, ComponentView, LayerView, Line, Picture

_GAP = 12
_PAD = 14
_LABEL_LINE = 21
_WORDS_LINE = 18
_LABEL_CHARACTER = 9.6
_WORDS_CHARACTER = 7.6


@dataclass(frozen=True)
class Format:
    """How wide a picture is, how many boxes stand beside each other, and where titles stand.

    ``title_width`` 0 puts the title of a layer above its boxes.
    """

    id: str
    width: int
    columns: int
    title_width: int


WIDE = Format("wide", 1160, 5, 170)
NARROW = Format("narrow", 358, 2, 0)


def picture(layers: Sequence[LayerView], form: Format) -> Picture:
    """The picture of ``layers``; those marked ``around`` make the frame and its head."""
    inner = [layer for layer in layers if not layer.around]
    outer = [layer for layer in layers if layer.around]
    bands: list[Band] = []
    y = _PAD
    for layer in outer:
        band = _band(layer, form, _PAD, y, form.width - 2 * _PAD)
        y = band.y + band.height + _GAP
        bands.append(band)
    for layer in inner:
        band = _band(layer, form, _PAD, y, form.width - 2 * _PAD)
        y = band.y + band.height + _GAP
        bands.append(band)
    return Picture(form.id, form.width, y - _GAP + _PAD, bands)


def _band(layer: LayerView, form: Format, x: int, y: int, width: int) -> Band:
    title_width = form.title_width or width - 2 * _PAD
    title = _wrapped(layer.label, title_width - _PAD, _LABEL_CHARACTER)
    above = 0 if form.title_width else len(title) * _LABEL_LINE + _GAP // 2
    left = x + _PAD + form.title_width
    boxes = _boxes(layer.components, form, left, y + _PAD + above, x + width - _PAD - left)
    bottom = max((box.y + box.height for box in boxes), default=y + _PAD + above)
    height = max(bottom - y, len(title) * _LABEL_LINE + _PAD) + _PAD
    return Band(
        x, y, width, height, _lines(title, y + _PAD + 16, _LABEL_LINE), layer.label, boxes,
        layer.around,
    )  # fmt: skip


def _boxes(
    components: Sequence[ComponentView], form: Format, x: int, y: int, width: int
) -> list[Box]:
    made: list[Box] = []
    for start in range(0, len(components), form.columns):
        row = components[start : start + form.columns]
        each = (width - _GAP * (len(row) - 1)) // len(row)
        drawn = [_box(one, x + place * (each + _GAP), y, each) for place, one in enumerate(row)]
        height = max(box.height for box in drawn)
        made.extend(_as_high(box, height) for box in drawn)
        y += height + _GAP
    return made


def _box(component: ComponentView, x: int, y: int, width: int) -> Box:
    room = width - 2 * _PAD
    label = _wrapped(component.label, room, _LABEL_CHARACTER)
    said = [f"{value.symbol} {value.label}" for value in component.values]
    words = [line for text in said for line in _wrapped(text, room, _WORDS_CHARACTER)]
    top = y + _PAD + 14
    below = top + len(label) * _LABEL_LINE + 4
    height = 2 * _PAD + len(label) * _LABEL_LINE + 4 + len(words) * _WORDS_LINE
    return Box(
        x, y, width, height,
        _lines(label, top, _LABEL_LINE), _lines(words, below, _WORDS_LINE),
        f"#{component.id}",
        f"{component.label}: {'; '.join(value.label for value in component.values)}",
        component.values[0].slug,
    )  # fmt: skip


def _as_high(box: Box, height: int) -> Box:
    return Box(box.x, box.y, box.width, height, box.label, box.words, box.href, box.name, box.slug)


def _wrapped(text: str, room: float, character: float) -> list[str]:
    return textwrap.wrap(text, max(8, int(room / character)), break_on_hyphens=True)


def _lines(texts: Sequence[str], y: int, step: int) -> list[Line]:
    return [Line(y + place * step, text) for place, text in enumerate(texts)]
