"""What the tests share: the content, a running service, and a machine without our settings."""

import asyncio
import fcntl
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.running_service import RunningService, clean_environment, start

from werkzaam.content import read_content
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits

# compiled once, not by each worker and each of the hundreds of processes that the tests start
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).parents[1]
NEEDED = (
    *("ontology", "shapes"),
    *(f"graph_data/{name}" for name in ("concepts", "code_lists", "mappings")),
)
KNOWLEDGE = ("ontmoetingen", "integratie", "pilot", "gemeenten", "across")


def pytest_itemcollected(item: pytest.Item) -> None:
    """What a module makes for its tests is made once: those that share it are run by one worker."""
    info = getattr(item, "_fixtureinfo", None)
    found = info.name2fixturedefs.values() if info else ()
    shares = any(fixtures[-1].scope == "module" for fixtures in found)
    if shares and item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(item.location[0]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Tell the controller the group of each test by its name, as pytest-xdist 3.8 does with a pytest
    before 9.2 only: without a word it spreads each group over all workers
    (https://github.com/pytest-dev/pytest-xdist/issues/1386)."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        groups = {str(mark.args[0]) for mark in item.iter_markers("xdist_group")}
        ending = f"@{'_'.join(sorted(groups))}"
        if groups and not item.nodeid.endswith(ending):
            item._id = type(item._id).parse(item.nodeid + ending)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on which SPARQL engines the contract of the store was tested."""
    tests = Counter(
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "engine"
    )
    if tests:
        ran = ", ".join(f"{engine} ({number} tests)" for engine, number in sorted(tests.items()))
        terminalreporter.write_line(f"SPARQL engines: {ran}")


@pytest.fixture
def run_async() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end, at most two minutes, and give what it gives.

    In a thread of its own: the loop of a browser test before it never leaves the main thread.
    """

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, asyncio.wait_for(coroutine, 120)).result()

    return run


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def content() -> Content:
    """The content of the checkout."""
    return read_content(ROOT)


@pytest.fixture
def content_copy(tmp_path: Path) -> Path:
    """A copy of the content that a test may break."""
    for name in ("ontology", "graph_data", "shapes", "queries"):
        shutil.copytree(ROOT / name, tmp_path / "content" / name)
    return tmp_path / "content"


@pytest.fixture
def content_part(content_copy: Path) -> Path:
    """A copy of the content without what documents say: model, concepts, passages, shapes and
    questions. Checking it takes a fifth of the time."""
    for file in (content_copy / "graph_data").glob("*/*.ttl"):
        if file.parent.name in KNOWLEDGE and file.stem != "passages":
            file.unlink()
    return content_copy


@pytest.fixture(scope="session")
def gate_content(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Only what the gate needs of the content: a start and a commit take less than half the time."""
    made = tmp_path_factory.mktemp("gate") / "content"
    for name in NEEDED:
        shutil.copytree(ROOT / name, made / name)
    (made / "queries").mkdir()
    return str(made)


@pytest.fixture(scope="session")
def store(content: Content) -> Iterator[EmbeddedStore]:
    """The embedded store on the content of the checkout."""
    opened = open_content(content, read_rules(content), StoreLimits(seconds=60, readers=1))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """The data folder of an instance that was started once and stopped: ``begun(demo)``.

    All workers of a run copy the same: whoever comes first makes it, the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    @cache
    def folder(demo: bool) -> Path:
        place = shared / f"begun-{'demo' if demo else 'plain'}"
        place.mkdir(exist_ok=True)
        with (place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (place / "made").exists():
                assert start(place / "data", *["--demo"][:demo]).stop() == 0
                (place / "made").touch()
        return place / ("data-demo" if demo else "data")

    return folder


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]
) -> Iterator[RunningService]:
    """A service on the content of the checkout, shared by all tests that only ask."""
    folder = tmp_path_factory.mktemp("service") / "data"
    shutil.copytree(begun(False), folder)
    running = start(folder)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def demo(
    tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]
) -> Iterator[RunningService]:
    """A demo instance, shared by all tests that only ask."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(begun(True), folder.with_name("data-demo"))
    running = start(folder, "--demo")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def taking_records(
    tmp_path_factory: pytest.TempPathFactory, begun: Callable[[bool], Path]
) -> Iterator[RunningService]:
    """What ``intake`` gives to one test after another; ask for that."""
    folder = tmp_path_factory.mktemp("intake") / "data"
    shutil.copytree(begun(False), folder)
    running = start(folder)
    running.token = running.secret("admin", "intake")
    yield running
    assert running.stop() == 0


@pytest.fixture
def intake(taking_records: RunningService) -> Iterator[RunningService]:
    """A service on the content of the checkout without records: what a test records is withdrawn
    after it. Versions, tokens and what was withdrawn stay: a test has tokens of its own, and says
    nothing of numbers of versions or of all submissions ever."""
    yield taking_records
    taking_records.withdraw_all()


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """An empty service that takes updates, and the token of its admin. What a test leaves there the
    next one finds: begin with what you need. For tests in the xdist group ``writable``."""
    parent = tmp_path_factory.mktemp("writable")
    (parent / "content").mkdir()
    running = start(
        parent / "data", WERKZAAM_CONTENT_DIR=str(parent / "content"), WERKZAAM_UPDATES="1"
    )
    running.token = running.secret("admin")
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_service(
    tmp_path: Path, begun: Callable[[bool], Path]
) -> Iterator[Callable[..., RunningService]]:
    """Start a service of one's own: ``start_service(*options, folder=name, **environment)``.

    A new data folder is a copy of one that was started before, which takes half the time; with
    ``anew=True``, and with content of its own, it is empty.
    """
    started: list[RunningService] = []

    def start_one(
        *options: str,
        folder: str = "data",
        anew: bool = False,
        within: Sequence[str] = (),
        **environment: str,
    ) -> RunningService:
        demo = "--demo" in options
        own = tmp_path / (f"{folder}-demo" if demo else folder)
        if not (anew or own.exists() or "WERKZAAM_CONTENT_DIR" in environment):
            shutil.copytree(begun(demo), own)
        running = start(tmp_path / folder, *options, within=within, **environment)
        started.append(running)
        return running

    yield start_one
    for running in started:
        running.close()


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: bytes
    err: str


@pytest.fixture
def werkzaam(tmp_path: Path) -> Callable[..., Outcome]:
    """Run the command ``werkzaam`` with the given words, in an empty folder."""

    def run(*words: str, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "werkzaam", *words],
            capture_output=True,
            cwd=tmp_path,
            env=clean_environment(**environment),
            timeout=300,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode())

    return run
