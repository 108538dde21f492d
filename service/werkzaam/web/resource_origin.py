"""Where a project record comes from, in words, and what a submission held."""

from collections.abc import Callable, Sequence
from datetime import datetime

from babel.dates import format_datetime
from babel.numbers import format_decimal

from werkzaam.domain.answers import Term
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.provenance import Place, ReadColumn, SubmittedRecord
from werkzaam.web.pieces import Named
from werkzaam.web.resource_pieces import (
    OriginView,
    SubmissionView,
    SubmittedColumn,
    SubmittedRow,
)
from werkzaam.web.wording import say

_ENDED = "http://www.w3.org/ns/prov#endedAtTime"
_GENERATED = "http://www.w3.org/ns/prov#generated"

Naming = Callable[[str], Named]


def origin_view(described: Description, named: Naming, language: Language) -> OriginView | None:
    """Where the thing stands, if it came in with a submission."""
    origin = described.origin
    if origin is None:
        return None
    return OriginView(
        _place(origin.place, language),
        named(origin.submission),
        origin.time,
        _moment(origin.time, language),
    )


def cells(
    described: Description,
    property_: str,
    values: Sequence[Term],
    named: Naming,
    language: Language,
) -> list[Named | None]:
    """For each of ``values`` the cell it came from, which leads to the submission; none without."""
    origin = described.origin
    if origin is None:
        return []
    found: list[Named | None] = []
    for value in values:
        cell = origin.cells.get((property_, value))
        if cell is None or cell.place.number is None:
            found.append(None)
            continue
        text = say(
            "{row}, column {column} ({title})",
            language,
            row=_place(cell.place, language),
            column=cell.column.letters,
            title=cell.column.title,
        )
        found.append(Named(text, f"{named(origin.submission).href}#{_anchor(cell.place)}"))
    return found if any(found) else []


def submission_view(
    described: Description, named: Naming, language: Language
) -> SubmissionView | None:
    """What was submitted, for a submission."""
    contents = described.submitted
    if contents is None:
        return None
    standing = len(described.facts.get(_GENERATED, ()))
    shown = len(contents.records)
    cut = say("{shown} of {count} are shown.", language, shown=shown, count=standing)
    return SubmissionView(
        _facts(described, standing, named, language),
        [_row(record, named, language) for record in contents.records],
        [_column(read, named) for read in contents.columns],
        cut if shown < standing else "",
    )


def _facts(
    described: Description, standing: int, named: Naming, language: Language
) -> list[tuple[str, Named]]:
    def first(name: str) -> str:
        values = described.facts.get(name, ())
        return values[0].value if values else ""

    def said(name: str) -> str:
        return first(MDT + name)

    records = say(
        "{all} in the file; {standing} of them stand as this submission has them",
        language,
        all=_number(said("recordCount"), language),
        standing=_number(str(standing), language),
    )
    return [
        (say("Submitted", language), Named(_moment(first(_ENDED), language))),
        (say("State", language), named(said("submissionState"))),
        (say("Records", language), Named(records)),
        (say("Made version of the dataset", language), Named(said("changeNumber"))),
        (
            say("Read by mapping", language),
            Named(f"{said('mappingName')} {said('mappingVersion')}"),
        ),
        (say("Encoding of the file", language), Named(said("fileEncoding"))),
        (say("SHA-256 of the file", language), Named(said("fileSha256"))),
    ]


def _row(record: SubmittedRecord, named: Naming, language: Language) -> SubmittedRow:
    place = record.place
    if place.row is None:
        return SubmittedRow(Named(""), named(record.iri), "")
    plain = place.number is not None and place.sheet is None
    text = str(place.number) if plain else _place(place, language)
    return SubmittedRow(Named(text, named(place.row).href), named(record.iri), _anchor(place))


def _anchor(place: Place) -> str:
    """The name of a row on the page of its submission: what its IRI has after that of the submission."""
    return "-".join((place.row or "").rpartition("/submission/")[2].split("/")[1:])


def _place(place: Place, language: Language) -> str:
    """Where something stood, in words; empty where that is not known."""
    if place.path is not None:
        return say("place {path}", language, path=place.path or "/")
    if place.number is None:
        return ""
    row = say("row {number}", language, number=place.number)
    return row if place.sheet is None else f"{place.sheet}, {row}"


def _column(read: ReadColumn, named: Naming) -> SubmittedColumn:
    column = read.column
    return SubmittedColumn(
        Named(column.letters, named(column.iri).href),
        column.title,
        [named(name) for name in read.properties],
        named(read.state) if read.state else None,
    )


def _moment(time: str, language: Language) -> str:
    if not time:
        return ""
    moment = datetime.fromisoformat(time)
    return f"{format_datetime(moment, 'd MMMM y, HH:mm', locale=language)} UTC"


def _number(digits: str, language: Language) -> str:
    return format_decimal(int(digits), locale=language) if digits else "?"
