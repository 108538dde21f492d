"""Where things stand in a Turtle file."""

import pytest

from werkzaam.curation.turtle_positions import Prefix, positions
from werkzaam.curation.turtle_tokens import statements, tokens

_TEXT = '''\
@prefix ex: <http://x/> .
PREFIX other: <http://y/>
@base <http://z/> .

ex:a a ex:Class ;   # ex:commented
  ex:p """ex:no

ex:string""", ex:b.c, 1. ex:d ex:p other:e\\,f , <rel> .
<http://x/\\u0061b>
  ex:q [ ex:p ex:inner ; ex:r ( ex:a 1 ) ], () , _:node .
ex:b.c ex:p "ex:b"@en-gb , 'x'^^ex:type, 1.5e3, -.5, true .
[] ex:p ex:last .
'''


@pytest.mark.parametrize(
    ("iri", "line"),
    [
        ("http://x/a", 5),
        ("http://x/d", 8),
        ("http://x/ab", 9),
        ("http://x/b.c", 11),
        ("http://x/inner", None),
        ("http://x/string", None),
        ("http://x/last", None),
    ],
)
def test_the_line_of_a_subject(iri: str, line: int | None) -> None:
    assert positions(_TEXT).subjects.get(iri) == line


@pytest.mark.parametrize(
    ("iri", "line"),
    [
        ("http://x/b.c", 8),
        ("http://y/e,f", 8),
        ("http://z/rel", 8),
        ("http://x/inner", 10),
        ("http://x/type", 11),
        ("http://x/last", 12),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", 5),
        ("http://x/no", None),
        ("http://x/string", None),
        ("http://x/commented", None),
        ("http://x/", None),
    ],
)
def test_the_line_where_an_iri_is_first_named(iri: str, line: int | None) -> None:
    assert positions(_TEXT).mentions.get(iri) == line


def test_comments_blank_nodes_and_prefixes_have_lines() -> None:
    found = positions(_TEXT)
    assert found.comments == [5]
    assert found.blank_nodes == [10, 10, 10, 12]
    assert found.prefixes == [Prefix("ex", "http://x/", 1), Prefix("other", "http://y/", 2)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ex:a.b. :c ex: :", "name mark name name name"),
        ("ex:%41\\~-x _:a.b.", "name blank mark"),
        ("a 1. 1.5 +1e3 1.E3 .5.", "word number mark number number number number mark"),
        ("\"a\\\"#\" 'b' '''c'd''' \"\"", "string string string string"),
        ("<http://x/#a> # <b>\n@en-gb", "iri comment at"),
        ("e\u0301:x\u0301.y", "name"),
    ],
)
def test_tokens(text: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokens(text)) == kinds


def test_statements_end_at_a_dot_outside_brackets() -> None:
    text = "@prefix a: <b.c> . BASE <d> a:x a:y [ a:z 1. ] . a:last a:p"
    assert [statement.tokens[-1].text for statement in statements(text)] == [
        ".",
        "<d>",
        ".",
        "a:p",
    ]


def test_text_that_is_no_turtle_is_read_to_its_end() -> None:
    assert positions('@prefix\n] ) . "open\n@prefix a:').subjects == {}
