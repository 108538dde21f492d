"""The concepts against the Dutch profile for concept schemes, NL-SBB; its shapes are not ours to keep."""

from pathlib import Path

import pytest
from rdflib import Graph

from werkzaam.domain.content import Content
from werkzaam.validation.shacl import validate

SHAPES = Path(__file__).parents[3] / "shared" / "standards" / "skos-ap-nl.ttl"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
FOLDERS = ("graph_data/concepts/", "graph_data/code_lists/")

pytestmark = pytest.mark.skipif(not SHAPES.is_file(), reason="the standard is not on this machine")


def concepts(content: Content) -> Graph:
    graph = Graph()
    for file in content.files:
        if file.path.startswith(FOLDERS) and file.path.endswith(".ttl"):
            graph.parse(data=file.data, format="turtle")
    return graph


def test_the_profile_finds_nothing_not_even_a_warning(content: Content) -> None:
    shapes = Graph().parse(SHAPES, format="turtle")
    results = validate(concepts(content), shapes)
    assert not results, "\n".join(f"{r.focus.value} {r.path} {r.message_nl}" for r in results[:20])


def test_the_profile_would_find_a_concept_without_a_label(content: Content) -> None:
    shapes = Graph().parse(SHAPES, format="turtle")
    graph = concepts(content)
    broken = Graph()
    for triple in graph:
        if not str(triple[1]).endswith("prefLabel"):
            broken.add(triple)
    assert {r.path for r in validate(broken, shapes)} >= {PREF_LABEL}
