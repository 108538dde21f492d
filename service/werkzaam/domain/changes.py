"""What happens to the dataset at run time: changes, submissions, and who makes them.

Dataset version N is changes 1 … N. Times are UTC in ISO 8601 with microseconds and ``Z``; hashes are
SHA-256 as 64 hexadecimal digits; quads are `N-Quads <https://www.w3.org/TR/n-quads/>`_ lines.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

ChangeKind = Literal["content", "submission", "withdrawal", "update", "rollback"]
SubmissionState = Literal["in_force", "replaced", "withdrawn"]
Role = Literal["submitter", "curator", "admin"]

ROLES: Final[tuple[Role, ...]] = ("submitter", "curator", "admin")


@dataclass(frozen=True)
class Agent:
    """Someone who may write. Two tokens with the same ``id`` are the same agent."""

    id: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this agent's role includes ``role``: each role includes the former."""
        return ROLES.index(self.role) >= ROLES.index(role)


LOCAL_ADMIN: Final = Agent("local", "admin")


@dataclass(frozen=True)
class Change:
    """One row of the journal. Order is that of ``number``, which counts from 1 without gaps.

    ``content_digest`` is set for kind ``content``, ``submission`` for a submission or withdrawal.
    """

    number: int
    time: str
    agent: str
    kind: ChangeKind
    message: str
    content_digest: str | None
    submission: str | None
    previous_hash: str
    hash: str

    @property
    def public_hash(self) -> str:
        """SHA-256 of what all may know of it, to tell it from others: by ``hash`` and the rest one could
        try who made it."""
        text = f"{self.number}\n{self.time}\n{self.kind}\n{self.content_digest or ''}"
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class ChangeData:
    """The quads that a change added and removed: sorted N-Quads lines, each ended by a line feed."""

    added: bytes
    removed: bytes


@dataclass(frozen=True)
class ChangeCounts:
    """How many quads a change added and removed."""

    added: int
    removed: int


@dataclass(frozen=True)
class Upload:
    """The bytes of a file as they came in."""

    data: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Delivery:
    """A file that passed the gate, as it is to be recorded.

    ``records`` maps the IRI of each record to its quads: the statements whose subject is that IRI
    or one below it. ``report`` is the validation report, a JSON object. ``rows`` maps the IRI of a
    record to its row in the file, from 1; one that came from no table has none.
    """

    agent: str
    file_name: str
    upload: Upload
    mapping: str
    mapping_version: str
    records: Mapping[str, bytes]
    report: Mapping[str, Any]
    message: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """A delivery that was recorded, as change ``change``.

    ``state``: ``in_force`` while at least one of its records is the latest in force, ``replaced``
    when none is, ``withdrawn`` when it was taken back.
    """

    id: str
    change: int
    agent: str
    time: str
    file_name: str
    sha256: str
    mapping: str
    mapping_version: str
    records: tuple[str, ...]
    state: SubmissionState


@dataclass(frozen=True)
class RecordOrigin:
    """A record as it is in force, or a thing below it that has a place of its own, and where it stood
    in the file: its ``row``, on which ``sheet`` of a workbook, or its ``path`` in JSON."""

    record: str
    row: int | None
    sheet: str | None = None
    path: str | None = None


@dataclass(frozen=True)
class SubmittedColumn:
    """A column of a file: its letters, its title as it stands there, its name in the mapping, and its
    ``sheet`` in a workbook."""

    letters: str
    title: str
    name: str
    sheet: str | None = None


@dataclass(frozen=True)
class SubmissionOrigin:
    """What may be public of a submission: not who sent it, nor what the file is called.

    ``record_count``: the records in the file; ``standing``: those in force because of it, in
    order; ``parts``: the things below those that have a place of their own. ``sheets``: of a workbook, those
    that were read.
    ``encoding`` is None and there are no ``columns`` where the report does not say.
    """

    id: str
    change: int
    time: str
    sha256: str
    encoding: str | None
    mapping: str
    mapping_version: str
    state: SubmissionState
    record_count: int
    columns: tuple[SubmittedColumn, ...]
    standing: tuple[RecordOrigin, ...]
    parts: tuple[RecordOrigin, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Committed:
    """A submission and its change; ``new`` is False where both stood already."""

    change: Change
    submission: Submission
    new: bool


@dataclass(frozen=True)
class JournalFault:
    """Something in the journal that is not as it was written; ``change`` None: not one change."""

    change: int | None
    message: str

    def __str__(self) -> str:
        return f"change {self.change}: {self.message}" if self.change else self.message
