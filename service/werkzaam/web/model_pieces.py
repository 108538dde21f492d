"""What the page about the model of integration is made of: layers, components, and their picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.web.lookups import ScaleValue
from werkzaam.web.map_pieces import Assessment
from werkzaam.web.pieces import Named


@dataclass(frozen=True)
class ComponentView:
    """A component of integration with what documents say about MDT.

    ``values``: the different values among ``assessments`` in the order of the scale, or the one for
    “not stated” where there is no assessment. ``records`` is what the loaded projects say, and ``records_sheet`` defends it.
    ``interactions``: statements that relate it to another component. ``everything`` is the question
    on what all documents say MDT does for it.
    """

    id: str
    iri: str
    label: str
    definition: str
    note: str
    href: str
    values: Sequence[ScaleValue]
    assessments: Sequence[Assessment]
    interactions: Sequence[Named]
    records: str
    records_sheet: str = ""
    everything: str = ""


@dataclass(frozen=True)
class LayerView:
    """A layer with its components; ``around`` marks those that stand outside every layer."""

    id: str
    label: str
    definition: str
    components: Sequence[ComponentView]
    around: bool = False


@dataclass(frozen=True)
class EffectEntry:
    """A value of the scale and how many components have it; ``sheet`` defends that."""

    value: ScaleValue
    components: int
    sheet: str = ""


@dataclass(frozen=True)
class Line:
    """A line of text in the picture; ``y`` is its baseline."""

    y: int
    text: str


@dataclass(frozen=True)
class Box:
    """A component in the picture, in units of the view box. ``name`` is read out for its link."""

    x: int
    y: int
    width: int
    height: int
    label: Sequence[Line]
    words: Sequence[Line]
    href: str
    name: str
    slug: str


@dataclass(frozen=True)
class Band:
    """A layer in the picture."""

    x: int
    y: int
    width: int
    height: int
    title: Sequence[Line]
    name: str
    boxes: Sequence[Box]
    around: bool


@dataclass(frozen=True)
class Picture:
    """The layers one above the other. ``context`` frames them all and comes first in ``bands``."""

    id: str
    width: int
    height: int
    bands: Sequence[Band]
