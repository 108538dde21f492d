"""The objects of JSON that were refused while others were taken in: cut out of what was sent, letter by
letter, in a document of the same shape.
"""

import json
from collections.abc import Collection, Iterator
from typing import Final

from werkzaam.ingest.report import Report
from werkzaam.ingest.text_decoding import decode

_SPACE: Final = " \t\n\r"
_READER: Final = json.JSONDecoder()

Span = tuple[int, int]
"""Where a value begins in a text, and where it ends."""


def refused_objects(data: bytes, report: Report) -> bytes | None:
    """The objects of ``data`` (`RFC 8259 <https://www.rfc-editor.org/rfc/rfc8259>`_ or `JSON Lines
    <https://jsonlines.org/>`_) at the places that ``report`` says were refused, as they were written,
    with what stands around their list; in UTF-8. None where none was refused."""
    paths = report.facts.get("refusedPaths", ())
    text = decode(data).text
    if not paths or text is None:
        return None
    numbers = {int(path.rpartition("/")[2]) for path in paths}
    if report.file.format == "jsonl":
        return _lines(text, numbers).encode()
    return _document(text, paths[0].rpartition("/")[0], numbers).encode()


def _lines(text: str, numbers: Collection[int]) -> str:
    filled = (line.removesuffix("\r") for line in text.split("\n") if line.strip())
    return "".join(f"{line}\n" for number, line in enumerate(filled) if number in numbers)


def _document(text: str, pointer: str, numbers: Collection[int]) -> str:
    """``text`` with in the list at ``pointer`` the items with these ``numbers`` alone."""
    start = _after_space(text, 0)
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        start = _inside(text, start, name)[0]
    spans = list(_items(text, start))
    kept = [span for number, span in enumerate(spans) if number in numbers]
    before = text[start + 1 : spans[0][0]]
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else ","
    items = between.join(text[begin:end] for begin, end in kept)
    return f"{text[:start]}[{before}{items}{text[spans[-1][1] :]}"


def _inside(text: str, start: int, name: str) -> Span:
    """Where the value stands that ``name`` has in the object or list at ``start``."""
    if text[start] == "[":
        return list(_items(text, start))[int(name)]
    return dict(_members(text, start))[name]


def _items(text: str, start: int) -> Iterator[Span]:
    """The values in the list at ``start``."""
    place = _after_space(text, start + 1)
    while text[place] != "]":
        end = _READER.raw_decode(text, place)[1]
        yield place, end
        place = _after_comma(text, end)


def _members(text: str, start: int) -> Iterator[tuple[str, Span]]:
    """The names and values in the object at ``start``."""
    place = _after_space(text, start + 1)
    while text[place] != "}":
        name, end = _READER.raw_decode(text, place)
        value = _after_space(text, _after_space(text, end) + 1)
        end = _READER.raw_decode(text, value)[1]
        yield name, (value, end)
        place = _after_comma(text, end)


def _after_comma(text: str, place: int) -> int:
    place = _after_space(text, place)
    return _after_space(text, place + 1) if text[place] == "," else place


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
