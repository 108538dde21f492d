"""``werkzaam ingest``: a file through the gate on this machine, as local admin."""

import argparse
import contextlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from werkzaam.curation.submissions import Submissions
from werkzaam.domain.changes import LOCAL_ADMIN
from werkzaam.domain.characters import UNSAFE, on_one_line
from werkzaam.domain.content import Content
from werkzaam.errors import BadRequest, DataRefused
from werkzaam.store.journal import Journal

_MOST_BYTES = 12 << 20


def add_ingest(one: argparse.ArgumentParser) -> None:
    """Add the words of ``ingest`` to its parser."""
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--mapping", required=True, help="how to read it, such as projects")
    one.add_argument("--preview", action="store_true", help="only check, write nothing")
    one.add_argument("--demo", action="store_true", help="in the demo instance")
    one.add_argument("--format", choices=("text", "json"), default="text")


def ingest(options: argparse.Namespace, folder: Path, content: Content) -> int:
    """Check a file, and record it unless only a preview is asked. Gives the exit code."""
    data = _bytes_of(options.file)
    with contextlib.closing(Journal.open(folder)) as journal:
        gate = Submissions(journal, content, demo=options.demo)
        try:
            if options.preview:
                sent = (data, options.file.name, options.mapping)
                report = gate.preview(*sent, LOCAL_ADMIN).report.as_json()
                _write(report, options.format)
                return 0 if report["conforms"] else 1
            done = gate.commit(data, options.file.name, options.mapping, LOCAL_ADMIN)
        except DataRefused as refusal:
            _write(refusal.report, options.format)
            sys.stderr.write(f"werkzaam: {refusal}\n")
            return 1
        _write(journal.report(done.submission.id), options.format)
    words = "recorded" if done.new else "stood already"
    sys.stderr.write(
        f"Submission {done.submission.id} {words} as version {done.change.number}: "
        f"{len(done.submission.records)} records.\n"
    )
    return 0


def _bytes_of(path: Path) -> bytes:
    shown = on_one_line(str(path))
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadRequest("{file} has more than {most} bytes.", file=shown, most=_MOST_BYTES)
        return path.read_bytes()
    except OSError as fault:
        raise BadRequest(
            "{file} cannot be read: {reason}.", file=shown, reason=fault.strerror
        ) from None


def _write(report: Mapping[str, Any], form: str) -> None:
    if form == "json":
        text = json.dumps(report, ensure_ascii=False)
        sys.stdout.write(UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")
        return
    name = on_one_line(report["file"]["name"])
    for finding in report["findings"]:
        place = f"{finding['column'] or ''}{finding['row'] or ''}" or name
        value = f" [{on_one_line(finding['value'])}]" if finding["value"] else ""
        sys.stdout.write(
            f"{place}: {finding['severity']}: {on_one_line(finding['message']['nl'])}{value}\n"
            f"    {on_one_line(finding['fix']['nl'])} [{finding['constraint']}]\n"
        )
    counts = ", ".join(f"{number} {kind}" for kind, number in report["counts"].items())
    left_out = report["facts"].get("findingsLeftOut", 0)
    sys.stderr.write(f"{name}: {counts}{f'; {left_out} not listed' if left_out else ''}.\n")
