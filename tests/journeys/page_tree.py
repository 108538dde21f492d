"""Pages as trees of elements, read fast; that they are good HTML is tested elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"}


@dataclass
class Element:
    """An element of a page with what stands in it."""

    name: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all()

    def has_class(self, *names: str) -> bool:
        return bool({*names} & {*self.attributes.get("class", "").split()})

    @property
    def text(self) -> str:
        texts = (part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join("".join(texts).split())

    def by_id(self, name: str) -> "Element | None":
        return next((e for e in self.all() if e.attributes.get("id") == name), None)


class Reader(HTMLParser):
    """Reads a page; ``root`` holds what stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    @property
    def root(self) -> Element:
        return self.open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open.pop().name != tag:
            assert len(self.open) > 1, tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)
