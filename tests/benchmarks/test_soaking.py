"""The harness of the soak: it sees faults of the service, and no others."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.benchmarks import processes, soak_good
from tests.benchmarks.exchange import Target
from tests.benchmarks.questions import anew
from tests.benchmarks.servers import Server
from tests.benchmarks.soak import table as soak_table
from tests.benchmarks.soak_bad import heavy
from tests.benchmarks.soak_commits import Committer
from tests.benchmarks.soak_good import Outcome, kinds
from tests.benchmarks.soak_verdicts import Facts, verdicts
from tests.benchmarks.soak_watch import Streak, Watch

from werkzaam.errors import QueryRefused
from werkzaam.store.query_policy import read_query

_NOTHING_LISTENS = Target("127.0.0.1", 1)


def test_the_watch_sees_descendants_their_work_and_who_is_left() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    parent = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    with Watch(os.getpid()) as watch:
        found = processes.wait_until(lambda: watch.longest > 0.3, 30)
        busy = [leaf for leaf in processes.leaves(parent.pid) if leaf.name in watch.ever]
        assert found is not None
        assert len(busy) == 1
        assert processes.memory(busy[0].pid) > 1 << 20
        assert busy[0].pid in watch.left()
        processes.kill(busy[0])
        parent.wait()
        assert processes.wait_until(lambda: busy[0].pid not in watch.left(), 10) is not None


def test_work_between_two_waits_is_no_long_streak() -> None:
    streak = Streak(waits=5, worked=1.0, since=0.0)
    assert streak.longer(5, 2.0, 3.0) == 3.0
    assert streak.longer(5, 1.0, 4.0) == 0.0
    assert streak.longer(6, 3.0, 5.0) == 0.0
    assert streak.longer(6, 4.0, 6.0) == 1.0


def test_good_queries_have_answers_from_the_files_themselves(root: Path) -> None:
    asked = kinds(root)
    assert {kind.name.split(", ")[1] for kind in asked} == {"new", "again"}
    assert all(kind.answer for kind in asked)


def test_a_wrong_answer_to_a_good_query_is_noticed(nothing: Server) -> None:
    job = {"target": vars(nothing.target), "clients": 1, "seconds": 0.2, "pause": 0.01}
    outcome = soak_good.call(job)
    assert outcome.failed > 0
    assert "another answer" in outcome.told[0]


def test_only_what_nests_too_deep_is_refused_for_its_form_so_the_rest_reaches_a_reader() -> None:
    refused = set()
    for name, query in heavy().items():
        try:
            read_query(anew(query))
        except QueryRefused:
            refused.add(name)
    assert refused == {"deep braces", "deep brackets"}


@pytest.mark.parametrize("name", ["cross product", "path", "concatenation"])
def test_a_bad_query_is_sparql(name: str) -> None:
    assert isinstance(ox.Store().query(heavy()[name]), ox.QuerySolutions)


def test_a_commit_that_nobody_answers_is_a_failure() -> None:
    committer = Committer(_NOTHING_LISTENS, "secret", 1)
    committer.once()
    assert len(committer.failures) == 1
    assert committer.acknowledged == []


def sound() -> Facts:
    facts = Facts(deadline=3.0)
    facts.before = facts.after = Outcome([0.001] * 100)
    for storm in facts.storms.values():
        storm.good = Outcome([0.004] * 100)
    facts.memory_before = facts.memory_after = 100 << 20
    facts.rest_seconds, facts.acknowledged = 0.5, 10
    return facts


def test_all_holds_when_nothing_is_wrong() -> None:
    assert [verdict.what for verdict in verdicts(sound()) if not verdict.holds] == []
    assert soak_table(verdicts(sound())).count("\n") == len(verdicts(sound())) - 1


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"longest_streak": 3.5}, "outlives"),
        ({"rest_seconds": None}, "rest"),
        ({"memory_after": 300 << 20}, "memory"),
        ({"unseen": ["urn:a"]}, "acknowledged"),
        ({"acknowledged": 0}, "acknowledged"),
        ({"commit_failures": ["500"]}, "acknowledged"),
        ({"exit_code": 1}, "stop"),
        ({"orphans": [7]}, "stop"),
        ({"before": Outcome([0.001], failed=1)}, "quiet before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_fault_breaks_its_own_verdict(change: dict[str, object], broken: str) -> None:
    facts = replace(sound(), **change)  # type: ignore[arg-type]
    found = [verdict.what for verdict in verdicts(facts) if not verdict.holds]
    assert any(broken in what for what in found)


@pytest.mark.parametrize(
    ("outcome", "broken"),
    [
        (Outcome([0.004] * 9, failed=1), {"apart", "together"}),
        (Outcome([0.004] * 9, refused=1), {"apart"}),
        (Outcome([0.9] * 9), {"value"}),
    ],
    ids=["failed", "refused", "slow"],
)
def test_good_callers_may_be_refused_only_beside_bad_ones_of_the_same_address(
    outcome: Outcome, broken: set[str]
) -> None:
    facts = sound()
    for storm in facts.storms.values():
        storm.good = outcome
    found = {verdict.what.split()[-1] for verdict in verdicts(facts) if not verdict.holds}
    assert found == broken


def test_the_watch_still_sees_a_process_whose_parent_died() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    parent = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    watch = Watch(os.getpid())
    assert processes.wait_until(lambda: len(processes.below(parent.pid)) == 1, 10) is not None
    orphan = processes.below(parent.pid)[0]
    watch.glance()
    parent.kill()
    parent.wait()
    assert orphan.pid in watch.left()
    seen_before = watch.longest
    assert processes.wait_until(lambda: _glances(watch) > seen_before, 10) is not None
    processes.kill(orphan)


def _glances(watch: Watch) -> float:
    watch.glance()
    return watch.longest
