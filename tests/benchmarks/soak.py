"""``make soak``: good callers, bad callers and commits at once, and what must still hold at the end.

Bad callers first come from other addresses of this machine, then from the address of the good ones: there
a limit for each caller may refuse a good one too (503 with ``Retry-After``), and nothing else may. Exit
1 where something did not hold. The table is on standard output, progress on standard error.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tests.benchmarks import moving, processes, servers
from tests.benchmarks.rows import progress
from tests.benchmarks.servers import NotRun, Server
from tests.benchmarks.soak_commits import Committer
from tests.benchmarks.soak_crowds import good_callers, storm
from tests.benchmarks.soak_verdicts import Facts, Verdict, verdicts
from tests.benchmarks.soak_watch import Watch

_BAD_ADDRESSES = ("127.0.0.2", "127.0.0.3")
_FIRST_FREE = 700_001
_IDLE = 3.0


@dataclass(frozen=True)
class Soak:
    """How long and how hard. ``deadline``: seconds that a query may take in this run."""

    seconds: float = 60.0
    deadline: float = 3.0
    memory_mb: int = 512
    clients: int = 4
    pause: float = 0.02
    settle: float = 20.0

    @property
    def quiet(self) -> float:
        """Seconds of each quiet phase."""
        return max(1.0, self.seconds / 6)


def soak(plan: Soak, folder: Path) -> list[Verdict]:
    """Run ``plan`` on a service of its own in ``folder``. Raises NotRun where it does not start."""
    settings = {
        "WERKZAAM_QUERY_SECONDS": f"{plan.deadline:g}",
        "WERKZAAM_QUERY_MEMORY_MB": str(plan.memory_mb),
    }
    with servers.werkzaam(folder / "data", **settings) as server, Watch(server.pid) as watch:
        facts = Facts(plan.deadline)
        committer = Committer(server.target, moving.token(server.folder), _FIRST_FREE)
        committer.once()
        _quiet(server, plan, facts)
        for name, addresses in (("apart", _BAD_ADDRESSES), ("together", ("127.0.0.1",))):
            share = plan.seconds * (2 / 3 if name == "apart" else 1 / 3)
            progress(f"-- {share:.0f} s of everything, bad callers {name}")
            sources = [replace(server.target, source=address) for address in addresses]
            with committer:
                storm(server.target, sources, share, plan, facts.storms[name])
        _calm(server, plan, facts)
        facts.longest_streak, facts.longest_of = watch.longest, watch.who
        facts.most_memory = watch.most_memory
        facts.acknowledged = len(committer.acknowledged)
        facts.commit_failures = committer.failures
        facts.unseen = committer.unseen(server.target)
        progress("-- stopping")
        facts.exit_code = server.stop()
        facts.orphans = watch.left()
    return verdicts(facts)


def _quiet(server: Server, plan: Soak, facts: Facts) -> None:
    progress("-- quiet, before")
    good_callers(server.target, plan, min(3.0, plan.quiet))
    facts.before = good_callers(server.target, plan, plan.quiet)
    _idle(server, plan)
    facts.memory_before = processes.tree_memory(server.pid)


def _calm(server: Server, plan: Soak, facts: Facts) -> None:
    """After the storm: readers come to rest, and memory comes back."""
    progress("-- quiet, after")
    rested = processes.wait_until(lambda: _at_rest(server), plan.settle, 0.1)
    facts.rest_seconds = rested
    facts.after = good_callers(server.target, plan, plan.quiet)
    _idle(server, plan)
    processes.wait_until(
        lambda: processes.tree_memory(server.pid) <= facts.most_at_rest, plan.settle, 0.5
    )
    facts.memory_after = processes.tree_memory(server.pid)


def _idle(server: Server, plan: Soak) -> None:
    """Until readers have warmed themselves, which takes memory, as they do when nobody asks."""
    time.sleep(_IDLE)
    processes.wait_until(lambda: _at_rest(server), plan.settle, 0.1)


def _at_rest(server: Server) -> bool:
    return all(leaf.state == "S" for leaf in processes.leaves(server.pid))


def table(found: list[Verdict]) -> str:
    """The verdicts as a table."""
    wide = max(len(verdict.what) for verdict in found)
    return "\n".join(
        f"{'holds ' if verdict.holds else 'BROKEN'}  {verdict.what.ljust(wide)}  {verdict.detail}"
        for verdict in found
    )


def report(found: list[Verdict], path: Path) -> None:
    """The same as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    listed: list[dict[str, Any]] = [asdict(verdict) for verdict in found]
    path.write_text(json.dumps(listed, indent=1) + "\n", "utf-8")


def main() -> int:
    """Read the options, run, and say what held."""
    standard = Soak()
    reader = argparse.ArgumentParser(prog="make soak")
    reader.add_argument("--seconds", type=float, default=standard.seconds)
    reader.add_argument("--deadline", type=float, default=standard.deadline)
    reader.add_argument("--report", type=Path, default=Path("build/soak/report.json"))
    given = reader.parse_args()
    servers.stop_when_asked()
    plan = Soak(given.seconds, given.deadline)
    with tempfile.TemporaryDirectory(prefix="werkzaam-soak-") as folder:
        try:
            found = soak(plan, Path(folder))
        except NotRun as reason:
            progress(str(reason))
            return 3
    report(found, given.report)
    sys.stdout.write(table(found) + "\n")
    return 0 if all(verdict.holds for verdict in found) else 1


if __name__ == "__main__":
    sys.exit(main())
