"""Whatever a caller gives: one UNDEF of the query becomes one term, or nothing becomes of it.

Each value is bound in a query where the word UNDEF, the braces and the name of the parameter stand in
strings, comments, IRIs and other clauses too.
"""

from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from werkzaam.catalogue.parameters import Choice, bind
from werkzaam.catalogue.query_text import significant
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Parameter, ParameterType
from werkzaam.errors import InvalidParameter
from werkzaam.store.query_policy import read_query
from werkzaam.store.sparql_tokens import Token

WORDS = Bilingual("x", "x")
TYPES: tuple[ParameterType, ...] = ("iri", "string", "integer", "date", "language")
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = """\
#+ VALUES ?x { UNDEF } in a header
PREFIX undef: <http://h/UNDEF#>
# VALUES ?x { UNDEF } in a comment
SELECT ?x ?other ("VALUES ?x { UNDEF }" AS ?said) ('''}
UNDEF {''' AS ?long) (undef:UNDEF AS ?name) (<http://h/VALUES?x{UNDEF> AS ?iri)
WHERE {
  { SELECT ?x ?other WHERE { values $x{undef}
    VALUES ?other { UNDEF } } }
}
""".replace("VALUES?x{UNDEF>", "VALUES?x=UNDEF>")
GOAL = Choice("https://w3id.org/mdt-kennisgraaf/id/goal/welbevinden", WORDS)

PIECES = (
    *('"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\u0022", "\\U00000022", "\\u007D", "\\n"),
    *(">", "<", "{", "}", "(", ")", "[", "]", "|", "^", "`", "@nl", "^^", "#", ";", ".", ",", "?x"),
    *("\n", "\r", "\t", "\v", "\f", "\x00", "\x01", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e"),
    *(
        "UNDEF",
        "VALUES ?x { UNDEF }",
        "} UNION { ?s ?p ?o }",
        "} DROP ALL ; {",
        "SERVICE <http://h>",
    ),
    *("%22", "&quot;", "http://h/", "urn:a:", "_:b", "a:b", "\ud800", "\udfff", "\U0001f600", "é"),
    *("1", "-1", "+0", "1.0", "1e9", "٣", "2023-10-04", "2023-02-30", "nl", "en", "NL", "nl-be"),
    *(GOAL.iri, GOAL.slug, " ", "\u00a0", "a" * 400),
)
hostile = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(st.characters(), min_size=1, max_size=80),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1).map("".join),
).filter(bool)


def query(kind: ParameterType, *, of_class: bool = False) -> CataloguedQuery:
    parameters = (
        Parameter("x", kind, WORDS, choices_class="urn:c" if of_class else None),
        Parameter("other", "string", WORDS),
    )
    names = ("a/b", WORDS, WORDS, WORDS, ("t",), "table", "0.1.0")
    return CataloguedQuery(*names, parameters, (), TEXT, "queries/a/b.rq")


def expected(kind: ParameterType, value: str) -> ox.NamedNode | ox.Literal:
    """The term that ``value`` is, if it is one."""
    if kind == "iri":
        return ox.NamedNode(value)
    if kind == "integer":
        return ox.Literal(int(value))
    if kind == "date":
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    return ox.Literal(value)


def as_text(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens]


def around(bound: str) -> str:
    """What stands in the place of the UNDEF of ``?x``, after finding that all else is as it was."""
    before, after = as_text(significant(TEXT)), as_text(significant(bound))
    start = before.index("undef")
    # what was not given leaves no trace
    other = ["VALUES", "?other", "{", "UNDEF", "}"]
    place = next(i for i in range(start, len(before)) if before[i : i + 5] == other)
    rest = before[start + 1 : place] + before[place + 5 :]
    assert after[:start] == before[:start]
    assert after[len(after) - len(rest) :] == rest
    found = significant(bound)[start : len(after) - len(rest)]
    return bound[found[0].start : found[-1].end]


def check(kind: ParameterType, value: str, bound: str) -> None:
    term = expected(kind, value)
    solutions = ox.Store().query(bound)
    assert isinstance(solutions, ox.QuerySolutions)
    [row] = list(solutions)
    assert row["x"] == term
    assert row["other"] is None
    assert row["said"].value == "VALUES ?x { UNDEF }"
    assert row["long"].value == "}\nUNDEF {"
    written = around(bound)
    [own] = ox.parse(f"<urn:s> <urn:p> {written} .", format=ox.RdfFormat.TURTLE)
    assert own.object == term
    assert read_query(bound).form == "SELECT"


@pytest.mark.parametrize("kind", TYPES)
@given(value=hostile)
@example(value='"')
@example(value="a\\")
@example(value='" } UNION { ?s ?p ?o } #')
@example(value="http://h/> } UNION { ?s ?p ?o } #")
@example(value="\ud800")
@example(value="\r\n")
@settings(deadline=None, max_examples=150)
def test_nothing_but_the_value_changes(kind: ParameterType, value: str) -> None:
    try:
        bound = bind(query(kind), {"x": value}, {})
    except InvalidParameter:
        return
    check(kind, value, bound)


@given(value=hostile)
@settings(deadline=None)
def test_a_choice_is_one_of_the_list_or_refused(value: str) -> None:
    asked = query("iri", of_class=True)
    if value in (GOAL.iri, GOAL.slug):
        check("iri", GOAL.iri, bind(asked, {"x": value}, {"x": [GOAL]}))
        return
    with pytest.raises(InvalidParameter) as refused:
        bind(asked, {"x": value}, {"x": [GOAL]})
    assert refused.value.choices == (GOAL.slug,)


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_takes_what_it_is_for(kind: ParameterType) -> None:
    """Else a binding that refuses all would pass the tests above."""
    values = {
        "iri": ["http://h/é?a=1#b", "urn:uuid:1", "https://h/%7B%7D"],
        "string": ['"', "'''", "\\", "\\u0022", "}", "#", "\n", "\x01", "a" * 1000, "\U0001f600"],
        "integer": ["0", "-7", "+7", "007"],
        "date": ["2023-10-04", "2024-02-29"],
        "language": ["nl", "en"],
    }[kind]
    for value in values:
        check(kind, value, bind(query(kind), {"x": value}, {}))


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_too_long_is_refused_and_no_error_repeats_it(kind: ParameterType) -> None:
    with pytest.raises(InvalidParameter) as refused:
        bind(query(kind), {"x": "a" * 1_000_000}, {})
    assert len(str(refused.value)) < 500


def test_two_values_are_each_in_their_own_place() -> None:
    both = bind(query("string"), {"x": "} VALUES ?other { UNDEF", "other": '"?x"'}, {})
    solutions = ox.Store().query(both)
    assert isinstance(solutions, ox.QuerySolutions)
    [row] = list(solutions)
    assert row["x"] == ox.Literal("} VALUES ?other { UNDEF")
    assert row["other"] == ox.Literal('"?x"')
