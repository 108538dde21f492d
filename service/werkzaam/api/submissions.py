"""``/v1/submissions``: project data in, checked, explained, and taken back."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.authentication import agent_of
from werkzaam.api.query_keys import asked_language, given_only
from werkzaam.api.service import service_of
from werkzaam.domain.changes import Agent, Submission
from werkzaam.errors import BadRequest, Forbidden, InvalidParameter, UnsupportedMediaType

router = APIRouter(include_in_schema=False)

_MODES = ("preview", "commit")
_FRESH = {"Cache-Control": "no-store"}


@router.post("/v1/submissions")
async def submit(request: Request) -> Response:
    """Check a file, and with ``mode=commit`` record it.

    Preview: 200 with the report, whether it conforms or not. Commit: 201 with where it stands.
    """
    data, file_name, mapping, mode = await _read(request)
    if mode == "preview":
        return await run_in_threadpool(_preview, request, data, file_name, mapping)
    agent = await run_in_threadpool(agent_of, request, "submitter")
    return await run_in_threadpool(_commit, request, data, file_name, mapping, agent)


@router.get("/v1/submissions")
def list_submissions(request: Request) -> Response:
    """The submissions of the caller; a curator sees everybody's."""
    _refuse_strange_keys(request)
    agent = agent_of(request, "submitter")
    journal = service_of(request).submissions.journal
    found = journal.submissions(None if agent.may("curator") else agent.id)
    return JSONResponse({"submissions": [_json(request, one) for one in found]}, headers=_FRESH)


@router.get("/v1/submissions/{submission_id}")
def show_submission(request: Request, submission_id: str) -> Response:
    """One submission with its report."""
    submission = _own(request, submission_id)
    journal = service_of(request).submissions.journal
    body = {**_json(request, submission), "report": journal.report(submission_id)}
    return JSONResponse(body, headers=_FRESH)


@router.get("/v1/submissions/{submission_id}/original")
def download_original(request: Request, submission_id: str) -> Response:
    """The file as it came in."""
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
    submissions = service_of(request).submissions
    change = submissions.withdraw(submission_id, agent)
    body = _json(request, submissions.journal.submission(submission_id))
    return JSONResponse({**body, "version": change.number}, headers=_FRESH)


def _preview(request: Request, data: bytes, file_name: str, mapping: str) -> Response:
    outcome = service_of(request).submissions.preview(data, file_name, mapping)
    return JSONResponse(outcome.report.as_json(), headers=_FRESH)


def _commit(request: Request, data: bytes, file_name: str, mapping: str, agent: Agent) -> Response:
    submissions = service_of(request).submissions
    committed = submissions.commit(data, file_name, mapping, agent)
    submission = committed.submission
    body = {
        **_json(request, submission),
        "version": committed.change.number,
        "new": committed.new,
        "report": submissions.journal.report(submission.id),
    }
    return JSONResponse(body, 201, headers={**_FRESH, "Location": body["url"]})


async def _read(request: Request) -> tuple[bytes, str, str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data: file, mapping, mode.")
    try:
        form = await request.form(max_files=1, max_fields=4)
    except MultiPartException as fault:
        raise BadRequest("The form could not be read: {reason}.", reason=fault.message) from None
    try:
        file, mapping, mode = _fields(form)
        return await file.read(), file.filename or "upload.csv", mapping, mode
    finally:
        await form.close()


def _fields(form: FormData) -> tuple[UploadFile, str, str]:
    file, mapping, mode = form.get("file"), form.get("mapping"), form.get("mode")
    if not isinstance(file, UploadFile):
        raise InvalidParameter("file", (), "Send one file in the field {name}.")
    if not isinstance(mapping, str) or not mapping:
        raise InvalidParameter("mapping", ("projects",), "Say in the field {name} how to read it.")
    if mode not in _MODES:
        raise InvalidParameter(
            "mode", _MODES, "The field {name} is one of: {modes}.", modes=", ".join(_MODES)
        )
    return file, mapping, str(mode)


def _refuse_strange_keys(request: Request) -> None:
    asked_language(request, given_only(request, "lang"))


def _own(request: Request, submission_id: str) -> Submission:
    _refuse_strange_keys(request)
    agent = agent_of(request, "submitter")
    submission = service_of(request).submissions.journal.submission(submission_id)
    if submission.agent != agent.id and not agent.may("curator"):
        raise Forbidden("This submission is another's; a curator may see it.")
    return submission


def _json(request: Request, submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.id,
        "url": service_of(request).links.url(f"/v1/submissions/{submission.id}"),
        "state": submission.state,
        "time": submission.time,
        "agent": submission.agent,
        "fileName": submission.file_name,
        "sha256": submission.sha256,
        "mapping": {"name": submission.mapping, "version": submission.mapping_version},
        "records": list(submission.records),
    }
