"""The table that a benchmark makes: its rows, their arithmetic, and the two files."""

import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measurement. ``median`` and ``spread`` (interquartile range) are ours, in ``unit``.

    ``ratio`` says how many times as good as ``peer`` we are: above 1 is better, be it a rate or a time.
    It is the median of the ratios of turns that followed each other. Nothing measured is None.
    """

    work: str
    unit: str
    median: float | None
    spread: float | None
    peer: str | None = None
    ratio: float | None = None
    target: str | None = None
    met: bool | None = None


def spread(values: Sequence[float]) -> float:
    """The interquartile range; 0 of fewer than two."""
    if len(values) < 2:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return high - low


def plain(work: str, unit: str, values: Sequence[float], most: float | None = None) -> Row:
    """A row without a peer; ``most`` is the target for its median."""
    middle = statistics.median(values)
    row = Row(work, unit, middle, spread(values))
    if most is None:
        return row
    return Row(work, unit, middle, spread(values), target=f"median <= {most:g}", met=middle <= most)


def beside(
    work: str,
    unit: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    peer: str,
    *,
    rate: bool = False,
    least: float | None = None,
) -> Row:
    """A row with a peer measured turn by turn; ``least`` is the target for the ratio.

    ``rate``: more is better.
    """
    ratios = [
        (our / their if rate else their / our) for our, their in zip(ours, theirs, strict=True)
    ]
    ratio = statistics.median(ratios)
    target = None if least is None else f"ratio >= {least:g}"
    met = None if least is None else ratio >= least
    return Row(work, unit, statistics.median(ours), spread(ours), peer, ratio, target, met)


@dataclass
class Table:
    """Rows as they are made, and what could not be measured. ``say`` tells of progress."""

    rows: list[Row]
    failures: list[str]
    say: Callable[[str], None]

    def add(self, *rows: Row) -> None:
        """Put rows in the table and tell of them."""
        for row in rows:
            self.rows.append(row)
            self.say(_line(row))

    def not_run(self, work: str, unit: str, peer: str, reason: str) -> None:
        """A row that says why a peer stands not in it."""
        self.add(Row(work, unit, None, None, f"{peer} (not run: {' '.join(reason.split())})"))

    def attempt(self, what: str, part: Callable[[], None]) -> None:
        """Run one part; where it fails that is noted, and the other parts go on."""
        self.say(f"-- {what}")
        try:
            part()
        except Exception as fault:
            self.failures.append(f"{what}: {type(fault).__name__}: {fault}")
            self.say(f"FAILED {self.failures[-1]}")


def progress(text: str) -> None:
    """Tell on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def write(folder: Path, table: Table) -> None:
    """``results.json`` and ``results.md`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    machine = _machine()
    rows = [asdict(row) for row in table.rows]
    text = json.dumps({"machine": machine, "failures": table.failures, "rows": rows}, indent=1)
    (folder / "results.json").write_text(text + "\n", "utf-8")
    (folder / "results.md").write_text(_markdown(table, machine), "utf-8")


def _machine() -> dict[str, Any]:
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _markdown(table: Table, machine: dict[str, Any]) -> str:
    head = ", ".join(f"{name} {value}" for name, value in machine.items())
    parts = [f"# Measurements\n\n{head}\n"]
    parts += [f"- **failed**: {failure}" for failure in table.failures]
    with_target = [row for row in table.rows if row.target]
    parts.append("\n## Targets\n\n" + _grid(with_target))
    parts.append("\n## All\n\nA ratio above 1 is better than the peer.\n\n" + _grid(table.rows))
    return "\n".join(parts)


def _grid(rows: Iterable[Row]) -> str:
    lines = ["| work | unit | median | spread | peer | ratio | target | met |", "|---" * 8 + "|"]
    for row in rows:
        cells = [row.work, row.unit, _number(row.median), _number(row.spread), row.peer or ""]
        cells += [_number(row.ratio), row.target or "", _met(row)]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def _met(row: Row) -> str:
    return "" if row.met is None else "yes" if row.met else "no"


def _line(row: Row) -> str:
    ratio = f", {_number(row.ratio)} x {row.peer}" if row.ratio else f" {row.peer or ''}"
    target = f" [{row.target}: {_met(row)}]" if row.target else ""
    return f"{row.work}: {_number(row.median)} {row.unit} ± {_number(row.spread)}{ratio}{target}"
