"""Which queries are refused before they are evaluated, and which are not."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.errors import QueryRefused, QuerySyntaxError
from werkzaam.store.query_policy import (
    DEEPEST_NESTING,
    MOST_CHARACTERS,
    at_a_glance,
    look_closely,
    read_query,
)

REACHES_OUT = [
    "SELECT * { SERVICE <http://h/> {} }",
    "SELECT * { service\n<http://h/> {} }",
    "SELECT * { SERVICE#comment\n<http://h/> {} }",
    "SELECT * { #comment\rSERVICE <http://h/> {} }",
    "SELECT * { SERVICESILENT<http://h/>{} }",
    "SELECT * { ?s ?p trueSERVICE SILENT <http://h/>{} }",
    "SELECT * { ?s ?p 1SERVICE<http://h/>{} }",
    "SELECT * { ?s ?p 1.SERVICE<http://h/>{} }",
    "SELECT * { ?s ?p 1e5SERVICE<http://h/>{} }",
    "SELECT * { ?s ?p <a:b>SERVICE<http://h/>{} }",
    "SELECT * { ?s ?p 'x'SERVICE<http://h/>{} }",
    "SELECT * { ?s ?p '''x'''SERVICE<http://h/>{} }",
    "PREFIX : <http://h/> SELECT * { ?s ?p trueSERVICE:x{} }",
    "SELECT * { FILTER(?a<1)SERVICE?x#>\n{} }",
    "PREFIX a: <http://h/> SELECT * { FILTER(?a<a:b)SERVICE?x#>\n{} }",
    "PREFIX SERVICEex: <http://a/> PREFIX ex: <http://h/> SELECT * { SERVICEex:x { ?s ?p ?o } }",
    "PREFIX SERVICESILENTex: <http://a/> PREFIX ex: <http://h/> SELECT * { serviceSILENTex:x {} }",
    "PREFIX SERVICE: <http://a/> PREFIX : <http://h/> SELECT * { ?s ?p 1 . SERVICE:x {} }",
    "PREFIX ex: <http://a/> SELECT * { ?s ?p ex:.SERVICE <http://h/> {} }",
    "PREFIX ex: <http://a/> SELECT * { ?s ?p ex:-SERVICE <http://h/> {} }",
    "PREFIX a: <http://h/> SELECT * { ?s ?p a:b.c.SERVICE <http://h/> {} }",
    "PREFIX : <http://h/> PREFIX a: <b:> SELECT * { ?s ?p a:b.c.serviceSILENT:x {} }",
    "SELECT * { VALUES ?v { '''a' } SERVICE <http://h/> {} }",
    "SELECT * { VALUES ?v { '''a' } SERVICE <http://h/> {} #\\q'''\n }",
    'SELECT * { VALUES ?v { """a" } SERVICE <http://h/> {} #\\q"""\n }',
    "SELECT * { FILTER(?a<1&&'>'!=?x) SERVICE <http://h/> {} FILTER(?x!='') }",
    "SELECT * { FILTER(?a<1)FILTER(((?b>1)||?c<1&&'>'!='')) SERVICE <http://h/> {} FILTER(?x!='') }",
    "SELECT * { FILTER((?a)<1&&'>'!=?x) SERVICE <http://h/> {} FILTER(?x!='') }",
    "PREFIX a: <b:> SELECT * { FILTER(?a<a:b#>'''\n) SERVICE <http://h/> {} #'''\n }",
    "SELECT * { \\u0053ERVICE <http://h/> {} }",
    "SELECT * { \\U00000073ervice <http://h/> {} }",
    "SELECT * { ?s ?p '\\u0027 . SERVICE <http://h/> {} #' }",
    "SELECT * { ?s ?p ?o #\\u000A SERVICE <http://h/> {}\n }",
    "SELECT * { ?s ?p ?o #\\u000A \\u0053\\u0045RVICE <http://h/> {}\n }",
    "SELECT * { ?v a ?t LATERAL { SERVICE ?v {} } }",
    "SELECT * { { SELECT * { SERVICE ?v {} } } }",
    "SELECT * { FILTER EXISTS { SERVICE ?v {} } }",
    "ASK { SERVICE ?v {} }",
    "CONSTRUCT {} WHERE { SERVICE ?v {} }",
    "DESCRIBE ?v { SERVICE ?v {} }",
    "LOAD <http://h/>",
]
HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://h/> {}" }',
    "SELECT * { ?s ?p '''SERVICE\n<http://h/>''' }",
    "SELECT * { # SERVICE <http://h/> {}\n ?s ?p ?o }",
    "SELECT ?SERVICE { ?SERVICE ?p $LOAD }",
    "SELECT * { ?s <http://h/SERVICE> <http://h/load> }",
    "PREFIX SERVICE: <http://h/> SELECT * { ?s SERVICE:x ?o }",
    "SELECT * { ?s <http://x/a)payload> <http://x/(a)service> }",
    "PREFIX x: <http://h/> SELECT * { ?s x:service x:LOAD }",
    'SELECT * { ?s ?p "a"@en-service }',
    "SELECT * { _:SERVICE ?p ?o }",
    "SELECT * { FILTER(?a < 1 && ?b > 2) }",
    "SELECT * { ?s ?p '\\u0053ERVICE \\u00e9' ; <http://h/\\u0053ERVICE> 'LOAD' }",
    "SELECT * { '''it's \\u0041''' ?p 'SERVICE' }",
    "SELECT * { ?s <a:b#c> <a:o'brien> . ?s ?p 'SERVICE' }",
    "SELECT * { VALUES (?a ?b) { (<http://a/#b> <http://a/#c>) } # service\n }",
    "SELECT * { FILTER(?x IN (<a:b#c>, <a:b'c>)) ?s ?p 'SERVICE' }",
    "SELECT * { ?s (<a:b#c>|<a:b'c>)+ 'SERVICE' }",
    "PREFIX a: <b:> SELECT * { ?s a:b.service a:service.b }",
]


@pytest.mark.parametrize("text", REACHES_OUT)
def test_a_query_that_reaches_out_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        read_query(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_harmless(text: str) -> None:
    assert read_query(text).text == text


@pytest.mark.parametrize("keyword", ["INSERT DATA {}", "DELETE WHERE {}", "CLEAR ALL", "DROP ALL"])
def test_an_update_is_refused_by_name(keyword: str) -> None:
    with pytest.raises(QueryRefused, match="update"):
        read_query(keyword)


@pytest.mark.parametrize("text", ["", "   ", "# only a comment", "hello"])
def test_what_is_no_query_is_a_syntax_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        read_query(text)


@pytest.mark.parametrize("opening", ["{", "(", "["])
def test_deep_nesting_is_refused_with_its_place(opening: str) -> None:
    flat = "SELECT * { " + opening * (DEEPEST_NESTING - 1)
    read_query(flat)
    with pytest.raises(QueryRefused) as caught:
        read_query(flat + opening)
    assert caught.value.values["column"] == len(flat) + 1


def test_brackets_in_text_do_not_count_as_nesting() -> None:
    read_query("SELECT * { ?s ?p '" + "{" * 5000 + "' }")


def test_a_prefix_that_is_not_declared_is_named() -> None:
    with pytest.raises(QuerySyntaxError, match="skos:") as caught:
        read_query("PREFIX x: <http://h/>\nSELECT * {\n ?s skos:prefLabel ?o }")
    assert (caught.value.line, caught.value.column) == (3, 5)


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", (), ()),
        (
            "SELECT * FROM <http://g/1> FROM <http://g/2> { ?s ?p ?o }",
            ("http://g/1", "http://g/2"),
            (),
        ),
        (
            "SELECT *FROM<http://g/1>FROM NAMED<http://g/2>{ ?s ?p ?o }",
            ("http://g/1",),
            ("http://g/2",),
        ),
        ("PREFIX g: <http://g/> ASK FROM g:1 { ?s ?p ?o }", ("http://g/1",), ()),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://g/1> WHERE { ?s ?p ?o }", ("http://g/1",), ()),
        ("SELECT * { ?s ?p 'FROM <http://g/1>' }", (), ()),
        ("BASE <http://g/a/> ASK FROM <1> {}", ("http://g/a/1",), ()),
        ("BASE <http://g/> PREFIX g: <b/> ASK FROM g:c\\/1 {}", ("http://g/b/c/1",), ()),
        ("ASK FROM <http://g/\\u0031> {}", ("http://g/1",), ()),
        ("SELECT (COUNT(*) AS ?n) FROM <http://g/1> { ?s ?p ?o }", ("http://g/1",), ()),
        ("DESCRIBE <http://x> FROM <http://g/1>", ("http://g/1",), ()),
        ("CONSTRUCT FROM <http://g/1> WHERE { ?s ?p ?o }", ("http://g/1",), ()),
    ],
)
def test_the_dataset_clause_is_taken_out(
    text: str, default: tuple[str, ...], named: tuple[str, ...]
) -> None:
    query = read_query(text)
    assert (query.default_graphs, query.named_graphs) == (default, named)
    assert "FROM" not in query.text or "'FROM" in text
    assert len(query.text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FROM <http://g/1> }",
        "SELECT * WHERE FROM <http://g/1> {}",
        "SELECT FROM <http://g/1> * {}",
        "SELECT * { { SELECT * FROM <http://g/1> {} } }",
    ],
)
def test_from_in_the_wrong_place_stays_for_the_engine_to_refuse(text: str) -> None:
    assert read_query(text).text == text


@pytest.mark.parametrize("call", ["RAND()", "NOW()", "uuid()", "STRUUID()", "BNODE()"])
def test_what_is_different_each_time_is_not_repeatable(call: str) -> None:
    assert not read_query(f"SELECT ({call} AS ?x) {{}}").repeatable
    assert read_query(f"SELECT ('{call}' AS ?x) {{}}").repeatable


@pytest.mark.parametrize("text", ["SELECT * FROM ?g {}", "SELECT * FROM", "SELECT * FROM NAMED {}"])
def test_from_without_a_graph_is_a_syntax_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        read_query(text)


@pytest.mark.parametrize("piece", ["<)>", "<)", "a:b ", "?x<1)", "PREFIX a: <b> "])
def test_long_and_hostile_text_is_refused_in_time(piece: str) -> None:
    with pytest.raises(QueryRefused):
        read_query(piece * (MOST_CHARACTERS // len(piece)))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(QueryRefused):
        read_query(text)


@given(st.text(max_size=50).filter(lambda text: not set(text) & set("\"'\\\n\r")))
def test_what_a_literal_says_is_never_a_reason(text: str) -> None:
    read_query(f'SELECT * {{ ?s ?p "{text} SERVICE <http://h/> {{}}" }}')


PIECES = st.sampled_from(
    [
        "SELECT",
        "select",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "INSERT",
        "Load",
        "WITH",
        "prefix",
        "PREFIX",
        "BASE",
        "FROM",
        "NAMED",
        "a:",
        "b:c",
        ":",
        "?x",
        "$y",
        "<http://h/>",
        "<b:knowledge>",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "*",
        ".",
        ";",
        "#",
        "'RAND'",
        '"service"',
        "RAND()",
        "now()",
        "uuid",
        "BNODE",
        "trUe",
        "1",
        ".5e3",
        "WHERE",
        "é",
        "ſervice",
        "İ",
        "ı",
        "1SERVICE",
        "@en",
        "_:b",
        "<",
        ">",
        "\\",
        "''''",
        "ßelect",
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n"])), max_size=25)


@settings(deadline=None)
@given(TEXTS)
def test_a_glance_finds_what_a_close_look_finds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + space for piece, space in pieces)
    glance = at_a_glance(text)
    if glance is not None:
        assert glance == look_closely(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "PREFIX a: <b:> ASK { a:b ?p now() }",
        "# FROM here SERVICE is LOAD, UUID()\n  #+ {{(\r\nASK {}",
    ],
)
def test_an_ordinary_query_needs_no_close_look(text: str) -> None:
    assert at_a_glance(text) == look_closely(text)


@pytest.mark.parametrize(
    "text",
    [
        "# a\nASK {} # SERVICE",
        "# a\\u000ASERVICE <urn:x> {}\nASK {}",
        "ASK {\n# LOAD\n}",
        "#\nASK " + "{" * 101,
    ],
)
def test_what_may_hide_something_gets_a_close_look(text: str) -> None:
    assert at_a_glance(text) is None


def test_a_short_query_is_read_once_and_a_long_one_is_not_kept() -> None:
    short, long = "ASK {}", "ASK {" + " " * 5_000 + "}"
    assert read_query(short) is read_query(short)
    assert read_query(long) is not read_query(long)
