"""Starting and stopping, word for word as promised."""

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_says_where_and_stops_clean(start_service: Start, number: signal.Signals) -> None:
    running = start_service()
    assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d*/", running.url)
    assert running.client.get("/health/ready").status_code == 200
    readers = running.children()
    assert readers
    assert running.stop(number) == 0
    assert [pid for pid in readers if Path(f"/proc/{pid}").exists()] == []


def test_it_stops_in_time_with_a_query_under_way(start_service: Start) -> None:
    running = start_service()
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with socket.create_connection(("127.0.0.1", int(running.url.rsplit(":", 1)[1][:-1]))) as asking:
        body = f"query={cross}".encode()
        asking.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        assert running.client.get("/health/live").status_code == 200
        readers = running.children()
        assert running.stop() == 0
    assert [pid for pid in readers if Path(f"/proc/{pid}").exists()] == []


def test_it_stops_in_time_however_many_queries_wait(start_service: Start) -> None:
    running = start_service(WERKZAAM_QUERY_SECONDS="600")
    port = int(running.url.rsplit(":", 1)[1][:-1])
    cross = "SELECT+*+%7B%3Fa+%3Fb+%3Fc.%3Fd+%3Fe+%3Ff.%3Fg+%3Fh+%3Fi%7D+ORDER+BY+%3Fz"
    request = f"GET /sparql?query={cross} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    for connection in waiting:
        connection.sendall(request)
    assert running.client.get("/health/live").status_code == 200
    assert running.stop() == 0
    for connection in waiting:
        connection.close()
    assert "Traceback" not in running.log.read_text()


@pytest.mark.parametrize("closed", [">&-", ">/dev/full"])
def test_without_a_standard_output_it_serves_all_the_same(tmp_path: Path, closed: str) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("WERKZAAM_")},
        "WERKZAAM_PORT": "0",
        "WERKZAAM_DATA_DIR": str(tmp_path / "data"),
    }
    command = f"exec {sys.executable} -m werkzaam serve {closed}"
    process = subprocess.Popen(
        ["sh", "-c", command], stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
    )
    assert process.stderr is not None
    lines = iter(process.stderr.readline, "")
    told = json.loads(next(line for line in lines if "standard output is closed" in line))
    assert httpx.get(told["address"] + "/health/ready").status_code == 200
    process.terminate()
    assert process.wait(timeout=5) == 0
    process.stderr.close()


def test_a_killed_service_leaves_no_reader(start_service: Start) -> None:
    running = start_service()
    watches = [os.pidfd_open(pid) for pid in running.children()]
    assert watches
    running.process.kill()
    running.process.wait()
    for watch in watches:
        poll = select.poll()
        poll.register(watch, select.POLLIN)
        assert poll.poll(5000), "a reader outlived the service"
        os.close(watch)


def test_a_second_service_on_the_same_folder_is_refused(
    service: Any, werkzaam: Callable[..., Any]
) -> None:
    second = werkzaam("serve", WERKZAAM_PORT="0", WERKZAAM_DATA_DIR=str(service.folder))
    assert second.code == 3
    assert str(service.process.pid) in second.err
    assert second.out == b""


def test_a_taken_port_is_refused(
    service: Any, werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    port = service.url.rsplit(":", 1)[1][:-1]
    refused = werkzaam("serve", WERKZAAM_PORT=port, WERKZAAM_DATA_DIR=str(tmp_path / "d"))
    assert refused.code == 3
    assert "WERKZAAM_PORT" in refused.err


@pytest.mark.parametrize(
    ("environment", "code", "words"),
    [
        ({"WERKZAAM_PRT": "1"}, 2, "Did you mean WERKZAAM_PORT"),
        ({"WERKZAAM_CONTENT_DIR": "/nowhere"}, 2, "WERKZAAM_CONTENT_DIR"),
    ],
)
def test_wrong_settings_stop_the_start(
    werkzaam: Callable[..., Any], environment: dict[str, str], code: int, words: str
) -> None:
    outcome = werkzaam("serve", **environment)
    assert (outcome.code, outcome.out) == (code, b"")
    assert words in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("queries/coverage/projects-per-working-element.rq", "#+ since:", "#+ sinds:", ".rq:13: "),
        ("queries/coverage/projects-per-working-element.rq", "SELECT ", "SELEKT ", ".rq:"),
        ("graph_data/concepts/goals.ttl", "skos:prefLabel", "skos:prefLabel {", "goals.ttl:"),
    ],
)
def test_broken_content_stops_the_start_with_file_and_line(
    werkzaam: Callable[..., Any], content_copy: Path, path: str, old: str, new: str, place: str
) -> None:
    file = content_copy / path
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    outcome = werkzaam(
        "serve", WERKZAAM_PORT="0", WERKZAAM_CONTENT_DIR=str(content_copy), WERKZAAM_DATA_DIR="d"
    )
    assert (outcome.code, outcome.out) == (1, b"")
    assert place in outcome.err
    assert "Traceback" not in outcome.err


def test_an_empty_content_folder_starts_an_empty_service(
    start_service: Start, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    running = start_service(WERKZAAM_CONTENT_DIR=str(tmp_path / "empty"))
    assert running.client.get("/health/ready").json()["quads"] == 0
    assert running.client.get("/v1/queries").json() == {
        "queries": [], "tags": {}, "topics": {}, "total": 0
    }  # fmt: skip
    assert running.client.get("/").status_code == 200
    without = running.client.get("/map?lang=en")
    assert without.status_code == 404
    assert "The map cannot be drawn" in without.text


def test_messages_at_start_are_json_lines(service: Any) -> None:
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert "content loaded" in [line["event"] for line in lines]


def test_a_service_that_cannot_answer_is_not_ready(start_service: Start) -> None:
    running = start_service(WERKZAAM_READERS="1", WERKZAAM_QUERY_SECONDS="600")
    ready = httpx.get(running.url + "health/ready").json()
    assert ready["confinement"] == {"memory": True, "network": True}
    stopped = running.children()
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert running.client.get("/health/ready").status_code == 503
    finally:
        for pid in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    assert running.client.get("/health/live").status_code == 200


def test_a_demo_has_a_folder_of_its_own(start_service: Start) -> None:
    running = start_service("--demo")
    assert running.folder.with_name(running.folder.name + "-demo").is_dir()
    assert not running.folder.exists()
