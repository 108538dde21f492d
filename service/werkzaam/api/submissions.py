"""``/v1/submissions``: project data in, checked, explained, and taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.authentication import agent_of
from werkzaam.api.gate_places import Turn
from werkzaam.api.multipart import only_fields, read_form
from werkzaam.api.query_keys import asked_language, given_only, yes_or_no
from werkzaam.api.report_answers import (
    FILE_FORMS,
    KEPT_FORMS,
    REPORT_FORMS,
    REPORT_KEYS,
    AskedReport,
    asked_report,
    report_answer,
)
from werkzaam.api.service import Service, service_of
from werkzaam.api.task_memory import Task, as_outcome
from werkzaam.api.tasks import prefers_task, task_answer
from werkzaam.curation.submissions import Way
from werkzaam.domain.changes import Agent, Committed, Submission
from werkzaam.errors import Forbidden, InvalidParameter, UnsupportedMediaType
from werkzaam.ingest.gate_outcome import GateOutcome, Told
from werkzaam.ingest.mapping import read_mapping
from werkzaam.ingest.report import Report

router = APIRouter(include_in_schema=False)

_FIELDS = ("file", "mapping", "mode", "accept")
_MODES = ("preview", "commit")
_ACCEPTED = ("all", "validRows")
_FRESH = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Sent:
    """A file as it was sent, and by whom: None without a token."""

    data: bytes
    file_name: str
    mapping: str
    agent: Agent | None
    valid_rows: bool = False

    def way(self, tell: Told | None = None) -> Way:
        """How it goes through the gate."""
        return Way(valid_rows=self.valid_rows, tell=tell)


@router.post("/v1/submissions")
async def submit(request: Request) -> Response:
    """Check a file, and with ``mode=commit`` record it.

    Preview: 200 with the report, whether it conforms or not, in the form that is asked. Commit: 201
    with where it stands, 200 where it stood already. With ``accept=validRows`` the records without a
    violation are recorded though others have one, and the facts say which rows were refused. With ``Prefer: respond-async`` 202 with the task
    that does it.
    """
    given = given_only(request, *REPORT_KEYS)
    language = asked_language(request, given)
    yes_or_no("bom", given.get("bom", "false"))
    service = service_of(request)
    form = await _form(request)
    try:
        file, mapping, mode, valid_rows = _fields(form)
        asked = _asked(request, given, mode)
        agent = await run_in_threadpool(_caller, request, mode)
        await run_in_threadpool(read_mapping, service.submissions.content, mapping)
        turn = service.places.line_up(
            "commit" if mode == "commit" else "preview" if agent else "anonymous preview"
        )
        data = await turn.during(file.read())
    finally:
        await form.close()
    sent = Sent(data, file.filename or "upload.csv", mapping, agent, valid_rows)
    if not prefers_task(request):
        answer = partial(_preview, asked) if asked else _commit
        return await turn.while_connected(request, partial(answer, service, sent))
    outcome = _previewed if mode == "preview" else _committed
    task = _start(service, turn, partial(outcome, service, sent), known=agent is not None)
    where = service.links.url(f"/v1/tasks/{task.id}")
    headers = {"Location": where, "Preference-Applied": "respond-async"}
    return task_answer(task, language, 202, headers)


@router.get("/v1/submissions")
def list_submissions(request: Request) -> Response:
    """The submissions of the caller; a curator sees everybody's."""
    _refuse_strange_keys(request)
    agent = agent_of(request, "submitter")
    journal = service_of(request).submissions.journal
    found = journal.submissions(None if agent.may("curator") else agent.id)
    return JSONResponse(
        {"submissions": [_json(service_of(request), one) for one in found]}, headers=_FRESH
    )


@router.get("/v1/submissions/{submission_id}")
def show_submission(request: Request, submission_id: str) -> Response:
    """One submission with its report."""
    _refuse_strange_keys(request)
    submission = _own(request, submission_id)
    journal = service_of(request).submissions.journal
    body = {**_json(service_of(request), submission), "report": journal.report(submission_id)}
    return JSONResponse(body, headers=_FRESH)


@router.get("/v1/submissions/{submission_id}/report")
async def show_report(request: Request, submission_id: str) -> Response:
    """The report on a submission in the form that is asked, also as the file with remarks."""
    given = given_only(request, *REPORT_KEYS)
    asked = asked_report(request, given, KEPT_FORMS)
    service = service_of(request)
    submission = await run_in_threadpool(_own, request, submission_id)
    journal = service.submissions.journal

    def answer(stop: Event) -> Response:
        report = Report.from_json(journal.report(submission.id))
        return report_answer(asked, report, journal.upload(submission.sha256).data, stop)

    if asked.form in FILE_FORMS:
        return await service.places.line_up("preview").while_connected(request, answer)
    return await run_in_threadpool(answer, Event())


@router.get("/v1/submissions/{submission_id}/original")
def download_original(request: Request, submission_id: str) -> Response:
    """The file as it came in."""
    _refuse_strange_keys(request)
    submission = _own(request, submission_id)
    upload = service_of(request).submissions.journal.upload(submission.sha256)
    name = quote(submission.file_name, safe="")
    headers = {**_FRESH, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(upload.data, media_type="application/octet-stream", headers=headers)


@router.delete("/v1/submissions/{submission_id}")
def withdraw_submission(request: Request, submission_id: str) -> Response:
    """Take a submission back."""
    _refuse_strange_keys(request)
    agent = agent_of(request, "submitter")
    service = service_of(request)
    change = service.submissions.withdraw(submission_id, agent)
    body = _json(service, service.submissions.journal.submission(submission_id))
    return JSONResponse({**body, "version": change.number}, headers=_FRESH)


def _start(
    service: Service, turn: Turn, outcome: Callable[[Event, Told], bytes], *, known: bool
) -> Task:
    def begin(task: Task, stop: Event) -> bytes:
        task.begin(stop)
        return outcome(stop, task.tell)

    return service.tasks.start(lambda task: turn.however_long(partial(begin, task)), known=known)


def _asked(request: Request, given: dict[str, str], mode: str) -> AskedReport | None:
    """In which form the report is wanted; None where no report is the answer."""
    at_once = not prefers_task(request)
    if mode == "preview" and at_once:
        return asked_report(request, given)
    if given.get("format", "json") != "json":
        raise InvalidParameter(
            "format",
            ("json",),
            "{name} goes with mode=preview, and not with Prefer: respond-async. Ask for the report of "
            "a recorded file at its own address.",
        )
    return None


def _preview(asked: AskedReport, service: Service, sent: Sent, stop: Event) -> Response:
    outcome = _checked(service, sent, stop, standard=asked.form == "ttl")
    if asked.form == "ttl":
        return Response(outcome.standard, media_type=REPORT_FORMS["ttl"], headers=_FRESH)
    return report_answer(asked, outcome.report, sent.data, stop)


def _previewed(service: Service, sent: Sent, stop: Event, tell: Told) -> bytes:
    return as_outcome({"report": _checked(service, sent, stop, tell).report.as_json()})


def _checked(
    service: Service, sent: Sent, stop: Event, tell: Told | None = None, *, standard: bool = False
) -> GateOutcome:
    given = (sent.data, sent.file_name, sent.mapping, sent.agent)
    way = replace(sent.way(tell), keep=False, standard=standard)
    return service.submissions.preview(*given, stop, way)


def _commit(service: Service, sent: Sent, stop: Event) -> Response:
    committed = _recorded(service, sent, stop)
    submission = committed.submission
    body = {
        **_json(service, submission),
        "version": committed.change.number,
        "new": committed.new,
        "report": service.submissions.journal.report(submission.id),
    }
    headers = {**_FRESH, "Location": body["url"]}
    if committed.new:
        return JSONResponse(body, 201, headers=headers)
    return JSONResponse(body, 200, headers={**headers, "Content-Location": body["url"]})


def _committed(service: Service, sent: Sent, stop: Event, tell: Told) -> bytes:
    committed = _recorded(service, sent, stop, tell)
    url = _json(service, committed.submission)["url"]
    return as_outcome({"result": url, "version": committed.change.number, "new": committed.new})


def _recorded(service: Service, sent: Sent, stop: Event, tell: Told | None = None) -> Committed:
    assert sent.agent is not None  # noqa: S101
    given = (sent.data, sent.file_name, sent.mapping, sent.agent)
    return service.submissions.commit(*given, stop, sent.way(tell))


def _caller(request: Request, mode: str) -> Agent | None:
    """Who has a token; for a preview there need not be one."""
    scheme = request.headers.get("authorization", "").partition(" ")[0]
    if mode == "preview" and scheme.lower() != "bearer":
        return None
    return agent_of(request, "submitter")


async def _form(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data: file, mapping, mode.")
    return await read_form(request, _FIELDS)


def _fields(form: FormData) -> tuple[UploadFile, str, str, bool]:
    only_fields(form, _FIELDS)
    file, mapping, mode = form.get("file"), form.get("mapping"), form.get("mode")
    if not isinstance(file, UploadFile):
        raise InvalidParameter("file", (), "Send one file in the field {name}.")
    if not isinstance(mapping, str) or not mapping:
        raise InvalidParameter("mapping", ("projects",), "Say in the field {name} how to read it.")
    if mode not in _MODES:
        raise InvalidParameter(
            "mode", _MODES, "The field {name} is one of: {modes}.", modes=", ".join(_MODES)
        )
    accept = form.get("accept", _ACCEPTED[0])
    if accept not in _ACCEPTED:
        raise InvalidParameter(
            "accept", _ACCEPTED, "The field {name} is one of: {words}.", words=", ".join(_ACCEPTED)
        )
    return file, mapping, str(mode), accept == "validRows"


def _refuse_strange_keys(request: Request) -> None:
    asked_language(request, given_only(request, "lang"))


def _own(request: Request, submission_id: str) -> Submission:
    agent = agent_of(request, "submitter")
    submission = service_of(request).submissions.journal.submission(submission_id)
    if submission.agent != agent.id and not agent.may("curator"):
        raise Forbidden("This submission is another's; a curator may see it.")
    return submission


def _json(service: Service, submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.id,
        "url": service.links.url(f"/v1/submissions/{submission.id}"),
        "state": submission.state,
        "time": submission.time,
        "agent": submission.agent,
        "fileName": submission.file_name,
        "sha256": submission.sha256,
        "mapping": {"name": submission.mapping, "version": submission.mapping_version},
        "records": list(submission.records),
    }
