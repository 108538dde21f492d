"""The counts that pages show beside the questions: each a query for what is counted.

A file in ``tallies/`` has the header of a catalogued question and one column, ``member``. So the
number on the page and the list behind it have one rule, and what may be given is checked the same.
"""

from functools import cache
from pathlib import Path
from typing import Final

from werkzaam.catalogue.query_files import load_queries
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.queries import CataloguedQuery

_FOLDER = Path(__file__).parent / "tallies"
TOPIC = "counts"
WHOLES: Final = {
    "bottlenecks-unaddressed": "bottlenecks",
    "components-with-value": "components",
    "elements-unreported": "elements",
    "elements-with-value": "elements",
}
"""Of a count that is a part of another, that one: it takes the same parameters, as far as it has them."""


@cache
def load_tallies() -> tuple[CataloguedQuery, ...]:
    """Every count, named ``counts/<name>``. Raises ContentError for a file that is wrong."""
    files = tuple(
        ContentFile(f"queries/{TOPIC}/{path.name}", path.read_bytes())
        for path in sorted(_FOLDER.glob("*.rq"))
    )
    return tuple(load_queries(Content(files)))
