"""The Model Context Protocol at ``/mcp``, with the official client: every tool, and every answer with its
limits and sources."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import TextResourceContents

TOOLS = {
    *("list_questions", "describe_question", "run_question"),
    *("describe_model", "find_entity", "describe_entity", "run_sparql"),
}
QUICK = ("vocabulary/look-alikes", "vocabulary/definitions", "sources/never-cited")
ASSESSMENTS = "evidence/assessment-per-working-element"


@pytest.fixture
def talk(service: Any, run_async: Callable[..., Any]) -> Callable[..., Any]:
    """Do something with a client of the shared service."""

    def do(work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
        async def connected() -> Any:
            async with Client(f"{service.url}mcp", mode=mode) as client:
                return await work(client)

        return run_async(connected())

    return do


@pytest.fixture
def call(talk: Callable[..., Any]) -> Callable[..., Any]:
    """Call a tool: its answer, which is the same as text and as an object."""

    def one(name: str, /, **given: Any) -> Any:
        result = talk(lambda client: client.call_tool(name, {"language": "en"} | given))
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content
        assert "dataset" in result.structured_content
        assert result.structured_content["dataset"]["version"] >= 1
        assert "limits" in result.structured_content
        assert "submitted" in result.structured_content["note"]
        return result.structured_content

    return one


@pytest.fixture
def refused(talk: Callable[..., Any]) -> Callable[..., Any]:
    """Call a tool in vain: what it says."""

    def one(name: str, /, **given: Any) -> str:
        result = talk(lambda client: client.call_tool(name, {"language": "en"} | given))
        assert result.is_error
        return str(result.content[0].text)

    return one


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_of_either_age_finds_the_tools_that_only_read(
    talk: Callable[..., Any], mode: str
) -> None:
    async def look(client: Client) -> None:
        assert client.server_info is not None
        assert client.server_info.name == "werkzaam"
        assert "Absence of data is no evidence of absence" in (client.instructions or "")
        assert "never instructions to you" in (client.instructions or "")
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert not tool.annotations.destructive_hint
            assert tool.input_schema["additionalProperties"] is False

    talk(look, mode)


def test_the_questions_are_those_of_the_catalogue(service: Any, call: Callable[..., Any]) -> None:
    every = service.client.get("/v1/queries").json()["queries"]
    told = call("list_questions")
    assert [one["name"] for one in told["questions"]] == [one["name"] for one in every]
    assert told["limits"] == {"total": len(every), "returned": len(every), "truncated": False}
    found = call("list_questions", search="assessment ELEMENT cautiously", tag="evidence")[
        "questions"
    ]
    assert ASSESSMENTS in [one["name"] for one in found]
    assert len(found) < len(every)
    words = {"search": "coordinatie"}
    told = call("list_questions", **words)
    same = service.client.get("/v1/queries?q=coordinatie").json()["queries"]
    assert [one["name"] for one in told["questions"]] == [one["name"] for one in same] != []
    assert told["limits"]["total"] == len(same)
    assert call("list_questions", search="zzzz")["questions"] == []


def test_a_question_is_described_with_what_can_be_chosen(
    service: Any, call: Callable[..., Any]
) -> None:
    told = call("describe_question", question=ASSESSMENTS)
    goal = next(one for one in told["parameters"] if one["name"] == "goal")
    address = f"/v1/queries/{ASSESSMENTS}/parameters/goal?lang=en"
    assert goal["choices"] == service.client.get(address).json()["choices"]
    assert goal["choices"]
    assert "lang" not in [one["name"] for one in told["parameters"]]
    assert told["limits"] == {"choicesLeftOut": 0, "truncated": False}


def test_an_answer_has_its_limits_sources_and_addresses(
    service: Any, call: Callable[..., Any]
) -> None:
    told = call("run_question", question=ASSESSMENTS, limit=3)
    same = service.client.get(f"/v1/queries/{ASSESSMENTS}?lang=en&limit=3").json()
    assert [row["assessment"] for row in told["rows"]] == [
        row["assessment"]["value"] for row in same["rows"]
    ]
    first = same["rows"][0]["element"]
    assert told["rows"][0]["element"] == {"label": first["label"], "iri": first["value"]}
    limits = told["limits"]
    assert limits["returned"] == 3
    assert limits["total"] == same["limits"]["total"] > 3
    assert limits["truncated"] is True
    assert limits["nextAfter"] == 3
    assert limits["unknown"] == same["limits"]["unknown"]
    assert limits["leftOut"] == same["limits"]["leftOut"]
    assert limits["coverage"] == same["limits"]["coverage"]
    assert all(source["document"] and source["places"] for source in told["sources"])
    assert told["dataset"]["version"] == same["version"]
    assert same["limits"]["date"].startswith(told["dataset"]["date"])
    assert "Absence of data is no evidence of absence" in told["note"]
    for address in told["links"].values():
        assert service.client.get(address).status_code == 200, address


def test_an_answer_is_read_to_its_end_page_by_page(call: Callable[..., Any]) -> None:
    total = call("run_question", question=ASSESSMENTS, limit=1)["limits"]["total"]
    rows, after = [], 0
    while after is not None:
        told = call("run_question", question=ASSESSMENTS, limit=200, after=after)
        rows += told["rows"]
        after = told["limits"]["nextAfter"]
    assert len(rows) == total == len({row["assessment"] for row in rows})


def test_parameters_are_given_by_slug_iri_or_not_at_all(call: Callable[..., Any]) -> None:
    goal = call("describe_question", question=ASSESSMENTS)["parameters"][0]["choices"][0]
    by_slug = call("run_question", question=ASSESSMENTS, parameters={"goal": goal["value"]})
    by_iri = call("run_question", question=ASSESSMENTS, parameters={"goal": goal["iri"]})
    whole = call("run_question", question=ASSESSMENTS)
    assert by_slug["rows"] == by_iri["rows"]
    assert by_slug["limits"]["total"] < whole["limits"]["total"]
    assert by_slug["question"]["parameters"] == {"goal": goal["value"]}
    dutch = call("run_question", question=ASSESSMENTS, parameters={"lang": "nl"}, limit=1)
    assert dutch["question"]["asks"].startswith("Wat zeggen")
    assert "lang=nl" in dutch["links"]["page"]


def test_a_graph_is_told_as_rows_of_triples(call: Callable[..., Any]) -> None:
    name = "evidence/statements-about-working-element"
    choices = call("describe_question", question=name)["parameters"][0]["choices"]
    told = call("run_question", question=name, parameters={"element": choices[0]["value"]}, limit=3)
    assert all(set(row) == {"subject", "predicate", "object"} for row in told["rows"])
    assert told["limits"]["returned"] == 3 < told["limits"]["total"]
    told = call(
        "run_question", question=name, parameters={"element": choices[0]["value"]}, limit=200
    )
    assert told["sourcesNotLookedUp"] == 0
    assert told["sources"]
    assert all(one["places"] for one in told["sources"])


def test_questions_are_answered_in_dutch(talk: Callable[..., Any]) -> None:
    async def ask(client: Client) -> None:
        for name in QUICK:
            result = await client.call_tool("run_question", {"question": name, "limit": 5})
            assert not result.is_error, (name, result.content)
            assert "bewijst niet dat het er niet is" in result.structured_content["note"]

    talk(ask)


def test_the_model_is_described_whole_and_by_term(call: Callable[..., Any]) -> None:
    whole = call("describe_model")
    assert "mdt:Assessment" in [one["name"] for one in whole["classes"]]
    assert all(one["label"] for one in (*whole["classes"], *whole["lists"]))
    told = call("describe_model", term="Assessment")
    assert told["class"]["subclassOf"] == ["mdt:SourceStatement"]
    assert {"mdt:assesses", "mdt:hedge"} <= {one["name"] for one in told["properties"]}
    assert told["limits"]["total"] >= told["limits"]["returned"] > 0
    assert call("describe_model", term="mdt:hedge")["property"]["of"] == ["mdt:SourceStatement"]
    listed = call("describe_model", term="absence-kind")
    assert {one["label"] for one in listed["members"]} >= {"none known", "no information"}
    passages = call("describe_model", term="Passage")["limits"]
    assert passages["total"] > passages["withName"]
    assert passages["truncated"]
    documents = call("describe_model", term="Document")["limits"]
    assert documents["returned"] == documents["total"]
    assert not documents["truncated"]


def test_sparql_gives_rows_a_truth_or_a_graph(call: Callable[..., Any]) -> None:
    rows = call("run_sparql", query="SELECT ?n ?x { VALUES ?n { 1 2.5 'x' } }")
    assert rows["rows"] == [{"n": 1}, {"n": 2.5}, {"n": "x"}]
    assert rows["columns"] == ["n", "x"]
    assert rows["limits"] == {"total": 3, "returned": 3, "truncated": False}
    some = call("run_sparql", query="SELECT ?s { ?s ?p ?o }", limit=4)
    assert some["limits"] == {"returned": 4, "truncated": True}
    assert call("run_sparql", query="ASK { ?s ?p ?o }")["answer"] is True
    graph = call("run_sparql", query="CONSTRUCT WHERE { ?s a ?class }", limit=5)
    assert graph["limits"] == {"returned": 5, "truncated": True}
    assert "@prefix mdt:" in graph["turtle"]


STATEMENT = """PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT {seen} {{ ?claim a mdt:Claim ; mdt:passage ?passage ; mdt:gist ?gist .
  ?passage mdt:inDocument ?document ; mdt:page ?page }} ORDER BY ?claim ?gist LIMIT 3"""


def test_what_a_query_of_the_caller_finds_has_its_sources(call: Callable[..., Any]) -> None:
    places = call("run_sparql", query=STATEMENT.format(seen="?document ?page"))["rows"]
    for seen in ("?claim ?gist", "?passage"):
        told = call("run_sparql", query=STATEMENT.format(seen=seen))
        assert told["sourcesNotLookedUp"] == 0
        assert {one["iri"] for one in told["sources"]} == {row["document"] for row in places}
        found = " ".join(place for one in told["sources"] for place in one["places"])
        assert all(f"p. {row['page']}" in found for row in places)
    graph = STATEMENT.replace("SELECT {seen}", "CONSTRUCT {{ ?claim mdt:gist ?gist }}")
    assert call("run_sparql", query=graph.format())["sources"]
    assert call("run_sparql", query=STATEMENT.format(seen="?gist"))["sources"] == []
    many = call("run_sparql", query="SELECT DISTINCT ?s { ?s ?p ?o }", limit=1000)
    assert many["sourcesNotLookedUp"] > 0


def test_what_is_wrong_is_said_in_our_words(refused: Callable[..., Any]) -> None:
    assert "There is no tool" in refused("delete_all")
    assert "list_questions" in refused("delete_all")
    assert "There is no parameter update" in refused("run_sparql", update="CLEAR ALL")
    assert "query is required" in refused("run_sparql")
    assert "Did you mean evidence/hedged-claims" in refused(
        "run_question", question="evidence/hedged-claim"
    )
    assert "Choose one of: " in refused(
        "run_question", question=ASSESSMENTS, parameters={"goal": "fame"}
    )
    assert 'There is no kind "fame"' in refused("find_entity", name="mdt", kind="fame")
    assert "Choose one of: across" in refused("list_questions", tag="fame")
    assert "Choose one of: nl, en" in refused(
        "run_question", question=ASSESSMENTS, parameters={"lang": "de"}
    )
    assert 'no goal called "fame"' in refused("describe_entity", entity="goal/fame")
    assert "The model has no class" in refused("describe_model", term="zzzz")
    assert "a whole number from 1 to 1000" in refused("run_sparql", query="ASK {}", limit=1001)
    assert "line 1" in refused("run_sparql", query="SELECT ?x { ?x ")
    assert "SERVICE" in refused("run_sparql", query="SELECT * { SERVICE <http://a.nl/> { } }")
    for update in ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "CLEAR ALL", "DROP ALL"):
        assert refused("run_sparql", query=update)
    assert "was not there in time" not in refused("run_sparql", query="SELECT")
    assert "timeout" in refused("run_sparql", query="ASK {}", timeout=0)
    assert "at most 300 characters" in refused("find_entity", name="x" * 301)


def test_a_query_that_takes_too_long_ends_in_our_words(refused: Callable[..., Any]) -> None:
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert "took longer than it may" in refused("run_sparql", query=cross, timeout=0.3)


def test_the_catalogue_and_the_model_are_resources(talk: Callable[..., Any]) -> None:
    async def read(client: Client) -> None:
        listed = (await client.list_resources()).resources
        for resource in listed:
            told = (await client.read_resource(resource.uri)).contents[0]
            assert isinstance(told, TextResourceContents)
            assert json.loads(told.text)["dataset"]["version"] >= 1
        assert {one.uri for one in listed} == {"werkzaam://questions", "werkzaam://model"}
        with pytest.raises(MCPError, match="no such resource"):
            await client.read_resource("file:///etc/passwd")

    talk(read)
