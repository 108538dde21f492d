"""Processes that can be killed, and what they cannot do."""

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkzaam.confinement.limits import Limits
from werkzaam.confinement.process import (
    ChannelClosed,
    ChannelFull,
    ChannelTimeout,
    ConfinedProcess,
)

PROBE = """
import os, socket, subprocess, sys, time
from werkzaam.confinement.frames import read_frame, write_frame
from werkzaam.confinement.limits import Limits, confine

level = confine(Limits(memory_bytes=int(sys.argv[2])), int(sys.argv[1]))

def attempt(what):
    if what == "connect": socket.create_connection(("127.0.0.1", port), 2)
    if what == "unix": socket.socketpair()
    if what == "program": subprocess.run(["/bin/true"])
    if what == "memory": bytearray(1 << 31)
    if what == "environment": return dict(os.environ)
    if what == "much": return "x" * 1000
    if what == "sleep": time.sleep(60)
    if what == "die": os.abort()
    if what == "write": open(path, "wb").write(bytes(1 << 22))
    return "done"

while True:
    header, _ = read_frame(sys.stdin.buffer)
    port, path = header.get("port", 0), header.get("path", "")
    try: answer = attempt(header["what"])
    except BaseException as fault: answer = type(fault).__name__ + " " + str(getattr(fault, "errno", ""))
    write_frame(sys.stdout.buffer, {"answer": answer, "level": level.as_json()})
"""


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConfinedProcess]:
    """A confined process that tries what it is told to."""
    (tmp_path / "confined_probe.py").write_text(PROBE)
    monkeypatch.setattr("werkzaam.confinement.process._INHERITED", ("PATH", "PYTHONPATH"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WERKZAAM_SECRET", "x")
    process = ConfinedProcess("confined_probe", Limits(memory_bytes=512 << 20))
    yield process
    process.kill()


def attempt(probe: ConfinedProcess, what: str, **facts: object) -> object:
    return probe.ask({"what": what, **facts}, b"", 20)[0]["answer"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="seccomp is Linux only")
def test_no_network_and_no_new_program(probe: ConfinedProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        assert attempt(probe, "connect", port=port) == "PermissionError 1"
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert attempt(probe, "unix") == "PermissionError 1"
    assert attempt(probe, "program") == "PermissionError 1"


def test_memory_is_bounded(probe: ConfinedProcess) -> None:
    assert attempt(probe, "memory") == "MemoryError "


def test_files_are_bounded(probe: ConfinedProcess, tmp_path: Path) -> None:
    assert attempt(probe, "write", path=str(tmp_path / "large")) == "OSError 27"


def test_our_environment_stays_out(probe: ConfinedProcess) -> None:
    environment = attempt(probe, "environment")
    assert isinstance(environment, dict)
    assert set(environment) <= {"PATH", "PYTHONPATH", "LC_CTYPE"}


def test_it_is_killed_at_the_deadline(probe: ConfinedProcess) -> None:
    started = time.monotonic()
    with pytest.raises(ChannelTimeout):
        probe.ask({"what": "sleep"}, b"", 0.2)
    probe.kill()
    assert time.monotonic() - started < 5
    assert not Path(f"/proc/{probe.pid}").exists()
    probe.kill()


def test_its_death_is_noticed(probe: ConfinedProcess) -> None:
    with pytest.raises(ChannelClosed):
        attempt(probe, "die")


PARENT = """
import os, time
from werkzaam.confinement import process
process._INHERITED = ("PATH", "PYTHONPATH")
probe = process.ConfinedProcess("confined_probe", process.Limits())
probe.ask({"what": "nothing"}, b"", 20)
probe._channel.send({"what": "sleep"}, b"", time.monotonic() + 5)
print(probe.pid, flush=True)
os._exit(9)
"""


def test_it_dies_with_its_parent_even_at_work(tmp_path: Path) -> None:
    (tmp_path / "confined_probe.py").write_text(PROBE)
    parent = subprocess.run(
        [sys.executable, "-c", PARENT],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert parent.returncode == 9, parent.stderr
    assert gone(int(parent.stdout), seconds=5)


def gone(pid: int, seconds: float) -> bool:
    """Whether the process ends within ``seconds``."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    poll = select.poll()
    poll.register(watch, select.POLLIN)
    ended = bool(poll.poll(seconds * 1000))
    os.close(watch)
    return ended


def test_an_answer_over_the_most_bytes_is_not_taken_in(probe: ConfinedProcess) -> None:
    assert attempt(probe, "much") == "x" * 1000
    with pytest.raises(ChannelFull):
        probe.ask({"what": "much"}, b"", 20, most_bytes=1000)


def test_the_last_words_of_a_killed_process_are_none(probe: ConfinedProcess) -> None:
    assert attempt(probe, "sleepless") == "done"
    probe.kill()
    assert probe.last_words() == ""
