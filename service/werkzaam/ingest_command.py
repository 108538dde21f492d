"""``werkzaam ingest``: a file through the gate on this machine, as local admin; ``werkzaam template``:
an empty table to fill in; ``werkzaam export``: the records in force as such a table."""

import argparse
import contextlib
import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from werkzaam import __version__
from werkzaam.curation.submissions import Submissions, Way
from werkzaam.domain.changes import LOCAL_ADMIN
from werkzaam.domain.characters import UNSAFE, on_one_line
from werkzaam.domain.content import Content
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import BadRequest, DataRefused, WerkzaamError
from werkzaam.ingest.export_process import ExportForm
from werkzaam.ingest.formats import RESENT, format_of
from werkzaam.ingest.gate_process import Bounds
from werkzaam.ingest.mapping import read_mapping, template
from werkzaam.ingest.report import Report
from werkzaam.ingest.summary import disappearing, summary_sentence
from werkzaam.messages import say
from werkzaam.store.journal import Journal

_BOUNDS: Final = Bounds(bytes=200 << 20, seconds=3600, memory_bytes=6 << 30, reply_bytes=1 << 30)
"""What one upload may take on this machine, where nobody else waits."""

_WORTH_TELLING: Final = 1000
_PARTS: Final = {"reading": "records read", "checking": "records checked"}


def add_ingest(one: argparse.ArgumentParser) -> None:
    """Add the words of ``ingest`` to its parser."""
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--mapping", required=True, help="how to read it, such as projects")
    one.add_argument("--preview", action="store_true", help="only check, write nothing")
    one.add_argument("--demo", action="store_true", help="in the demo instance")
    one.add_argument("--format", choices=("text", "json"), default="text")
    one.add_argument("--lang", choices=LANGUAGES, default="nl", help="of text, tables and remarks")
    one.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write the report too: .json, .csv, .xlsx; .ttl (SHACL) with --preview",
    )
    one.add_argument(
        "--marked", type=Path, metavar="FILE.xlsx", help="write the file with remarks in its cells"
    )
    one.add_argument(
        "--accept",
        choices=("all", "validRows"),
        default="all",
        help="validRows: record the records without a violation though others have one",
    )
    one.add_argument(
        "--refused",
        type=Path,
        metavar="FILE",
        help="with --accept validRows, write what was refused: .xlsx of a table, else as the file is",
    )


def add_template(one: argparse.ArgumentParser) -> None:
    """Add the words of ``template`` to its parser."""
    one.add_argument("mapping", metavar="MAPPING", help="the kind of table, such as projects")
    one.add_argument("--output", type=Path, required=True, metavar="FILE", help=".xlsx or .csv")
    one.add_argument("--lang", choices=LANGUAGES, default="nl")
    one.add_argument("--demo", action="store_true", help="with the values of examples")


def ingest(options: argparse.Namespace, folder: Path, content: Content) -> int:
    """Check a file, and record it unless only a preview is asked. Gives the exit code.

    The files that are asked for are written whatever the gate says. Raises BadRequest for a file that
    cannot be read or asked for, WerkzaamError for one that cannot be written.
    """
    _require_ending(options.report, ".json", ".csv", ".xlsx", *[".ttl"][: options.preview])
    _require_ending(options.marked, ".xlsx")
    data = _bytes_of(options.file)
    if options.refused is not None:
        _require_ending(options.refused, *_endings_of_refused(data, options.file))
    with contextlib.closing(Journal.open(folder)) as journal:
        gate = Submissions(journal, content, demo=options.demo)
        try:
            if options.preview:
                return _preview(gate, data, options)
            return _commit(gate, data, options)
        except DataRefused as refusal:
            _tell(refusal.report, data, options)
            sys.stderr.write(f"werkzaam: {refusal}\n")
            return 1


def _preview(gate: Submissions, data: bytes, options: argparse.Namespace) -> int:
    standard = options.report is not None and options.report.suffix.lower() == ".ttl"
    way = Way(options.accept == "validRows", False, standard, _BOUNDS, _show_progress)
    outcome = gate.preview(data, options.file.name, options.mapping, LOCAL_ADMIN, way=way)
    _tell(outcome.report.as_json(), data, options)
    if standard:
        _write(options.report, outcome.standard)
    return 0 if outcome.report.conforms else 1


def _commit(gate: Submissions, data: bytes, options: argparse.Namespace) -> int:
    way = Way(options.accept == "validRows", bounds=_BOUNDS, tell=_show_progress)
    done = gate.commit(data, options.file.name, options.mapping, LOCAL_ADMIN, way=way)
    _tell(gate.journal.report(done.submission.id), data, options)
    words = "recorded" if done.new else "stood already"
    number = len(done.submission.records)
    sys.stderr.write(
        f"Submission {done.submission.id} {words} as version {done.change.number}: "
        f"{number} {'record' if number == 1 else 'records'}.\n"
    )
    return 0


def _endings_of_refused(data: bytes, path: Path) -> Collection[str]:
    """How the name may end of a file with what was refused of ``path``. Raises UnsupportedMediaType."""
    return (RESENT[format_of(data, path.name)][0],)


def _bytes_of(path: Path) -> bytes:
    shown = on_one_line(str(path))
    try:
        if path.stat().st_size > _BOUNDS.bytes:
            raise BadRequest("{file} has more than {most} bytes.", file=shown, most=_BOUNDS.bytes)
        return path.read_bytes()
    except OSError as fault:
        raise BadRequest(
            "{file} cannot be read: {reason}.", file=shown, reason=fault.strerror
        ) from None


def write_template(options: argparse.Namespace, content: Content) -> int:
    """Write an empty table to fill in. Gives the exit code.

    Raises NotFound for an unknown mapping, BadRequest for a file of another kind, WerkzaamError for
    one that cannot be written.
    """
    from werkzaam.ingest.template_about import AboutTemplate
    from werkzaam.ingest.template_workbook import template_workbook

    _require_ending(options.output, ".xlsx", ".csv")
    if options.output.suffix.lower() == ".csv":
        data = template(read_mapping(content, options.mapping), options.lang)
    else:
        about = AboutTemplate(__version__)
        data = template_workbook(content, options.mapping, options.lang, about, options.demo)
    _write(options.output, data)
    return 0


def add_export(one: argparse.ArgumentParser) -> None:
    """Add the words of ``export`` to its parser."""
    one.add_argument("mapping", metavar="MAPPING", help="the kind of records, such as projects")
    one.add_argument("--output", type=Path, required=True, metavar="FILE", help=".xlsx or .json")
    one.add_argument("--lang", choices=LANGUAGES, default="nl")
    one.add_argument("--demo", action="store_true", help="from the demo instance")


def write_export(options: argparse.Namespace, folder: Path, content: Content) -> int:
    """Write the records in force as a table that can be mended and sent in again. Gives the exit code.

    Raises as ``write_template``.
    """
    from werkzaam.ingest.export_process import run_export
    from werkzaam.ingest.template_about import AboutTemplate

    _require_ending(options.output, ".xlsx", ".json")
    form: ExportForm = "json" if options.output.suffix.lower() == ".json" else "xlsx"
    with contextlib.closing(Journal.open(folder)) as journal:
        records = journal.records_state()
        about = AboutTemplate(__version__, journal.last_number())
    given = (content, records, options.mapping, form, options.lang, about)
    _write(options.output, run_export(*given, demo=options.demo))
    return 0


def _require_ending(path: Path | None, *endings: str) -> None:
    if path is not None and path.suffix.lower() not in endings:
        raise BadRequest(
            "{file} cannot be written: its name must end in {endings}.",
            file=on_one_line(str(path)),
            endings=", ".join(endings),
        )


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as fault:
        raise WerkzaamError(
            "{file} cannot be written: {reason}.",
            file=on_one_line(str(path)),
            reason=fault.strerror,
        ) from None


def _tell(told: Mapping[str, Any], data: bytes, options: argparse.Namespace) -> None:
    """Print the report ``told`` on ``data``, and write the files that are asked for."""
    if options.format == "json":
        text = json.dumps(told, ensure_ascii=False)
        sys.stdout.write(UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")
    else:
        _print(told, options.lang)
    if options.report is not None and options.report.suffix.lower() != ".ttl":
        _write(options.report, _report_file(told, options.report.suffix.lower(), options.lang))
    if told["file"]["format"] is None and (options.marked or options.refused):
        sys.stderr.write("The file could not be read, so that there are no remarks in its cells.\n")
        return
    from werkzaam.ingest.marking_process import run_marking

    if options.marked is not None:
        _write(options.marked, run_marking(data, Report.from_json(told), options.lang))
    facts = told["facts"]
    if options.refused is not None and (facts.get("refusedRows") or facts.get("refusedPaths")):
        rows = run_marking(data, Report.from_json(told), options.lang, refused=True)
        _write(options.refused, rows)


def _show_progress(part: str, number: int) -> None:
    """Say on standard error how far a large file is."""
    if number >= _WORTH_TELLING:
        sys.stderr.write(f"{number} {_PARTS[part]}\n")


def _report_file(told: Mapping[str, Any], ending: str, language: Language) -> bytes:
    from werkzaam.ingest.findings_table import findings_csv, findings_workbook

    if ending == ".json":
        return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
    report = Report.from_json(told)
    return (findings_csv if ending == ".csv" else findings_workbook)(report, language)


def _print(report: Mapping[str, Any], language: Language) -> None:
    name = on_one_line(report["file"]["name"])
    sentence = summary_sentence(report, language)
    if sentence:
        sys.stdout.write(f"{name}: {sentence}\n")
    gone = disappearing(report, language)
    if gone:
        words = say("Values that disappear", language)
        sys.stdout.write(f"{name}: {words}: {on_one_line(gone)}.\n")
    from werkzaam.ingest.findings_table import severity_word

    for finding in report["findings"]:
        word = severity_word(finding["severity"], language)
        value = f" [{on_one_line(finding['value'])}]" if finding["value"] else ""
        message, fix = (on_one_line(finding[part][language]) for part in ("message", "fix"))
        sys.stdout.write(
            f"{_place(finding) or name}: {word}: {message}{value}\n"
            f"    {fix} [{finding['constraint']}]\n"
        )
    counts = ", ".join(
        f"{severity_word(kind, language)}: {number}" for kind, number in report["counts"].items()
    )
    left_out = report["facts"].get("findingsLeftOut", 0)
    sys.stderr.write(f"{name}: {counts}{f'; {left_out} not listed' if left_out else ''}.\n")


def _place(finding: Mapping[str, Any]) -> str:
    """Where a finding is, as a spreadsheet writes it, or as a place in JSON."""
    cell = f"{finding['column'] or ''}{finding['row'] or ''}"
    sheet = on_one_line(finding["sheet"] or "")
    place = f"{sheet}!{cell}" if sheet and cell else sheet or cell
    return on_one_line(finding.get("path") or "") or place
