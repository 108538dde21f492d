"""``/v1/tasks``: how far something is that was asked with ``Prefer: respond-async``.

Who knows the name of a task may read it: it cannot be guessed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.problems import problem_json
from werkzaam.api.query_keys import asked_language, given_only
from werkzaam.api.service import service_of
from werkzaam.api.task_memory import Task, as_outcome
from werkzaam.domain.queries import Language

router = APIRouter(include_in_schema=False)

_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


@router.get("/v1/tasks/{task_id}")
async def show_task(request: Request, task_id: str) -> Response:
    """How far a task is, and what came of it."""
    language = asked_language(request, given_only(request, "lang"))
    task = service_of(request).tasks.find(task_id)
    return task_answer(task, language)


@router.delete("/v1/tasks/{task_id}")
async def cancel_task(request: Request, task_id: str) -> Response:
    """Give a task up. Who knows its name may do so, as he may read it."""
    language = asked_language(request, given_only(request, "lang"))
    task = service_of(request).tasks.cancel(task_id)
    return task_answer(task, language, 202)


def task_answer(
    task: Task, language: Language, status: int = 200, headers: Mapping[str, str] = _NO_HEADERS
) -> Response:
    """A task as it is shown, to be kept nowhere; ``headers``: what goes with it."""
    shown: dict[str, Any] = {"id": task.id, "status": task.status}
    if task.progress is not None and task.status == "running":
        part, number = task.progress
        shown["progress"] = {"part": part, "records": number}
    if task.error is not None:
        shown["problem"] = problem_json(task.error, language)
    own, came = as_outcome(shown), task.outcome
    body = own if came == b"{}" else own[:-1] + b"," + came[1:]
    kept = {**headers, "Cache-Control": "no-store"}
    return Response(body, status, kept, media_type="application/json")


def prefers_task(request: Request) -> bool:
    """Whether the caller sent ``Prefer: respond-async`` (`RFC 7240
    <https://www.rfc-editor.org/rfc/rfc7240#section-4.1>`_)."""
    given = ",".join(request.headers.getlist("prefer"))
    return any(one.partition(";")[0].strip().lower() == "respond-async" for one in given.split(","))
