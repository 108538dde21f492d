"""Nodes about which several constraints in SPARQL are asked are marked once: marks stay in memory."""

import pyoxigraph as ox

from werkzaam.validation.columns import Columns
from werkzaam.validation.sparql_asking import Asked
from werkzaam.validation.sparql_text import Question, read_question

NODES = 40
ASKED = (
    "SELECT $this ?value WHERE { $this <urn:x:p> ?value }",
    "SELECT $this WHERE { ?other <urn:x:p> $this }",
    "SELECT $this ?value WHERE { ?other <urn:x:p> ?value ; <urn:x:q> $this }",
)


def marked(asked: Asked) -> int:
    """How many statements in the engine are none of the data."""
    return sum(quad.graph_name != ox.DefaultGraph() for quad in asked.store)


def test_nodes_are_marked_once_for_all_that_is_asked_about_them() -> None:
    p, q = ox.NamedNode("urn:x:p"), ox.NamedNode("urn:x:q")
    nodes = [ox.NamedNode(f"urn:x:{number}") for number in range(NODES)]
    pairs = list(zip(nodes, nodes[1:], strict=False))
    columns = Columns([ox.Triple(a, way, b) for a, b in pairs for way in (p, q)])
    questions: list[Question] = [read_question(text, {}, None) for text in ASKED]
    asked = Asked([question.needs for question in questions])
    asked.add(columns)
    focus = sorted(columns.own_subjects())
    found = [list(asked.answers(one, focus, columns.terms)) for one in questions]
    assert [len(answers) for answers in found] == [NODES - 1, NODES - 2, NODES - 2]
    assert marked(asked) == NODES - 1
    some = focus[:5]
    assert len(list(asked.answers(questions[0], some, columns.terms))) == len(some)
    assert marked(asked) == NODES - 1 + len(some)
