"""A file by way of the gate to the journal, or not: what is refused leaves the journal as it was."""

import json
import sqlite3
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from werkzaam.curation.submissions import Submissions, Way
from werkzaam.domain.changes import Agent
from werkzaam.domain.content import Content
from werkzaam.errors import DataRefused, QueryStopped
from werkzaam.store.journal import Journal

FOLDER = Path(__file__).parents[1] / "data" / "submissions"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
BLOCKING = sorted(
    name
    for name, expected in EXPECTED.items()
    if any(severity == "violation" for _, severity, *_ in expected["findings"])
)
ANN, BOB, CURATOR = Agent("ann", "submitter"), Agent("bob", "submitter"), Agent("cur", "curator")
GOOD = (FOLDER / "good.csv").read_bytes()


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Submissions:
    """One journal on disk, with one submission by ann in it."""
    gate = Submissions(Journal.open(tmp_path_factory.mktemp("data")), content)
    gate.commit(GOOD, "good.csv", "projects", ANN)
    return gate


def tables(gate: Submissions) -> str:
    """Everything in the journal, as SQL."""
    with sqlite3.connect(f"file:{gate.journal.database.path}?mode=ro", uri=True) as connection:
        return "\n".join(connection.iterdump())


def held(report: Any) -> set[int]:
    return {f["row"] for f in report["findings"] if f["constraint"] == "other-agents-identifier"}


def test_there_are_enough_blocking_files() -> None:
    assert len(BLOCKING) >= 25


@pytest.mark.parametrize("name", BLOCKING[::4])
def test_a_refused_file_leaves_the_journal_as_it_was(gate: Submissions, name: str) -> None:
    before = tables(gate)
    with pytest.raises(DataRefused) as refusal:
        gate.commit((FOLDER / f"{name}.csv").read_bytes(), f"{name}.csv", "projects", ANN)
    found: Any = refusal.value.report["findings"]
    assert {one[0] for one in EXPECTED[name]["findings"]} <= {f["constraint"] for f in found}
    assert tables(gate) == before
    assert gate.journal.verify() == []


def test_a_preview_says_what_a_commit_says_of_anothers_record(gate: Submissions) -> None:
    before = tables(gate)
    rows = set(range(2, 2 + len(GOOD.splitlines()) - 1))
    for data in (GOOD, GOOD.replace(b"Samen", b"Alleen")):
        sent = (data, "good.csv", "projects")
        report = gate.preview(*sent, BOB).report.as_json()
        assert (report["conforms"], held(report)) == (False, rows)
        with pytest.raises(DataRefused) as refusal:
            gate.commit(*sent, BOB)
        assert refusal.value.report == report
        for agent in (None, ANN, CURATOR):
            assert gate.preview(*sent, agent).report.conforms
    assert tables(gate) == before


def test_the_same_file_again_may_let_other_records_in(tmp_path: Path, content: Content) -> None:
    """Only valid rows were asked for, and what another held before is free now."""
    gate = Submissions(Journal.open(tmp_path), content)
    head, first, *_ = GOOD.splitlines()
    one, both = b"\n".join((head, first)), GOOD
    held_by_bob = gate.commit(one, "bob.csv", "projects", BOB)
    way = Way(valid_rows=True)
    part = gate.commit(both, "ann.csv", "projects", ANN, way=way)
    assert len(part.submission.records) == len(GOOD.splitlines()) - 2
    assert not gate.commit(both, "ann.csv", "projects", ANN, way=way).new
    gate.withdraw(held_by_bob.submission.id, BOB)
    whole = gate.commit(both, "ann.csv", "projects", ANN, way=way)
    assert whole.new
    assert len(whole.submission.records) == len(GOOD.splitlines()) - 1


def test_a_check_that_is_stopped_records_nothing(gate: Submissions) -> None:
    before, stop = tables(gate), Event()
    stop.set()
    sent = (GOOD.replace(b"Samen", b"Alleen"), "good.csv", "projects")
    with pytest.raises(QueryStopped):
        gate.preview(*sent, ANN, stop)
    with pytest.raises(QueryStopped):
        gate.commit(*sent, ANN, stop)
    assert tables(gate) == before
