"""Which SERVICE clauses may be asked of a listed host, and what is asked."""

import pytest

from werkzaam.errors import QueryRefused
from werkzaam.store.federation_clauses import MOST_CLAUSES
from werkzaam.store.federation_hosts import read_host
from werkzaam.store.query_policy import read_query

HOSTS = tuple(host for entry in ("a.nl", "http://b:3030") if (host := read_host(entry)))


def test_a_clause_is_kept_with_what_is_to_be_asked() -> None:
    text = "PREFIX a: <https://a.nl/> # x\nSELECT * { ?s ?p ?o SERVICE a:q { ?s a a:T } }"
    query = read_query(text, HOSTS)
    (clause,) = query.services
    assert str(clause.address.host) == "https://a.nl"
    assert clause.address.target == "/q"
    assert clause.question == "PREFIX a: <https://a.nl/> SELECT * { ?s a a:T }"
    assert clause.variables == ("s",)
    assert query.text[clause.start : clause.end] == "SERVICE a:q { ?s a a:T }"
    assert not clause.silent
    assert not query.repeatable


def test_its_place_holds_where_a_dataset_clause_was_cut_out() -> None:
    query = read_query("SELECT *\nFROM <g:1>\n{ SERVICE <https://a.nl/> { ?s ?p ?o } }", HOSTS)
    clause = query.services[0]
    assert query.text[clause.start : clause.end] == "SERVICE <https://a.nl/> { ?s ?p ?o }"
    assert query.default_graphs == ("g:1",)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { service silent <https://a.nl/> {} }",
        "ASK { SERVICE#c\n<http://b:3030/>{} }",
        "BASE <https://a.nl/> CONSTRUCT { ?s ?p ?o } { SERVICE <q> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { SERVICE <https://a.nl/> {} } }",
        "SELECT * { { SELECT * { SERVICE <https://a.nl/> {} } } }",
        "SELECT * { FILTER EXISTS { ?s ?p 'x' } SERVICE <https://a.nl/> {} }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } SERVICE <https://a.nl/> {} }",
        "SELECT * { ?s ?p 1SERVICE <https://a.nl/> {} }",
    ],
)
def test_each_place_and_spelling_is_known(text: str) -> None:
    assert len(read_query(text, HOSTS).services) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { SERVICE ?x {} }", "variable"),
        ("SELECT * { SERVICESILENT <https://a.nl/> {} }", "written out"),
        ("SELECT * { ?s ?p trueSERVICE <https://a.nl/> {} }", "written out"),
        ("SELECT * { SERVICE <https://a.nl/> }", "written out"),
        ("SELECT * { SERVICE <https://a.nl/> { ", "written out"),
        ("SELECT * { } SERVICE", "written out"),
        (
            "SELECT * { SERVICE <https://c.nl/> {} }",
            r"https://c\.nl/.*https://a\.nl, http://b:3030",
        ),
        ("SELECT * { SERVICE SILENT <https://c.nl/> {} }", "WERKZAAM_SERVICE_HOSTS"),
        ("SELECT * { SERVICE <q> {} }", "WERKZAAM_SERVICE_HOSTS"),
        ("SELECT * { SERVICE <https://a.nl/> { SERVICE <https://a.nl/> {} } }", "inside a SERVICE"),
        ("SELECT * { FILTER EXISTS { { SERVICE <https://a.nl/> {} } } }", "EXISTS"),
        ("SELECT * { FILTER NOT EXISTS { SERVICE <https://a.nl/> {} } }", "EXISTS"),
        ("SELECT * { GRAPH ?g { SERVICE <https://a.nl/> {} } }", "GRAPH"),
        ("SELECT * { GRAPH <g:1> { OPTIONAL { SERVICE <https://a.nl/> {} } } }", "GRAPH"),
        ("SELECT * { LATERAL { SERVICE <https://a.nl/> {} } }", "LATERAL"),
        ("SELECT * {" + "SERVICE <https://a.nl/> {}" * (MOST_CLAUSES + 1) + "}", "several"),
        ("SELECT * { FILTER(?a<1&&'>'='') SERVICE <https://a.nl/> {} }", "not clear"),
        ("LOAD <https://a.nl/>", "written out"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(QueryRefused, match=words):
        read_query(text, HOSTS)


def test_without_a_list_every_host_is_refused() -> None:
    text = "SELECT * { SERVICE <https://a.nl/> {} }"
    assert read_query(text, HOSTS)
    with pytest.raises(QueryRefused, match="reaches no other host"):
        read_query(text)
