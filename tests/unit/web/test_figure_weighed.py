"""What is set beside a figure is shown once, with every reason for it."""

from collections.abc import Sequence

from werkzaam.api.figure_pieces import Item, WeighedLine, Words
from werkzaam.web.figure_views import ItemView, ReasonView
from werkzaam.web.figure_weighed import weighed_views
from werkzaam.web.pieces import Named


def line(name: str, *others: str) -> WeighedLine:
    sides = [Item(Words(other, "", other), "measurement") for other in others]
    return WeighedLine(name, name, Words(name), "", sides)


def item(one: Item) -> ItemView:
    return ItemView(Named(one.what.text), "", "", "", [], [])


def reason(one: WeighedLine, beside: Sequence[int]) -> ReasonView:
    return ReasonView(one.kind, Named(one.reason.text), "", "", beside)


def test_each_side_and_each_reason_is_there_once() -> None:
    lines = [line("a", "75", "82"), line("x", "9"), line("b", "82", "75"), line("c", "82", "67")]
    beside, apart = sorted(weighed_views(lines, item, reason), key=lambda view: -len(view.others))
    assert [one.what.text for one in beside.others] == ["75", "82", "67"]
    assert [why.kind for why in beside.reasons] == ["a", "b", "c"]
    numbers = {one.what.text: beside.first + n for n, one in enumerate(beside.others)}
    said = {why.kind: set(why.beside) for why in beside.reasons}
    assert said["a"] == said["b"] == {numbers["75"], numbers["82"]}
    assert said["c"] == {numbers["82"], numbers["67"]}
    assert [one.what.text for one in apart.others] == ["9"]
    assert apart.reasons[0].beside == []


def test_sets_that_a_later_reason_joins_become_one() -> None:
    views = weighed_views([line("a", "1"), line("b", "2"), line("c", "1", "2")], item, reason)
    assert len(views) == 1
    assert len(views[0].others) == 2
