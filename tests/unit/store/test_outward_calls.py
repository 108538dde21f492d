"""No text that the engine reads as a call passes the policy, however it is written.

Whether it reads one, the engine itself says: it no longer understands the text once each SERVICE in
it, in any place, is another word.
"""

import re

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from werkzaam.errors import QueryRefused
from werkzaam.store.query_policy import read_query

PROLOGUES = [
    ":",
    "ex:",
    "a:",
    "SERVICE:",
    "SERVICEex:",
    "SERVICESILENTex:",
    "trueSERVICE:",
    "http:",
]
TERMS = [
    "1",
    "1.",
    ".5",
    "1e5",
    "true",
    "false",
    "true.",
    "'x'",
    '"x"',
    '"x"@en',
    "'a'@en--ltr",
    '"x"^^<a:b>',
    "'''x'''",
    "'''a'",
    "'''\\q'",
    "'''it's'",
    "'''",
    '"""a"',
    "''",
    "'''",
    "''''",
    "<a:b>",
    "<urn:x'>",
    "<a'b>",
    "<a:b#>",
    "<a:b#c>",
    ":x",
    "ex:x",
    "ex:",
    "ex:.",
    "ex:x.",
    "ex:x\\.",
    "ex:%20",
    "a:b.c",
    "a:b.c.",
    "a:b.c.d",
    "a:b..c",
    "a:-",
    "a:b-",
    "a:b·",
    "ex:b:",
    "_:b",
    "_:b.",
    "_:b.c",
    "_:b.c.",
    "?o",
    "$o",
    "?o.",
    "[]",
    "()",
    "-1",
    "+1",
    "'\\\\'",
    "'\\''",
    "'''\\'''''",
    "a",
    "^a:b",
    "!a:b",
    ".",
    ";",
    ",",
    "/",
    "|",
    "*",
    "+",
    "?",
    "<",
    "<<",
    ">",
    "@",
]
CONDITIONS = [
    "(?a<1)",
    "(?a<a:b)",
    "(?a<?b&&?c>1)",
    "(?a<1&&'>'!=?x)",
    "((?a)<1&&'>'!=?x)",
    "(?x!='')",
    "(''='a')",
    "(?a<a:b#>",
    "(?a<a:b'>",
    "(?a<?b#>'''",
    "(?a<<x#>",
    "(?a<-1&&'>'!='')",
    "(?a<=1&&'>'='')",
    "(?a<ex:f(?b)#>",
    "(?a<?b*'>'+'')",
    "(ex:f(?a)<1&&'>'=1)",
    "(<a:b><1&&'>'='')",
    "(EXISTS{}<1&&'>'=1)",
    "(EXISTS{?a<?b'>'})",
    "(?a<'>'&&''='')",
    "(1<'a'@en&&'>'!='')",
    "(?a\\u0020<1)",
]
FILLERS = [
    "FILTER(1=1)\n)",
    "VALUES ?v { '''a' }",
    "VALUES ?v { '''a\\q' }",
    "VALUES ?v {'''a' '''b'}",
]
FILLERS += [
    "BIND(?a<1+'>'+'' AS ?z)",
    "#'''\n",
    "#\\q'''\n",
    '#\\q"""\n',
    "#>\n",
    "OPTIONAL",
    "LATERAL",
]
FILLERS += [
    "{}",
    "{} UNION",
    "MINUS",
    "GRAPH ?g",
    "?s ?p ",
    "?s a ",
    "?s ex:p ",
    "FILTER EXISTS",
    ")\n",
]
FILLERS += [f"FILTER{condition}" for condition in CONDITIONS]
FILLERS += ["FILTER(?a<1)FILTER(((?b>1)||?c<1&&'>'!=''))", "FILTER((?a<(1))&&?b>1||?c<'>')"]
GAPS = ["", "", " ", "\n", "\t", "#c\n", "#'\n", "#\r", "\u00a0", "\x0b", "\\u0020", "."]
WORDS = "SERVICE service sErViCe SERVICESILENT S\\u0045RVICE trueSERVICE 1SERVICE aSERVICE a:b.c.SERVICE"
CALLS = [
    *WORDS.split(),
    "SERVICE ",
    "SERVICE ",
    "SERVICE ",
    "SERVICE SILENT",
    "true.SERVICE:x",
    ".SERVICE",
    "@enSERVICE",
    "_:SERVICE",
]
PLACES = [
    "<http://h/>",
    "?o",
    "$s",
    ":x",
    "ex:x",
    "SERVICE:x",
    "SERVICEex:x",
    "SILENTex:x",
    "SERVICESILENTex:x",
    "ex:",
    "<x>",
]
SHAPES = [
    "SELECT * {%s}",
    "ASK {%s}",
    "CONSTRUCT {} WHERE {%s}",
    "DESCRIBE ?s {%s}",
    "SELECT * {{%s}}",
]
SHAPES += ["SELECT * { { SELECT * {%s} } }", "SELECT * { FILTER EXISTS {%s} }", "SELECT * {} %s"]
SHAPES += [
    "SELECT(EXISTS{%s} AS ?e){}",
    "SELECT * {} ORDER BY EXISTS{%s}",
    "SELECT * { LATERAL {%s} }",
]


def pieces(*lists: list[str]) -> st.SearchStrategy[str]:
    return st.tuples(*map(st.sampled_from, lists)).map("".join)


STATEMENTS = pieces(["?s ?p ", "?s a ", ""], TERMS, ["", " ", " . ", *GAPS])
BODIES = st.lists(STATEMENTS | pieces(FILLERS, GAPS), max_size=2).map("".join)
ENDS = [
    "{}",
    "{}",
    "{}",
    " { ?s ?p ?o }",
    "{} .",
    "#\n{{}}",
    "{}}",
    "{} #'\n",
    "{} #'''\n",
    "{} FILTER(''='')",
]
TEXTS = st.builds(
    lambda prefixes, shape, body, call: (
        "".join(f"PREFIX {prefix} <b:> " for prefix in sorted({":", "ex:", "a:"} | prefixes))
        + shape.replace("%s", body + call)
    ),
    st.sets(st.sampled_from(PROLOGUES), max_size=2),
    st.sampled_from(SHAPES),
    BODIES,
    pieces(CALLS, GAPS, PLACES, GAPS, ENDS),
)


def is_understood(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    except (RuntimeError, ValueError, OSError):
        return True
    return True


def other_word(match: re.Match[str]) -> str:
    return f"{match[0][:5]}x{match[0][6:]}"


def is_call(text: str) -> bool:
    without = re.sub("service", other_word, text, flags=re.IGNORECASE | re.ASCII)
    return is_understood(text) and not is_understood(without)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { SERVICE ?x {} }", True),
        ("SELECT * { ?s ?p 1SERVICE ?x {} }", True),
        ("PREFIX a: <b:> SELECT * { ?s ?p a:b.c.SERVICE ?x {} }", True),
        ("SELECT * { FILTER(?a<1&&'>'!=?x) SERVICE ?y {} FILTER(?x!='') }", True),
        ("PREFIX service: <b:> SELECT ?service { ?service service:service 'service' }", False),
        ("SELECT * { \\u0053ERVICE ?x {} }", False),
    ],
)
def test_the_engine_says_what_is_a_call(text: str, expected: bool) -> None:
    assert is_call(text) == expected


@settings(deadline=None, max_examples=600)
@given(TEXTS)
@example("SELECT * { ?s ?p '''a' } #SERVICE ?x {}")
def test_no_call_passes(text: str) -> None:
    try:
        read_query(text)
    except QueryRefused:
        return
    assert not is_call(text)
