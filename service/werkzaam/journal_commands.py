"""``werkzaam journal``, ``withdraw`` and ``token``: what an operator does beside the service."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from werkzaam.curation.submissions import Submissions
from werkzaam.domain.changes import LOCAL_ADMIN, ROLES, Change
from werkzaam.domain.characters import on_one_line
from werkzaam.domain.content import Content
from werkzaam.errors import BadRequest, NotFound, StoreUnavailable
from werkzaam.store.journal import Journal
from werkzaam.store.journal_database import stands
from werkzaam.store.journal_patch import write_patch
from werkzaam.store.journal_restoring import restore
from werkzaam.store.journal_schema import FILE_NAME
from werkzaam.store.tokens import DEFAULT_DAYS, Tokens

_ID_CHARACTERS = 16


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``journal`` and ``token`` with their verbs, and ``withdraw``; each sets ``in_folder`` to what it does,
    ``alone`` where no service may hold the folder meanwhile, and ``judges`` where it is given the content too."""
    _add_journal(commands.add_parser("journal", help="read, check, copy and write out the journal"))
    one = commands.add_parser("withdraw", help="take a submission back")
    one.add_argument(
        "number", metavar="NUMBER", help="of the submission, or of the version it was recorded as"
    )
    one.add_argument("--demo", action="store_true", help="in the demo instance")
    one.set_defaults(in_folder=_withdraw, judges=True)

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


def _add_journal(journal: argparse.ArgumentParser) -> None:
    verbs = journal.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("log", help="one line a change").set_defaults(in_folder=_log)
    one = verbs.add_parser("show", help="one change whole, as added and removed quads")
    one.add_argument("number", type=int, metavar="N")
    one.set_defaults(in_folder=_show)
    verbs.add_parser("verify", help="check the hash chain").set_defaults(in_folder=_verify)
    one = verbs.add_parser("backup", help="copy it to a new file, also while the service writes")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(in_folder=_backup)
    one = verbs.add_parser("restore", help="put a backup in a data folder that has no journal")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(in_folder=_restore, alone=True)
    one = verbs.add_parser("compact", help="shrink the file and renew the snapshots")
    one.set_defaults(in_folder=_compact)
    one = verbs.add_parser("export", help="a version as N-Quads, or a range as RDF Patch")
    one.add_argument("--format", choices=("nquads", "patch"))
    one.add_argument("--version", type=int, metavar="N", help="default: the last")
    one.add_argument("--from", type=int, metavar="N", dest="before", help="first of a range, or 0")
    one.add_argument(
        "--to", type=int, metavar="M", dest="after", help="last of it; default: the last"
    )
    one.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    one.set_defaults(in_folder=_export)


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


def _backup(options: argparse.Namespace, folder: Path) -> int:
    with _existing(folder, read_only=True) as journal:
        journal.backup(options.file)
    sys.stderr.write(f"The journal is copied to {options.file}.\n")
    return 0


def _restore(options: argparse.Namespace, folder: Path) -> int:
    faults = restore(options.file, folder)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    if faults:
        sys.stderr.write(f"{len(faults)} faults in {options.file}. Nothing is restored.\n")
        return 1
    with _existing(folder, read_only=True) as journal:
        number = journal.last_number()
    sys.stderr.write(f"{number} changes are verified and restored in {folder}.\n")
    return 0


def _compact(options: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001
    with _existing(folder) as journal:
        if journal.verify():
            sys.stderr.write(
                "The journal has faults, so it is left as it is: see `werkzaam journal verify`.\n"
            )
            return 1
        before = journal.sizes()
        journal.compact()
        after = journal.sizes()
    for name, old, new in zip(("journal", "snapshots"), before, after, strict=True):
        sys.stdout.write(f"{name}: {old} bytes before, {new} after\n")
    return 0


def _export(options: argparse.Namespace, folder: Path) -> int:
    a_range = options.before is not None or options.after is not None
    if a_range and (options.version is not None or options.format == "nquads"):
        raise BadRequest(
            "A range (--from, --to) is written as a patch: leave --version and --format nquads out."
        )
    with _existing(folder, read_only=True) as journal:
        if a_range:
            written = _patch(journal, options.before or 0, options.after)
        elif options.format == "patch":
            written = _patch(journal, 0, options.version)
        else:
            written = journal.state(options.version)
    _write(written, options.output)
    return 0


def _patch(journal: Journal, before: int, after: int | None) -> bytes:
    """From one version to another, each named by the hash of its change."""
    stop = journal.last_number() if after is None else after
    data = journal.net(before, stop)
    name, previous = (
        f'"{journal.change(number).hash}"' if number else None for number in (stop, before)
    )
    return write_patch(data, name=name, previous=previous)


def _write(data: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(data)
    except OSError as fault:
        raise StoreUnavailable(
            "The file {file} cannot be written ({reason}). Name a file in a folder that is there "
            "and has room.",
            file=file,
            reason=fault.strerror,
        ) from None


def _withdraw(options: argparse.Namespace, folder: Path, content: Content) -> int:
    with _existing(folder) as journal:
        name = _submission_called(journal, options.number)
        stood = journal.submission(name).state != "withdrawn"
        change = Submissions(journal, content).withdraw(name, LOCAL_ADMIN)
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
    if not stands(folder / FILE_NAME):
        raise NotFound(
            "There is no journal in {folder} yet. `werkzaam serve` makes it; WERKZAAM_DATA_DIR says "
            "where.",
            folder=folder,
        )
    with contextlib.closing(Journal.open(folder, read_only=read_only)) as journal:
        yield journal
