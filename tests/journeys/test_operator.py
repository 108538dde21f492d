"""An operator beside the running service: the journal and the tokens."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest


def test_the_journal_tells_what_happened(service: Any, werkzaam: Callable[..., Any]) -> None:
    here = {"WERKZAAM_DATA_DIR": str(service.folder)}
    log = werkzaam("journal", "log", **here)
    assert log.code == 0
    assert re.fullmatch(rb"1\t\S+Z\tlocal\tcontent\t[0-9a-f]{12}\t.*\n", log.out)
    shown = werkzaam("journal", "show", "1", **here).out.decode()
    assert shown.count("\n+ <https://w3id.org/mdt-kennisgraaf/") > 1000
    verified = werkzaam("journal", "verify", **here)
    assert (verified.code, verified.out) == (0, b"")
    assert "1 changes verified, 0 faults" in verified.err
    assert werkzaam("journal", "show", "9", **here).code == 2


def test_a_token_is_shown_once_and_nothing_else(service: Any, werkzaam: Callable[..., Any]) -> None:
    here = {"WERKZAAM_DATA_DIR": str(service.folder)}

    def tokens() -> list[str]:
        listed: bytes = werkzaam("token", "list", **here).out
        return listed.decode().splitlines()

    earlier = tokens()
    made = werkzaam("token", "create", "--role", "submitter", "--days", "3", **here)
    assert made.code == 0
    assert re.fullmatch(rb"wz_[A-Za-z0-9_-]{43}\n", made.out)
    [listed] = set(tokens()).difference(earlier)
    assert "submitter" in listed
    assert made.out.decode().strip() not in listed
    assert made.out.strip() not in (service.folder / "journal.sqlite").read_bytes()
    token_id = listed.split("\t")[0]
    assert werkzaam("token", "revoke", token_id, **here).code == 0
    [ended] = [line for line in tokens() if line.startswith(token_id)]
    assert "revoked" in ended


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["token", "create"], 2),
        (["token", "create", "--role", "king"], 2),
        (["token", "create", "--role", "admin", "--days", "0"], 2),
        (["token", "revoke", "nothing"], 2),
        (["journal", "log"], 2),
        (["journal"], 2),
    ],
)
def test_wrong_use_is_told(werkzaam: Callable[..., Any], words: list[str], code: int) -> None:
    outcome = werkzaam(*words)
    assert (outcome.code, outcome.out) == (code, b"")
    assert "Traceback" not in outcome.err


def test_the_journal_is_copied_and_made_smaller_beside_the_service(
    start_service: Any, werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    running = start_service()
    here = {"WERKZAAM_DATA_DIR": str(running.folder)}
    token = werkzaam("token", "create", "--role", "submitter", **here).out.decode().strip()
    stop = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(submitted, running, token, stop)
        copies = [tmp_path / f"copy-{number}.sqlite" for number in range(3)]
        for copy in copies:
            assert werkzaam("journal", "backup", str(copy), **here).code == 0
        compacted = werkzaam("journal", "compact", **here)
        stop.set()
        acknowledged = writing.result(60)
    assert (compacted.code, compacted.err) == (0, "")
    assert re.match(rb"journal: \d+ bytes before, \d+ after\n", compacted.out)
    assert acknowledged
    assert werkzaam("journal", "verify", **here).code == 0
    held = werkzaam("journal", "restore", str(copies[0]), **here)
    assert (held.code, "in use by another service" in held.err) == (3, True)
    log = werkzaam("journal", "log", **here).out
    assert len(log.splitlines()) == 1 + acknowledged
    for number, copy in enumerate(copies):
        there = {"WERKZAAM_DATA_DIR": str(tmp_path / f"restored-{number}")}
        assert werkzaam("journal", "restore", str(copy), **there).code == 0
        assert log.startswith(werkzaam("journal", "log", **there).out)


def submitted(running: Any, token: str, stop: threading.Event) -> int:
    """Commit one project after another until ``stop``; how many were acknowledged."""
    number = 0
    while not stop.is_set():
        rows = f"identificatie,titel,subsidieronde\nMDT-{number},Project {number},5a\n"
        answer = running.client.post(
            "/v1/submissions",
            files={"file": ("a.csv", rows.encode(), "text/csv")},
            data={"mapping": "projects", "mode": "commit"},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 201, answer.text
        number += 1
    return number
