"""The things that have a document of their own, for those who visit all."""

from collections.abc import Sequence

from werkzaam.linked_data.asking import query_text, rows_of
from werkzaam.linked_data.things import is_thing
from werkzaam.store.interface import Store


def count_of_things(store: Store) -> int:
    """How many there are. Raises as ``Store.ask`` does."""
    (row,) = rows_of(store, query_text("counted-things"))
    return int(row["things"].value)


def addressed_things(store: Store, limit: int, skip: int) -> Sequence[str]:
    """At most ``limit`` of them in order of IRI, ``skip`` passed over. Raises as ``Store.ask`` does."""
    text = f"{query_text('addressed-things')}LIMIT {limit}\nOFFSET {skip}\n"
    return [iri for row in rows_of(store, text) if is_thing(iri := row["thing"].value)]
