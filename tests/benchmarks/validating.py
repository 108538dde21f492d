"""How long records take to be judged, beside pySHACL alone; each in a process of its own.

Made-up projects of which each fiftieth has a fault. pySHACL would need hours for many: it judges two small
numbers of the same projects, and from those follows what it would need, if no more than so much per project.
It gets the shapes that aim at projects and what belongs to them, and no others. Where the two do not say the
same about the small number, that is a failure.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox
from rdflib import RDF, Graph, URIRef
from tests.benchmarks.load import ROOT
from tests.benchmarks.projects import projects
from tests.benchmarks.rows import Table, beside, plain

from werkzaam.ingest.packed_records import PackedRecords, PackedStatements
from werkzaam.ingest.records import Record
from werkzaam.ingest.shape_check import Background, judge_records
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import ShaclResult, results_of
from werkzaam.validation.shape_plan import TARGETS

MANY: Final = 10_000
FEW: Final = (15, 30)
_SHARE: Final = 0.02
_LISTS = ("ontology", "graph_data/concepts", "graph_data/code_lists", "graph_data/examples")
_FAULTS = (
    ("/goal/", "/no-such-goal/"),
    ('"Verzonnen project', '"Bel 06-12345678 of schrijf a@b.example: project'),
    ('Count> "', 'Count> "-'),
    ('Date> "2', 'Date> "1'),
)


def records(count: int) -> Iterator[Record]:
    """So many projects, some with a fault; the same each time."""
    chance = random.Random(2)
    for project in projects(count):
        text = project.lines().decode()
        if chance.random() < _SHARE:
            text = text.replace(*chance.choice(_FAULTS))
        quads = ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)
        yield Record(project.iri, project.number, frozenset(quads))


def background() -> Background:
    """The shapes and the lists of the checkout."""
    known = tuple(quad for folder in _LISTS for quad in _read(folder))
    return Background(graph_of(_read("shapes")), known)


def _read(folder: str) -> Iterator[ox.Quad]:
    for path in sorted((ROOT / folder).rglob("*.ttl")):
        yield from ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)


def ours(count: int) -> tuple[float, list[ShaclResult]]:
    """How long the preview judges, and what it finds."""
    given, behind = PackedStatements(PackedRecords(records(count))), background()
    start = time.perf_counter()
    outcome = judge_records(behind, given, b"")
    assert not outcome.differences, outcome.differences
    return time.perf_counter() - start, list(outcome.results)


def theirs(count: int) -> tuple[float, list[ShaclResult]]:
    """How long pySHACL judges, as it comes."""
    import pyshacl

    given, behind = [quad for record in records(count) for quad in record.quads], background()
    data = graph_of((*given, *behind.known))
    add_superclasses(data)
    subjects = {quad.subject.value for quad in given if isinstance(quad.subject, ox.NamedNode)}
    kinds = {kind for iri in subjects for kind in data.objects(URIRef(iri), RDF.type)}
    shapes = Graph()
    for triple in behind.shapes:
        if triple[1] not in TARGETS or triple[2] in kinds:
            shapes.add(triple)
    start = time.perf_counter()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    seconds = time.perf_counter() - start
    found = results_of(report, shapes)
    return seconds, [result for result in found if result.focus.value in subjects]


def measure(table: Table, many: int = MANY, few: tuple[int, int] = FEW) -> None:
    """The rows of this part. Raises AssertionError where the two differ."""
    small, larger = (_alone("theirs", count) for count in few)
    same = _alone("ours", few[1])
    assert same["results"] == larger["results"], "pySHACL and the preview differ"
    each = (larger["seconds"] - small["seconds"]) / (few[1] - few[0])
    fixed = larger["seconds"] - each * few[1]
    mine = _alone("ours", many)
    work = f"judge {many:,} projects, 2 % with a fault"
    peer = f"pySHACL alone, from {few[0]} and {few[1]} projects"
    table.add(
        beside(work, "s", [mine["seconds"]], [fixed + each * many], peer, least=20),
        plain(f"{work}: memory", "MB", [mine["megabytes"]]),
    )


def _alone(who: str, count: int) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.benchmarks.validating", who, str(count)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Judge so many as one of the two, and tell of it."""
    who, count = sys.argv[1], int(sys.argv[2])
    seconds, found = (ours if who == "ours" else theirs)(count)
    keys = Counter(
        str((r.focus, r.path, r.value, r.shape, r.constraint, r.severity)) for r in found
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": seconds, "megabytes": memory, "results": sorted(keys.elements())}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
