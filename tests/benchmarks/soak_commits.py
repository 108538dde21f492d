"""Commits during a storm: spreadsheets through the gate, and whether each acknowledged one is seen."""

import threading
import time
from collections import Counter
from typing import Self

from tests.benchmarks.exchange import BadAnswer, Target, once
from tests.benchmarks.moving import seen, submission
from tests.benchmarks.projects import Project, projects, spreadsheet

_AT_ONCE = 5
_PATIENCE = 180.0
_VISIBLE_SECONDS = 15.0


class Committer:
    """Commits ``_AT_ONCE`` new projects again and again, as a context manager in a thread."""

    def __init__(self, target: Target, secret: str, first: int) -> None:
        self._target, self._secret, self._next = target, secret, first
        self._over = threading.Event()
        self.acknowledged: list[Project] = []
        self.answers: Counter[str] = Counter()
        self.failures: list[str] = []

    def __enter__(self) -> Self:
        self._over.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            self.once()

    def once(self) -> None:
        """Commit the next projects. 503 with ``Retry-After`` is no failure: it is tried again."""
        made = list(projects(_AT_ONCE, self._next))
        request = submission(self._target, self._secret, spreadsheet(made))
        try:
            reply = once(self._target, request, _PATIENCE)
        except (OSError, BadAnswer) as fault:
            self.failures.append(f"{type(fault).__name__} {fault}")
            return
        self.answers[str(reply.status)] += 1
        if reply.status in (200, 201):
            self.acknowledged += made
            self._next += _AT_ONCE
        elif reply.status == 503 and b"retry-after:" in reply.head.lower():
            self._over.wait(0.5)
        else:
            self.failures.append(f"{reply.status} {reply.body[:200]!r}")

    def unseen(self, target: Target) -> list[str]:
        """The acknowledged projects that no query sees, however long one waits within reason."""
        end = time.monotonic() + _VISIBLE_SECONDS
        missing = self.acknowledged
        while missing and time.monotonic() < end:
            missing = [project for project in missing if not seen(target, project)]
        return [project.iri for project in missing]
