"""Edits of one graph: what bodies say, and what they change."""

from typing import Any

import pyoxigraph as ox
import pytest

from werkzaam.domain.identifiers import GRAPHS, INFERRED_GRAPH, WRITTEN_GRAPH
from werkzaam.errors import (
    BadRequest,
    NotFound,
    QueryRefused,
    QuerySyntaxError,
    RdfSyntaxError,
    UnsupportedMediaType,
    WerkzaamError,
)
from werkzaam.store.derivation import Rules
from werkzaam.store.edits import answer_edit, minded, read_reply
from werkzaam.store.graph_edits import GraphEdit
from werkzaam.store.replica import build

GRAPH = "http://h/g"
ONE = b"<http://h/s> <http://h/p> <http://h/o> .\n"
QUAD = "<http://h/s> <http://h/p> <http://h/o> <http://h/g> .\n"
FORM = 'multipart/form-data; boundary="b"'


def store_of(quads: str) -> ox.Store:
    store = build([], Rules([]))
    store.extend(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    return store


def edited(
    kind: str, body: bytes = b"", media_type: str = "text/turtle", quads: str = "", **more: Any
) -> tuple[GraphEdit, bytes]:
    header = {"edit": kind, "graph": GRAPH, "media_type": media_type, **more}
    return read_reply(*answer_edit(store_of(quads), header, body))


def test_replacing_removes_what_stood_and_adds_what_is_said() -> None:
    edit, _ = edited("replace", b"<#a> <b> 1 .", quads=QUAD)
    assert edit.existed
    assert edit.change.removed.decode() == QUAD
    assert edit.change.added == (
        b'<http://h/g#a> <http://h/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://h/g> .\n'
    )


@pytest.mark.parametrize("kind", ["replace", "merge"])
def test_a_graph_that_was_not_there_is_new(kind: str) -> None:
    edit, _ = edited(kind, ONE)
    assert not edit.existed
    assert edit.change.added.decode() == QUAD
    assert edit.change.removed == b""


def test_merging_adds_what_is_not_there_yet() -> None:
    edit, _ = edited("merge", ONE + b"<http://h/s> <http://h/p> <http://h/o2> .", quads=QUAD)
    assert edit.existed
    assert edit.change.removed == b""
    assert edit.change.added == b"<http://h/s> <http://h/p> <http://h/o2> <http://h/g> .\n"


def test_deleting_removes_all_of_one_graph() -> None:
    edit, _ = edited("delete", quads=QUAD + QUAD.replace("/g>", "/other>"))
    assert edit.change.removed.decode() == QUAD


def test_there_is_nothing_to_delete_where_no_graph_is() -> None:
    with pytest.raises(NotFound, match="There is no graph"):
        edited("delete")


def test_a_graph_whose_triples_are_gone_is_not_there() -> None:
    store = store_of(QUAD)
    for quad in list(store):
        store.remove(quad)
    reply = answer_edit(store, {"edit": "delete", "graph": GRAPH}, b"")
    with pytest.raises(NotFound):
        read_reply(*reply)


def test_an_empty_default_graph_can_be_deleted_and_is_made_by_the_first_triple() -> None:
    edit, _ = edited("delete", graph=WRITTEN_GRAPH)
    assert edit.existed
    for kind in ("replace", "merge"):
        edit, _ = edited(kind, ONE, graph=WRITTEN_GRAPH)
        assert not edit.existed


@pytest.mark.parametrize("kind", ["replace", "merge", "delete"])
def test_what_is_derived_is_not_edited(kind: str) -> None:
    for graph in (INFERRED_GRAPH, f"{GRAPHS}provenance", f"{GRAPHS}dataset"):
        with pytest.raises(QueryRefused, match="derived"):
            edited(kind, ONE, quads=QUAD.replace(GRAPH, graph), graph=graph)


def test_the_same_graph_again_changes_nothing_whatever_its_blank_nodes_are_called() -> None:
    quads = "_:x <http://h/p> _:y <http://h/g> .\n_:y <http://h/p> 'a' <http://h/g> .\n"
    edit, _ = edited("replace", b"[] <p> [ <p> 'a' ] .", quads=quads.replace("'", '"'))
    assert edit.change.added == edit.change.removed == b""
    edit, _ = edited("replace", b"[] <p> [ <p> 'b' ] .", quads=quads.replace("'", '"'))
    assert edit.change.added
    assert edit.change.removed


@pytest.mark.parametrize("kind", ["replace", "merge", "delete"])
def test_a_graph_has_the_name_of_an_iri(kind: str) -> None:
    for name in ("http://[h", "http://h/a b", "g"):
        with pytest.raises(BadRequest, match="absolute IRI"):
            edited(kind, ONE, graph=name)


def test_merged_blank_nodes_are_not_those_that_stand() -> None:
    edit, _ = edited(
        "merge", b"_:x <p> 2 .", quads="_:x <http://h/p> <http://h/o> <http://h/g> .\n"
    )
    assert b"_:x " not in edit.change.added


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/turtle; charset=utf-8", b"<http://h/s> <p> <o> ."),
        ("Application/N-Triples", ONE),
        (
            "application/rdf+xml",
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:h="http://h/">'
            b'<rdf:Description rdf:about="s"><h:p rdf:resource="o"/></rdf:Description></rdf:RDF>',
        ),
        ("application/ld+json", b'{"@id": "s", "http://h/p": {"@id": "http://h/o"}}'),
    ],
)
def test_each_syntax_says_the_same(media_type: str, body: bytes) -> None:
    assert edited("replace", body, media_type)[0].change.added.decode() == QUAD


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/ld+json", "application/rdf+xml"]
)
def test_an_empty_body_is_an_empty_graph(media_type: str) -> None:
    assert edited("replace", b" \n", media_type, QUAD)[0].change.removed.decode() == QUAD
    assert edited("merge", b"", media_type, QUAD)[0].change.removed == b""


@pytest.mark.parametrize(
    ("media_type", "body", "line", "column"),
    [
        ("text/turtle", b"<a> <b> <c> .\n<d> <e> .", 2, 9),
        ("application/n-triples", b"<http://h/s> nonsense", 1, 14),
        ("application/rdf+xml", b"<a>\n <b></a>", 2, 7),
        ("application/rdf+xml", b"<http://h/s> <http://h/p> 1 .", 1, 8),
        ("application/ld+json", b'{\n"a" 1}', 2, 5),
        ("text/turtle", b"<a> <b> '\xff' .", 1, 10),
    ],
)
def test_a_body_that_is_not_its_syntax_is_refused_with_its_place(
    media_type: str, body: bytes, line: int, column: int
) -> None:
    with pytest.raises(RdfSyntaxError) as refusal:
        edited("merge", body, media_type)
    assert (refusal.value.line, refusal.value.column) == (line, column)


@pytest.mark.parametrize(
    ("media_type", "body", "kind", "words"),
    [
        ("application/trig", b"<g> { <a> <b> <c> }", UnsupportedMediaType, "text/turtle"),
        ("application/n-quads", b"", UnsupportedMediaType, "application/trig|n-quads"),
        ("", ONE, UnsupportedMediaType, "Send it as one of"),
        (
            "application/rdf+xml",
            b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>',
            BadRequest,
            "document type",
        ),
        ("application/rdf+xml", "<r/>".encode("utf-16"), BadRequest, "UTF-8"),
        ("application/ld+json", b'{"@context": "http://h/c"}', BadRequest, "none is fetched"),
        (
            "application/ld+json",
            b'{"@id": "http://h/n", "@graph": [{"@id": "s", "http://h/p": 1}]}',
            BadRequest,
            "names a graph itself",
        ),
        ("multipart/form-data", b"", BadRequest, "boundary"),
        (FORM, b"--b\r\nContent-Type: text/turtle\r\n\r\n", BadRequest, "damaged"),
        (FORM, b"--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--", BadRequest, "part"),
        ("text/turtle", b"<a> <b> <<( <a> <b> <c> )>> .", QueryRefused, "RDF 1.2"),
    ],
)
def test_what_is_not_read_is_refused_with_the_reason(
    media_type: str, body: bytes, kind: type[WerkzaamError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        edited("merge", body, media_type)


def test_the_parts_of_a_form_are_merged() -> None:
    part = (
        "--{b}\r\nContent-Disposition: form-data; name=a; filename={n}\r\nContent-Type: {t}\r\n\r\n"
    )
    body = (
        part.format(b="b", n="one.ttl", t="text/turtle; charset=utf-8")
        + "_:b <http://h/p> 'é' .\r\n"
        + part.format(b="b", n="two.nt", t="application/n-triples")
        + '_:b <http://h/p> "2" .\r\n--b--\r\n'
    )
    edit, _ = edited("merge", body.encode(), FORM)
    lines = edit.change.added.decode().splitlines()
    assert sorted(line.split()[2] for line in lines) == ['"2"', '"é"']
    assert len({line.split()[0] for line in lines}) == 2


def test_a_part_of_a_form_may_be_a_form() -> None:
    inner = "--c\r\nContent-Type: text/turtle\r\n\r\n<s> <p> <o> .\r\n--c--\r\n"
    body = f"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{inner}\r\n--b--\r\n"
    assert edited("merge", body.encode(), FORM)[0].change.added.decode() == QUAD


def test_an_update_travels_with_its_dataset_and_its_refusals() -> None:
    header = {"edit": "update", "using": [GRAPH], "using_named": [], "base": "http://h/sparql"}
    update = b"INSERT { ?o <q> ?s } WHERE { ?s ?p ?o }"
    edit, _ = read_reply(*answer_edit(store_of(QUAD), header, update))
    written = f"<http://h/o> <http://h/q> <http://h/s> <{WRITTEN_GRAPH}> .\n"
    assert edit.change.added.decode() == written
    with pytest.raises(QuerySyntaxError) as refusal:
        read_reply(*answer_edit(store_of(QUAD), header, b"INSERT DATA {\n <a> }"))
    assert (refusal.value.line, refusal.value.column) == (2, 7)
    with pytest.raises(QueryRefused, match="does not exist"):
        read_reply(*answer_edit(store_of(QUAD), header, b"MOVE <nowhere> TO <g>"))


@pytest.mark.parametrize(
    ("graph", "triple", "expected"),
    [
        (WRITTEN_GRAPH, "<http://h/s> <http://h/p> <http://h/o>", False),
        (WRITTEN_GRAPH, "<http://h/s> <http://h/watched> 'a b .'", True),
        (WRITTEN_GRAPH, "<http://h/s> a <http://h/watched>", True),
        (WRITTEN_GRAPH, "<http://h/s> a <http://h/other>", False),
        (WRITTEN_GRAPH, f"<{GRAPHS}x> <http://h/p> 1", True),
        (WRITTEN_GRAPH, f"<http://h/s> <http://h/p> <{GRAPHS}x>", True),
        (WRITTEN_GRAPH, f"<http://h/s> <http://h/p> 'about <{GRAPHS}x>'", False),
        (GRAPH, f"<{GRAPHS}x> <http://h/watched> 1", False),
    ],
)
def test_a_shape_minds_our_things_and_what_it_speaks_of_in_our_graphs(
    graph: str, triple: str, expected: bool
) -> None:
    edit, asserted = edited(
        "merge", f"{triple} .".encode(), graph=graph, watched=["http://h/watched"]
    )
    assert minded(edit.change, ["http://h/watched"]) is expected
    assert bool(asserted) is expected


def test_what_a_shape_minds_comes_with_all_that_is_then_asserted_in_our_graphs() -> None:
    stands = (
        f"<http://h/a> <http://h/p> <http://h/b> <{GRAPHS}knowledge/pilot> .\n"
        f"<http://h/a> <http://h/p> <http://h/c> <{INFERRED_GRAPH}> .\n{QUAD}"
    )
    edit, asserted = edited("merge", ONE, quads=stands, graph=WRITTEN_GRAPH, watched=["http://h/p"])
    lines = set(asserted.decode().splitlines(keepends=True))
    assert lines == {edit.change.added.decode(), stands.splitlines(keepends=True)[0]}
