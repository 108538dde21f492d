"""How the dataset is made up: its classes and properties with their counts, its graphs, and where it
links to; for `VoID <https://www.w3.org/TR/void/#statistics>`_.

Counted of the default graph, so a program finds by a query what it reads here.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Row
from werkzaam.domain.versions import Version
from werkzaam.errors import StoreBusy, WerkzaamError
from werkzaam.linked_data.asking import query_text
from werkzaam.store.interface import Question, Store

_RESULTS: Final = "application/sparql-results+json"
_PATIENCE_SECONDS: Final = 2.0
_RETRY_SECONDS: Final = 2
_LONGEST_SECONDS: Final = 60.0
_MOST_TRIES: Final = 3
_log = logging.getLogger(__name__)

Counted = tuple[str, int]
"""An IRI, and a number of triples."""


@dataclass(frozen=True)
class PropertyUse:
    """A property as the things of one class use it: in how many ``triples``, of these how many by the
    class of their object, and by the datatype of their value."""

    iri: str
    triples: int
    classes: Sequence[Counted]
    datatypes: Sequence[Counted]


@dataclass(frozen=True)
class ClassUse:
    """A class, how many ``things`` it has, the ``first`` of them by IRI, and what is said of them."""

    iri: str
    things: int
    first: str
    properties: Sequence[PropertyUse]


@dataclass(frozen=True)
class Outward:
    """How often things of ours are linked by ``property`` to what is named under ``site``."""

    property: str
    site: str
    triples: int


@dataclass(frozen=True)
class Statistics:
    """How ``version`` is made up. Where it is not ``complete``, it could not be counted (in time) and
    holds no counts."""

    version: Version
    complete: bool = False
    triples: int = 0
    subjects: int = 0
    objects: int = 0
    classes: Sequence[ClassUse] = ()
    properties: Sequence[Counted] = ()
    graphs: Sequence[Counted] = ()
    outward: Sequence[Outward] = ()

    @property
    def state(self) -> str:
        """Which counts these are, for the tag of an answer that holds them."""
        return f"counts of {self.version.number}" if self.complete else "no counts"

    def of(self, store: Store) -> bool:
        """Whether these are the counts of the version that ``store`` is at."""
        return self.complete and self.version == store.version

    @property
    def vocabularies(self) -> Sequence[str]:
        """The namespaces of the classes and properties, in order."""
        names = [*(one.iri for one in self.classes), *(iri for iri, _ in self.properties)]
        return sorted({_namespace(name) for name in names})

    def first_of(self, iri: str) -> str | None:
        """The first thing of the class ``iri``."""
        return next((one.first for one in self.classes if one.iri == iri and one.first), None)


def count(store: Store) -> Statistics:
    """Count the version that ``store`` is at. Raises as ``Store.ask`` does; StoreBusy where another
    version came in between."""
    counting = _Counting(store)
    (whole,) = counting.rows("whole")
    links = _by_use(counting.rows("links"))
    values = _by_use(counting.rows("values"))
    uses: dict[str, list[PropertyUse]] = defaultdict(list)
    for row in counting.rows("uses"):
        key = (row["class"].value, row["property"].value)
        uses[key[0]].append(PropertyUse(key[1], _number(row), links[key], values[key]))
    return Statistics(
        counting.version,
        True,
        _number(whole),
        _number(whole, "things"),
        _number(whole, "values"),
        [_class(row, uses) for row in counting.rows("classes")],
        [(row["property"].value, _number(row)) for row in counting.rows("properties")],
        [(row["graph"].value, _number(row)) for row in counting.rows("graphs")],
        [
            Outward(row["property"].value, row["site"].value, _number(row))
            for row in counting.rows("outward")
        ],
    )


class Counts:
    """The statistics of the version that is served, counted once, beside the requests."""

    def __init__(self, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """``patience_seconds``: how long a request waits for a count that is under way."""
        self._patience = patience_seconds
        self._lock = threading.Lock()
        self._kept: Statistics | None = None
        self._running: threading.Thread | None = None
        self._tries = 0

    def of(self, store: Store) -> Statistics:
        """Those of the version of ``store``; where counting takes longer, those of the version before,
        or none (see ``Statistics.complete``) where there are no others."""
        with self._lock:
            if self._kept is not None and self._kept.version == store.version:
                return self._kept
            if self._running is None or not self._running.is_alive():
                self._running = threading.Thread(
                    target=self._count, args=(store,), name="counting", daemon=True
                )
                self._running.start()
            running = self._running
        running.join(self._patience)
        with self._lock:
            return self._kept or Statistics(store.version)

    def _count(self, store: Store) -> None:
        version = store.version
        try:
            found = count(store)
        except StoreBusy:
            return
        except WerkzaamError as fault:
            _log.warning("the dataset could not be counted", extra={"reason": str(fault)})
            self._tries += 1
            if self._tries < _MOST_TRIES:
                return
            found = Statistics(version)
        self._tries = 0
        with self._lock:
            self._kept = found


class _Counting:
    """Several queries on one and the same version."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version = store.version

    def rows(self, name: str) -> Sequence[Row]:
        text = query_text(f"counted-{name}")
        question = Question(text, _RESULTS, patient=True, longest=_LONGEST_SECONDS)
        answer = self._store.ask(question, _LONGEST_SECONDS)
        if answer.version != self.version:
            raise StoreBusy(
                _RETRY_SECONDS,
                "The data changed while it was counted. Try again in {retry_after} seconds.",
            )
        return read_results(answer.body).rows


def _class(row: Row, uses: Mapping[str, Sequence[PropertyUse]]) -> ClassUse:
    iri = row["class"].value
    first = row["first"].value if "first" in row else ""
    return ClassUse(iri, _number(row, "things"), first, uses.get(iri, ()))


def _by_use(rows: Sequence[Row]) -> Mapping[tuple[str, str], list[Counted]]:
    """By class and property, what their objects or values are and how often."""
    found: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for row in rows:
        key = (row["class"].value, row["property"].value)
        found[key].append((row["other"].value, _number(row)))
    return found


def _number(row: Row, name: str = "triples") -> int:
    return int(row[name].value)


def _namespace(iri: str) -> str:
    cut = iri.rfind("#") if "#" in iri else iri.rfind("/")
    return iri[: cut + 1]
