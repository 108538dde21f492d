"""The picture of the model: everything stands within its frame, and nothing over something else."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.web.lookups import ScaleValue
from werkzaam.web.model_drawing import NARROW, WIDE, Format, picture
from werkzaam.web.model_pieces import Band, Box, ComponentView, LayerView

TEXT = st.text(st.characters(whitelist_categories=("Lu", "Ll"), whitelist_characters=" -"),
               min_size=1, max_size=60).filter(str.strip)  # fmt: skip
VALUES = st.lists(
    st.builds(
        ScaleValue, st.just("https://example.org/v"), TEXT, st.just("d"), st.just("●"),
        st.just(False),
    ),
    min_size=1, max_size=3,
)  # fmt: skip
COMPONENTS = st.builds(
    ComponentView, st.just("component-a"), st.just("https://example.org/a"), TEXT, st.just("d"),
    st.just(""), st.just("/a"), VALUES, st.just(()), st.just(()), st.just(""),
)  # fmt: skip
LAYERS = st.lists(
    st.builds(
        LayerView, st.just("layer-a"), TEXT, st.just("d"),
        st.lists(COMPONENTS, min_size=1, max_size=7), st.booleans(),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def touches(one: Box | Band, other: Box | Band) -> bool:
    """Whether there is no room between the two."""
    return (
        one.x <= other.x + other.width
        and other.x <= one.x + one.width
        and one.y <= other.y + other.height
        and other.y <= one.y + one.height
    )


def within(inner: Box | Band, outer: Box | Band) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
@given(layers=LAYERS)
def test_everything_has_a_place_of_its_own(form: Format, layers: Sequence[LayerView]) -> None:
    drawn = picture(layers, form)
    frame = Band(0, 0, drawn.width, drawn.height, (), "", (), False)
    assert [len(band.boxes) for band in drawn.bands] == [
        len(layer.components)
        for layer in sorted(layers, key=lambda layer: not layer.around)
    ]  # fmt: skip
    for band in drawn.bands:
        assert within(band, frame)
        assert all(within(box, band) for box in band.boxes)
        assert not any(touches(one, other) for one, other in combinations(band.boxes, 2))
        for box in band.boxes:
            lines = [line.y for line in (*box.label, *box.words)]
            assert lines == sorted(set(lines))
            assert box.y < lines[0]
            assert lines[-1] < box.y + box.height
    assert not any(touches(one, other) for one, other in combinations(drawn.bands, 2))


@given(layers=LAYERS)
def test_no_word_is_left_out_and_the_link_says_it_all(layers: Sequence[LayerView]) -> None:
    ordered = sorted(layers, key=lambda layer: not layer.around)
    shown = [component for layer in ordered for component in layer.components]
    boxes = [box for band in picture(layers, WIDE).bands for box in band.boxes]
    for component, box in zip(shown, boxes, strict=True):
        label = "".join(line.text for line in box.label)
        assert label.replace(" ", "") == component.label.replace(" ", "")
        assert box.name.startswith(component.label)
        assert all(value.label in box.name for value in component.values)
        assert box.href == f"#{component.id}"


def test_what_surrounds_the_layers_comes_first() -> None:
    value = ScaleValue("https://example.org/v", "not stated", "d", "·", False)
    one = ComponentView("component-a", "i", "A", "d", "", "/a", [value], (), (), "")
    layers = [LayerView("l", "Layer", "d", [one]), LayerView("o", "Around", "d", [one], True)]
    assert [band.name for band in picture(layers, WIDE).bands] == ["Around", "Layer"]
