"""The document about a thing as RDF."""

from werkzaam.domain.answers import Term
from werkzaam.linked_data.asking import in_brackets, listed, query_text, rows_of
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.neighbours import Pointing, incoming
from werkzaam.linked_data.provenance import origin_of, submitted
from werkzaam.linked_data.things import document_of
from werkzaam.store.interface import Question, Store

_TAKES_PART = tuple(MDT + name for name in ("regards", "inTheLightOf", "setsBeside", "shared"))


def graph_of(store: Store, iri: str, media_type: str) -> bytes:
    """What is said of ``iri`` and of the nodes below it, the row and the columns that these come
    from, who points at it (as far as the page shows them; of a correspondence all that is said), and
    what everything in it is called, in one of ``GRAPH_TYPES``."""
    below = [
        row["node"].value for row in rows_of(store, query_text("below", thing=in_brackets(iri)))
    ]
    pointing = incoming(store, iri)
    described = [iri, *below, *_origins(store, iri), *_judgements(pointing)]
    text = query_text(
        "graph",
        thing=in_brackets(iri),
        document=in_brackets(document_of(iri)),
        described=listed(described),
        named=listed(_named(store, described, pointing)),
    )
    text = text.replace("(<urn:werkzaam:subject> <urn:werkzaam:property>)", _pairs(pointing))
    return store.ask(Question(text, media_type)).body


def _origins(store: Store, iri: str) -> list[str]:
    """The row and the columns that what is said of ``iri`` comes from."""
    origin = origin_of(store, iri)
    if origin is None:
        return []
    columns = [read.column.iri for read in submitted(store, origin.submission).columns]
    return [*([origin.place.row] if origin.place.row else ()), *columns]


def _judgements(pointing: list[Pointing]) -> list[str]:
    """The correspondences that the thing takes part in: a reader of its data needs their reasons."""
    found = (name for item in pointing if item.property in _TAKES_PART for name in item.subjects)
    return list(dict.fromkeys(found))


def _named(store: Store, described: list[str], pointing: list[Pointing]) -> list[str]:
    """All IRIs in the graph, without the described ones, properties first: labels for these."""
    properties: dict[str, None] = {}
    things: dict[str, None] = {}
    for row in rows_of(store, query_text("values", things=listed(described))):
        properties.setdefault(row["property"].value)
        _note(things, row["value"])
    for item in pointing:
        properties.setdefault(item.property)
        things.update(dict.fromkeys(item.subjects))
    return [name for name in {**properties, **things} if name not in described]


def _note(things: dict[str, None], value: Term) -> None:
    if value.kind == "uri":
        things.setdefault(value.value)


def _pairs(pointing: list[Pointing]) -> str:
    return " ".join(
        f"({in_brackets(subject)} {in_brackets(item.property)})"
        for item in pointing
        for subject in item.subjects
    )
