"""``werkzaam data``: begin the data of a new document, see how far one is, draw a sample to audit."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from werkzaam.content import read_content
from werkzaam.curation.audit_sample import sample_confined
from werkzaam.curation.coverage_process import cover_confined
from werkzaam.curation.coverage_text import as_text
from werkzaam.errors import RequestError


class _Intermixed(argparse.ArgumentParser):
    """A parser that also takes DIR after the options; argparse itself would not know it there."""

    _within = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        if self._within:
            return super().parse_known_args(args, namespace)
        self._within = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._within = False


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add ``data`` with its verbs; each sets ``in_content`` to what it does. Gives the parser."""
    data = commands.add_parser(
        "data", help="begin a document, see how far it is, draw a sample to audit"
    )
    verbs = data.add_subparsers(required=True, metavar="VERB", parser_class=_Intermixed)
    one = verbs.add_parser("new", help="make the folder and the entry of a new document")
    one.add_argument("document", metavar="DOCUMENT", help="its name in IRIs, such as ontmoetingen")
    one.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    one.add_argument("--title", metavar="NL", help="the Dutch title")
    one.add_argument("--title-en", metavar="EN", help="the English title")
    one.set_defaults(in_content=_new)
    one = verbs.add_parser("coverage", help="what has been taken from a document, place by place")
    one.add_argument("document", metavar="DOCUMENT")
    one.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    one.add_argument("--format", choices=("text", "json"), default="text")
    one.set_defaults(in_content=_coverage)
    one = verbs.add_parser("sample", help="a random sample of statements to audit, as CSV")
    one.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    one.add_argument("--seed", type=int, required=True, help="the same seed, the same sample")
    one.add_argument("--size", type=_positive, required=True, help="how many statements")
    one.add_argument(
        "--leave-out", type=Path, metavar="FILE", help="a record that names statements drawn before"
    )
    one.set_defaults(in_content=_sample)
    return data


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number above 0")
    return int(text)


def _new(options: argparse.Namespace, folder: Path) -> int:
    from werkzaam.curation.document_scaffold import Titles, add_document

    titles = Titles.given(options.title, options.title_en)
    for path in add_document(folder, options.document, titles):
        sys.stdout.write(f"{path}\n")
    if titles is None:
        sys.stderr.write("Both titles are provisional: correct them in documents.ttl.\n")
    sys.stderr.write("Begin with passages.ttl; graph_data/README.md says how to model.\n")
    return 0


def _coverage(options: argparse.Namespace, folder: Path) -> int:
    report = cover_confined(read_content(folder), options.document)
    if options.format == "json":
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_text(report))
    lacking = "none" if report["complete"] else "at least one"
    sys.stderr.write(
        f"{report['statements']} statements; {lacking} lacks a passage, gist or translation.\n"
    )
    return 0 if report["complete"] else 1


def _sample(options: argparse.Namespace, folder: Path) -> int:
    sheet = sample_confined(
        read_content(folder), options.seed, options.size, _text_of(options.leave_out)
    )
    sys.stdout.write(sheet.decode())
    sys.stderr.write("Set every statement beside its passage; graph_data/AUDIT.md says how.\n")
    return 0


def _text_of(record: Path | None) -> str:
    if record is None:
        return ""
    try:
        return record.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RequestError(
            "The record {path} cannot be read: {reason}. Give a text file in UTF-8.",
            path=str(record),
            reason=getattr(fault, "strerror", None) or "it is not UTF-8",
        ) from None
