"""What the description says of submissions and mappings is what happens: every status, every body."""

import codecs
import csv
import fcntl
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from werkzaam.api.transport import MOST_UPLOAD_BYTES

GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast,analist\n"
)
BAD = GOOD.replace("Houvast", "Houvasd")
ON_IT = (
    "verslag,project,titel,soort verslag,deelnemers bereikt,bronnen\n"
    "V 1,MDT-1,Verslag van Samen op pad,eindverslag,30,Voorbeeldbron\n"
)
ALL, ONE, FILE, REPORT = (
    "/submissions",
    "/submissions/{submissionId}",
    "/submissions/{submissionId}/original",
    "/submissions/{submissionId}/report",
)
TASK = "/tasks/{taskId}"
MAPPINGS, TEMPLATE = "/mappings", "/mappings/{mappingName}/template"
RECORDS = "/mappings/{mappingName}/records"
ABOUT_ONE = (("get", ONE), ("get", FILE), ("get", REPORT), ("delete", ONE))
NOT_ALWAYS = {"Retry-After"}
# a file that cannot be made, and a full row of callers: tried where files and places are tested
NOT_TRIED = {("get", path, status) for path in (REPORT, RECORDS) for status in ("413", "503")}
PICTURE = {"Accept": "image/png"}

Step = tuple[str, str, str]
Token = Callable[[str], dict[str, str]]


class Caller:
    """Sends requests, and keeps each answer under its operation and status."""

    def __init__(self, running: Any, token: Token) -> None:
        self.client: httpx.Client = running.client
        self.one, self.other = token("een"), token("ander")
        self.lock: Path = running.folder / "journal.lock"
        self.answers: dict[Step, httpx.Response] = {}

    def ask(self, method: str, path: str, name: str = "", query: str = "", **more: Any) -> str:
        """The address that the answer gives, if any."""
        address = re.sub(r"\{\w+\}", name, path)
        answer = self.client.request(method, f"/v1{address}{query}", **more)
        self.answers[(method, path, str(answer.status_code))] = answer
        return str(answer.headers.get("location", "")).rpartition("/")[2]

    def send(self, text: str, mode: str, mapping: str = "projects", **more: Any) -> str:
        """The id of what was recorded, if it was."""
        files = {"file": ("projecten.csv", text.encode(), "text/csv")}
        data = {"mapping": mapping, "mode": mode}
        return self.ask("post", ALL, files=files, data=data, **more)

    def while_another_writes(self, submission: str) -> None:
        """Commit and withdraw while another process holds the journal."""
        with self.lock.open("w") as held, ThreadPoolExecutor(2) as pool:
            fcntl.flock(held, fcntl.LOCK_EX)
            changed = GOOD.replace("Samen op pad", "Samen op weg")
            waiting = [
                pool.submit(self.send, changed, "commit", headers=self.one),
                pool.submit(self.ask, "delete", ONE, submission, headers=self.one),
            ]
            assert [each.result() for each in waiting] == ["", ""]


def submit_all(caller: Caller) -> str:
    caller.send(GOOD, "preview")
    caller.send(BAD, "commit", headers=caller.one)
    caller.send(GOOD, "commit")
    caller.send(GOOD, "preview", mapping="nothing")
    caller.send("x" * (MOST_UPLOAD_BYTES + 1), "preview")
    caller.ask("post", ALL, content=b"x")
    caller.send(GOOD, "preview", headers=PICTURE)
    return caller.send(GOOD, "commit", headers=caller.one)


def look_at_task(caller: Caller) -> None:
    task = caller.send(GOOD, "preview", headers={"Prefer": "respond-async"})
    for _ in count():
        caller.ask("get", TASK, task)
        if caller.answers[("get", TASK, "200")].json()["status"] == "done":
            break
    for method in ("get", "delete"):
        caller.ask(method, TASK, task, "?foo=1")
        caller.ask(method, TASK, "nothing")
    caller.ask("delete", TASK, task)


def look_at(caller: Caller, submission: str) -> None:
    for method, path in ABOUT_ONE:
        caller.ask(method, path, submission)
        caller.ask(method, path, submission, headers=caller.other)
        caller.ask(method, path, "nothing", headers=caller.one)
        caller.ask(method, path, submission, "?foo=1", headers=caller.one)
        if method == "get":
            caller.ask(method, path, submission, headers=caller.one)
    caller.ask("get", REPORT, submission, headers={**caller.one, **PICTURE})
    caller.ask("get", ALL)
    caller.ask("get", ALL, query="?foo=1", headers=caller.one)
    caller.ask("get", ALL, headers=caller.one)


def build_on(caller: Caller, submission: str) -> None:
    """Have another report on the project of ``submission``, which then stays."""
    report = caller.send(ON_IT, "commit", mapping="reports", headers=caller.other)
    caller.ask("delete", ONE, submission, headers=caller.one)
    caller.ask("delete", ONE, report, headers=caller.other)


def look_at_mappings(caller: Caller) -> None:
    for path, name in ((MAPPINGS, ""), (TEMPLATE, "projects"), (RECORDS, "projects")):
        caller.ask("get", path, name)
        tag = caller.answers[("get", path, "200")].headers["etag"]
        caller.ask("get", path, name, headers={"If-None-Match": tag})
        caller.ask("get", path, name, "?foo=1")
    for path in (TEMPLATE, RECORDS):
        caller.ask("get", path, "nothing")
        caller.ask("get", path, "projects", headers=PICTURE)


@pytest.fixture
def caller(start_service: Callable[..., Any], werkzaam: Callable[..., Any]) -> Caller:
    """A caller with two tokens, at a fresh service."""
    running = start_service()

    def token(label: str) -> dict[str, str]:
        words = ["token", "create", "--role", "submitter", "--label", label]
        made = werkzaam(*words, WERKZAAM_DATA_DIR=str(running.folder))
        return {"Authorization": f"Bearer {made.out.decode().strip()}"}

    return Caller(running, token)


def described(document: dict[str, Any]) -> dict[Step, dict[str, Any]]:
    """Every answer that is described for submissions and mappings."""
    return {
        (method, path, status): answer
        for path, operations in document["paths"].items()
        if path.startswith((ALL, TASK, MAPPINGS))
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
    }


def faults(document: dict[str, Any], answer: httpx.Response, said: dict[str, Any]) -> list[str]:
    """Where ``answer`` is not as it is ``said`` to be."""
    missing = set(said["headers"]) - NOT_ALWAYS - {name.title() for name in answer.headers}
    found = [name for name in missing if name.lower() not in answer.headers]
    kind = answer.headers.get("content-type", "").partition(";")[0]
    content = said.get("content", {})
    if kind not in content and (kind or content):
        return [*found, f"media type {kind!r}"]
    if "json" not in kind:
        return found
    schema = {**content[kind]["schema"], "components": document["components"]}
    found += [fault.message for fault in Draft202012Validator(schema).iter_errors(answer.json())]
    name = content[kind]["schema"]["$ref"].rpartition("/")[2]
    known = known_keys(document["components"]["schemas"], name)
    return found + [f"{key} is not described" for key in answer.json() if key not in known]


def known_keys(schemas: dict[str, Any], name: str) -> set[str]:
    """Every key that an object after this schema may have."""
    schema = schemas[name]
    names = [one["$ref"].rpartition("/")[2] for one in schema.get("anyOf", [])]
    return set(schema.get("properties", {})).union(*(known_keys(schemas, one) for one in names))


@pytest.mark.slow
def test_every_described_answer_is_given_and_is_as_described(caller: Caller) -> None:
    submission = submit_all(caller)
    look_at(caller, submission)
    build_on(caller, submission)
    look_at_task(caller)
    look_at_mappings(caller)
    caller.while_another_writes(submission)
    caller.ask("delete", ONE, submission, headers=caller.one)
    document = caller.client.get("/v1/openapi.json").json()
    expected = {step: said for step, said in described(document).items() if step not in NOT_TRIED}
    assert set(caller.answers) == set(expected)
    wrong = {
        step: found
        for step, said in expected.items()
        if (found := faults(document, caller.answers[step], said))
    }
    assert wrong == {}
    assert caller.answers[("post", ALL, "400")].json()["report"]["conforms"] is False
    assert caller.answers[("get", TASK, "200")].json()["report"]["conforms"] is True
    caller.send(GOOD, "commit", headers=caller.one)
    caller.send(GOOD, "commit", headers=caller.one)
    standing = caller.answers[("post", ALL, "200")]
    assert standing.json()["new"] is False
    assert "content-location" in standing.headers
    assert faults(document, standing, expected[("post", ALL, "200")]) == []
    assert caller.answers[("delete", ONE, "200")].json()["state"] == "withdrawn"


def test_only_what_needs_a_token_says_so(service: Any) -> None:
    document = service.client.get("/v1/openapi.json").json()
    (scheme,) = document["components"]["securitySchemes"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            needs: list[Any] = [{scheme: []}] if path.startswith(ALL) else []
            optional: list[Any] = [{}] if (method, path) == ("post", ALL) else []
            assert operation.get("security", []) == optional + needs
            assert ("401" in operation["responses"]) == bool(needs)


def titles(answer: httpx.Response) -> list[str]:
    (row,) = csv.reader(io.StringIO(answer.text, newline=""))
    return row


@pytest.mark.parametrize(
    ("query", "accepted", "first"),
    [
        ("", "", "identificatie"),
        ("lang=en", "nl", "identifier"),
        ("", "en", "identifier"),
        ("lang=nl", "en", "identificatie"),
    ],
)
def test_an_empty_table_is_in_the_language_of_the_caller(
    service: Any, query: str, accepted: str, first: str
) -> None:
    path = f"/v1/mappings/projects/template?{query}"
    answer = service.client.get(path, headers={"Accept-Language": accepted})
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert "attachment" in answer.headers["content-disposition"]
    assert titles(answer)[0] == first
    assert len(titles(answer)) > 40
    marked = service.client.get(f"{path}&bom=true", headers={"Accept-Language": accepted})
    assert marked.content == codecs.BOM_UTF8 + answer.content
    head = service.client.head(path, headers={"Accept-Language": accepted})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"] != marked.headers["etag"]


def test_an_empty_table_is_read_by_the_gate_as_one_without_rows(service: Any) -> None:
    for language in ("nl", "en"):
        empty = service.client.get(f"/v1/mappings/projects/template?lang={language}").content
        report = service.client.post(
            "/v1/submissions",
            files={"file": ("projects.csv", empty, "text/csv")},
            data={"mapping": "projects", "mode": "preview"},
        ).json()
        assert [f["constraint"] for f in report["findings"]] == ["no-rows"]


def test_the_mappings_say_what_their_columns_are(service: Any) -> None:
    every = service.client.get("/v1/mappings?lang=en").json()["mappings"]
    (mapping,) = (mapping for mapping in every if mapping["name"] == "projects")
    assert mapping["title"] == "Projects"
    table = service.client.get(mapping["template"])
    assert titles(table) == [column["title"] for column in mapping["columns"]]
    identifier = mapping["columns"][0]
    assert identifier["required"]
    assert {"identificatie", "identifier"} <= set(identifier["titles"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/mappings/nothing/template", 404),
        ("/v1/mappings/..%2fprojects/template", 404),
        ("/v1/mappings/projects", 404),
        ("/v1/mappings/projects/template?lang=de", 400),
        ("/v1/mappings/projects/template?bom=1", 400),
        ("/v1/mappings?bom=true", 400),
    ],
)
def test_a_wrong_address_is_told(service: Any, path: str, status: int) -> None:
    answer = service.client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
