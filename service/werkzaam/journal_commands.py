"""``werkzaam journal``, ``withdraw`` and ``token``: what an operator does beside the service."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from werkzaam.domain.changes import LOCAL_ADMIN, ROLES, Change
from werkzaam.domain.characters import on_one_line
from werkzaam.errors import NotFound
from werkzaam.store.journal import Journal
from werkzaam.store.journal_schema import FILE_NAME
from werkzaam.store.tokens import DEFAULT_DAYS, Tokens

_ID_CHARACTERS = 16


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``journal`` and ``token`` with their verbs, and ``withdraw``; each sets ``in_folder`` to what it does."""
    journal = commands.add_parser("journal", help="read the journal: log, show, verify")
    verbs = journal.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("log", help="one line a change").set_defaults(in_folder=_log)
    one = verbs.add_parser("show", help="one change whole, as added and removed quads")
    one.add_argument("number", type=int, metavar="N")
    one.set_defaults(in_folder=_show)
    verbs.add_parser("verify", help="check the hash chain").set_defaults(in_folder=_verify)

    one = commands.add_parser("withdraw", help="take a submission back")
    one.add_argument(
        "number", metavar="NUMBER", help="of the submission, or of the version it was recorded as"
    )
    one.add_argument("--demo", action="store_true", help="in the demo instance")
    one.set_defaults(in_folder=_withdraw)

    token = commands.add_parser("token", help="make, list and revoke tokens")
    verbs = token.add_subparsers(required=True, metavar="VERB")
    one = verbs.add_parser("create", help="print a new token, once")
    one.add_argument("--role", choices=ROLES, required=True)
    one.add_argument("--days", type=int, default=DEFAULT_DAYS)
    one.add_argument("--label", default="", help="tokens with one label speak for one agent")
    one.set_defaults(in_folder=_create)
    verbs.add_parser("list", help="one line a token").set_defaults(in_folder=_list)
    one = verbs.add_parser("revoke", help="end a token now")
    one.add_argument("id", metavar="ID")
    one.set_defaults(in_folder=_revoke)


def _log(options: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001
    with _existing(folder, read_only=True) as journal:
        after = 0
        while changes := journal.changes(after):
            for change in changes:
                sys.stdout.write(_line(change))
            after = changes[-1].number
    return 0


def _line(change: Change) -> str:
    about = change.submission or (change.content_digest or "")[:12]
    agent, message = on_one_line(change.agent), on_one_line(change.message)
    return f"{change.number}\t{change.time}\t{agent}\t{change.kind}\t{about}\t{message}\n"


def _show(options: argparse.Namespace, folder: Path) -> int:
    with _existing(folder, read_only=True) as journal:
        change = journal.change(options.number)
        data = journal.data(options.number)
    sys.stdout.write(_line(change) + f"hash {change.hash}\nprevious {change.previous_hash}\n")
    for sign, lines in (("-", data.removed), ("+", data.added)):
        for line in filter(None, lines.decode().split("\n")):
            sys.stdout.write(f"{sign} {on_one_line(line)}\n")
    return 0


def _verify(options: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001
    with _existing(folder, read_only=True) as journal:
        faults = journal.verify()
        number = journal.last_number()
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stderr.write(f"{number} changes verified, {len(faults)} faults.\n")
    return 1 if faults else 0


def _withdraw(options: argparse.Namespace, folder: Path) -> int:
    with _existing(folder) as journal:
        name = _submission_called(journal, options.number)
        stood = journal.submission(name).state != "withdrawn"
        change = journal.withdraw(name, LOCAL_ADMIN.id, curator=True)
    words = "is withdrawn" if stood else "was withdrawn already"
    sys.stderr.write(
        f"Submission {name} {words}, as version {change.number}. What it had replaced counts again.\n"
    )
    return 0


def _submission_called(journal: Journal, number: str) -> str:
    """The id of a submission, given that or the version that it was recorded as."""
    if not (number.isascii() and number.isdecimal() and len(number) < _ID_CHARACTERS):
        return number
    change = journal.change(int(number))
    if change.kind != "submission" or change.submission is None:
        raise NotFound(
            "Version {number} is not a submission. `werkzaam journal log` shows which are.",
            number=number,
        )
    return change.submission


def _create(options: argparse.Namespace, folder: Path) -> int:
    with contextlib.closing(Journal.open(folder)) as journal:
        made = Tokens(journal.database).create(options.role, options.days, options.label)
    sys.stdout.write(made.secret + "\n")
    sys.stderr.write(
        f"Token {made.token.id} for {made.token.agent} ({made.token.role}) is valid until "
        f"{made.token.expires}. It is shown this once.\n"
    )
    return 0


def _list(options: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001
    with _existing(folder, read_only=True) as journal:
        for token in Tokens(journal.database).list():
            ends = f"revoked {token.revoked}" if token.revoked else f"until {token.expires}"
            sys.stdout.write(f"{token.id}\t{token.role}\t{on_one_line(token.agent)}\t{ends}\n")
    return 0


def _revoke(options: argparse.Namespace, folder: Path) -> int:
    with contextlib.closing(Journal.open(folder)) as journal:
        Tokens(journal.database).revoke(options.id)
    sys.stderr.write(f"Token {options.id} is revoked.\n")
    return 0


@contextlib.contextmanager
def _existing(folder: Path, *, read_only: bool = False) -> Iterator[Journal]:
    """The journal in ``folder``. Raises NotFound where there is none: nothing is made."""
    if not (folder / FILE_NAME).is_file():
        raise NotFound(
            "There is no journal in {folder} yet. `werkzaam serve` makes it; WERKZAAM_DATA_DIR says "
            "where.",
            folder=folder,
        )
    with contextlib.closing(Journal.open(folder, read_only=read_only)) as journal:
        yield journal
