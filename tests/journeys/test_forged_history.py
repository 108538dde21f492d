"""A journal that somebody writes in beside the service: what is not proven is not followed."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from werkzaam.domain.changes import ChangeData
from werkzaam.store.journal_patch import pack, write_patch


def test_a_history_forged_under_the_service_is_not_followed(
    start_service: Callable[..., Any], werkzaam: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    running = start_service(WERKZAAM_CONTENT_DIR=str(tmp_path / "content"))
    patch = write_patch(ChangeData(b"<u:forged> <u:p> <u:o> <u:g> .\n", b""))
    with closing(sqlite3.connect(running.folder / "journal.sqlite")) as journal, journal:
        journal.execute(
            "INSERT INTO changes (time, agent, kind, message, patch, previous_hash, hash) "
            "SELECT time, agent, 'update', '', ?, hash, ? FROM changes ORDER BY number DESC LIMIT 1",
            (pack(patch), "0" * 64),
        )
    deadline = time.monotonic() + 20
    while "cannot follow the journal" not in running.log.read_text():
        assert time.monotonic() < deadline, "it followed"
        time.sleep(0.05)
    ready = running.client.get("health/ready")
    assert (ready.status_code, ready.json()["version"]) == (200, 1)
    asked = running.client.get(
        "sparql", params={"query": "ASK { GRAPH <u:g> { <u:forged> ?p ?o } }"}
    )
    assert asked.json()["boolean"] is False
    assert running.stop() == 0
    assert "Traceback" not in running.log.read_text()
    again = werkzaam("serve", WERKZAAM_DATA_DIR=str(running.folder), WERKZAAM_PORT="0")
    assert (again.code, "change 2" in again.err) == (3, True)
