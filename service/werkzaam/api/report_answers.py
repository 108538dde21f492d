"""A report on a file in the form that its reader wants: JSON, a table of findings, or the file itself
with remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from threading import Event
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.asked_forms import asked_form
from werkzaam.api.query_keys import asked_language, yes_or_no
from werkzaam.domain.queries import Language
from werkzaam.ingest.formats import XLSX, resent_as
from werkzaam.ingest.marking_process import run_marking
from werkzaam.ingest.report import Report
from werkzaam.messages import say

REPORT_FORMS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": XLSX,
    "marked": XLSX,
    "refused": XLSX,
    "ttl": "text/turtle",
}
"""The media type of a report by the value of ``format``; ``marked`` is the file with remarks, and
``refused`` what was refused of it while the rest was taken in, a workbook of a table and else a file
of the same kind; ``ttl`` is the report of SHACL, on a check alone."""

KEPT_FORMS: Final = {name: kind for name, kind in REPORT_FORMS.items() if name != "ttl"}
"""Those of a report that is kept."""

FILE_FORMS: Final = ("marked", "refused")
"""The forms that are made out of the file itself."""

REPORT_KEYS: Final = ("lang", "format", "bom")
_FRESH: Final = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}


@dataclass(frozen=True)
class AskedReport:
    """In which form and language a report is wanted; ``bom``: CSV with a byte order mark."""

    form: str
    language: Language
    bom: bool


def asked_report(
    request: Request, given: Mapping[str, str], forms: Mapping[str, str] = REPORT_FORMS
) -> AskedReport:
    """What the address, whose keys are ``given``, and the headers say: one of ``forms``. Raises
    InvalidParameter, NotAcceptable."""
    return AskedReport(
        asked_form(request, given, forms),
        asked_language(request, dict(given)),
        yes_or_no("bom", given.get("bom", "false")),
    )


def report_answer(asked: AskedReport, report: Report, upload: bytes, stop: Event) -> Response:
    """``report`` on ``upload`` as ``asked``, to be kept nowhere.

    Raises RequestTooLarge where the remarks cannot be put into the file, NotFound where what was refused
    is asked and nothing was, QueryStopped soon after ``stop`` is set.
    """
    if asked.form == "json":
        return JSONResponse(report.as_json(), headers=_FRESH)
    name, data = report_file(asked.form, report, upload, asked.language, stop, bom=asked.bom)
    headers = {
        **_FRESH,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Language": asked.language,
    }
    kind = media_type(asked.form, report)
    if asked.form == "csv":
        kind = f"{kind}; charset=utf-8; header=present"
    return Response(data, media_type=kind, headers=headers)


def media_type(form: str, report: Report) -> str:
    """The media type of ``report`` in ``form``."""
    return resent_as(report.file.format)[1] if form == "refused" else REPORT_FORMS[form]


def report_file(
    form: str,
    report: Report,
    upload: bytes,
    language: Language,
    stop: Event | None = None,
    *,
    bom: bool = False,
) -> tuple[str, bytes]:
    """The name and the bytes of a report in any form but JSON. Raises as ``report_answer``."""
    stem = PurePath(report.file.name).stem
    if form in FILE_FORMS:
        refused = form == "refused"
        made = run_marking(upload, report, language, stop=stop, refused=refused)
        word = say("refused-rows", language) if refused else say("with-remarks", language)
        ending = resent_as(report.file.format)[0] if refused else ".xlsx"
        return f"{stem}-{word}{ending}", made
    from werkzaam.ingest.findings_table import findings_csv, findings_workbook  # slow to load

    name = f"{stem}-{say('Findings', language).lower()}.{form}"
    if form == "csv":
        return name, findings_csv(report, language, bom=bom)
    return name, findings_workbook(report, language)
