"""Tokens: shown once, kept as hashes, ended by time or by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from werkzaam.domain.changes import Agent, Role
from werkzaam.errors import BadRequest, NotFound
from werkzaam.store.journal_database import Database
from werkzaam.store.tokens import Tokens

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(Database(tmp_path / "journal.sqlite"), clock=lambda: NOW)


def test_a_secret_speaks_for_its_agent_and_is_nowhere(tokens: Tokens, tmp_path: Path) -> None:
    made = tokens.create("curator", 30, "Bureau  MDT")
    assert tokens.check(made.secret) == Agent("Bureau MDT", "curator")
    assert tokens.list() == (made.token,)
    assert made.secret.startswith("wz_")
    assert made.secret not in repr(made)
    for path in tmp_path.iterdir():
        assert made.secret.encode() not in path.read_bytes()


def test_each_role_includes_the_former() -> None:
    roles: tuple[Role, ...] = ("submitter", "curator", "admin")
    may = [[Agent("x", role).may(other) for other in roles] for role in roles]
    assert may == [[True, False, False], [True, True, False], [True, True, True]]


def test_it_ends_with_its_days_and_when_revoked(tokens: Tokens) -> None:
    made = tokens.create("submitter", 2)
    agent = Agent(f"agent-{made.token.id}", "submitter")
    end = NOW + timedelta(days=2)
    assert tokens.check(made.secret, end - timedelta(microseconds=1)) == agent
    assert tokens.check(made.secret, end) is None
    tokens.revoke(made.token.id)
    assert tokens.check(made.secret) is None
    tokens.revoke(made.token.id)
    assert tokens.list()[0].revoked == "2030-01-01T00:00:00.000000Z"
    with pytest.raises(NotFound):
        tokens.revoke("nothing")


def test_the_same_label_is_the_same_agent_and_no_label_is_not(tokens: Tokens) -> None:
    named = [tokens.create("submitter", label="Ann").token.agent for _ in range(2)]
    unnamed = {tokens.create("submitter").token.agent for _ in range(2)}
    assert named == ["Ann", "Ann"]
    assert len(unnamed) == 2


def test_a_malformed_or_other_secret_speaks_for_nobody(tokens: Tokens) -> None:
    secret = tokens.create("admin").secret
    turned = secret[:-3] + ("AAA" if secret[-3:] != "AAA" else "BBB")
    for other in ("", "wz_", secret + "\n", secret[3:], secret.upper(), turned, "wz_é" + secret):
        assert tokens.check(other) is None
    assert tokens.check("\ud800") is None


@pytest.mark.parametrize(
    ("role", "days", "label"),
    [
        ("owner", 1, ""),
        ("admin", 0, ""),
        ("admin", 3651, ""),
        ("admin", 1, "local"),
        ("admin", 1, " local "),
        ("admin", 1, "x" * 101),
        ("admin", 1, "a\u202eb"),
    ],
)
def test_what_no_token_is_made_for(tokens: Tokens, role: str, days: int, label: str) -> None:
    with pytest.raises(BadRequest):
        tokens.create(role, days, label)
    assert tokens.list() == ()
