"""Project data in, checked, explained, and taken back; the answer follows."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

GAP = "coverage/working-elements-without-projects"
GOOD = (
    "identificatie,titel,samenvatting,subsidieronde,werkzame elementen: wel,gecodeerd door\n"
    "MDT-1,Samen op pad,Jongeren trekken samen op.,5a,Houvast;Wederkerigheid,analist\n"
    "MDT-2,Buurt en wij,Jongeren helpen in de buurt.,5a,houvast,analist\n"
)
LOG = " `werkzaam journal log` shows which are."
BAD = GOOD.replace("Houvast;", "Houvasd;").replace("MDT-2,", "MDT-1,")


@pytest.fixture
def gate(start_service: Callable[..., Any]) -> Any:
    """A fresh service, and a maker of tokens for it."""
    running = start_service()
    running.token = running.bearer
    return running


def send(gate: Any, text: str, mode: str, headers: dict[str, str] | None = None) -> httpx.Response:
    answer: httpx.Response = gate.client.post(
        "/v1/submissions",
        files={"file": ("projecten.csv", text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": mode},
        headers=headers or {},
    )
    return answer


def held(report: dict[str, Any]) -> list[tuple[str, int]]:
    """The cells with an identifier that another agent holds."""
    return [
        (f["column"], f["row"])
        for f in report["findings"]
        if f["constraint"] == "other-agents-identifier"
    ]


def said(gate: Any) -> dict[str, str]:
    """What the records say of each element in the projects question, and the version."""
    answer = gate.client.get("/v1/queries/coverage/projects-per-working-element?lang=en").json()
    return {
        row["element"]["value"].rsplit("/", 1)[1]: row["records"]["value"] for row in answer["rows"]
    }


def test_preview_commit_and_withdraw(gate: Any) -> None:
    assert said(gate)["houvast"] == "no project data"
    preview = send(gate, GOOD, "preview")
    assert (preview.status_code, preview.json()["conforms"]) == (200, True)
    assert said(gate)["houvast"] == "no project data"

    submitter = gate.token("submitter", "aanvrager")
    committed = send(gate, GOOD, "commit", submitter)
    assert committed.status_code == 201, committed.text
    assert said(gate)["houvast"] == "2 of 2 coded projects"
    assert said(gate)["wederkerigheid"] == "1 of 1 coded projects"
    assert gate.client.get("/sparql?query=ASK%7B%7D").headers["etag"]

    where = committed.headers["location"]
    shown = gate.client.get(where, headers=submitter).json()
    assert (shown["state"], shown["fileName"]) == ("in_force", "projecten.csv")
    assert gate.client.get(where + "/original", headers=submitter).text == GOOD
    again = send(gate, GOOD, "commit", submitter)
    assert (again.status_code, again.json()["id"], again.json()["new"]) == (200, shown["id"], False)
    assert again.headers["location"] == again.headers["content-location"] == where

    assert gate.client.delete(where, headers=submitter).json()["state"] == "withdrawn"
    assert said(gate)["houvast"] == "no project data"


def test_what_is_refused_is_explained_by_cell_and_leaves_nothing(gate: Any) -> None:
    submitter = gate.token("submitter")
    preview = send(gate, BAD, "preview").json()
    refused = send(gate, BAD, "commit", submitter)
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"
    report = refused.json()["report"]
    assert report == preview
    assert report["conforms"] is False
    violations = [f for f in report["findings"] if f["severity"] == "violation"]
    assert ("E", 2) in {(f["column"], f["row"]) for f in violations}
    assert ("A", 3) in {(f["column"], f["row"]) for f in violations}
    assert said(gate)["houvast"] == "no project data"
    assert gate.client.get("/v1/submissions", headers=submitter).json() == {"submissions": []}


def test_who_may_do_what(gate: Any) -> None:
    one, two, curator = (
        gate.token("submitter", "een"),
        gate.token("submitter", "twee"),
        gate.token("curator"),
    )
    assert send(gate, GOOD, "commit").status_code == 401
    assert send(gate, GOOD, "commit", {"Authorization": "Bearer nonsense"}).status_code == 401
    where = send(gate, GOOD, "commit", one).headers["location"]
    assert gate.client.get(where, headers=two).status_code == 403
    assert gate.client.delete(where, headers=two).status_code == 403
    assert gate.client.get(where).status_code == 401
    changed = GOOD.replace("Samen op pad", "Samen op weg")
    for text in (changed, GOOD):
        taken = send(gate, text, "commit", two)
        assert taken.status_code == 400
        assert held(taken.json()["report"]) == [("A", 2), ("A", 3)]
        preview = send(gate, text, "preview", two)
        assert (preview.status_code, preview.json()) == (200, taken.json()["report"])
        for somebody in (None, one, curator):
            assert send(gate, text, "preview", somebody).json()["conforms"] is True
    bad = send(gate, BAD, "commit", two).json()["report"]
    assert bad == send(gate, BAD, "preview", two).json()
    assert held(bad) == [("A", 2)]
    assert held(send(gate, BAD, "preview").json()) == []
    nonsense = {"Authorization": "Bearer nonsense"}
    assert send(gate, GOOD, "preview", nonsense).status_code == 401
    assert send(gate, GOOD, "preview", {"Authorization": "Basic eDp5"}).status_code == 200
    assert send(gate, changed, "commit", curator).status_code == 201
    assert len(gate.client.get("/v1/submissions", headers=curator).json()["submissions"]) == 2


def test_the_name_of_a_file_is_cleaned_before_it_is_kept(gate: Any) -> None:
    submitter = gate.token("submitter", "aanvrager")
    name = "../../etc/a\u202e\x1b[31m\ufffevsc.exe.csv"
    parts = [("mapping", "projects"), ("mode", "commit"), (f'file"; filename="{name}', GOOD)]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{text}\r\n'
        for field, text in parts
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = gate.client.post(
        "/v1/submissions", content=f"{body}--x--\r\n".encode(), headers={**submitter, **kind}
    )
    assert answer.status_code == 201, answer.text
    kept = gate.client.get(answer.headers["location"], headers=submitter).json()
    assert kept["fileName"] == kept["report"]["file"]["name"] == "a[31mvsc.exe.csv"


def test_the_methods_of_an_address_are_all_named(gate: Any) -> None:
    answer = gate.client.put("/v1/submissions")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST, HEAD"
    assert gate.client.post("/v1/submissions/x").headers["allow"] == "DELETE, GET, HEAD"


def test_by_the_command_beside_the_service(
    gate: Any, werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    here = {"WERKZAAM_DATA_DIR": str(gate.folder)}
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD)
    bad.write_text(BAD)
    refused = werkzaam("ingest", str(bad), "--mapping", "projects", "--format", "json", **here)
    assert refused.code == 1
    by_http = send(gate, BAD, "preview").json()
    assert json.loads(refused.out)["findings"] == by_http["findings"]
    previewed = werkzaam("ingest", str(good), "--mapping", "projects", "--preview", **here)
    assert previewed.code == 0
    done = werkzaam("ingest", str(good), "--mapping", "projects", **here)
    assert (done.code, "2 records" in done.err) == (0, True), done.err
    asked = werkzaam("query", GAP, "--lang", "en", "--format", "csv", **here)
    assert "2 of 2 coded projects" in asked.out.decode()
    assert said(gate)["houvast"] == "2 of 2 coded projects"
    assert werkzaam("ingest", "/nowhere.csv", "--mapping", "projects", **here).code == 2


def test_withdrawn_by_the_command_beside_the_service(
    gate: Any, werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    here = {"WERKZAAM_DATA_DIR": str(gate.folder)}

    def answer() -> bytes:
        out: bytes = werkzaam("query", GAP, "--lang", "en", "--format", "csv", **here).out
        return out

    good = tmp_path / "good.csv"
    good.write_text(GOOD)
    before = answer()
    assert b"no project data" in before
    done = werkzaam("ingest", str(good), "--mapping", "projects", **here)
    assert b"2 of 2 coded projects" in answer()
    name = done.err.split()[done.err.split().index("Submission") + 1]

    withdrawn = werkzaam("withdraw", name, **here)
    assert (withdrawn.code, withdrawn.out) == (0, b""), withdrawn.err
    assert f"Submission {name} is withdrawn, as version 3." in withdrawn.err
    assert answer() == before
    limit = time.monotonic() + 30
    while said(gate)["houvast"] != "no project data":
        assert time.monotonic() < limit, "the service did not follow"

    again = werkzaam("withdraw", "2", **here)
    assert (again.code, f"Submission {name} was withdrawn already" in again.err) == (0, True)
    assert werkzaam("journal", "verify", **here).code == 0


def test_what_the_command_cannot_withdraw(
    gate: Any, werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    here = {"WERKZAAM_DATA_DIR": str(gate.folder)}
    for number, words in (
        ("1", "Version 1 is not a submission."),
        ("99", "There is no change 99."),
        ("0123456789abcdef", "There is no submission 0123456789abcdef."),
    ):
        refused = werkzaam("withdraw", number, **here)
        assert (refused.code, refused.err) == (
            2,
            f"werkzaam: {words}{LOG if number == '1' else ''}\n",
        )
    assert werkzaam("withdraw", **here).code == 2
    nowhere = {"WERKZAAM_DATA_DIR": str(tmp_path / "nowhere")}
    assert werkzaam("withdraw", "2", **nowhere).code == 2
    assert not (tmp_path / "nowhere").exists()
