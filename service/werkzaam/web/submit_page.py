"""``/submit``: project data in by hand, checked, explained, recorded and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from babel.dates import format_datetime
from starlette.requests import Request

from werkzaam.api.problems import STATUS, message_in
from werkzaam.api.service import Service
from werkzaam.domain.changes import Agent, Submission
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.errors import DataRefused, Forbidden, NotFound, RequestError
from werkzaam.ingest.formats import TABLES, resent_as
from werkzaam.ingest.mapping import mapping_names, read_mapping
from werkzaam.ingest.summary import counted
from werkzaam.ingest.titles import titles
from werkzaam.web.addresses import thing_href
from werkzaam.web.contexts import SubmitPage
from werkzaam.web.headlines import ELEMENTS_WITHOUT_PROJECTS
from werkzaam.web.languages import INTERFACE_KEY, languages_of
from werkzaam.web.pieces import Named
from werkzaam.web.session import Session, session_of
from werkzaam.web.submit_pieces import (
    CoverageView,
    Download,
    Notice,
    SignedIn,
    SubmissionRow,
    TableToFillIn,
)
from werkzaam.web.submit_report import report_view
from werkzaam.web.wording import say, say_number

MAPPING: Final = "projects"
_MOST_SUBMISSIONS: Final = 100
_MOST_NAMED: Final = 20


def submit_page(service: Service, request: Request, mapping: str = MAPPING) -> SubmitPage:
    """The page with its forms, in which ``mapping`` is chosen, and what was just done according to the
    address."""
    language = languages_of(request).interface
    session = session_of(request)
    links = service.links
    kept: dict[str, str] = (
        {INTERFACE_KEY: language} if INTERFACE_KEY in request.query_params else {}
    )
    return SubmitPage(
        action=links.path("/submit", **kept),
        session_action=links.path("/submit/session", **kept),
        withdraw_action=links.path("/submit/withdraw", **kept),
        tables=_tables(service, language, mapping, kept),
        question=links.question_page(ELEMENTS_WITHOUT_PROJECTS),
        map=links.path("/map"),
        signed_in=_signed_in(service, session, language) if session else None,
        notice=_notice(service, request, session, language) if session else None,
    )


def _tables(
    service: Service, language: Language, chosen: str, kept: Mapping[str, str]
) -> list[TableToFillIn]:
    """Every kind of table, that of projects first."""
    content, path = service.submissions.content, service.links.path
    names = sorted(mapping_names(content), key=lambda name: (name != MAPPING, name))
    return [
        TableToFillIn(
            mapping=name,
            title=read_mapping(content, name).title.in_(language),
            workbook=path("/submit/template.xlsx", mapping=name, **kept),
            csv=path("/submit/template.csv", mapping=name, **kept),
            chosen=name == chosen,
        )
        for name in names
    ]


def own_submission(service: Service, submission_id: str, agent: Agent) -> Submission:
    """A submission that ``agent`` may see. Raises NotFound, or Forbidden for that of another."""
    submission = service.submissions.journal.submission(submission_id)
    if submission.agent != agent.id and not agent.may("curator"):
        raise Forbidden("This submission is another's; a curator may see it.")
    return submission


def with_report(
    service: Service,
    page: SubmitPage,
    report: Mapping[str, Any],
    language: Language,
    coverage: CoverageView | None = None,
) -> SubmitPage:
    """``page`` with the report on a file, and what recording it would change in the answer."""
    names = titles(service.submissions.content)
    return replace(page, report=report_view(report, names, language, coverage), notice=None)


def with_downloads(page: SubmitPage, downloads: Sequence[Download], reason: str) -> SubmitPage:
    """``page`` with the findings as files beside its report, or the ``reason`` why one is missing."""
    if page.report is None:
        return page
    return replace(page, report=replace(page.report, downloads=downloads, no_download=reason))


def with_error(
    service: Service, page: SubmitPage, error: RequestError, language: Language, field: str = ""
) -> tuple[SubmitPage, int]:
    """``page`` with what is wrong, and its status; ``field`` is the id of what to mend."""
    status = STATUS[type(error)]
    page = replace(page, notice=None)
    if isinstance(error, DataRefused):
        return with_report(service, page, error.report, language), status
    return replace(page, errors=[(field, message_in(error, language))]), status


def _signed_in(service: Service, session: Session, language: Language) -> SignedIn:
    everyone = session.agent.may("curator")
    found = service.submissions.journal.submissions(None if everyone else session.agent.id)
    rows = [_row(service, one, language, everyone) for one in found[:_MOST_SUBMISSIONS]]
    left_out = len(found) - len(rows)
    more = say_number(
        "{number} older submission is not shown.",
        "{number} older submissions are not shown.",
        left_out,
        language,
    )
    return SignedIn(session.agent.id, session.csrf, rows, everyone, more if left_out else "")


def _row(service: Service, one: Submission, language: Language, everyone: bool) -> SubmissionRow:
    states = {
        "in_force": say("in force", language),
        "replaced": say("replaced by a later one", language),
        "withdrawn": say("withdrawn", language),
    }
    standing = one.state == "in_force"
    return SubmissionRow(
        id=one.id,
        time=one.time,
        day=format_datetime(datetime.fromisoformat(one.time), "d MMM y HH:mm", locale=language),
        file_name=one.file_name,
        state=states[one.state],
        count=counted(one.mapping, len(one.records), language),
        records=_named(service, one.records[:_MOST_NAMED]) if standing else [],
        withdrawable=one.state != "withdrawn",
        agent=one.agent if everyone else "",
        original=service.links.path(f"/submit/{one.id}/original"),
        report=service.links.path(f"/submit/{one.id}/report.json"),
        remarks=service.links.path(f"/submit/{one.id}/remarks.xlsx"),
    )


def _named(service: Service, records: Sequence[str]) -> list[Named]:
    return [Named(last_segment(iri), thing_href(iri, service.links), iri=iri) for iri in records]


def _notice(
    service: Service, request: Request, session: Session, language: Language
) -> Notice | None:
    given = request.query_params
    happened = next((name for name in ("done", "stood", "withdrawn") if given.get(name)), "")
    try:
        submission = own_submission(service, given.get(happened, ""), session.agent)
    except (NotFound, Forbidden):
        return None
    projects = counted(submission.mapping, len(submission.records), language)
    facts = {"file": submission.file_name, "version": submission.change, "projects": projects}
    if happened == "done":
        said = "{file} is recorded as version {version} of the dataset: {projects}."
        refused = _refused(service, submission, language)
        return Notice("recorded", say(said, language, **facts), *refused)
    if happened == "stood":
        said = "{file} stood already, as version {version} of the dataset: {projects}. Nothing changed."
        return Notice("recorded", say(said, language, **facts))
    if submission.state != "withdrawn":
        return None
    text = say(
        "{file} is withdrawn ({projects}). What it had replaced counts again.",
        language,
        file=submission.file_name,
        projects=projects,
    )
    return Notice("withdrawn", text)


def _refused(service: Service, submission: Submission, language: Language) -> tuple[str, ...]:
    """How many records of a file were not recorded with the others; where they are, in words and as
    an address; and what kind of file that is."""
    report = service.submissions.journal.report(submission.id)
    facts, kind = report["facts"], report["file"]["format"]
    if not facts.get("refusedRows") and not facts.get("refusedPaths"):
        return ()
    words = _refused_number(facts["refusedRecords"], language)
    save = (
        say("Download these rows with remarks, mend them and send them in again", language)
        if kind in TABLES
        else say("Download these records, mend them and send them in again", language)
    )
    part = service.links.path(f"/submit/{submission.id}/refused")
    return words, save, part, resent_as(kind)[0].removeprefix(".").upper()


def _refused_number(number: int, language: Language) -> str:
    """How many records were refused; with none only rows that belong to none."""
    if not number:
        return say(
            "Rows that belong to none of these were refused, and are not recorded.", language
        )
    return say_number(
        "{number} was refused because of a fault, and is not recorded.",
        "{number} were refused because of faults, and are not recorded.",
        number,
        language,
    )
