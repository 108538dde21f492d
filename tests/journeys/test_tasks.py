"""``Prefer: respond-async``: an answer at once, and the result where it says."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

GOOD = "identificatie,titel,subsidieronde\nMDT-1,Samen op pad,5a\n"
BAD = GOOD.replace("5a", "55a")
ASYNC = {"Prefer": 'respond-async, wait="10"'}


@pytest.fixture
def gate(start_service: Callable[..., Any]) -> Any:
    """A fresh service, and a token for it."""
    running = start_service()
    running.owner = running.bearer("submitter", "een")
    return running


def send(gate: Any, text: str, mode: str, **headers: str) -> httpx.Response:
    answer: httpx.Response = gate.client.post(
        "/v1/submissions",
        files={"file": ("projecten.csv", text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": mode},
        headers=headers,
    )
    return answer


def ended(gate: Any, answer: httpx.Response) -> Any:
    """The task that ``answer`` began, once it is no longer under way."""
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.json()["status"] in ("waiting", "running")
    where = answer.headers["location"]
    assert where == f"{gate.url}v1/tasks/{answer.json()['id']}"
    for _ in range(10_000):
        shown = gate.client.get(where)
        assert shown.status_code == 200
        if shown.json()["status"] not in ("waiting", "running"):
            assert shown.headers["cache-control"] == "no-store"
            return shown.json()
    raise AssertionError("the task did not end")


def test_what_is_wrong_with_the_request_is_said_before_there_is_a_task(service: Any) -> None:
    files = {"file": ("projecten.csv", GOOD.encode(), "text/csv")}
    data = {"mapping": "gardens", "mode": "preview"}
    unknown = service.client.post("/v1/submissions", files=files, data=data, headers=ASYNC)
    assert (unknown.status_code, "projects" in unknown.json()["detail"]) == (404, True)
    keys = {"bom": "maybe"}
    data = {"mapping": "projects", "mode": "preview"}
    refused = service.client.post(
        "/v1/submissions", files=files, data=data, params=keys, headers=ASYNC
    )
    assert (refused.status_code, refused.json()["parameter"]) == (400, "bom")


def test_a_preview_and_a_commit_as_tasks(gate: Any) -> None:
    before = send(gate, BAD, "preview").json()
    preview = ended(gate, send(gate, BAD, "preview", **ASYNC))
    assert (preview["status"], preview["report"]) == ("done", before)
    refused = ended(gate, send(gate, BAD, "commit", **ASYNC, **gate.owner))
    assert (refused["status"], refused["problem"]["status"]) == ("failed", 400)
    assert refused["problem"]["report"] == before
    assert gate.client.get("/v1/submissions", headers=gate.owner).json() == {"submissions": []}

    done = ended(gate, send(gate, GOOD, "commit", **ASYNC, **gate.owner))
    assert (done["status"], done["new"], done["version"]) == ("done", True, 2)
    recorded = gate.client.get(done["result"], headers=gate.owner).json()
    assert (recorded["state"], recorded["fileName"]) == ("in_force", "projecten.csv")
    again = ended(gate, send(gate, GOOD, "commit", **ASYNC, **gate.owner))
    assert (again["result"], again["new"]) == (done["result"], False)

    unknown = send(gate, GOOD, "commit", **ASYNC)
    assert unknown.status_code == 401
    assert send(gate, GOOD, "preview", Prefer="return=minimal").status_code == 200


def test_a_task_is_known_by_its_name_alone(gate: Any) -> None:
    answer = send(gate, "\0", "preview", **ASYNC)
    task = ended(gate, answer)
    assert (task["status"], task["problem"]["report"]["validated"]) == ("failed", False)
    assert len(task["id"]) >= 20
    where = answer.headers["location"]
    head = gate.client.head(where)
    assert (head.status_code, head.content) == (200, b"")
    assert gate.client.get(f"{where}?foo=1").status_code == 400
    none = gate.client.get("/v1/tasks/nothing?lang=en")
    assert none.status_code == 404
    assert none.headers["content-type"] == "application/problem+json"
    assert "kept for an hour, and not over a restart" in none.json()["detail"]
    assert gate.client.get("/v1/tasks").status_code == 404
