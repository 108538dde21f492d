"""A SPARQL service as the suites of the W3C speak to it: query, update, graph store."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import httpx
import pyoxigraph as ox
from tests.contract.w3c.results import Outcome, outcome, table_of_csv
from tests.contract.w3c.suites import Graphs

_NAMED = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
_DEFAULT = "SELECT ?s ?p ?o { ?s ?p ?o }"
_JSON = "application/sparql-results+json"
_TSV = "text/tab-separated-values"


class Refused(Exception):
    """The service answered with another status than 2xx, or with what its media type is not."""

    def __init__(self, answer: httpx.Response, reason: str = "") -> None:
        super().__init__(f"{answer.status_code} {reason} {answer.text[:200]}")
        self.status = answer.status_code


@dataclass
class Endpoint:
    """The addresses of a service, and the token of its admin."""

    query_url: str
    update_url: str
    store_url: str
    token: str = ""
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        self.client = httpx.Client(timeout=60, headers=headers)

    def ask(
        self,
        text: str,
        *,
        default: Iterable[str] = (),
        named: Iterable[str] = (),
        accept: str = _JSON,
    ) -> Outcome:
        """The answer to a query on the dataset that the request names. Raises Refused."""
        fields = {
            "query": text,
            "default-graph-uri": list(default),
            "named-graph-uri": list(named),
        }
        headers = {"Accept": f"{accept}, application/n-triples"}
        answer = self._sent(self.client.post(self.query_url, data=fields, headers=headers))
        try:
            return _read(answer)
        except (SyntaxError, ValueError) as fault:
            raise Refused(answer, str(fault)) from None

    def update(self, text: str) -> None:
        """Run an update, sent as it is. Raises Refused."""
        headers = {"Content-Type": "application/sparql-update"}
        self._sent(self.client.post(self.update_url, content=text.encode(), headers=headers))

    def fill(self, graphs: Graphs) -> None:
        """Make these the only graphs there are, by one update."""
        blocks = []
        for name, triples in graphs.items():
            lines = "".join(f"{triple} .\n" for triple in triples)
            blocks.append(f"GRAPH <{name}> {{\n{lines}}}" if name else lines)
        added = f" ;\nINSERT DATA {{\n{''.join(blocks)}}}" if graphs else ""
        self.update(f"DROP ALL{added}")

    def put(self, graphs: Graphs) -> None:
        """Put these graphs by the Graph Store Protocol, each in its place."""
        for name, triples in graphs.items():
            self._sent(
                self.client.put(
                    self.store_url,
                    params={"graph": name} if name else {"default": ""},
                    content=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES),
                    headers={"Content-Type": "application/n-triples"},
                )
            )

    def graphs(self) -> Graphs:
        """What the service holds; a graph without triples is none."""
        found: Graphs = {}
        for query in (_DEFAULT, _NAMED):
            answer = self._sent(
                self.client.post(self.query_url, data={"query": query}, headers={"Accept": _JSON})
            )
            rows = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
            assert isinstance(rows, ox.QuerySolutions)
            for row in rows:
                graph = row["g"].value if query is _NAMED else ""
                found.setdefault(graph, []).append(ox.Triple(row["s"], row["p"], row["o"]))
        return found

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    @staticmethod
    def _sent(answer: httpx.Response) -> httpx.Response:
        if not answer.is_success:
            raise Refused(answer)
        return answer


def _read(answer: httpx.Response) -> Outcome:
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "application/n-triples":
        found = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
        return [quad.triple for quad in found]
    if kind == "text/csv":
        return table_of_csv(answer.content)
    form = ox.QueryResultsFormat.TSV if kind == _TSV else ox.QueryResultsFormat.JSON
    return outcome(answer.content, form)
