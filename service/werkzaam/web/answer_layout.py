"""Where the columns of an answer stand: once for all rows, once for each case, in a row, or small
under another column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzaam.catalogue.cases import case_of
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import CataloguedQuery, Column
from werkzaam.web.lookups import text_of

SOURCE_PARTS = ("document", "documentTitle", "section", "page", "pageStatus")
STANDS_FOR = {
    "gist": ("statement", "measurement", "assessment", "shown"),
    "groundGist": ("ground",),
    "answerGist": ("answer",),
    "reason": ("tension", "correspondence"),
    "citedAs": ("reference",),
    "wording": ("use", "shown"),
}
_MOST_COLUMNS = 5
_ROWS_PER_CASE = 1.5
_HOW = (
    *("kindOfLabel", "hypothetical", "voiceLabel", "headingVoiceLabel", "basisLabel", "hedges"),
    *("quantityWords", "polarityLabel", "weakened", "quotation", "speaker", "sources"),
    *("headingFindingKindLabel", "aboutWhom", "limitations", "themes", "locations", "parts"),
)
_WHERE = ("documentTitle", "section", "page", "pageStatus")
_UNDER = {
    "gist": _HOW,
    "value": (
        *("minimum", "maximum", "approximate", "stated", "denominator", "unitLabel"),
        "measureKindLabel",
    ),
    "population": ("period",),
    "conceptLabel": ("reach", "reason"),
}
_OTHER_SIDES = ("ground", "answer")


@dataclass(frozen=True)
class Layout:
    """The columns of an answer by where they stand, each in reading order.

    ``once``: with one value in the whole answer. ``of_case``: with one value in each case; only where
    rows are shown by case (``by_case``). ``of_row``: the columns of the table. ``under``: by the name
    of one of those, what stands small beneath it. ``empty``: without any value.
    """

    of_row: Sequence[Column]
    once: Sequence[Column] = ()
    of_case: Sequence[Column] = ()
    under: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    empty: Sequence[Column] = ()
    by_case: bool = False

    @property
    def shown(self) -> list[Column]:
        """Every column that stands in a row or with its case."""
        beneath = [column for columns in self.under.values() for column in columns]
        return [*self.of_case, *self.of_row, *beneath]


def layout_of(query: CataloguedQuery, table: Table) -> Layout:
    """Where the columns of ``query`` stand, by what all rows of its answer say."""
    columns = _reading_order(query.columns)
    if not table.rows:
        return Layout(columns)
    left = [column for column in columns if _has_value(column, table)]
    empty = [column for column in columns if column not in left]
    cases = _cases(query, table)
    by_case = len(table.rows) >= _ROWS_PER_CASE * len(cases) and bool(cases)
    once: list[Column] = []
    if len(table.rows) > 1 and len(cases) != 1:
        once = [c for c in left if _can_move(c, query) and _is_one(c, [table.rows])]
        left = [column for column in left if column not in once]
    of_case: list[Column] = []
    if by_case:
        of_case = [c for c in left if _can_move(c, query) and _is_one(c, list(cases.values()))]
        left = [column for column in left if column not in of_case]
    if not left:
        return Layout([*once, *of_case], empty=empty)
    under = _under(left) if len(left) > _MOST_COLUMNS else {}
    beneath = [column for columns in under.values() for column in columns]
    of_row = [column for column in left if column not in beneath]
    return Layout(of_row, once, of_case, under, empty, by_case)


def _reading_order(columns: Sequence[Column]) -> list[Column]:
    """Named things first; an identifier with a name, or with a text that stands for it, is not shown
    apart, one without comes last."""
    names = {column.name for column in columns}
    named = {column.of for column in columns if column.of}
    for text, things in STANDS_FOR.items():
        named |= {*things} if text in names else set()
    kept = [
        column
        for column in columns
        if column.name not in named and (column.name not in SOURCE_PARTS or column.name == "page")
    ]
    return sorted(kept, key=lambda column: column.role == "identifier")


def _has_value(column: Column, table: Table) -> bool:
    names = SOURCE_PARTS if column.name == "page" else (column.name,)
    return any(text_of(row, name) for row in table.rows for name in names)


def _cases(query: CataloguedQuery, table: Table) -> dict[str, list[Row]]:
    """The rows of each case; empty where they do not stand together, as the answer then has another
    order, or where nothing tells cases apart."""
    found: dict[str, list[Row]] = {}
    before = ""
    for row in table.rows:
        case = case_of(query, row)
        if not case or (case in found and case != before):
            return {}
        found.setdefault(case, []).append(row)
        before = case
    return found


def _can_move(column: Column, query: CataloguedQuery) -> bool:
    """Whether it may leave the rows: a figure has its own sheet in each, and a passage is looked for
    beside what it says."""
    return column.name != "page" and query.behind(column.name) is None


def _is_one(column: Column, parts: Sequence[Sequence[Row]]) -> bool:
    return all(len({_said(column, row) for row in rows}) == 1 for rows in parts)


def _said(column: Column, row: Row) -> tuple[Term | None, ...]:
    names = (column.name, *([column.of] if column.of else ()), *STANDS_FOR.get(column.name, ()))
    return tuple(row.get(name) for name in names)


def _under(columns: Sequence[Column]) -> dict[str, list[Column]]:
    names: dict[str, tuple[str, ...]] = dict(_UNDER)
    for side in _OTHER_SIDES:
        of_side = (side + name[:1].upper() + name[1:] for name in (*_HOW, *_WHERE))
        names[f"{side}Gist"] = tuple(of_side)
    present = {column.name for column in columns}
    found = {}
    for owner, beneath in names.items():
        kept = [column for column in columns if column.name in beneath]
        if owner in present and kept:
            found[owner] = kept
    return found
