"""An engine elsewhere that is killed in the middle of commits loses nothing that was acknowledged.

``DURABILITY_COMMITS=200`` makes it long; ``DURABILITY_SEED`` repeats a run that failed.
"""

import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.contract.remote_engines import (
    InProcessDeriver,
    Place,
    RunningEngine,
    Told,
    fuseki_place,
    oxigraph_place,
    start_fuseki,
    start_oxigraph,
)

from werkzaam.errors import StoreUnavailable
from werkzaam.store.remote import RemoteStore
from werkzaam.store.rule_text import Derivation

SYMMETRIC = Derivation("near.rq", "CONSTRUCT { ?y <urn:near> ?x } WHERE { ?x <urn:near> ?y }")
G = "https://w3id.org/mdt-kennisgraaf/graph/records"
COMMITS = int(os.environ.get("DURABILITY_COMMITS", "0"))
SEED = int(os.environ.get("DURABILITY_SEED", random.randrange(1 << 32)))
Starting = Callable[[int], tuple[RunningEngine, Place]]


def oxigraph_on(folder: Path) -> Starting:
    def start(port: int) -> tuple[RunningEngine, Place]:
        running = start_oxigraph(folder / "oxigraph", port=port)
        return running, oxigraph_place(running)

    return start


def fuseki_on(folder: Path) -> Starting:
    (folder / "tdb2").mkdir()

    def start(port: int) -> tuple[RunningEngine, Place]:
        running = start_fuseki(folder, f"ds={folder / 'tdb2'}", port=port)
        return running, fuseki_place(running, "ds")

    return start


def version_of(number: int) -> bytes:
    """Forty statements, of which a version shares half with the one before."""
    things = range(number * 20, number * 20 + 40)
    return "".join(f"<urn:t{one}> <urn:near> <urn:u{number}> <{G}> .\n" for one in things).encode()


def expected(told: Told, number: int) -> set[str]:
    text = InProcessDeriver([SYMMETRIC]).load(told.lines_of(number)).decode()
    return {line.removesuffix(" .") for line in text.split("\n") if line}


class Committing(threading.Thread):
    """Commits until the engine is gone; ``enough`` is set after ``most`` of them."""

    def __init__(self, store: RemoteStore, told: Told, most: int) -> None:
        super().__init__(daemon=True)
        self.enough = threading.Event()
        self.acknowledged = store.version.number
        self._until = self.acknowledged + most
        self._store = store
        self._told = told

    def run(self) -> None:
        """Each change is told, which is when it is committed, and then sent."""
        try:
            while True:
                number = len(self._told.versions) + 1
                self._store.advance(*self._told.tell(version_of(number)))
                self.acknowledged = number
                if number >= self._until:
                    self.enough.set()
        except StoreUnavailable:
            return


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "rounds"),
    [
        pytest.param(oxigraph_on, 6, marks=pytest.mark.xdist_group("oxigraph"), id="oxigraph"),
        pytest.param(fuseki_on, 2, marks=pytest.mark.xdist_group("fuseki"), id="fuseki"),
    ],
)
def test_what_was_acknowledged_is_there_and_nothing_in_part(
    begin: Callable[[Path], Starting],
    rounds: int,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("seed", SEED)
    start, told, chance = begin(tmp_path), Told(), random.Random(SEED)
    running, place = start(0)
    record_property("engine", place.name)
    told.tell(version_of(1))
    acknowledged = 0
    try:
        while rounds > 0 or acknowledged < COMMITS:
            rounds -= 1
            found = place.version()
            assert found >= acknowledged
            assert place.lines() == (expected(told, found) if found else set())
            store = place.open(told, [SYMMETRIC])
            assert place.lines() == expected(told, len(told.versions))
            committing = Committing(store, told, chance.randrange(1, 12))
            committing.start()
            assert committing.enough.wait(60)
            committing.join(chance.random() / 30)
            running.kill()
            committing.join(60)
            store.close()
            acknowledged = committing.acknowledged
            running, place = start(int(running.url.rpartition(":")[2]))
    finally:
        running.kill()
    assert acknowledged >= max(COMMITS, 1)
