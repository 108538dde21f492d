"""The comments on the cells of an Excel workbook, notes and threads alike.

Office Open XML (`ECMA-376, part 1, §18.7
<https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_) and `threaded comments
<https://learn.microsoft.com/openspecs/office_standards/ms-xlsx/>`_.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.escape import unescape
from openpyxl.xml.functions import iterparse

from werkzaam.ingest.limits import MOST_CELL_CHARACTERS, MOST_COMMENTS
from werkzaam.ingest.returned_workbook import MARKER
from werkzaam.ingest.sheets import Comment, Place

_KINDS: Final = ("comments", "threadedComment")
_PLACE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?!\w)")
_COMMENTS: Final = ("comment", "threadedComment")


def read_comments(archive: Any, sheet: str, files: set[str]) -> tuple[Comment, ...] | None:
    """The comments, from above, on the part ``sheet`` of ``archive``, a ZipFile that holds ``files``; one
    more than is allowed where there are too many, None where they cannot be read."""
    try:
        found = islice(_all(archive, sheet, files), MOST_COMMENTS + 1)
        return tuple(sorted(found))
    except MemoryError:
        raise
    except Exception:  # a damaged part can make the libraries raise nearly anything
        return None


def _all(archive: Any, sheet: str, files: set[str]) -> Iterator[Comment]:
    links = get_rels_path(sheet)  # type: ignore[no-untyped-call]
    for link in get_dependents(archive, links) if links in files else ():
        if link.Type.rpartition("/")[2] in _KINDS and link.target in files:
            with archive.open(link.target) as source:
                yield from _comments(source)


def _comments(source: Any) -> Iterator[Comment]:
    authors: list[str] = []
    for _, element in iterparse(source):
        name = _local(element)
        if name == "author":
            authors.append(element.text or "")
        elif name in _COMMENTS:
            text = "".join(one.text or "" for one in element.iter() if _local(one) in ("t", "text"))
            place = int(element.get("authorId") or -1)
            author = authors[place] if 0 <= place < len(authors) else ""
            text = unescape(text)[:MOST_CELL_CHARACTERS]
            yield Comment(_place(element.get("ref") or ""), text, author == MARKER)
            element.clear()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _place(text: str) -> Place:
    match = _PLACE.match(text)
    if match is None:
        raise ValueError("a comment at no cell")
    return Place(int(match[2]), column_index_from_string(match[1].upper()) - 1)
