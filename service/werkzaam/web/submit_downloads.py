"""The findings as files that stand in the page itself, so that nothing of an upload is kept."""

import base64
from collections.abc import Mapping
from threading import Event
from typing import Any, Final

from babel.numbers import format_decimal

from werkzaam.api.report_answers import report_file
from werkzaam.domain.queries import Language
from werkzaam.errors import RequestTooLarge
from werkzaam.ingest.formats import TABLES, XLSX
from werkzaam.ingest.report import Report
from werkzaam.web.submit_pieces import Download
from werkzaam.web.wording import say

_MOST_BYTES: Final = 1_400_000
"""Browsers take an address of two million characters, and four of them hold three bytes."""

_MOST_ROWS: Final = 2_000
_MOST_UPLOAD_BYTES: Final = 1_000_000
"""A larger file takes more than a few seconds to put remarks into: only for who asks for it."""


def downloads_of(
    told: Mapping[str, Any], upload: bytes, language: Language, stop: Event
) -> tuple[list[Download], str]:
    """The findings of the report ``told`` (JSON) as a workbook, and ``upload`` with remarks where it is
    a table; in words why one is missing. Nothing where there are no findings. Raises QueryStopped."""
    report = Report.from_json(told)
    if not report.findings:
        return [], ""
    words = {
        "xlsx": say("The findings as a spreadsheet", language),
        "marked": say("Your file with remarks", language),
    }
    forms = [form for form in words if form == "xlsx" or report.file.format in TABLES]
    small = report.facts.get("rows", 0) <= _MOST_ROWS and len(upload) <= _MOST_UPLOAD_BYTES
    made = []
    for form in forms if small else forms[:1]:
        try:
            name, data = report_file(form, report, upload, language, stop)
        except RequestTooLarge:
            continue
        if len(data) <= _MOST_BYTES:
            made.append(_download(f"download-{form}", words[form], name, data, language))
    lacking = say(
        "Your file with remarks is too large for this page. Choose the file below once more and press "
        'the button "Check, download the remarks".',
        language,
    )
    return made, lacking if len(made) < len(forms) else ""


def _download(ident: str, words: str, name: str, data: bytes, language: Language) -> Download:
    href = f"data:{XLSX};base64,{base64.b64encode(data).decode()}"
    kilobytes = format_decimal(max(1, round(len(data) / 1000)), locale=language)
    return Download(ident, words, href, name, f"XLSX, {kilobytes} kB")
