"""What the tests of the gate share: all content, and tables made from one good row."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from werkzaam.domain.content import Content, ContentFile
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.mapping import TableMapping, read_mapping

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "tests" / "data" / "submissions" / "good.csv"


@pytest.fixture(scope="session")
def all_content() -> Content:
    """The content of the checkout, mappings and examples included."""
    return Content(
        tuple(
            ContentFile(path.relative_to(ROOT).as_posix(), path.read_bytes())
            for folder in ("graph_data", "ontology", "queries", "shapes")
            for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in (".ttl", ".rq", ".json", ".csv")
        )
    )


@pytest.fixture(scope="session")
def mapping(all_content: Content) -> TableMapping:
    """The mapping of projects."""
    return read_mapping(all_content, "projects")


class Sheet:
    """A good table of one row; every change gives a new one."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows

    def changed(self, title: str, text: str, row: int = 1) -> "Sheet":
        """With ``text`` in the column ``title``."""
        rows = [list(cells) for cells in self.rows]
        rows[row][rows[0].index(title)] = text
        return Sheet(rows)

    def with_rows(self, changes: Iterable[tuple[str, str]]) -> "Sheet":
        """With the first row once more for each change, under identifiers ``Q 0``, ``Q 1`` …

        Judged together they cost what one costs.
        """
        rows = [list(row) for row in self.rows]
        for number, (title, text) in enumerate(changes):
            other = self.changed("identificatie", f"Q {number}").changed(
                "penvoerder", f"St. {number}"
            )
            rows.append(other.changed(title, text).rows[1])
        return Sheet(rows)

    def with_row(self, title: str, text: str) -> "Sheet":
        """With the first row once more, of another applicant, but for one cell."""
        more, last = Sheet([*self.rows, list(self.rows[1])]), len(self.rows)
        return more.changed("penvoerder", "Stichting Anders", last).changed(title, text, last)

    def data(self, delimiter: str = ",", encoding: str = "utf-8", line: str = "\r\n") -> bytes:
        """As CSV."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator=line).writerows(self.rows)
        return text.getvalue().encode(encoding)


def good_sheet() -> Sheet:
    """The first row of the file without a fault."""
    return Sheet(list(csv.reader(io.StringIO(GOOD.read_text("utf-8"), newline="")))[:2])


@pytest.fixture
def sheet() -> Sheet:
    """A table without a fault."""
    return good_sheet()


@pytest.fixture(scope="session")
def judged(all_content: Content) -> Callable[..., GateOutcome]:
    """What the gate says about some bytes."""

    def judge_bytes(data: bytes, current: bytes = b"", demo: bool | None = False) -> GateOutcome:
        return judge(all_content, current, Upload(data, "a.csv", "projects"), demo)

    return judge_bytes


@pytest.fixture(scope="session")
def sound(judged: Callable[..., GateOutcome]) -> GateOutcome:
    """What the gate says about the table without a fault: judged once."""
    return judged(good_sheet().data())
