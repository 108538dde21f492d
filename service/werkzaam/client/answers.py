"""An answer as rows of Python values, with its limits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any, Final

from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import WerkzaamError

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"

Value = str | int | float | bool | Decimal | date | datetime


class PandasMissing(WerkzaamError, ImportError):
    """A frame is asked for, and pandas is not installed."""


@dataclass(frozen=True)
class Answer:
    """The rows of one answer, or of one page of it.

    ``version``: of the dataset; None where the other side does not say. ``truncated``: rows after the
    last one were left out. ``limits``: what else the other side says about it. ``permalink``: where
    this answer can be had again. ``sparql``: what was asked, where it was put together here. ``demo``:
    not empty where the data are made up.
    """

    name: str
    table: Table
    headings: Mapping[str, str] = field(default_factory=dict)
    label_of: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    permalink: str | None = None
    sparql: str | None = None
    demo: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return self.table.columns

    @property
    def truncated(self) -> bool:
        """Whether rows after the last one were left out."""
        return self.table.truncated

    @property
    def rows(self) -> list[dict[str, Value | None]]:
        """Each row by name of column: IRIs and texts as ``str``, numbers, dates and truth values as
        Python has them, None where there is nothing."""
        return [
            {name: _value_in(row, name) for name in self.table.columns} for row in self.table.rows
        ]

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings of ``labels()``, in order, also where there are no rows."""
        return tuple(self._heads.values())

    def labels(self) -> list[dict[str, Value | None]]:
        """Each row as a reader has it: under ``heads``, and a thing by its label. A column that only
        labels another is left out."""
        heads = self._heads
        return [{heads[name]: self._called(row, name) for name in heads} for row in self.table.rows]

    def to_pandas(self, *, labels: bool = False) -> Any:
        """A ``pandas.DataFrame`` of ``rows``, or of ``labels()``; its ``attrs`` hold name, version,
        limits, truncated and permalink. Raises PandasMissing."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise PandasMissing(
                "pandas is not installed. Install it (pip install pandas), or use rows."
            ) from None
        rows = self.labels() if labels else self.rows
        columns = list(self.heads if labels else self.columns)
        frame = pandas.DataFrame(rows, columns=columns)
        frame.attrs.update(
            name=self.name,
            version=self.version,
            limits=dict(self.limits),
            truncated=self.truncated,
            permalink=self.permalink,
        )
        return frame

    def __iter__(self) -> Iterator[dict[str, Value | None]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.table.rows)

    @property
    def _heads(self) -> dict[str, str]:
        shown = [name for name in self.table.columns if name not in self.label_of.values()]
        return _apart({name: self.headings.get(name, name) for name in shown})

    def _called(self, row: Row, name: str) -> Value | None:
        label = self.label_of.get(name, "")
        return _value_in(row, label) if label in row else _value_in(row, name)


def labels_of(query: CataloguedQuery) -> dict[str, str]:
    """By name of column, the column that labels it."""
    return {column.of: column.name for column in query.columns if column.of}


def headings_of(query: CataloguedQuery, language: Language) -> dict[str, str]:
    """The headings of ``query`` by name of column."""
    return {column.name: column.label.in_(language) for column in query.columns}


def value_of(term: Term) -> Value:
    """``term`` as a Python value; text that is no number of its datatype stays text."""
    read = _READERS.get((term.datatype or "").removeprefix(_XSD))
    if term.kind != "literal" or read is None:
        return term.value
    try:
        return read(term.value)
    except (ValueError, InvalidOperation):
        return term.value


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("double", "float"), float),
    "decimal": Decimal,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def _value_in(row: Row, name: str) -> Value | None:
    return value_of(row[name]) if name in row else None


def _apart(heads: Mapping[str, str]) -> dict[str, str]:
    """Headings that tell columns apart: two of the same get their names added."""
    often: Sequence[str] = list(heads.values())
    return {
        name: f"{head} ({name})" if often.count(head) > 1 else head for name, head in heads.items()
    }
