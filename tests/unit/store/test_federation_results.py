"""The answers of others as VALUES."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.errors import FederationFailed, QueryRefused
from werkzaam.store.federation_hosts import Host
from werkzaam.store.federation_results import one_empty_solution, solutions_as_values
from werkzaam.store.query_policy import read_query

HOST = Host("https", "a.nl", 443)


def answer(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}).encode()


def rows_of(values: str) -> list[list[Any]]:
    found = ox.Store().query(f"SELECT * {{ {values} }}")
    assert isinstance(found, ox.QuerySolutions)
    return [list(row) for row in found]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["'", '"', "'''", '\\"', "\\u0022", ") } SERVICE <http://h/> {", "\n", "\r", "#", "a\\"]
)


@settings(deadline=None)
@given(st.lists(TEXT), st.sampled_from([{}, {"xml:lang": "nl"}, {"datatype": "http://a/t"}]))
def test_any_text_comes_back_as_it_was(texts: list[str], more: dict[str, str]) -> None:
    body = answer(*({"x": {"type": "literal", "value": text, **more}} for text in texts))
    values = solutions_as_values(HOST, body, ["x"], 1_000)
    assert [row[0].value for row in rows_of(values)] == texts
    assert read_query(f"SELECT * {{ {values} }}")


def test_each_kind_of_term_is_kept_and_what_is_missing_stays_open() -> None:
    body = answer(
        {"a": {"type": "uri", "value": "http://a/é"}, "other": {"type": "bnode", "value": "b"}},
        {"b": {"type": "typed-literal", "value": "01", "datatype": "http://a/t"}},
        {},
    )
    assert rows_of(solutions_as_values(HOST, body, ["a", "b"], 3)) == [
        [ox.NamedNode("http://a/é"), None],
        [None, ox.Literal("01", datatype=ox.NamedNode("http://a/t"))],
        [None, None],
    ]


def test_solutions_without_variables_are_counted() -> None:
    assert len(rows_of(solutions_as_values(HOST, answer({}, {}), [], 3))) == 2
    assert rows_of(solutions_as_values(HOST, answer(), [], 3)) == []


def test_one_empty_solution_joins_with_everything() -> None:
    assert rows_of(f"{one_empty_solution(['a'])} VALUES (?a) {{ (1) (2) }}") == [
        [ox.Literal(1)],
        [ox.Literal(2)],
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b'{"boolean": true}', b'{"results": {"bindings": 1}}', b"\xff"]
    + [b'{"results": {"bindings": [1]}}', b"[" * 100_000]
    + [
        answer({"x": term})
        for term in (
            {"type": "uri", "value": "no iri"},
            {"type": "uri", "value": "http://a/> . SERVICE <http://h/"},
            {"type": "uri"},
            {"value": "x"},
            "text",
            {"type": "literal", "value": 1},
            {"type": "literal", "value": "x", "xml:lang": "no language"},
            {"type": "literal", "value": "x", "datatype": "no iri"},
            {"type": "literal", "value": "\ud800"},
        )
    ],
)
def test_what_is_no_answer_is_told(body: bytes) -> None:
    with pytest.raises(FederationFailed, match=r"https://a\.nl"):
        solutions_as_values(HOST, body, ["x"], 10)


def test_a_blank_node_is_refused_with_the_remedy() -> None:
    with pytest.raises(QueryRefused, match=r"FILTER\(!isBlank\(\?x\)\)"):
        solutions_as_values(HOST, answer({"x": {"type": "bnode", "value": "b"}}), ["x"], 10)


def test_a_triple_as_a_term_is_refused() -> None:
    with pytest.raises(QueryRefused, match=r"\?x"):
        solutions_as_values(HOST, answer({"x": {"type": "triple", "value": {}}}), ["x"], 10)


def test_more_rows_than_are_read_are_refused() -> None:
    assert solutions_as_values(HOST, answer({}, {}), [], 2)
    with pytest.raises(QueryRefused, match="2 solutions"):
        solutions_as_values(HOST, answer({}, {}, {}), [], 2)
