"""What a SPARQL engine elsewhere can do, tried out at start in two small graphs of our own.

Nothing is taken on trust that would give wrong answers later. The graphs are removed again, and so
are those that an earlier start left behind.
"""

import contextlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.errors import StoreUnavailable, WerkzaamError
from werkzaam.store.remote_answers import TRIPLES, rows_of, triples_in
from werkzaam.store.remote_changes import PROBE_GRAPHS
from werkzaam.store.remote_http import Engine
from werkzaam.store.remote_refusals import no_answer, refused

_log = logging.getLogger(__name__)
_SECONDS: Final = 30.0
_LEAD: Final = f"<{PROBE_GRAPHS}> <{PROBE_GRAPHS}/says>"
_NOWHERE: Final = "urn:werkzaam:nowhere"


@dataclass(frozen=True)
class Abilities:
    """What differs between engines that will do.

    ``own_default_graph``: statements in no graph are a graph of their own, and a query that names no
    graphs asks that one; else it asks all graphs together. ``merges``: a triple that stands in two
    graphs of one default graph counts once. ``undoes``: an update that fails half-way was seen to
    change nothing; None where it could not be seen.
    """

    own_default_graph: bool
    merges: bool
    undoes: bool | None


def probe(engine: Engine) -> Abilities:
    """Try the engine out. Raises StoreUnavailable that names what is missing, and the remedy."""
    place = f"{PROBE_GRAPHS}/{secrets.token_hex(8)}"
    trial = _Trial(engine, f"{place}/a", f"{place}/b")
    try:
        trial.remove_leftovers()
        found = trial.run()
        _log.info("SPARQL engine tried out", extra={"abilities": found})
        return found
    finally:
        with contextlib.suppress(WerkzaamError):
            trial.remove([trial.first, trial.second])


@dataclass(frozen=True)
class _Trial:
    engine: Engine
    first: str
    second: str

    @property
    def url(self) -> str:
        return self.engine.address.query

    def run(self) -> Abilities:
        self.update(
            f"INSERT DATA {{ GRAPH <{self.first}> {{ {_LEAD} 1 }} "
            f"GRAPH <{self.second}> {{ {_LEAD} 1, 2 }} }}"
        )
        if self.count(f"GRAPH <{self.second}> {{ {_LEAD} ?o }}") != 2:
            raise StoreUnavailable(
                "The SPARQL engine at {url} will not do: what an update puts into a named graph is "
                "not there for the next query. Set WERKZAAM_ENDPOINT_UPDATE to the address for "
                "updates of the very same dataset.",
                url=self.url,
            )
        self._can_construct()
        self._changes_on_condition()
        own = self.count(f"{_LEAD} ?o") == 0
        self._keeps_to_the_graphs_named(own)
        merges = self.count(f"{_LEAD} 1", [self.first, self.second]) == 1
        return Abilities(own, merges, self._undoes())

    def _can_construct(self) -> None:
        text = f"CONSTRUCT {{ {_LEAD} ?o }} WHERE {{ GRAPH <{self.second}> {{ {_LEAD} ?o }} }}"
        reply = self.engine.query({"query": text}, TRIPLES, _SECONDS)
        if reply.status != 200:
            raise refused(reply.status, reply.body, self.url)
        if triples_in(reply.body, TRIPLES, None, self.url).count(b"\n") != 2:
            raise no_answer(self.url, "N-Triples")

    def _changes_on_condition(self) -> None:
        """A change and its condition in one request, on which each commit rests."""
        for there, then in ((9, 2), (2, 3)):
            self.update(
                f"DELETE {{ GRAPH <{self.second}> {{ {_LEAD} 2 }} }} "
                f"INSERT {{ GRAPH <{self.second}> {{ {_LEAD} 3 }} }} "
                f"WHERE {{ GRAPH <{self.second}> {{ {_LEAD} {there} }} }}"
            )
            if self.count(f"GRAPH <{self.second}> {{ {_LEAD} {then} }}") != 1:
                raise StoreUnavailable(
                    "The SPARQL engine at {url} will not do: it goes wrong in an update that "
                    "removes and adds on a condition. Use another engine, or another version.",
                    url=self.url,
                )

    def _keeps_to_the_graphs_named(self, own: bool) -> None:
        """Whether the graphs that a request names are the whole dataset of its query."""
        named = f"GRAPH ?g {{ {_LEAD} ?o }}"
        default = self.count(f"{_LEAD} ?o", [self.first])
        if (default, self.count(named, [self.first], [self.second])) == (1, 2):
            return
        if own:
            raise StoreUnavailable(
                "The SPARQL engine at {url} will not do: it answers from other graphs than those "
                "that a query names. Use another engine, or another version.",
                url=self.url,
            )
        raise StoreUnavailable(
            "The SPARQL engine at {url} will not do: its default graph is all graphs together, even "
            "for a query that names its graphs, and counts twice what stands in two of them. Start "
            "`oxigraph serve` without `--union-default-graph`, and Fuseki without "
            "`tdb2:unionDefaultGraph`.",
            url=self.url,
        )

    def _undoes(self) -> bool | None:
        """Whether a request of two updates, of which the second fails, leaves nothing behind."""
        text = f"INSERT DATA {{ GRAPH <{self.first}> {{ {_LEAD} 4 }} }} ; LOAD <{_NOWHERE}>"
        if self.engine.update(text, _SECONDS).status < 400:
            return None
        if self.count(f"GRAPH <{self.first}> {{ {_LEAD} 4 }}"):
            raise StoreUnavailable(
                "The SPARQL engine at {url} will not do: an update that failed half-way left its "
                "first half behind. Make it carry out each request as one transaction, or use "
                "another engine.",
                url=self.url,
            )
        return True

    def count(self, pattern: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> int:
        """The number of solutions, with the default graph and named graphs of the request."""
        text = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        graphs = {"default-graph-uri": default, "named-graph-uri": named}
        (row,) = rows_of(self.engine, text, _SECONDS, graphs) or [{}]
        return int(row.get("n", "0"))

    def update(self, text: str) -> None:
        reply = self.engine.update(text, _SECONDS)
        if not 200 <= reply.status < 300:
            raise refused(reply.status, reply.body, self.engine.address.update)

    def remove_leftovers(self) -> None:
        """Remove the graphs of a start that was killed."""
        text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {_LEAD} ?o }} }}"
        graphs = [row["g"] for row in rows_of(self.engine, text, _SECONDS)]
        self.remove([graph for graph in graphs if graph.startswith(PROBE_GRAPHS + "/")])

    def remove(self, graphs: Sequence[str]) -> None:
        if graphs:
            self.update(" ; ".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs))
