"""The named graphs of the dataset: which there are, and how much each holds."""

import difflib
from dataclasses import dataclass

from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import GRAPHS
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import query_text, rows_of
from werkzaam.linked_data.things import is_slug
from werkzaam.store.interface import Store


@dataclass(frozen=True)
class GraphSize:
    """A graph by its IRI, and how many statements it holds."""

    iri: str
    statements: int


def is_graph(iri: str) -> bool:
    """Whether ``iri`` has the form of a graph of ours."""
    name = iri.removeprefix(GRAPHS)
    return iri != name and is_slug(f"graph/{name}")


def graphs_of(store: Store) -> list[GraphSize]:
    """The graphs of ours that hold anything, in the order of their IRIs."""
    rows = rows_of(store, query_text("graphs"))
    found = [GraphSize(row["graph"].value, int(row["count"].value)) for row in rows]
    return [one for one in found if is_graph(one.iri)]


def find_graph(store: Store, names: tuple[str, ...] | list[str]) -> str:
    """The IRI of the first of ``names`` (what stands after ``/graph/``) that is a graph. Raises
    NotFound with those that there are, the nearest first."""
    there = {one.iri.removeprefix(GRAPHS): one.iri for one in graphs_of(store)}
    for name in names:
        if name in there:
            return there[name]
    near = difflib.get_close_matches(names[-1], list(there), n=5, cutoff=0.5)
    shown = [*near, *(name for name in there if name not in near)]
    raise NotFound(
        "There is no graph {name} here. There is: {names}.",
        name=quoted(names[-1]),
        names=", ".join(shown) or "–",
    ).knowing(suggestions=[there[name] for name in shown])
