"""What the rest of Werkzaam may ask of a store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Protocol

from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version

SOLUTION_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPH_TYPES = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
)


@dataclass(frozen=True)
class Question:
    """A SPARQL query and what its answer must be.

    ``media_type`` is one of SOLUTION_TYPES for SELECT and ASK, of GRAPH_TYPES for CONSTRUCT and
    DESCRIBE. ``default_graphs`` and ``named_graphs`` override the dataset that the query names
    (`SPARQL 1.1 Protocol §2.1.4 <https://www.w3.org/TR/sparql11-protocol/#dataset>`_); None leaves
    it to the query. Evaluation stops after ``most_rows`` solutions or triples; an answer of more than
    ``most_bytes`` is an error, unless it is streamed. ``base`` resolves relative IRIs. With
    ``any_graph`` a graph that nobody wrote yet is an empty one; without it, naming one is refused.
    ``caller`` says who asks, so that callers take turns; empty for the service itself. One that is
    ``patient`` lets all others go first. ``longest`` (seconds) is how long this caller may ask for,
    where that is more than others may.
    """

    text: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    most_rows: int | None = None
    most_bytes: int = 64 << 20
    base: str | None = None
    any_graph: bool = False
    caller: str = field(default="", compare=False)
    patient: bool = field(default=False, compare=False)
    longest: float = field(default=0.0, compare=False)

    def seconds_of(self, asked: float | None, ordinary: float) -> float:
        """How long it may take in a store whose deadline is ``ordinary``, for a caller who ``asked``
        for so long: never more than either, but for one who may ask for more."""
        return ordinary if asked is None else min(asked, max(ordinary, self.longest))


@dataclass(frozen=True)
class Answer:
    """Serialised bytes in the media type asked for, and the version they were read from."""

    body: bytes
    version: Version


@dataclass(frozen=True)
class StreamedAnswer:
    """The first bytes of an answer, and ``rest`` where there are more."""

    first: bytes
    rest: "Pieces | None"
    version: Version


@dataclass(frozen=True)
class Condition:
    """Whether the store answers, and how far its readers are confined."""

    ready: bool
    quads: int = 0
    confinement: Mapping[str, bool] = field(default_factory=dict)


class Pieces(Protocol):
    """The bytes of an answer in order, read once. ``close`` it where nobody reads on."""

    @property
    def deadline(self) -> float:
        """When the answer ends, in monotonic seconds."""

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""

    def __next__(self) -> bytes:
        """The next bytes. Raises where the answer ends before its time: it is no answer then."""

    def cut(self) -> None:
        """Tell a thread that waits for the next bytes that nobody reads on; returns at once."""

    def close(self) -> None:
        """Let go of the reader, once no thread waits for it."""


class Store(Protocol):
    """Answers queries on one version of the dataset, in bounded time and memory."""

    @property
    def version(self) -> Version:
        """The version that new queries are answered on."""

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """Answer within ``seconds`` (see ``Question.seconds_of``), or until ``stop``.

        Raises QueryRefused, QuerySyntaxError, QueryDeadlineExceeded, QueryTooLarge, StoreBusy,
        StoreUnavailable; QueryStopped once ``stop`` is set.
        """

    def condition(self) -> Condition:
        """Ask a real query and say whether it was answered; raises nothing."""

    def close(self) -> None:
        """Stop all readers; no process is left."""


class StreamingStore(Store, Protocol):
    """A store that gives long answers piece by piece."""

    def stream(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> StreamedAnswer:
        """As ``ask``; a long answer waits for its reader, until the deadline."""


class FollowingStore(StreamingStore, Protocol):
    """A store that is moved from version to version."""

    def advance(self, version: Version, change: ChangeData) -> None:
        """Move to ``version``, which ``change`` leads to; returns when new queries are answered on
        it. Queries under way finish on theirs.

        Raises StoreUnavailable, and then stays where it is.
        """

    def mend(self) -> None:
        """Bring it back to its version where it came away from it. Raises StoreUnavailable."""

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add, evaluated on a copy of this version; see
        ``updating``. Raises as ``ask`` does."""
