"""What must hold after a soak."""

from dataclasses import dataclass, field
from typing import Final

from tests.benchmarks.soak_crowds import Storm
from tests.benchmarks.soak_good import Outcome
from tests.benchmarks.soak_watch import GLANCE

_TIMES_QUIET: Final = 5.0
_LATE_SHARE: Final = 1.1
MARGIN_SHARE: Final = 1.25
MARGIN_BYTES: Final = 64 << 20
"""Memory may stay a quarter and 64 MB above its start: the committed projects, and bounded caches."""


@dataclass(frozen=True)
class Verdict:
    """One thing that must hold, whether it did, and the figures."""

    what: str
    holds: bool
    detail: str


@dataclass
class Facts:
    """What was seen. Memory in bytes; ``rest_seconds`` is None where readers never came to rest."""

    deadline: float
    before: Outcome = field(default_factory=Outcome)
    after: Outcome = field(default_factory=Outcome)
    storms: dict[str, Storm] = field(
        default_factory=lambda: {"apart": Storm(), "together": Storm()}
    )
    memory_before: int = 0
    memory_after: int = 0
    most_memory: int = 0
    longest_streak: float = 0.0
    longest_of: str = ""
    rest_seconds: float | None = None
    acknowledged: int = 0
    unseen: list[str] = field(default_factory=list)
    commit_failures: list[str] = field(default_factory=list)
    exit_code: int = 0
    orphans: list[int] = field(default_factory=list)

    @property
    def most_at_rest(self) -> float:
        """The memory that may be there when all is quiet again."""
        return self.memory_before * MARGIN_SHARE + MARGIN_BYTES

    @property
    def latest(self) -> float:
        """The longest a reader may work at one thing, as far as ``Watch`` can see."""
        return self.deadline * _LATE_SHARE + 2 * GLANCE


def verdicts(facts: Facts) -> list[Verdict]:
    """All that must hold, in the order of a soak."""
    return [
        _quiet("before", facts.before),
        _good("apart", facts.storms["apart"].good, may_refuse=False),
        _good("together", facts.storms["together"].good, may_refuse=True),
        _in_time(facts),
        *(_bad(name, storm) for name, storm in facts.storms.items()),
        _readers(facts),
        _rest(facts),
        _quiet("after", facts.after),
        _memory(facts),
        _commits(facts),
        _end(facts),
    ]


def _quiet(when: str, outcome: Outcome) -> Verdict:
    good = bool(outcome.latencies) and not outcome.failed and not outcome.refused
    return Verdict(f"good queries in the quiet {when}", good, _told(outcome))


def _good(name: str, outcome: Outcome, *, may_refuse: bool) -> Verdict:
    holds = bool(outcome.latencies) and not outcome.failed
    if not may_refuse:
        holds = holds and not outcome.refused
    return Verdict(f"no good query fails, bad callers {name}", holds, _told(outcome))


def _told(outcome: Outcome) -> str:
    parts = [f"{len(outcome.latencies)} good, {outcome.failed} failed, {outcome.refused} refused"]
    parts.append(f"p99 {outcome.slowest:.1f} ms")
    return "; ".join(parts + outcome.told[:2])


def _in_time(facts: Facts) -> Verdict:
    quiet = max(facts.before.slowest, facts.after.slowest)
    stormy = facts.storms["apart"].good.slowest
    detail = f"{stormy:.1f} ms, quiet {facts.before.slowest:.1f} and {facts.after.slowest:.1f} ms"
    what = f"p99 of good queries within {_TIMES_QUIET:g} times its quiet value"
    return Verdict(what, stormy <= _TIMES_QUIET * quiet, detail)


def _bad(name: str, storm: Storm) -> Verdict:
    """Bad callers are refused, stopped or cut off: never an error of ours, never no answer at all."""
    wrong = {
        kind: dict(answers)
        for kind, answers in storm.tally.items()
        if any(answer.startswith("500") or answer == "no answer" for answer in answers)
    }
    detail = "; ".join(
        f"{kind}: {_answers(answers)}" for kind, answers in sorted(storm.tally.items())
    )
    return Verdict(f"every bad caller is told or cut off, {name}", not wrong, detail)


def _answers(answers: dict[str, int]) -> str:
    return " ".join(f"{answer} x{count}" for answer, count in sorted(answers.items()))


def _readers(facts: Facts) -> Verdict:
    detail = f"{facts.longest_streak:.2f} s of work at one thing, deadline {facts.deadline:g} s"
    detail += f" ({facts.longest_of})"
    holds = facts.longest_streak <= facts.latest
    return Verdict("no reader outlives its deadline by more than 10 %", holds, detail)


def _rest(facts: Facts) -> Verdict:
    rest = facts.rest_seconds
    detail = "never" if rest is None else f"{rest:.1f} s after the last bad caller left"
    holds = rest is not None and rest <= facts.latest + 2.0
    return Verdict("readers come to rest", holds, detail)


def _memory(facts: Facts) -> Verdict:
    sizes = (facts.memory_before, facts.most_memory, facts.memory_after, facts.most_at_rest)
    start, most, end, allowed = (size / 2**20 for size in sizes)
    detail = f"start {start:.0f} MB, most {most:.0f} MB, end {end:.0f} MB, allowed {allowed:.0f} MB"
    holds = facts.memory_after <= facts.most_at_rest
    return Verdict("memory comes back to its start, and a quarter and 64 MB", holds, detail)


def _commits(facts: Facts) -> Verdict:
    detail = f"{facts.acknowledged} projects acknowledged, {len(facts.unseen)} not seen"
    failures = "; ".join(facts.commit_failures[:2])
    holds = facts.acknowledged > 0 and not facts.unseen and not facts.commit_failures
    what = "every acknowledged commit is visible"
    return Verdict(what, holds, f"{detail}, {len(facts.commit_failures)} failed {failures}".strip())


def _end(facts: Facts) -> Verdict:
    detail = f"exit code {facts.exit_code}, still alive: {facts.orphans or 'none'}"
    return Verdict(
        "no process outlives the stop", not facts.exit_code and not facts.orphans, detail
    )
