"""The addresses under ``/submit``. What writes answers with 303, so that reloading repeats nothing."""

import json
from functools import partial
from pathlib import PurePath
from threading import Event
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api.mappings import workbook_to_fill_in
from werkzaam.api.report_answers import media_type, report_file
from werkzaam.api.service import service_of
from werkzaam.curation.submissions import Way
from werkzaam.domain.changes import Agent, Submission
from werkzaam.errors import BadRequest, Conflict, DataRefused, RequestError, Unauthorized
from werkzaam.ingest.formats import XLSX
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import read_mapping, template
from werkzaam.ingest.report import Report
from werkzaam.web.contexts import SubmitPage
from werkzaam.web.drawing import Drawing
from werkzaam.web.languages import INTERFACE_KEY, languages_of
from werkzaam.web.session import (
    CSRF_FIELD,
    require_session,
    session_of,
    sign_in,
    sign_out,
    signed_in,
)
from werkzaam.web.submit_coverage import coverage_of
from werkzaam.web.submit_downloads import downloads_of
from werkzaam.web.submit_forms import UploadForm, read_fields, upload_form
from werkzaam.web.submit_page import (
    MAPPING,
    own_submission,
    submit_page,
    with_downloads,
    with_error,
    with_report,
)

router = APIRouter(include_in_schema=False)


@router.get("/submit")
def show(request: Request) -> Response:
    """What to do, the forms, and the reader's own submissions."""
    return _drawn(request, submit_page(service_of(request), request))


@router.get("/submit/template.csv")
def template_table(request: Request) -> Response:
    """An empty table with the titles of the columns in the language of the reader."""
    mapping = read_mapping(service_of(request).submissions.content, _mapping(request))
    data = template(mapping, languages_of(request).interface)
    return _download(data, f"werkzaam-{mapping.name}.csv", "text/csv; charset=utf-8")


@router.get("/submit/template.xlsx")
def template_book(request: Request) -> Response:
    """A workbook to fill in, in the language of the reader."""
    name = _mapping(request)
    data = workbook_to_fill_in(service_of(request), name, languages_of(request).interface)
    return _download(data, f"werkzaam-{name}.xlsx", XLSX)


@router.post("/submit")
async def upload(request: Request) -> Response:
    """Check a file, with ``mode=commit`` record it, with ``mode=marked`` give it back with remarks."""
    async with upload_form(request) as form:
        agent = await run_in_threadpool(_sender, request, form)
        turn = service_of(request).places.line_up(
            "commit" if form.commit else "preview" if agent else "anonymous preview"
        )
        data = await turn.during(form.read())
    work = _commit if form.commit else _marked if form.marked else _preview
    return await turn.while_connected(request, partial(work, request, form, data, agent))


@router.post("/submit/session")
async def session(request: Request) -> Response:
    """Sign in with a token; with ``end`` sign out."""
    token, end, csrf = await read_fields(request, "token", "end", CSRF_FIELD)
    if end:
        return await run_in_threadpool(_sign_out, request, csrf)
    return await run_in_threadpool(_sign_in, request, token.strip())


@router.post("/submit/withdraw")
async def withdraw(request: Request) -> Response:
    """Take a submission back."""
    submission, csrf = await read_fields(request, "submission", CSRF_FIELD)
    return await run_in_threadpool(_withdraw, request, submission, csrf)


@router.get("/submit/{submission_id}/original")
def original(request: Request, submission_id: str) -> Response:
    """The file as it came in, for who may see the submission."""
    submission = _own(request, submission_id)
    upload = service_of(request).submissions.journal.upload(submission.sha256)
    return _download(upload.data, submission.file_name)


@router.get("/submit/{submission_id}/report.json")
def report(request: Request, submission_id: str) -> Response:
    """The report on the file, for who may see the submission."""
    submission = _own(request, submission_id)
    found = service_of(request).submissions.journal.report(submission.id)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _download(text.encode(), f"{PurePath(submission.file_name).stem}-report.json")


@router.get("/submit/{submission_id}/remarks.xlsx")
async def remarks(request: Request, submission_id: str) -> Response:
    """The file with remarks, for who may see the submission."""
    return await _given_back(request, submission_id, "marked")


@router.get("/submit/{submission_id}/refused")
async def refused(request: Request, submission_id: str) -> Response:
    """What was refused of the file, for who may see the submission."""
    return await _given_back(request, submission_id, "refused")


async def _given_back(request: Request, submission_id: str, form: str) -> Response:
    submission = await run_in_threadpool(_own, request, submission_id)
    service, language = service_of(request), languages_of(request).interface
    journal = service.submissions.journal

    def answer(stop: Event) -> Response:
        found = Report.from_json(journal.report(submission.id))
        data = journal.upload(submission.sha256).data
        name, made = report_file(form, found, data, language, stop)
        return _download(made, name, media_type(form, found))

    return await service.places.line_up("preview").while_connected(request, answer)


def _mapping(request: Request) -> str:
    return request.query_params.get("mapping") or MAPPING


def _own(request: Request, submission_id: str) -> Submission:
    return own_submission(service_of(request), submission_id, signed_in(request).agent)


def _download(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=kind, headers=headers)


def _sender(request: Request, form: UploadForm) -> Agent | None:
    """Who is signed in; who records must be."""
    if form.commit:
        return require_session(request, form.csrf).agent
    session = session_of(request)
    return session.agent if session else None


def _preview(
    request: Request, form: UploadForm, data: bytes, agent: Agent | None, stop: Event
) -> Response:
    service = service_of(request)
    try:
        outcome = _checked(request, form, data, agent, stop)
    except RequestError as error:
        return _not_done(request, form, data, error, stop)
    coverage = coverage_of(service, outcome, languages_of(request))
    language, told = languages_of(request).interface, outcome.report.as_json()
    page = with_report(
        service, submit_page(service, request, form.mapping), told, language, coverage
    )
    return _drawn(request, with_downloads(page, *downloads_of(told, data, language, stop)))


def _marked(
    request: Request, form: UploadForm, data: bytes, agent: Agent | None, stop: Event
) -> Response:
    try:
        found = _checked(request, form, data, agent, stop).report
        language = languages_of(request).interface
        name, marked = report_file("marked", found, data, language, stop)
    except RequestError as error:
        return _not_done(request, form, data, error, stop)
    return _download(marked, name, XLSX)


def _checked(
    request: Request, form: UploadForm, data: bytes, agent: Agent | None, stop: Event
) -> GateOutcome:
    _require_file(form)
    submissions = service_of(request).submissions
    return submissions.preview(data, form.file_name, form.mapping, agent, stop)


def _commit(
    request: Request, form: UploadForm, data: bytes, agent: Agent | None, stop: Event
) -> Response:
    assert agent is not None  # noqa: S101
    service = service_of(request)
    try:
        _require_file(form)
        sent, way = (data, form.file_name, form.mapping, agent), Way(valid_rows=form.valid_rows)
        done = service.submissions.commit(*sent, stop, way)
    except RequestError as error:
        return _not_done(request, form, data, error, stop)
    return _back(request, **{"done" if done.new else "stood": done.submission.id})


def _not_done(
    request: Request, form: UploadForm, data: bytes, error: RequestError, stop: Event
) -> Response:
    """The page with what is wrong; the findings as files too, where the gate had any."""
    service, language = service_of(request), languages_of(request).interface
    page = submit_page(service, request, form.mapping)
    page, status = with_error(service, page, error, language, "field-file")
    if isinstance(error, DataRefused):
        page = with_downloads(page, *downloads_of(error.report, data, language, stop))
    return _drawn(request, page, status)


def _sign_in(request: Request, token: str) -> Response:
    service, language = service_of(request), languages_of(request).interface
    if service.tokens.check(token) is None:
        error = Unauthorized("The token is not valid: unknown, expired or revoked.")
        page = submit_page(service, request)
        return _drawn(request, *with_error(service, page, error, language, "field-token"))
    response = _back(request)
    sign_in(response, token, service.links)
    return response


def _sign_out(request: Request, csrf: str) -> Response:
    require_session(request, csrf)
    response = _back(request)
    sign_out(response, service_of(request).links)
    return response


def _withdraw(request: Request, submission: str, csrf: str) -> Response:
    agent = require_session(request, csrf).agent
    service = service_of(request)
    try:
        service.submissions.withdraw(submission, agent)
    except Conflict as error:
        page, language = submit_page(service, request), languages_of(request).interface
        return _drawn(request, *with_error(service, page, error, language))
    return _back(request, withdrawn=submission)


def _require_file(form: UploadForm) -> None:
    if not form.file_name:
        raise BadRequest("Choose a file first.")


def _back(request: Request, **query: str) -> Response:
    if INTERFACE_KEY in request.query_params:
        query[INTERFACE_KEY] = languages_of(request).interface
    target = service_of(request).links.path("/submit", **query)
    return RedirectResponse(target, 303, headers={"Cache-Control": "no-store"})


def _drawn(request: Request, page: SubmitPage, status: int = 200) -> Response:
    """The page, kept nowhere: it is one reader's."""
    drawing: Drawing = request.app.state.drawing
    response = drawing.page(request, page, status)
    response.headers["Cache-Control"] = "no-store"
    if "etag" in response.headers:
        del response.headers["etag"]
    return response
