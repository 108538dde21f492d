"""A service in a process of its own, as the tests start, ask and stop it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from werkzaam.store.journal import Journal
from werkzaam.store.tokens import Tokens

READY = re.compile(r"^Werkzaam: (http://\S+/)$")


@dataclass
class RunningService:
    """A service in a process of its own; ``url`` ends with a slash."""

    process: subprocess.Popen[str]
    url: str
    folder: Path
    log: Path
    token: str = ""
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        # a shared client that kept cookies would carry one test's language into the next
        hooks: dict[str, list[Callable[..., Any]]] = {
            "request": [lambda request: request.headers.pop("cookie", None)]
        }
        self.client = httpx.Client(base_url=self.url, timeout=30, event_hooks=hooks)

    def children(self) -> list[int]:
        """All processes that this service started, and that those started, by parent number."""
        parents = {
            int(stat.parent.name): _parent_of(stat) for stat in Path("/proc").glob("[0-9]*/stat")
        }
        found: list[int] = []
        front = {self.process.pid}
        while front:
            front = {pid for pid, parent in parents.items() if parent in front}
            found += front
        return found

    def secret(self, role: str, label: str = "") -> str:
        """A new token of this service."""
        return secret(self.folder, role, label)

    def bearer(self, role: str, label: str = "") -> dict[str, str]:
        """The headers of a new token of this service."""
        return {"Authorization": f"Bearer {self.secret(role, label)}"}

    def withdraw_all(self) -> None:
        """Withdraw every submission in force, the newest first; ``token`` may withdraw all."""
        headers = {"Authorization": f"Bearer {self.token}"}
        every = self.client.get("/v1/submissions", headers=headers).json()["submissions"]
        for one in every:
            if one["state"] == "in_force":
                done = self.client.delete(f"/v1/submissions/{one['id']}", headers=headers)
                assert done.status_code == 200, done.text

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and give the exit code; fails after five seconds."""
        self.process.send_signal(number)
        try:
            return self.process.wait(timeout=5)
        finally:
            self.close()

    def close(self) -> None:
        """Make sure that nothing is left of it here."""
        self.client.close()
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def _parent_of(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def start(
    folder: Path, *options: str, within: Sequence[str] = (), **environment: str
) -> RunningService:
    """Start ``werkzaam serve`` on a free port with ``folder`` for its data, and wait for it.

    ``within`` is a command that runs the one it is given, in its own place.
    """
    log = folder.with_suffix(".log")
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*within, sys.executable, "-m", "werkzaam", "serve", *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder.parent,
            env=clean_environment(
                **{"WERKZAAM_PORT": "0", "WERKZAAM_DATA_DIR": str(folder), "WERKZAAM_READERS": "1"}
                | environment
            ),
        )
    assert process.stdout is not None
    line = process.stdout.readline().rstrip("\n")
    match = READY.match(line)
    if not match:
        process.stdout.close()
        process.kill()
        code = process.wait()
        pytest.fail(f"the service did not start ({code}): {line!r}\n{log.read_text()}")
    return RunningService(process, match[1], folder, log)


def secret(folder: Path, role: str, label: str = "") -> str:
    """A new token, made as by ``werkzaam token create`` but without a process of its own."""
    with closing(Journal.open(folder)) as journal:
        return Tokens(journal.database).create(role, label=label).secret


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of this machine without our settings, and ``more``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WERKZAAM_")}
    return {**kept, **more}
