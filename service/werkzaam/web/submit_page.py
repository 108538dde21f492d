"""``/submit``: project data in by hand, checked, explained, recorded and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from babel.dates import format_datetime
from starlette.requests import Request

from werkzaam.api.problems import STATUS, message_in
from werkzaam.api.service import Service
from werkzaam.domain.changes import Submission
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.errors import DataRefused, NotFound, RequestError
from werkzaam.web.addresses import thing_href
from werkzaam.web.contexts import SubmitPage
from werkzaam.web.headlines import ELEMENTS_WITHOUT_PROJECTS
from werkzaam.web.languages import INTERFACE_KEY, languages_of
from werkzaam.web.pieces import Named
from werkzaam.web.session import Session, session_of
from werkzaam.web.submit_pieces import Notice, SignedIn, SubmissionRow
from werkzaam.web.submit_report import report_view
from werkzaam.web.wording import say, say_number

MAPPING: Final = "projects"
_MOST_SUBMISSIONS: Final = 100
_MOST_NAMED: Final = 20


def submit_page(service: Service, request: Request) -> SubmitPage:
    """The page with its forms, and what was just done according to the address."""
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
        template_file=links.path("/submit/template.csv", **kept),
        mapping=MAPPING,
        question=links.question_page(ELEMENTS_WITHOUT_PROJECTS),
        map=links.path("/map"),
        signed_in=_signed_in(service, session, language) if session else None,
        notice=_notice(service, request, session, language) if session else None,
    )


def with_report(page: SubmitPage, report: Mapping[str, Any], language: Language) -> SubmitPage:
    """``page`` with the report on a file."""
    return replace(page, report=report_view(report, language), notice=None)


def with_error(
    page: SubmitPage, error: RequestError, language: Language, field: str = ""
) -> tuple[SubmitPage, int]:
    """``page`` with what is wrong, and its status; ``field`` is the id of what to mend."""
    status = STATUS[type(error)]
    page = replace(page, notice=None)
    if isinstance(error, DataRefused):
        return with_report(page, error.report, language), status
    return replace(page, errors=[(field, message_in(error, language))]), status


def _signed_in(service: Service, session: Session, language: Language) -> SignedIn:
    found = service.submissions.journal.submissions(session.agent.id)[:_MOST_SUBMISSIONS]
    rows = [_row(service, one, language) for one in found]
    return SignedIn(session.agent.id, session.csrf, rows)


def _row(service: Service, one: Submission, language: Language) -> SubmissionRow:
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
        count=_projects(len(one.records), language),
        records=_named(service, one.records[:_MOST_NAMED]) if standing else [],
        withdrawable=one.state != "withdrawn",
    )


def _projects(number: int, language: Language) -> str:
    return say_number("{number} project", "{number} projects", number, language)


def _named(service: Service, records: Sequence[str]) -> list[Named]:
    return [Named(last_segment(iri), thing_href(iri, service.links), iri=iri) for iri in records]


def _notice(
    service: Service, request: Request, session: Session, language: Language
) -> Notice | None:
    done = request.query_params.get("done")
    withdrawn = request.query_params.get("withdrawn")
    submission = _own(service, done or withdrawn or "", session)
    if submission is None:
        return None
    projects = _projects(len(submission.records), language)
    if done:
        text = say(
            "{file} is recorded as version {version} of the dataset: {projects}.",
            language,
            file=submission.file_name,
            version=submission.change,
            projects=projects,
        )
        return Notice("recorded", text)
    if submission.state != "withdrawn":
        return None
    text = say(
        "{file} is withdrawn ({projects}). What it had replaced counts again.",
        language,
        file=submission.file_name,
        projects=projects,
    )
    return Notice("withdrawn", text)


def _own(service: Service, submission_id: str, session: Session) -> Submission | None:
    try:
        submission = service.submissions.journal.submission(submission_id)
    except NotFound:
        return None
    mine = submission.agent == session.agent.id or session.agent.may("curator")
    return submission if mine else None
