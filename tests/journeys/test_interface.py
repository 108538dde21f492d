"""The interface as it describes itself, and what every answer carries."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate


def test_the_description_is_valid_and_every_question_is_in_it(service: Any) -> None:
    described = service.client.get("/v1/openapi.json").json()
    validate(described)
    listed = service.client.get("/v1/queries").json()["queries"]
    names = {f"/queries/{question['name']}" for question in listed}
    assert names <= set(described["paths"])
    assert described["openapi"].startswith("3.1")


def test_every_described_address_answers(service: Any) -> None:
    described = service.client.get("/v1/openapi.json").json()
    (server,) = described["servers"]
    open_to_all = {
        path: operations
        for path, operations in described["paths"].items()
        if "{" not in path
        and not operations.get("get", {}).get("security")
        and not any(key.get("required") for key in operations["get"].get("parameters", ()))
    }
    assert len(open_to_all) > 4
    for path, operations in open_to_all.items():
        answer = service.client.get(server["url"] + path)
        assert answer.status_code == 200
        assert (
            answer.headers["content-type"].split(";")[0]
            in operations["get"]["responses"]["200"]["content"]
        )


def test_the_parameters_are_typed_and_list_their_choices(service: Any) -> None:
    described = service.client.get("/v1/openapi.json").json()
    operation = described["paths"]["/queries/coverage/working-elements-without-projects"]["get"]
    parameters = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
    goals = [
        "welbevinden",
        "sociaal-contact",
        "sociaal-kapitaal",
        "vooroordelen-wegnemen",
        "integratie-van-nieuwkomers",
    ]
    assert parameters["goal"]["examples"] == goals
    assert parameters["subsidyRound"]["examples"] == [
        "5a",
        "4b",
        "oekraine",
        "1",
        "2",
        "3",
        "4a",
        "4c",
        "mdt-2023",
    ]
    assert parameters["lang"]["enum"] == ["nl", "en"]
    choices = service.client.get(
        "/v1/queries/coverage/working-elements-without-projects/parameters/goal?lang=en"
    ).json()["choices"]
    assert [choice["value"] for choice in choices] == parameters["goal"]["examples"]


def test_the_operator_and_the_public_address_are_in_it(start_service: Callable[..., Any]) -> None:
    running = start_service(
        WERKZAAM_CONTACT_EMAIL="team@example.nl", WERKZAAM_PUBLIC_URL="https://example.nl/w/"
    )
    answer = running.client.get("/v1/openapi.json")
    assert answer.json()["info"]["contact"]["email"] == "team@example.nl"
    assert answer.json()["servers"] == [{"url": "https://example.nl/w/v1"}]
    assert "max-age" in answer.headers["strict-transport-security"]
    assert 'href="/w/map' in running.client.get("/").text


@pytest.mark.parametrize(
    "path", ["/", "/v1/queries", "/sparql", "/health/live", "/nowhere", "/v1/nowhere"]
)
def test_every_answer_carries_the_standing_headers(service: Any, path: str) -> None:
    headers = service.client.get(path).headers
    assert headers["api-version"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v1/queries/", "/v1/queries/a/b"])
def test_for_a_program_nothing_is_a_problem_document(service: Any, path: str) -> None:
    answer = service.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_for_a_person_nothing_is_a_page(service: Any) -> None:
    answer = service.client.get("/<script>alert(1)</script>?lang=en")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in answer.text


def test_a_page_is_in_the_language_that_the_reader_chose(service: Any) -> None:
    with httpx.Client(base_url=service.url, cookies={"werkzaam-lang": "en"}) as reader:
        assert "There is nothing at this address" in reader.get("/nowhere").text
        problem = reader.get("/v1/nowhere", headers={"Accept-Language": "nl"}).json()
        assert "Op dit adres staat niets" in problem["detail"]


def test_no_link_leads_to_another_host(service: Any) -> None:
    text = httpx.get(service.url + "/example.org/map").text
    assert 'href="//' not in text


@pytest.mark.parametrize("key", ["format", "page", "self", "query", "name"])
def test_a_strange_key_is_a_wrong_request_and_no_more(service: Any, key: str) -> None:
    answer = service.client.get(f"/map?{key}=x", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert answer.headers["api-version"]


def test_a_page_that_is_known_keeps_its_policy(service: Any) -> None:
    first = service.client.get("/map")
    again = service.client.get("/map", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_another_instance_has_other_tags(start_service: Callable[..., Any], service: Any) -> None:
    other = start_service("--demo", WERKZAAM_CONTACT_EMAIL="team@example.nl")
    for path in ("/", "/v1/queries", "/v1/openapi.json"):
        assert other.client.get(path).headers["etag"] != service.client.get(path).headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_a_question_is_only_read(service: Any, method: str) -> None:
    answer = service.client.request(method, "/v1/queries")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/static/../settings.py", "/static/%2e%2e/%2e%2e/settings.py", "/static/nothing.css"]
)
def test_no_file_outside_the_built_ones(service: Any, path: str) -> None:
    assert service.client.get(path).status_code == 404
