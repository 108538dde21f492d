"""Whether a change by update leaves the shapes met. Run as a confined module: pySHACL is at work.

What is inferred takes no part, superclasses and superproperties do. A violation that stood before, of a
node that the change does not speak of, blocks nothing.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from werkzaam.curation.content_process import answer
from werkzaam.curation.update_process import PARTS
from werkzaam.domain.characters import shown
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import in_default_graph, last_segment
from werkzaam.ingest.report import SEVERITIES
from werkzaam.ingest.turtle_files import read_quads
from werkzaam.validation.affected import Change, Triple, narrowed, spoken_of
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import OxTerm, graph_of, node_of
from werkzaam.validation.shacl import ShaclResult, validate

_MOST_FINDINGS: Final = 500
_MOST_CHARACTERS: Final = 400


def watched_by(content: Content) -> tuple[str, ...]:
    """The IRIs that the shapes of ``content`` speak of, in order. Raises ContentError."""
    return tuple(sorted(spoken_of(_shapes(content))))


def judge(content: Content) -> dict[str, Any]:
    """The report on the change in ``content``, which holds the shapes and the three parts."""
    parts = {file.path: file.data for file in content.files if file.path in PARTS}
    asserted = set(_quads(parts["asserted"]))
    removed, added = (set(filter(_is_ours, _quads(parts[part]))) for part in PARTS[1:])
    after = {quad.triple for quad in asserted}
    before = {quad.triple for quad in (asserted - added) | removed}
    nodes = lru_cache(maxsize=None)(node_of)
    change = Change(_triples(before - after, nodes), _triples(after - before, nodes))
    shapes = _shapes(content)
    found = _results(shapes, _triples(after, nodes), change)
    violations = [result for result in found if result.severity == "violation"]
    speaks_of = {str(subject) for subject in change.subjects}
    others = {result.focus.value for result in violations} - speaks_of
    if not others:
        return _report(found)
    stood = set(map(_key, _results(shapes, _triples(before, nodes), change, others)))
    return _report([result for result in found if _key(result) not in stood])


def _results(
    shapes: Graph, triples: Iterable[Triple], change: Change, only: set[str] | None = None
) -> list[ShaclResult]:
    """What the shapes that ``change`` can touch say of ``triples``; ``only``: of these nodes."""
    data = Graph(bind_namespaces="none")
    for triple in triples:
        data.add(triple)
    add_superclasses(data)
    return validate(data, narrowed(shapes, data, change, only))


def _triples(triples: Iterable[ox.Triple], nodes: Callable[[OxTerm], Node]) -> frozenset[Triple]:
    return frozenset((nodes(t.subject), nodes(t.predicate), nodes(t.object)) for t in triples)


def _shapes(content: Content) -> Graph:
    return graph_of(quad for file in content.under("shapes", ".ttl") for quad in read_quads(file))


def _quads(lines: bytes) -> Iterable[ox.Quad]:
    return ox.parse(lines, format=ox.RdfFormat.N_QUADS)


def _is_ours(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and in_default_graph(quad.graph_name.value)


def _key(result: ShaclResult) -> tuple[object, ...]:
    return result.focus, result.path, result.value, result.shape, result.constraint


def _report(results: Sequence[ShaclResult]) -> dict[str, Any]:
    counts = Counter(result.severity for result in results)
    worst = sorted(results, key=lambda result: SEVERITIES.index(result.severity))
    left_out = len(worst[_MOST_FINDINGS:])
    return {
        "conforms": counts["violation"] == 0,
        "validated": True,
        "facts": {"findingsLeftOut": left_out} if left_out else {},
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "findings": [_finding(result) for result in worst[:_MOST_FINDINGS]],
    }


def _finding(result: ShaclResult) -> dict[str, Any]:
    value = result.value.value if result.value else None
    return {
        "constraint": last_segment(result.shape) if result.shape else result.constraint,
        "severity": result.severity,
        "node": shown(result.focus.value, _MOST_CHARACTERS),
        "path": result.path,
        "value": shown(value, _MOST_CHARACTERS),
        "message": {"nl": result.message_nl, "en": result.message_en},
    }


if __name__ == "__main__":
    answer(lambda content, _: json.dumps(judge(content)).encode())
