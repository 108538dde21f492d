"""On which pages of which documents things stand: of all of them, however many."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.linked_data.asking import batches, listed, query_text, rows_of
from werkzaam.linked_data.names import DCTERMS, Name, names_of
from werkzaam.linked_data.statements import Node, nodes_of
from werkzaam.store.interface import Store


@dataclass(frozen=True)
class PageOf:
    """A page of ``document``; ``page`` is empty where the document has no page numbers. ``status``:
    how the number is known, an IRI."""

    document: str
    page: str
    status: str


def pages_of(store: Store, things: Sequence[str]) -> list[PageOf]:
    """Every page on which one of ``things`` stands, each once, by document: one query for each three
    hundred things."""
    found: dict[PageOf, None] = {}
    for some in batches(things):
        for row in rows_of(store, query_text("pages-of", things=listed(some))):
            page, status = row.get("page"), row.get("status")
            found[
                PageOf(
                    row["document"].value,
                    page.value if page else "",
                    status.value if status else "",
                )
            ] = None
    return sorted(found, key=lambda one: (one.document, one.page, one.status))


def works_named(store: Store, documents: Sequence[str]) -> tuple[dict[str, Node], dict[str, Name]]:
    """The facts of ``documents`` by IRI, and the names of their publishers that are things."""
    nodes = nodes_of(store, documents) if documents else {}
    publishers = [
        term.value
        for facts in nodes.values()
        for term in facts.get(DCTERMS + "publisher", ())
        if term.kind == "uri"
    ]
    names = names_of(store, publishers) if publishers else {}
    return {iri: Node(iri, facts) for iri, facts in nodes.items()}, names
