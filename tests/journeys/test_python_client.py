"""``werkzaam.client`` on a running service, and on an endpoint: the same rows, with their limits."""

import doctest
import importlib
from typing import Any

import pytest

import werkzaam.client
from werkzaam.client import Werkzaam
from werkzaam.errors import BadRequest, InvalidParameter, NotFound, QueryRefused, QuerySyntaxError

ASSESSMENTS = "evidence/assessment-per-working-element"


@pytest.fixture(params=["service", "endpoint"])
def client(request: pytest.FixtureRequest, service: Any) -> Werkzaam:
    """The client on the service by its own interface, and on it as on any endpoint."""
    if request.param == "service":
        return Werkzaam(service.url, lang="en")
    return Werkzaam(endpoint=f"{service.url}sparql", lang="en")


def test_the_example_in_the_package_runs(service: Any) -> None:
    package = importlib.import_module("werkzaam.client")
    found = doctest.DocTestFinder(recurse=False).find(package, globs={"url": service.url})
    runner = doctest.DocTestRunner()
    told: list[str] = []
    for example in found:
        runner.run(example, out=told.append)
    assert runner.summarize(verbose=False).attempted >= 7
    assert told == []


def test_both_ways_give_the_same_rows_and_labels(service: Any) -> None:
    one = Werkzaam(service.url).ask(ASSESSMENTS)
    other = Werkzaam(endpoint=f"{service.url}sparql").ask(ASSESSMENTS)
    assert one.rows == other.rows
    assert one.labels() == other.labels()
    assert one.columns == other.columns
    assert one.limits["total"] == other.limits["total"] == len(one)
    assert (other.version, other.permalink) == (None, None)
    assert "SELECT" in (other.sparql or "")


def test_the_questions_can_be_looked_through(client: Werkzaam) -> None:
    every = client.questions()
    assert len(every) > 50
    found = client.questions("ASSESSMENT cautiously working")
    assert ASSESSMENTS in [one.name for one in found]
    assert len(found) < len(every)
    one = next(one for one in every if one.name == ASSESSMENTS)
    assert (one.parameters["goal"], one.asks["goal"]) == ("iri", "Goal")
    assert list(one.columns) == list(client.ask(ASSESSMENTS, limit=1).columns)
    assert one.columns["elementLabel"] == "Working element"
    assert [one.name for one in client.questions("coordinatie")]
    with pytest.raises(BadRequest, match="200"):
        client.questions("x" * 201)


def test_no_rows_and_no_projects_are_told_apart_and_have_headings(client: Werkzaam) -> None:
    answer = client.ask("portfolio/projects")
    assert (len(answer), answer.labels()) == (0, [])
    assert answer.limits["coverage"]["words"] == "no project data"
    assert answer.heads[:2] == ("Project (IRI)", "Subsidy round (IRI)")
    full = client.ask(ASSESSMENTS, limit=5)
    assert full.limits["coverage"] is None
    assert full.heads == tuple(full.labels()[0])
    assert {"rows", "values"} == set(full.limits["unknown"])


def test_choices_parameters_limits_and_version(client: Werkzaam, service: Any) -> None:
    choices = client.choices(ASSESSMENTS, "goal")
    goal = next(iter(choices))
    part = client.ask(ASSESSMENTS, goal=goal, limit=1)
    assert len(part) == 1
    assert part.truncated
    assert part.limits["total"] < client.ask(ASSESSMENTS).limits["total"]
    if part.version is not None:
        assert client.ask(ASSESSMENTS, version=part.version, limit=1, goal=goal).rows == part.rows
        assert service.client.get(part.permalink).status_code == 200
    else:
        with pytest.raises(BadRequest, match="Leave version out"):
            client.ask(ASSESSMENTS, version=1)


def test_pages_are_the_whole_answer_in_order(client: Werkzaam) -> None:
    parts = list(client.pages(ASSESSMENTS, 7))
    assert [row for part in parts for row in part] == client.ask(ASSESSMENTS).rows
    assert all(len(part) == 7 for part in parts[:-1])
    with pytest.raises(BadRequest, match="at least one row"):
        next(client.pages(ASSESSMENTS, 0))


def test_a_query_of_ones_own_has_typed_rows(client: Werkzaam) -> None:
    assert client.sparql("SELECT * { VALUES ?n { 1 'x' true } }").rows == [
        {"n": 1},
        {"n": "x"},
        {"n": True},
    ]
    assert client.sparql("ASK { ?s ?p ?o }").rows == [{"answer": True}]
    with pytest.raises(QuerySyntaxError):
        client.sparql("SELECT ?x { ?x ")
    with pytest.raises(BadRequest, match="Write one of these"):
        client.sparql("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(QueryRefused):
        client.sparql("CLEAR ALL")


def test_what_is_wrong_is_an_error_of_ours_with_choices(client: Werkzaam) -> None:
    with pytest.raises(NotFound, match="Did you mean evidence/hedged-claims"):
        client.ask("evidence/hedged-claim")
    with pytest.raises(InvalidParameter) as refused:
        client.ask(ASSESSMENTS, goal="fame")
    assert set(client.choices(ASSESSMENTS, "goal")) <= set(refused.value.choices)
    with pytest.raises(InvalidParameter, match="Did you mean goal"):
        client.ask(ASSESSMENTS, gaol="x")
    with pytest.raises((NotFound, InvalidParameter)):
        client.choices(ASSESSMENTS, "gaol")


def test_a_demo_says_that_it_is_made_up(demo: Any) -> None:
    assert Werkzaam(demo.url).ask(ASSESSMENTS, limit=1).demo
    elsewhere = Werkzaam(endpoint=f"{demo.url}sparql")
    elsewhere.ask(ASSESSMENTS, limit=1)
    assert elsewhere.ask(ASSESSMENTS, limit=1).demo


def test_the_names_of_the_package_are_its_interface() -> None:
    assert set(werkzaam.client.__all__) == {"Answer", "PandasMissing", "Question", "Werkzaam"}
