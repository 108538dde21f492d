"""What the SPARQL endpoint says of itself
(`SPARQL 1.1 Service Description <https://www.w3.org/TR/sparql11-service-description/>`_).

Every statement follows from what this instance can do now. It has no ``sd:UnionDefaultGraph``: the
default graph is the merge of some named graphs, not of all.

What an editor asks an endpoint for (prefixes, example queries, which class has which properties) stands
here too: no such statement is in the dataset itself, and the `editor of the SIB
<https://github.com/sib-swiss/sparql-editor>`_ then reads the description.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from werkzaam.api import metadata_catalog, metadata_examples, metadata_void
from werkzaam.api.links import Links
from werkzaam.api.metadata_examples import examples_for_editors
from werkzaam.api.metadata_terms import RDFS, VOID, about, link, serialised
from werkzaam.api.metadata_void import partitions, sizes
from werkzaam.catalogue.tables import read_results
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.linked_data.statistics import Statistics
from werkzaam.store.interface import GRAPH_TYPES, SOLUTION_TYPES, Question, Store

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_FORMATS: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
_READ_GRAPHS: Final = GRAPH_TYPES[:4]
_RESULTS: Final = SOLUTION_TYPES[0]
_NAMED: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_DEFAULT_GRAPH: Final = "#default"
_DEFAULT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True)
class Capability:
    """What a service can do. ``graphs``: its named graphs and how many triples each has."""

    endpoint: str
    default_triples: int
    graphs: Mapping[str, int]
    updates: bool
    federated: bool


def capability(store: Store, endpoint: str, *, updates: bool, federated: bool) -> Capability:
    """What the service at ``endpoint`` (its URL) can do, by asking ``store``. Raises as it does."""
    (whole,) = _rows(store, _DEFAULT)
    graphs = {row["g"]: int(row["n"]) for row in _rows(store, _NAMED) if row["n"] != "0"}
    return Capability(endpoint, int(whole["n"]), graphs, updates, federated)


def describe_service(can: Capability, media_type: str, further: Iterable[ox.Triple] = ()) -> bytes:
    """The description in ``media_type``, one of GRAPH_TYPES, with ``further`` statements."""
    return serialised([*_service(can), *_dataset(can), *further], media_type)


def for_editors(
    links: Links, found: Statistics, queries: Sequence[CataloguedQuery]
) -> Iterator[ox.Triple]:
    """What an editor reads, and where all that describes this service is."""
    endpoint = links.url("/sparql")
    for path in (metadata_void.PATH, metadata_examples.PATH, metadata_catalog.PATH):
        yield from about(endpoint, [link(RDFS + "seeAlso", links.url(path))])
    default = endpoint + _DEFAULT_GRAPH
    yield from about(default, (said for said in sizes(found) if said[0] != VOID + "triples"))
    yield from partitions(links, default, found)
    yield from examples_for_editors(queries)


def _service(can: Capability) -> Iterator[ox.Triple]:
    service = ox.NamedNode(can.endpoint)
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if can.updates:
        yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
        for name in _READ_GRAPHS:
            yield ox.Triple(service, _sd("inputFormat"), _format(name))
    if can.federated:
        yield ox.Triple(service, _sd("feature"), _sd("BasicFederatedQuery"))
    for name in (*SOLUTION_TYPES, *GRAPH_TYPES):
        yield ox.Triple(service, _sd("resultFormat"), _format(name))


def _dataset(can: Capability) -> Iterator[ox.Triple]:
    dataset, default = (ox.NamedNode(can.endpoint + part) for part in ("#dataset", _DEFAULT_GRAPH))
    yield ox.Triple(ox.NamedNode(can.endpoint), _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield from _graph(default, can.default_triples)
    for number, (name, triples) in enumerate(can.graphs.items(), start=1):
        entry, graph = (
            ox.NamedNode(f"{can.endpoint}#{kind}-{number}") for kind in ("named", "graph")
        )
        yield ox.Triple(dataset, _sd("namedGraph"), entry)
        yield ox.Triple(entry, _RDF_TYPE, _sd("NamedGraph"))
        yield ox.Triple(entry, _sd("name"), ox.NamedNode(name))
        yield ox.Triple(entry, _sd("graph"), graph)
        yield from _graph(graph, triples)


def _graph(graph: ox.NamedNode, triples: int) -> Iterator[ox.Triple]:
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))
    yield ox.Triple(
        graph, ox.NamedNode(VOID + "triples"), ox.Literal(str(triples), datatype=_INTEGER)
    )


def _rows(store: Store, text: str) -> list[dict[str, str]]:
    rows = read_results(store.ask(Question(text, _RESULTS)).body).rows
    return [{name: cell.value for name, cell in row.items()} for row in rows]


def _format(media_type: str) -> ox.NamedNode:
    return ox.NamedNode("http://www.w3.org/ns/formats/" + _FORMATS[media_type])


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
