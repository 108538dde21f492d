"""Disk full, read-only, wrong permissions, two at once: said plainly, and never anything lost."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from werkzaam.store.journal import Journal
from werkzaam.store.tokens import Tokens

HEAD = "identificatie,titel,subsidieronde\n"
COUNT = "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> }"
MEGABYTES = 8
OWN_MOUNTS = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
SMALL_DISK = f'mount -t tmpfs -o size={MEGABYTES}m none "$0" && exec "$@"'
READ_ONLY = 'mount -o bind,ro "$0" "$0" && exec "$@"'
# for the superuser permissions hold only without these
WITHOUT_PRIVILEGE = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
)


def token_for(folder: Path) -> str:
    with closing(Journal.open(folder)) as journal:
        return Tokens(journal.database).create("submitter", label="tester").secret


def works(*command: str) -> bool:
    return (
        bool(shutil.which(command[0]))
        and subprocess.run(command, capture_output=True).returncode == 0
    )


mounting = pytest.mark.skipif(
    not works(*OWN_MOUNTS, "sh", "-c", "mount -t tmpfs none /mnt"),
    reason="this machine lets nobody mount: no small or read-only disk to try",
)
permissions = pytest.mark.skipif(
    bool(WITHOUT_PRIVILEGE) and not works(*WITHOUT_PRIVILEGE, "true"),
    reason="the superuser may do everything, and setpriv cannot take that away",
)


def on(script: str, folder: Path) -> list[str]:
    """The words before a command that run it where ``script`` mounted ``folder`` first."""
    return [*OWN_MOUNTS, "sh", "-c", script, str(folder)]


def beside(running: Any, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command ``werkzaam`` where the service sees its disks."""
    user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
    return subprocess.run(
        [
            *("nsenter", "--target", str(running.process.pid), "--mount", *user),
            *(sys.executable, "-m", "werkzaam", *words),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "WERKZAAM_DATA_DIR": str(running.folder)},
    )


def send(running: Any, token: str, name: str, language: str = "en", filling: int = 0) -> Any:
    text = f"{HEAD}{name},Project {name}{' ' * filling},5a\n"
    return running.client.post(
        "v1/submissions",
        files={"file": ("a.csv", text.encode(), "text/csv")},
        data={"mapping": "projects", "mode": "commit"},
        headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
    )


def projects(running: Any) -> int:
    answer = running.client.get(
        "sparql", params={"query": COUNT}, headers={"Accept": "application/sparql-results+json"}
    )
    assert answer.status_code == 200
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def fill(disk: Path) -> Path:
    """Write until nothing more goes in."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            write_until_full(file, b"x" * size)
    return filler


def write_until_full(file: io.RawIOBase, piece: bytes) -> None:
    with contextlib.suppress(OSError):
        while file.write(piece):
            pass


@mounting
def test_a_disk_that_fills_up_stops_writing_alone(
    start_service: Callable[..., Any], gate_content: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    running = start_service(within=on(SMALL_DISK, folder), WERKZAAM_CONTENT_DIR=gate_content)
    disk = Path(f"/proc/{running.process.pid}/root{folder}")
    token = beside(running, "token", "create", "--role", "submitter").stdout.strip()
    assert send(running, token, "MDT-1").status_code == 201
    filler = fill(disk)
    refused = [send(running, token, "MDT-2", language) for language in ("en", "nl")]
    assert [answer.status_code for answer in refused] == [503, 503], refused[0].text
    for answer, words in zip(refused, ("the disk is full", "de schijf is vol"), strict=True):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert words in answer.json()["detail"]
    assert projects(running) == 1
    assert running.client.get("health/ready").status_code == 200
    filler.unlink()
    assert send(running, token, "MDT-2").status_code == 201
    assert projects(running) == 2
    assert beside(running, "journal", "verify").returncode == 0
    assert "Traceback" not in running.log.read_text()


def refused(
    folder: Path, content: str, within: list[str], *words: str, **environment: str
) -> tuple[int, str]:
    """The exit code and the words of a command that must end by itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WERKZAAM_")}
    done = subprocess.run(
        [*within, sys.executable, "-m", "werkzaam", *words],
        capture_output=True,
        text=True,
        timeout=60,
        env={
            **kept,
            "WERKZAAM_PORT": "0",
            "WERKZAAM_DATA_DIR": str(folder),
            "WERKZAAM_CONTENT_DIR": content,
            **environment,
        },
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def left_behind(tmp_path: Path) -> Path:
    """A data folder with a content change, closed."""
    with closing(Journal.open(tmp_path / "data")) as journal:
        journal.record_content("d", b"<u:s> <u:p> <u:o> <u:g> .\n", "content")
    return tmp_path / "data"


@pytest.fixture
def nothing(tmp_path: Path) -> str:
    """An empty content folder."""
    (tmp_path / "content").mkdir()
    return str(tmp_path / "content")


@mounting
def test_a_read_only_disk_is_refused(left_behind: Path, nothing: str) -> None:
    before = (left_behind / "journal.sqlite").read_bytes()
    for word in ("serve", "ingest", "token"):
        more = {"serve": [], "ingest": [__file__, "--mapping", "projects"]}
        words = more.get(word, ["create", "--role", "admin"])
        code, said = refused(left_behind, nothing, on(READ_ONLY, left_behind), word, *words)
        assert code == 3, said
        assert "Read-only file system" in said or "cannot be opened" in said
        assert str(left_behind) in said
    assert (left_behind / "journal.sqlite").read_bytes() == before


@mounting
@pytest.mark.parametrize("begun", [False, True])
def test_a_disk_without_room_is_refused(tmp_path: Path, nothing: str, begun: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    make = (
        f"{sys.executable} -m werkzaam token create --role admin >/dev/null 2>&1 &&"
        if begun
        else ""
    )
    full = (
        f'mount -t tmpfs -o size=512k none "$0" && {make}'
        'head -c 1000000 /dev/zero 2>/dev/null >"$0"/filler; exec "$@"'
    )
    code, said = refused(folder, nothing, on(full, folder), "serve")
    assert code == 3, said
    assert str(folder) in said
    assert "room" in said or "full" in said


@permissions
@pytest.mark.parametrize(
    ("place", "mode", "words"),
    [
        ("", 0o000, "Permission denied"),
        ("", 0o500, "cannot be written"),
        ("service.lock", 0o000, "Permission denied"),
        ("journal.lock", 0o000, "Permission denied"),
        ("journal.sqlite", 0o000, "cannot be opened"),
        ("journal.sqlite", 0o400, "cannot be written"),
    ],
)
def test_wrong_permissions_are_refused(
    left_behind: Path, nothing: str, place: str, mode: int, words: str
) -> None:
    (left_behind / "service.lock").touch()
    path, before = left_behind / place, (left_behind / "journal.sqlite").read_bytes()
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        code, said = refused(left_behind, nothing, WITHOUT_PRIVILEGE, "serve")
    finally:
        path.chmod(usual)
    assert (code, words in said) == (3, True), said
    assert str(left_behind) in said
    assert (left_behind / "journal.sqlite").read_bytes() == before


@permissions
@pytest.mark.parametrize(("place", "mode"), [("", 0o000), ("journal.sqlite", 0o000)])
def test_what_cannot_be_read_is_not_taken_for_nothing(
    left_behind: Path, root: Path, place: str, mode: int
) -> None:
    path = left_behind / place
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        for words in (["query", "coverage/projects-per-working-element"], ["journal", "log"]):
            code, said = refused(left_behind, str(root), WITHOUT_PRIVILEGE, *words)
            assert code == 3, said
            assert str(left_behind) in said
    finally:
        path.chmod(usual)


@permissions
def test_a_journal_that_cannot_be_written_any_more_is_still_read(
    start_service: Callable[..., Any], gate_content: str
) -> None:
    running = start_service(within=WITHOUT_PRIVILEGE, WERKZAAM_CONTENT_DIR=gate_content)
    token = token_for(running.folder)
    assert send(running, token, "MDT-1").status_code == 201
    lock = running.folder / "journal.lock"
    lock.chmod(0o400)
    for language, words in (("en", "cannot be written"), ("nl", "kan niet worden geschreven")):
        answer = send(running, token, "MDT-2", language)
        assert (answer.status_code, words in answer.json()["detail"]) == (503, True)
    assert projects(running) == 1
    lock.chmod(0o600)
    assert send(running, token, "MDT-2").status_code == 201
    assert projects(running) == 2


def test_several_processes_commit_at_once(
    start_service: Callable[..., Any],
    werkzaam: Callable[..., Any],
    gate_content: str,
    tmp_path: Path,
) -> None:
    running = start_service(WERKZAAM_CONTENT_DIR=gate_content)
    token = token_for(running.folder)
    here = {"WERKZAAM_DATA_DIR": str(running.folder), "WERKZAAM_CONTENT_DIR": gate_content}

    def ingest(name: str) -> bool:
        file = tmp_path / f"{name}.csv"
        file.write_text(f"{HEAD}{name},Project {name},5a\n")
        done = werkzaam("ingest", str(file), "--mapping", "projects", **here)
        return bool(done.code == 0)

    def post(name: str) -> bool:
        return bool(send(running, token, name).status_code == 201)

    with ThreadPoolExecutor(4) as pool:
        local = pool.map(ingest, ["MDT-L1", "MDT-L2"])
        remote = pool.map(post, ["MDT-R1", "MDT-R2"])
        done = [*local, *remote]
    assert sum(done) >= 3
    with closing(Journal.open(running.folder, read_only=True)) as journal:
        assert len(journal.submissions()) == sum(done)
        assert [one.number for one in journal.changes()] == list(range(1, sum(done) + 2))
        assert journal.verify() == []
