"""Bearer tokens: made once, kept as hashes, expiring, revocable.

A secret has 256 random bits, so a plain SHA-256 of it cannot be searched back
(`RFC 6750 <https://www.rfc-editor.org/rfc/rfc6750>`_ says how it is carried).
"""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from werkzaam.domain.changes import LOCAL_ADMIN, ROLES, Agent, Role
from werkzaam.errors import BadRequest, NotFound
from werkzaam.store.journal import utc_now
from werkzaam.store.journal_chain import iso, sha256
from werkzaam.store.journal_database import Database

DEFAULT_DAYS: Final = 90
_MOST_DAYS: Final = 3650
_SECRET = re.compile(r"wz_[A-Za-z0-9_-]{43}")
_COLUMNS: Final = "id, role, agent, created, expires, revoked"


@dataclass(frozen=True)
class Token:
    """A token as it is kept: never the secret. Times are UTC in ISO 8601."""

    id: str
    role: Role
    agent: str
    created: str
    expires: str
    revoked: str | None


@dataclass(frozen=True)
class NewToken:
    """A token just made. ``secret`` is shown once and cannot be had again."""

    token: Token
    secret: str

    def __repr__(self) -> str:
        return f"NewToken({self.token!r})"


class Tokens:
    """The tokens in the journal's file. Any method may raise StoreUnavailable."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    def create(self, role: str, days: int = DEFAULT_DAYS, label: str = "") -> NewToken:
        """Make a token for ``days`` days. Tokens with the same label speak for the same agent.

        Without a label the agent is named by the token. Raises BadRequest.
        """
        if role not in ROLES:
            raise BadRequest(
                "There is no role {role}. Choose submitter, curator or admin.", role=role
            )
        if not 1 <= days <= _MOST_DAYS:
            raise BadRequest(
                "A token lasts 1 to {most} days, not {days}.", most=_MOST_DAYS, days=days
            )
        name = secrets.token_hex(4)
        now = self._clock()
        secret = f"wz_{secrets.token_urlsafe(32)}"
        token = Token(
            name, role, _agent(label, name), iso(now), iso(now + timedelta(days=days)), None
        )
        with self._database.writing() as connection:
            connection.execute(
                f"INSERT INTO tokens ({_COLUMNS}, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (token.id, role, token.agent, token.created, token.expires, None, _digest(secret)),
            )
        return NewToken(token, secret)

    def check(self, secret: str, now: datetime | None = None) -> Agent | None:
        """Whom the secret speaks for; None when it is malformed, unknown, expired or revoked.

        The secret is compared by its hash and in constant time, so timing tells nothing about it.
        """
        if not _SECRET.fullmatch(secret):
            return None
        digest = _digest(secret)
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT sha256, agent, role, expires FROM tokens "
                "WHERE sha256 = ? AND revoked IS NULL",
                (digest,),
            ).fetchone()
        known, agent, role, expires = row or ("", "", ROLES[0], "")
        if not hmac.compare_digest(known, digest) or iso(now or self._clock()) >= expires:
            return None
        return Agent(agent, role)

    def revoke(self, token_id: str) -> None:
        """End a token at once; a second time changes nothing. Raises NotFound."""
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ?",
                (iso(self._clock()), token_id),
            )
            if not done.rowcount:
                raise NotFound("There is no token {id}.", id=token_id)

    def list(self) -> tuple[Token, ...]:
        """All tokens, oldest first, ended ones included."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM tokens ORDER BY created, id"  # noqa: S608
            ).fetchall()
        return tuple(Token(*row) for row in rows)


def _digest(secret: str) -> str:
    return sha256(secret.encode())


def _agent(label: str, token_id: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", label).split())
    if not name.isprintable() or len(name) > 100 or name == LOCAL_ADMIN.id:
        raise BadRequest(
            "A label has at most 100 printable characters and is not {reserved}.",
            reserved=LOCAL_ADMIN.id,
        )
    return name or f"agent-{token_id}"
