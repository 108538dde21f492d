"""What a caller gives, bound in the query as a term and nothing but a term."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.catalogue.parameters import Choice, bind
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Parameter, ParameterType
from werkzaam.errors import BadRequest, InvalidParameter

WORDS = Bilingual("x", "x")
GOAL = Choice(
    "https://w3id.org/mdt-kennisgraaf/id/goal/welbevinden", Bilingual("Welbevinden", "Wellbeing")
)


def query(
    kind: ParameterType, *, choices_class: str | None = None, **more: object
) -> CataloguedQuery:
    parameter = Parameter("x", kind, WORDS, choices_class=choices_class, **more)  # type: ignore[arg-type]
    text = 'SELECT ?x ("UNDEF" AS ?y) { VALUES ?x { UNDEF } } # UNDEF'
    return CataloguedQuery(
        "a/b",
        WORDS,
        WORDS,
        WORDS,
        ("t",),
        "table",
        "0.1.0",
        (parameter,),
        (),
        text,
        "queries/a/b.rq",
    )


def value_of(text: str) -> object:
    """What ``?x`` is in the bound query, as the engine reads it."""
    solutions = list(ox.Store().query(text))  # type: ignore[arg-type]
    assert len(solutions) == 1
    assert solutions[0]["y"].value == "UNDEF"
    return solutions[0]["x"]


@given(st.text(min_size=1, max_size=200).filter(lambda text: "\0" not in text))
@settings(deadline=None)
def test_any_string_stays_a_string(text: str) -> None:
    assert value_of(bind(query("string"), {"x": text}, {})) == ox.Literal(text)


@given(st.text(min_size=1, max_size=60))
@settings(deadline=None)
def test_any_text_is_an_iri_or_is_refused(text: str) -> None:
    try:
        bound = bind(query("iri"), {"x": text}, {})
    except InvalidParameter:
        return
    assert value_of(bound) == ox.NamedNode(text)


@pytest.mark.parametrize("given_value", [GOAL.iri, GOAL.slug])
def test_a_choice_by_iri_or_last_segment(given_value: str) -> None:
    bound = bind(query("iri", choices_class="c"), {"x": given_value}, {"x": [GOAL]})
    assert value_of(bound) == ox.NamedNode(GOAL.iri)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "1E1000000000"),
        ("integer", "９"),
        ("date", "2023-13-01"),
        ("date", "20231004"),
        ("date", "2023-10-04T00:00:00"),
        ("language", "de"),
        ("string", "a\0b"),
        ("string", "a" * 1001),
        ("iri", "http://h/> } DROP ALL"),
        ("iri", "http://h/a b"),
    ],
)
def test_an_unusable_value_is_refused(kind: ParameterType, value: str) -> None:
    with pytest.raises(InvalidParameter):
        bind(query(kind), {"x": value}, {})


def test_an_unknown_choice_lists_the_choices() -> None:
    with pytest.raises(InvalidParameter, match="Choose one of: welbevinden") as caught:
        bind(query("iri", choices_class="c"), {"x": "welbevnden"}, {"x": [GOAL]})
    assert caught.value.choices == ("welbevinden",)
    assert "(welbevinden?)" in str(caught.value)


def test_unknown_missing_and_empty() -> None:
    with pytest.raises(BadRequest, match="Did you mean x"):
        bind(query("string"), {"xx": "a"}, {})
    with pytest.raises(InvalidParameter, match="required"):
        bind(query("string", required=True), {}, {})
    left_out = bind(query("string"), {"x": ""}, {})
    assert value_of(left_out) is None
    assert "VALUES" not in left_out
    assert value_of(bind(query("integer", default="7"), {}, {})) == ox.Literal(7)
