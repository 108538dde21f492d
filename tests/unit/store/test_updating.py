"""What an update removes and adds, compared with an engine that has a plain default graph."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from werkzaam.domain.identifiers import GRAPHS, INFERRED_GRAPH, WRITTEN_GRAPH
from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.derivation import Rules
from werkzaam.store.replica import Source, build
from werkzaam.store.rule_text import Derivation
from werkzaam.store.update_text import read_update
from werkzaam.store.updating import evaluate

KNOWLEDGE: Final = f"{GRAPHS}knowledge/pilot"
BASE: Final = "http://h/sparql"


def store_of(quads: str = "", rules: Rules | None = None) -> ox.Store:
    return build([Source("all.nq", "", quads.encode())], rules or Rules([]))


def changed(quads: str, update: str, *dataset: list[str], rules: Rules | None = None) -> list[str]:
    """The change as lines that begin with - or +, without the graph for what names none."""
    data = evaluate(store_of(quads, rules), read_update(update, *dataset), rules, BASE)
    lines = [f"-{line}" for line in data.removed.decode().splitlines()]
    lines += [f"+{line}" for line in data.added.decode().splitlines()]
    return [line.replace(f" <{WRITTEN_GRAPH}>", "") for line in lines]


def test_what_names_no_graph_is_written_in_the_graph_for_that() -> None:
    assert changed("", "INSERT DATA { <a:s> <a:p> 1 . GRAPH <a:g> { <a:s> <a:p> 2 } }") == [
        '+<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '+<a:s> <a:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <a:g> .',
    ]


def test_a_pattern_sees_all_our_graphs_and_not_those_of_others() -> None:
    quads = f"<a:s> <a:p> <a:ours> <{KNOWLEDGE}> .\n<a:s> <a:p> <a:theirs> <a:g> .\n"
    assert changed(quads, "INSERT { ?o <a:q> <a:x> } WHERE { ?s <a:p> ?o }") == [
        "+<a:ours> <a:q> <a:x> ."
    ]


def test_what_is_deleted_without_a_graph_is_deleted_in_that_graph_alone() -> None:
    quads = f"<a:s> <a:p> <a:o> <{KNOWLEDGE}> .\n<a:s> <a:p> <a:o> <{WRITTEN_GRAPH}> .\n"
    assert changed(quads, "DELETE WHERE { ?s ?p ?o }") == ["-<a:s> <a:p> <a:o> ."]


def test_an_operation_sees_what_the_former_ones_did() -> None:
    update = (
        "INSERT DATA { <a:s> <a:p> <a:o> } ;"
        "INSERT { ?o <a:q> ?s } WHERE { ?s <a:p> ?o } ;"
        "DELETE WHERE { ?s <a:p> ?o } ;"
        "INSERT { <a:never> <a:p> ?s } WHERE { ?s <a:p> ?o }"
    )
    assert changed("", update) == ["+<a:o> <a:q> <a:s> ."]


def test_an_operation_sees_what_follows_from_the_former_ones() -> None:
    rule = "CONSTRUCT { ?o <a:back> ?s } WHERE { ?s <a:p> ?o }"
    rules = Rules([Derivation("rules/a.rq", rule)])
    update = (
        "INSERT DATA { <a:s> <a:p> <a:o> } ; INSERT { ?o <a:seen> ?s } WHERE { ?o <a:back> ?s } ;"
        "DELETE DATA { <a:s> <a:p> <a:o> } ; INSERT { ?o <a:late> ?s } WHERE { ?o <a:back> ?s }"
    )
    assert changed("", update, rules=rules) == ["+<a:o> <a:seen> <a:s> ."]


def test_a_triple_in_two_graphs_of_a_dataset_counts_once() -> None:
    quads = "<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n"
    count = "{ SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"
    once = ['+<a:x> <a:n> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    using = f"INSERT {{ <a:x> <a:n> ?n }} USING <a:g> USING <a:h> WHERE {count}"
    assert changed(quads, using) == once
    plain = f"INSERT {{ <a:x> <a:n> ?n }} WHERE {count}"
    assert changed(quads, plain, ["a:g", "a:h"]) == once
    named = "INSERT { <a:x> <a:n> ?g } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert changed(quads, named, [], ["a:h"]) == ["+<a:x> <a:n> <a:h> ."]


@pytest.mark.parametrize(
    ("which", "left"),
    [("NAMED", ["<a:s> <a:p> <a:d> ."]), ("ALL", []), ("DEFAULT", ["<a:s> <a:p> <a:o> <a:g> ."])],
)
@pytest.mark.parametrize("keyword", ["CLEAR", "DROP"])
def test_several_graphs_are_emptied_at_once(keyword: str, which: str, left: list[str]) -> None:
    quads = f"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:d> <{WRITTEN_GRAPH}> .\n"
    rules = Rules([Derivation("a.rq", "CONSTRUCT { ?o <a:back> ?s } WHERE { ?s <a:p> ?o }")])
    all_lines = {"<a:s> <a:p> <a:d> .", "<a:s> <a:p> <a:o> <a:g> ."}
    gone = [f"-{line}" for line in sorted(all_lines - set(left))]
    assert changed(quads, f"{keyword} {which}", rules=rules) == gone


@pytest.mark.parametrize(
    "update",
    [
        "CREATE GRAPH <a:new>",
        "CLEAR SILENT GRAPH <a:none>",
        "CLEAR GRAPH <a:none>",
        "DROP GRAPH <a:none>",
        "LOAD SILENT <http://example.org/data> INTO GRAPH <a:g>",
        "INSERT { ?s ?p ?o } USING <a:none> USING <a:nor-this> WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "COPY DEFAULT TO DEFAULT",
        "MOVE DEFAULT TO <a:g>",
        "INSERT DATA {}",
        "INSERT { ?s ?p 1 } USING <a:none> USING <a:nor> WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p ?o } WHERE { FILTER(false) }",
        "",
        "PREFIX a: <a:>",
    ],
)
def test_what_changes_nothing_gives_no_line(update: str) -> None:
    assert changed("", update) == []


@pytest.mark.parametrize(
    "update",
    [
        "CREATE GRAPH <a:g>",
        "INSERT { <a:s> <a:p> ?x } WHERE { BIND(<a:f>(1) AS ?x) }",
        "INSERT DATA { <a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> }",
        f"INSERT DATA {{ GRAPH <{INFERRED_GRAPH}> {{ <a:s> <a:p> <a:o> }} }}",
        f"INSERT DATA {{ GRAPH <{GRAPHS}dataset> {{ <a:s> <a:p> <a:o> }} }}",
        f"CLEAR DEFAULT ; INSERT DATA {{ GRAPH <{GRAPHS}provenance> {{ <a:s> <a:p> <a:o> }} }} ;"
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_what_cannot_be_carried_out_is_refused(update: str) -> None:
    with pytest.raises(QueryRefused):
        changed("<a:s> <a:p> <a:o> <a:g> .\n", update)


@pytest.mark.parametrize(
    ("update", "line", "column"),
    [
        ("INSERT DATA { <a:s> <a:p> }", 1, 27),
        ("INSERT DATA {\n  <a:s> <a:p> }", 2, 15),
        ("INSERT DATA { <a:s> <a:p> 1 } ;\nDELETE DATA { ?s <a:p> 1 }", 2, 27),
        ("DELETE { _:b <a:p> 1 } WHERE {}", 1, 27),
        ("PREFIX a: <a:>\nINSERT DATA { a:s a:p 1 } ; PREFIX b: <b:> CLEAR b:g .", 2, 50),
        ("PREFIX a: <a:> PREFIX b: <::>\n INSERT DATA { b:s a:p 1 }", 2, 2),
    ],
)
def test_a_fault_is_told_by_its_place_in_what_was_sent(update: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as refusal:
        changed("", update)
    assert (refusal.value.line, refusal.value.column) == (line, column)


def test_a_prefix_may_be_declared_before_any_operation() -> None:
    update = (
        "PREFIX a: <a:> INSERT DATA { a:s a:p a:o } ;"
        "PREFIX b: <b:> BASE <http://x/> INSERT { b:s <p> ?s } WHERE { ?s a:p a:o }"
    )
    assert changed("", update) == ["+<a:s> <a:p> <a:o> .", "+<b:s> <http://x/p> <a:s> ."]


def test_relative_iris_are_resolved_against_the_base() -> None:
    assert changed("", "INSERT DATA { <#s> <p> <a:o> }") == [f"+<{BASE}#s> <http://h/p> <a:o> ."]


def test_blank_nodes_keep_the_labels_of_the_engine() -> None:
    store = ox.Store()
    store.extend(ox.parse("_:keep <a:p> <a:o> <a:g> .", format=ox.RdfFormat.N_QUADS))
    data = evaluate(store, read_update("MOVE <a:g> TO <a:h>"), None, BASE)
    assert data.removed == b"_:keep <a:p> <a:o> <a:g> .\n"
    assert data.added == b"_:keep <a:p> <a:o> <a:h> .\n"


TERMS = [f"<a:{name}>" for name in "stu"]
STRINGS = ['"} ; {"', "'# no comment'", '"""a\n" GRAPH <a:g> { """', "'USING WHERE }'", '"\\"}"']
COMMENTS = ["", " # } ; DROP ALL\n", "\n#'\n", " # GRAPH <a:g> {\n"]

names = some.sampled_from(TERMS)
values = some.one_of(names, some.sampled_from(STRINGS), some.just("1"))
comments = some.sampled_from(COMMENTS)
places = some.sampled_from([None, "<a:g>", "<a:h>"])


@some.composite
def blocks(draw: some.DrawFn, terms: some.SearchStrategy[str]) -> str:
    """Triples in the default graph and in named ones, with comments between them."""
    pieces = []
    for _ in range(draw(some.integers(0, 4))):
        triple = f"{draw(names)}{draw(comments)} {draw(names)} {draw(terms)}"
        graph = draw(places)
        dot = draw(some.sampled_from([" .", " .\n"]))
        pieces.append(f"GRAPH {graph} {{ {triple} }}{dot}" if graph else f"{triple}{dot}")
    return "{ " + "".join(f"{piece}{draw(comments)} " for piece in pieces) + "}"


@some.composite
def patterns(draw: some.DrawFn) -> str:
    """A pattern that binds ?x, in the default graph or a named one."""
    where = f"{draw(names)} ?p ?x{draw(comments)}"
    graph = draw(places)
    return f"{{ GRAPH {graph} {{ {where} }} }}" if graph else f"{{ {where} }}"


@some.composite
def operations(draw: some.DrawFn) -> str:
    kind = draw(some.sampled_from(["data", "where", "modify", "with", "using", "graph"]))
    if kind == "data":
        return f"{draw(some.sampled_from(['INSERT', 'DELETE']))} DATA {draw(blocks(values))}"
    if kind == "where":
        return f"DELETE WHERE {draw(patterns())}"
    if kind == "graph":
        move = draw(some.sampled_from(["ADD", "COPY", "MOVE"]))
        ends = [draw(some.sampled_from(["DEFAULT", "<a:g>", "<a:h>"])) for _ in range(2)]
        choices = [f"{move} SILENT {ends[0]} TO {ends[1]}", f"CLEAR SILENT GRAPH {draw(names)}"]
        return draw(some.sampled_from([*choices, "DROP DEFAULT", "CLEAR NAMED", "DROP ALL"]))
    inserted = some.one_of(values, some.just("?x"))
    head = "WITH <a:h> " if kind == "with" else ""
    using = "USING <a:g> USING NAMED <a:h> " if kind == "using" else ""
    parts = f"DELETE {draw(blocks(inserted))} INSERT {draw(blocks(inserted))}{draw(comments)}"
    return f"{head}{parts} {using}WHERE {draw(patterns())}"


@settings(max_examples=300, deadline=None)
@given(start=blocks(values), several=some.lists(operations(), min_size=1, max_size=4))
def test_an_update_does_what_a_plain_engine_does(start: str, several: list[str]) -> None:
    plain = ox.Store()
    plain.update(f"INSERT DATA {start}", base_iri=BASE)
    begun = {in_written(quad) for quad in plain}
    update = " ; ".join(several)
    plain.update(update, base_iri=BASE)
    expected = {in_written(quad) for quad in plain}

    store = store_of("\n".join(f"{line} ." for line in begun))
    data = evaluate(store, read_update(update), Rules([]), BASE)
    removed, added = (
        {line.removesuffix(" .") for line in part.decode().splitlines()}
        for part in (data.removed, data.added)
    )
    assert removed == begun - expected
    assert added == expected - begun


def in_written(quad: ox.Quad) -> str:
    graph = quad.graph_name
    if graph == ox.DefaultGraph():
        graph = ox.NamedNode(WRITTEN_GRAPH)
    return str(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
