"""The command ``werkzaam``: serve, query, ingest, template, export, withdraw, check, fmt, data, journal, token.

Exit codes: 0 done; 1 data refused or a check failed, nothing written; 2 wrong usage; 3 could not be
done. Results go to standard output, everything else to standard error.
"""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from werkzaam import __version__, data_commands, errors, journal_commands
from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import Limits, limits_of
from werkzaam.api.answers_json import answer_json
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tables import write_csv
from werkzaam.content import FOLDERS, read_content
from werkzaam.curation.dataset import open_journal
from werkzaam.data_folder import held
from werkzaam.ingest_command import (
    add_export,
    add_ingest,
    add_template,
    ingest,
    write_export,
    write_template,
)
from werkzaam.logs import log_to_standard_error
from werkzaam.reasoning.rules import read_rules
from werkzaam.settings import Settings, read_settings
from werkzaam.store.content_store import open_content
from werkzaam.store.interface import Store
from werkzaam.store.journal import Journal
from werkzaam.store.journal_database import stands
from werkzaam.store.journal_schema import FILE_NAME as JOURNAL
from werkzaam.terminal import as_table

EXIT_CODES: dict[type[errors.WerkzaamError], int] = {
    errors.WerkzaamError: 3,
    errors.ContentError: 1,
    errors.Conflict: 1,
    errors.DataRefused: 1,
    errors.RequestError: 2,
    errors.SettingsError: 2,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except errors.WerkzaamError as refusal:
        sys.stderr.write(f"werkzaam: {refusal}\n")
        return _exit_code(refusal)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _exit_code(refusal: errors.WerkzaamError) -> int:
    return next(EXIT_CODES[kind] for kind in type(refusal).__mro__ if kind in EXIT_CODES)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="werkzaam", description="Knowledge graph of the Maatschappelijke Diensttijd."
    )
    parser.add_argument("--version", action="version", version=f"werkzaam {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("serve", help="serve pages, SPARQL and the REST interface")
    one.add_argument("--demo", action="store_true", help="a demo instance, in a folder of its own")
    one.set_defaults(command=_serve)

    one = commands.add_parser("query", help="answer a question of the catalogue")
    one.add_argument("name", metavar="TOPIC/QUESTION")
    one.add_argument("--param", action="append", default=[], metavar="NAME=VALUE")
    one.add_argument("--lang", choices=("nl", "en"), default="nl")
    one.add_argument("--format", choices=("table", "csv", "json"), default="table")
    one.add_argument("--demo", action="store_true", help="ask the demo instance")
    one.add_argument("--endpoint", metavar="URL", help="ask a SPARQL endpoint elsewhere")
    one.set_defaults(command=_query)

    _add_deliveries(commands)

    one = commands.add_parser("check", help="check the content: ontology, data, shapes, queries")
    one.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    one.set_defaults(command=_check)

    one = commands.add_parser("fmt", help="write Turtle files in canonical form")
    one.add_argument("--check", action="store_true", help="write nothing, only say what differs")
    one.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    one.set_defaults(command=_format)

    data_commands.add_commands(commands).set_defaults(command=_in_content)
    journal_commands.add_commands(commands)
    parser.set_defaults(command=_in_folder, demo=False, alone=False, judges=False)
    return parser


def _add_deliveries(commands: Any) -> None:
    """The commands about project data that comes in and goes out."""
    one = commands.add_parser("ingest", help="check a file of project data, and record it")
    add_ingest(one)
    one.set_defaults(command=_ingest)

    one = commands.add_parser("template", help="write an empty table of project data to fill in")
    add_template(one)
    one.set_defaults(command=_template)

    one = commands.add_parser(
        "export", help="write the records in force as a table to send in again"
    )
    add_export(one)
    one.set_defaults(command=_export)


def _serve(options: argparse.Namespace) -> int:
    # what only one command needs is loaded by that command: the others start five times as fast
    from werkzaam.confinement.freed_memory import keep_little
    from werkzaam.opening import open_service
    from werkzaam.serving import (
        Stopped,
        address_of,
        listen,
        serve,
        standing_for_good,
        stop_on_signals,
    )

    keep_little()
    stop_on_signals()
    settings = read_settings(os.environ)
    log_to_standard_error()
    folder = _data_folder(settings, options)
    with contextlib.suppress(Stopped), held(folder):
        listener = listen(settings.host, settings.port)
        try:
            address = address_of(listener)
            with standing_for_good(), ThreadPoolExecutor(1) as beside:
                importing = beside.submit(import_module, "werkzaam.app")
                service, dataset = open_service(settings, folder, address, demo=options.demo)
                app = importing.result().create_app(service, dataset.close)
            store = dataset.store
            serve(app, listener, store.close, lambda: store.version, settings.proxies)
        finally:
            listener.close()
    return 0


def _query(options: argparse.Namespace) -> int:
    settings = read_settings(os.environ)
    store = _store_for(options, settings)
    try:
        catalogue = Catalogue(load_queries(read_content(settings.content_dir)), store)
        query = catalogue.get(options.name)
        answered = catalogue.answer(query, _given(options.param), language=options.lang)
        coverage = coverage_of(store, answered) if options.format == "json" else None
    finally:
        store.close()
    _write(limits_of(answered, coverage=coverage), options)
    return 0


def _store_for(options: argparse.Namespace, settings: Settings) -> Store:
    if options.endpoint is not None:
        store: Store = import_module("werkzaam.client.endpoint").Endpoint(options.endpoint)
        return store
    content = read_content(settings.content_dir)
    rules, limits = read_rules(content), settings.store_limits(readers=1)
    folder = _data_folder(settings, options)
    if not stands(folder / JOURNAL):
        return open_content(content, rules, limits, demo=options.demo)
    journal = Journal.open(folder, read_only=True)
    with contextlib.closing(journal):
        return open_journal(journal, content, rules, limits, demo=options.demo)


def _data_folder(settings: Settings, options: argparse.Namespace) -> Path:
    """The demo instance has a data folder of its own beside the ordinary one."""
    folder = settings.data_dir
    return folder.with_name(folder.name + "-demo") if options.demo else folder


def _given(pairs: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise errors.BadRequest("--param {pair}: write it as NAME=VALUE.", pair=pair)
        if name in given:
            raise errors.BadRequest("--param {name} is given twice. Give it once.", name=name)
        given[name] = value
    return given


def _write(limits: Limits, options: argparse.Namespace) -> None:
    answered = limits.answered
    if options.format == "csv":
        sys.stdout.buffer.write(write_csv(answered.table, mark=DEMO_MARK if options.demo else ""))
        sys.stdout.buffer.flush()
    elif options.format == "json":
        told = answer_json(answered, options.lang, limits=limits)
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_table(answered, options.lang))
    if answered.version.demo:
        sys.stderr.write(f"{DEMO_MARK}\n")


def _ingest(options: argparse.Namespace) -> int:
    settings = read_settings(os.environ)
    return ingest(options, _data_folder(settings, options), read_content(settings.content_dir))


def _template(options: argparse.Namespace) -> int:
    return write_template(options, read_content(read_settings(os.environ).content_dir))


def _export(options: argparse.Namespace) -> int:
    settings = read_settings(os.environ)
    folder = _data_folder(settings, options)
    return write_export(options, folder, read_content(settings.content_dir))


def _in_folder(options: argparse.Namespace) -> int:
    command: Callable[..., int] = options.in_folder
    settings = read_settings(os.environ)
    folder = _data_folder(settings, options)
    content = (read_content(settings.content_dir),) if options.judges else ()
    with held(folder) if options.alone else contextlib.nullcontext():
        return command(options, folder, *content)


def _in_content(options: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace, Path], int] = options.in_content
    return command(options, _content_folder(options))


def _check(options: argparse.Namespace) -> int:
    from werkzaam.curation.full_check import check_all

    content = read_content(_content_folder(options))
    if options.folder and not content.files:
        raise errors.BadRequest(
            "There is nothing to check in {folder}: it has none of {folders}.",
            folder=options.folder,
            folders=", ".join(f"{name}/" for name in FOLDERS),
        )
    checked = check_all(content)
    for finding in checked.findings:
        sys.stdout.write(f"{finding}\n")
    if checked.words:
        sys.stderr.write(f"{checked.words}\n")
    sys.stderr.write(f"{len(content.files)} files checked, {len(checked.findings)} findings.\n")
    return 1 if checked.findings else 0


def _format(options: argparse.Namespace) -> int:
    from werkzaam.curation.turtle_format import format_folder

    if options.folder is not None and not options.folder.is_dir():
        raise errors.BadRequest("There is no folder {folder}.", folder=options.folder)
    root = _content_folder(options)
    folders = [root] if options.folder else [root / name for name in FOLDERS]
    outcomes = [
        outcome
        for folder in folders
        for outcome in format_folder(folder, write=not options.check, seen_from=root)
    ]
    verb = "is not canonical: run `werkzaam fmt`" if options.check else "rewritten"
    for outcome in outcomes:
        sys.stdout.write(f"{outcome.fault or f'{outcome.path}: {verb}'}\n")
    failed = [outcome for outcome in outcomes if outcome.fault or options.check]
    return 1 if failed else 0


def _content_folder(options: argparse.Namespace) -> Path:
    folder: Path | None = options.folder
    return folder or read_settings(os.environ).content_dir


if __name__ == "__main__":
    sys.exit(main())
