"""A change against the shapes: the same findings as judging everything, and who is left in peace."""

from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from rdflib import Graph

from werkzaam.curation.update_check import judge, watched_by
from werkzaam.curation.update_process import check_update
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import WRITTEN_GRAPH
from werkzaam.errors import StoreUnavailable
from werkzaam.validation.closure import add_superclasses
from werkzaam.validation.rdflib_graph import graph_of
from werkzaam.validation.shacl import validate

SHAPES: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:values a sh:NodeShape ; sh:targetClass e:C ;
  sh:property [ sh:path e:p ; sh:class e:D ] , [ sh:path e:q ; sh:maxCount 1 ] .
e:far a sh:NodeShape ; sh:targetSubjectsOf e:r ;
  sh:property [ sh:path ( e:r e:q ) ; sh:maxCount 1 ] .
e:nested a sh:NodeShape ; sh:targetClass e:D ;
  sh:property [ sh:path e:r ; sh:or ( [ sh:property [ sh:path e:t ; sh:minCount 1 ] ] [ sh:class e:C ] ) ] .
e:aimed a sh:NodeShape ; sh:targetObjectsOf e:p ; sh:property [ sh:path e:r ; sh:maxCount 1 ] .
e:back a sh:NodeShape ; sh:targetClass e:D ;
  sh:property [ sh:path ( [ sh:inversePath e:p ] e:q ) ; sh:maxCount 1 ] .
e:alone a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ sh:select
  "SELECT $this ?value WHERE { $this <http://e/s> ?x . ?value <http://e/s> ?x FILTER(?value != $this) }" ] .
"""
SHAPE_FILE: Final = ContentFile("shapes/all.ttl", SHAPES.encode())
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ABOVE: Final = "http://www.w3.org/2000/01/rdf-schema#"


def line(subject: str, predicate: str, value: str) -> str:
    return f"<http://e/{subject}> <{predicate}> <http://e/{value}> <{WRITTEN_GRAPH}> ."


def document(lines: set[str]) -> bytes:
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def judged(before: set[str], after: set[str]) -> dict[str, Any]:
    parts = {"asserted": after, "removed": before - after, "added": after - before}
    files = [ContentFile(name, document(lines)) for name, lines in parts.items()]
    return judge(Content((SHAPE_FILE, *files)))


Keys = set[tuple[str, str | None, str | None, str]]


def violations_of_all(lines: set[str]) -> Keys:
    data = graph_of(ox.parse(document(lines), format=ox.RdfFormat.N_QUADS))
    add_superclasses(data)
    shapes = Graph().parse(data=SHAPES, format="turtle")
    return {
        (
            found.focus.value,
            found.path,
            found.value.value if found.value else None,
            found.constraint,
        )
        for found in validate(data, shapes)
    }


nodes = some.sampled_from(["a", "b", "c", "d"])
properties = some.sampled_from(["p", "q", "r", "s", "t"]).map(lambda name: f"http://e/{name}")
links = some.builds(line, nodes, properties, nodes)
types = some.builds(line, nodes, some.just(TYPE), some.sampled_from(["C", "D", "Under"]))
hierarchy = some.sampled_from(
    [
        line("Under", f"{ABOVE}subClassOf", "D"),
        line("s", f"{ABOVE}subPropertyOf", "r"),
        line("q", f"{ABOVE}subPropertyOf", "p"),
    ]
)
graphs = some.sets(some.one_of(links, types, hierarchy), max_size=10)


@settings(max_examples=60, deadline=None)
@given(kept=graphs, removed=graphs, added=graphs)
def test_a_change_is_judged_as_if_everything_were(
    kept: set[str], removed: set[str], added: set[str]
) -> None:
    before, after = kept | removed, kept | added
    speaks_of = {changed.split()[0].strip("<>") for changed in before ^ after}
    stood, stands = violations_of_all(before), violations_of_all(after)
    expected = {found for found in stands if found[0] in speaks_of or found not in stood}
    found = judged(before, after)
    assert {f["node"] for f in found["findings"]} == {node for node, *_ in expected}
    assert found["counts"]["violation"] == len(found["findings"])
    assert found["conforms"] is (not expected)


def test_a_violation_that_stood_and_is_about_another_thing_blocks_nothing() -> None:
    stood = {line("a", TYPE, "C"), line("a", "http://e/q", "b"), line("a", "http://e/q", "c")}
    assert judged(stood, stood | {line("d", TYPE, "C")})["conforms"]
    assert not judged(stood, stood | {line("a", "http://e/s", "b")})["conforms"]


P, Q, R, S, T = (f"http://e/{name}" for name in "pqrst")


@pytest.mark.parametrize(
    ("stands", "change", "judged_anew"),
    [
        # a refers to b, which is no longer of the kind that it must be
        ({line("a", TYPE, "C"), line("a", P, "b")}, {line("b", TYPE, "D")}, {"a"}),
        # two steps along a path
        ({line("a", R, "b"), line("b", Q, "c")}, {line("b", Q, "d")}, {"a"}),
        # what a shape demands of the values of another
        (
            {line("a", TYPE, "D"), line("a", R, "b")},
            {line("b", T, "c")},
            {"a"},
        ),
        # backwards: what refers to b changes
        ({line("b", TYPE, "D"), line("a", P, "b"), line("a", Q, "c")}, {line("a", Q, "d")}, {"b"}),
        # by a query: another thing says the same
        ({line("a", TYPE, "C"), line("a", S, "x")}, {line("b", S, "x")}, {"a"}),
        # by a property above the one that changed
        (
            {line("a", R, "b"), line("b", Q, "c"), line("sub", f"{ABOVE}subPropertyOf", "q")},
            {line("b", "http://e/sub", "d")},
            {"a"},
        ),
        # the hierarchy itself
        (
            {line("a", TYPE, "C"), line("a", P, "b"), line("b", TYPE, "Under")},
            {line("Under", f"{ABOVE}subClassOf", "D")},
            {"a"},
        ),
    ],
)
def test_a_thing_is_judged_anew_when_what_it_is_judged_by_changes(
    stands: set[str], change: set[str], judged_anew: set[str]
) -> None:
    """Each change breaks one of the two, adding or taking away."""
    found = set()
    for before, after in ((stands, stands | change), (stands | change, stands)):
        found |= {f["node"].removeprefix("http://e/") for f in judged(before, after)["findings"]}
    assert found >= judged_anew


def test_the_check_runs_in_a_process_of_its_own() -> None:
    added = document({line("a", TYPE, "C"), line("a", "http://e/p", "b")})
    report = check_update(Content((SHAPE_FILE,)), added, ChangeData(added, b""))
    assert (report["conforms"], report["counts"]["violation"]) == (False, 1)
    assert report["findings"][0]["value"] == "http://e/b"


@pytest.mark.parametrize(
    ("shape", "limits"),
    [
        (SHAPES, {"seconds": 0.01}),
        ("<http://e/x> a <http://www.w3.org/ns/shacl#NodeShape", {}),
        (
            "[] <http://www.w3.org/ns/shacl#path> <http://e/p> ; <http://www.w3.org/ns/shacl#targetNode>"
            ' <http://e/a> ; <http://www.w3.org/ns/shacl#pattern> "(" .',
            {},
        ),
    ],
)
def test_what_could_not_be_checked_is_not_called_wrong(shape: str, limits: dict[str, Any]) -> None:
    added = document({line("a", TYPE, "C"), line("a", "http://e/p", "b")})
    content = Content((ContentFile("shapes/all.ttl", shape.encode()),))
    with pytest.raises(StoreUnavailable, match="nothing is known"):
        check_update(content, added, ChangeData(added, b""), **limits)


def test_shapes_watch_what_they_speak_of() -> None:
    watched = set(watched_by(Content((SHAPE_FILE,))))
    assert watched == {f"http://e/{name}" for name in ("C", "D", "p", "q", "r", "s", "t")}
    assert watched_by(Content(())) == ()
