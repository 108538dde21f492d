"""Start the crowds of a soak in processes of their own, and gather what became of them."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from tests.benchmarks.exchange import Target
from tests.benchmarks.load import ROOT
from tests.benchmarks.servers import NotRun
from tests.benchmarks.soak_good import Outcome

_PATIENCE = 120.0


class Plan(Protocol):
    """What a crowd must know of the whole run."""

    @property
    def clients(self) -> int:
        """Good callers at once."""

    @property
    def pause(self) -> float:
        """Seconds a good caller rests between two queries."""


@dataclass
class Storm:
    """What became of good and bad callers in one storm.

    ``tally``: kind of bad caller → answer → how often; ``slowest``: the longest wait for one, seconds.
    """

    good: Outcome = field(default_factory=Outcome)
    tally: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)

    def add(self, told: Mapping[str, Any]) -> None:
        """One crowd of bad callers more."""
        for name, answers in told["tally"].items():
            self.tally.setdefault(name, Counter()).update(answers)
        for name, seconds in told["slowest"].items():
            self.slowest[name] = max(seconds, self.slowest.get(name, 0.0))


def good_callers(target: Target, plan: Plan, seconds: float) -> Outcome:
    """Good callers alone, to the end."""
    return Outcome(**_told(_start("soak_good", _job(target, seconds, plan)), seconds))


def storm(
    target: Target, sources: Sequence[Target], seconds: float, plan: Plan, into: Storm
) -> None:
    """Bad callers from ``sources`` and good ones at once, for ``seconds``."""
    bad = [
        _start("soak_bad", {"target": asdict(source), "seconds": seconds, "seed": place})
        for place, source in enumerate(sources, 1)
    ]
    good = _start("soak_good", _job(target, seconds, plan))
    into.good = Outcome(**_told(good, seconds))
    for crowd in bad:
        into.add(_told(crowd, seconds))


def _job(target: Target, seconds: float, plan: Plan) -> dict[str, Any]:
    asked = {"clients": plan.clients, "pause": plan.pause}
    return {"target": asdict(target), "seconds": seconds, **asked}


def _start(module: str, job: Mapping[str, Any]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(job))
    process.stdin.close()
    process.stdin = None
    return process


def _told(process: subprocess.Popen[str], seconds: float) -> dict[str, Any]:
    try:
        text, _ = process.communicate(timeout=seconds + _PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise NotRun("a crowd of callers did not come to its end") from None
    if process.returncode:
        raise NotRun("a crowd of callers broke down")
    told: dict[str, Any] = json.loads(text)
    return told
