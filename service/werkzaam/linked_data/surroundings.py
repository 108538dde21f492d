"""What stands around a thing in the graph: edges that a rule derived, mentions, passages."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Row, Term
from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.linked_data.names import MDT
from werkzaam.store.interface import Store


@dataclass(frozen=True)
class Derived:
    """Edges by one ``property`` that follow from statements by a rule, from the thing to ``others``
    or, where ``incoming``, from these to the thing."""

    property: str
    incoming: bool
    others: Sequence[str]


@dataclass(frozen=True)
class Mention:
    """A word or reference in ``passage`` with what it means (``target``).

    ``status``: for a reference, how it compares with the bibliography; ``only`` names the only
    rendering of the document that has it.
    """

    iri: str
    words: Term
    is_reference: bool
    passage: str
    target: str | None
    status: str | None
    only: str


@dataclass(frozen=True)
class PassageCount:
    """A passage of a document, its page, and how many statements stand in it."""

    iri: str
    page: str
    statements: int


def derived_edges(store: Store, iri: str) -> list[Derived]:
    """The derived edges of ``iri``, outgoing ones first."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(store, query_text("derived", thing=in_brackets(iri))):
        key = (row["way"].value, row["property"].value)
        found.setdefault(key, []).append(row["other"].value)
    return [Derived(name, way == "to", others) for (way, name), others in found.items()]


def implied_by_model(store: Store, iri: str) -> list[tuple[str, Term]]:
    """The property and value of what follows about ``iri`` from what its classes and properties mean."""
    rows = rows_of(store, query_text("implied", thing=in_brackets(iri)))
    return [(row["property"].value, row["value"]) for row in rows]


def mentions(store: Store, iri: str) -> list[Mention]:
    """The mentions of ``iri``, or in it, where it is a passage."""
    rows = rows_of(store, query_text("mentions", thing=in_brackets(iri)))
    found = {row["mention"].value: _mention(row) for row in reversed(rows)}
    return list(reversed(found.values()))


def passages_of(store: Store, iri: str) -> list[PassageCount]:
    """The passages of the document ``iri`` in the order of its pages."""
    rows = rows_of(store, query_text("document-passages", thing=in_brackets(iri)))
    found = [
        PassageCount(row["passage"].value, _text(row, "page"), int(row["count"].value))
        for row in rows
    ]
    return sorted(found, key=lambda passage: _first_page(passage.page))


def _mention(row: Row) -> Mention:
    return Mention(
        row["mention"].value,
        row["words"],
        row["property"].value == MDT + "citedAs",
        row["passage"].value,
        _text(row, "target") or None,
        _text(row, "status") or None,
        _text(row, "only"),
    )


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if term else ""


def _first_page(page: str) -> tuple[int, str]:
    digits = page.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0, page
