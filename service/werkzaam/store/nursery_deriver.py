"""What a SPARQL engine elsewhere must hold, worked out by a nursery: what follows by the rules, and the
merge that queries without graphs are asked on."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from werkzaam.confinement.limits import Limits
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import StoreUnavailable
from werkzaam.store.nursery import Nursery, Task
from werkzaam.store.replica import Source
from werkzaam.store.rule_text import Derivation


class NurseryDeriver:
    """One nursery without readers; see ``remote_data.Deriver``."""

    def __init__(self, derivations: Sequence[Derivation], limits: Limits) -> None:
        self._derivations = derivations
        self._limits = limits
        self._nursery: Nursery | None = None

    def load(self, asserted: bytes) -> bytes:
        """Begin anew; all lines. Raises ContentError, StoreUnavailable."""
        self.close()
        source = Source("journal", "", asserted)
        task = Task(lambda: [source], self._derivations, self._limits, Version(0, ""))
        self._nursery = Nursery(task)
        return self._nursery.all_lines()

    def follow(self, removed: bytes, added: bytes) -> ChangeData:
        """Follow a change; the change of all lines. Raises ContentError, StoreUnavailable."""
        return self._loaded().follow(Version(0, ""), ChangeData(added, removed), tell=True)

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add; see ``interface.FollowingStore``."""
        reader = self._loaded().fork()
        try:
            return reader.reply({"kind": "edit", **header}, body, time.monotonic() + seconds)
        finally:
            reader.kill()

    def close(self) -> None:
        """End the nursery."""
        if self._nursery:
            self._nursery.kill()
            self._nursery = None

    def _loaded(self) -> Nursery:
        if self._nursery is None:
            raise StoreUnavailable("The dataset is not loaded yet. Try again in a moment.")
        return self._nursery
