"""Which queries are known to be slow, and who is a suspect."""

import pytest

from werkzaam.store.asked_query import Asked
from werkzaam.store.interface import Question
from werkzaam.store.query_policy import read_query
from werkzaam.store.slow_queries import SlowQueries

CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def asked(text: str, caller: str = "192.0.2.1") -> Asked:
    question = Question(text, "text/csv", caller=caller)
    return Asked(question, read_query(text), 0.0, None)


def test_a_query_of_the_same_shape_is_known_whoever_asks() -> None:
    slow = SlowQueries()
    assert not slow.knows(asked(CROSS))
    slow.learn(asked(CROSS + " # 1"), slow=True)
    assert slow.knows(asked(CROSS + " # 22", "192.0.2.2"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PREFIX t: <urn:t:1> ASK { ?s ?p ?o }", "PREFIX t: <urn:t:22> ASK { ?s ?p ?o }", True),
        ('ASK { ?s ?p "a" }', 'ASK { ?s ?p "bcd" }', True),
        ("ASK { ?s ?p 'a#' . ?s ?p ?o }", "ASK { ?s ?p '' . ?s ?p ?o }", True),
        ("SELECT * { ?s1 ?p ?o } LIMIT 17", "SELECT * { ?s2 ?p ?o } LIMIT 99", True),
        ("SELECT * { ?s ?p ?o } LIMIT 10", "SELECT * { ?s ?p ?o } LIMIT 90000", False),
        ("ASK { ?s ?p ?o FILTER(?o < 3) }", "ASK { ?s ?p ?o FILTER(?o > 3) }", False),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o . ?o ?q ?r }", False),
    ],
)
def test_a_shape_is_without_what_changes_from_query_to_query(
    one: str, other: str, alike: bool
) -> None:
    slow = SlowQueries()
    slow.learn(asked(one), slow=True)
    assert slow.knows(asked(one))
    assert slow.knows(asked(other)) is alike


def test_one_that_is_quick_the_next_time_is_not_known_any_more() -> None:
    slow = SlowQueries()
    slow.learn(asked(CROSS), slow=True)
    slow.learn(asked(CROSS, "192.0.2.2"), slow=False)
    assert not slow.knows(asked(CROSS))
    assert slow.suspects(asked(CROSS))
    assert not slow.suspects(asked(CROSS, "192.0.2.2"))


def test_whoever_left_a_query_unfinished_is_a_suspect_and_its_shape_is_not_known() -> None:
    slow = SlowQueries()
    slow.learn_unfinished(asked(CROSS))
    assert slow.suspects(asked("ASK {}"))
    assert not slow.knows(asked(CROSS))


def test_our_own_are_neither() -> None:
    slow = SlowQueries()
    ours = asked(CROSS, "")
    slow.learn(ours, slow=True)
    slow.learn_unfinished(ours)
    assert not slow.suspects(ours)
    slow.learn(asked(CROSS), slow=True)
    assert not slow.knows(ours)


def test_only_the_last_thousand_are_kept() -> None:
    slow = SlowQueries()
    for number in range(1001):
        variables = " ".join(
            f"?{letter}" for letter in f"{number:010b}".translate({48: "a", 49: "b"})
        )
        slow.learn(asked(f"SELECT {variables} {{}}", f"192.0.2.{number}"), slow=True)
    first = "SELECT " + " ".join(["?a"] * 10) + " {}"
    assert not slow.knows(asked(first))
    assert not slow.suspects(asked("ASK {}", "192.0.2.0"))
    assert slow.suspects(asked("ASK {}", "192.0.2.1"))
