"""From error to HTTP status: one table, one shape of answer.

The shape is problem+json (`RFC 9457 <https://www.rfc-editor.org/rfc/rfc9457>`_), as the NL API
Design Rules ask.
"""

import json
import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match

from werkzaam import errors
from werkzaam.api.negotiation import choose_media_type, language_of, reader_language
from werkzaam.api.service import instance_of
from werkzaam.domain.identifiers import BASE
from werkzaam.domain.queries import Language
from werkzaam.messages import translate

_log = logging.getLogger(__name__)

STATUS: dict[type[errors.WerkzaamError], int] = {
    errors.WerkzaamError: 500,
    errors.SettingsError: 500,
    errors.DataFolderInUse: 500,
    errors.DataFolderUnusable: 500,
    errors.AddressInUse: 500,
    errors.ContentError: 500,
    errors.ContentNotWritten: 500,
    errors.RequestError: 400,
    errors.BadRequest: 400,
    errors.InvalidParameter: 400,
    errors.QueryRefused: 400,
    errors.QuerySyntaxError: 400,
    errors.DataRefused: 400,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.NotAcceptable: 406,
    errors.Gone: 410,
    errors.Conflict: 409,
    errors.RdfSyntaxError: 400,
    errors.PreconditionFailed: 412,
    errors.RequestTooLarge: 413,
    errors.UnsupportedMediaType: 415,
    errors.FederationFailed: 502,
    errors.QueryStopped: 503,
    errors.QueryTooLarge: 503,
    errors.StoreBusy: 503,
    errors.StoreUnavailable: 503,
    errors.QueryDeadlineExceeded: 504,
}

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_UNFORESEEN = "Something went wrong on our side; it is in the log. Please try again later."
_EITHER_PATHS = ("/sparql", "/id/", "/doc/", "/def", "/graph/")
_MACHINE_PATHS = (
    *("/v1", "/mcp", "/sparql", "/rdf-graph-store", "/health", "/static"),
    *("/.well-known/", "/catalog", "/data/", "/changes.atom", "/robots.txt", "/sitemap"),
)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` from the table above."""
    app.add_exception_handler(errors.WerkzaamError, answer_error)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(ClientDisconnect, _answer_nobody)
    app.add_exception_handler(Exception, _answer_unforeseen)


def _answer_nobody(_request: Request, _error: Exception) -> Response:
    """The client went away before its request was whole: no fault, and nobody reads the answer."""
    return Response(status_code=400)


def message_in(error: errors.WerkzaamError, language: Language) -> str:
    """The message of ``error`` in ``language``."""
    text = translate(error.template, language).format(**error.values)
    return f"{error.place}: {text}" if isinstance(error, errors.ContentError) else text


def answer_error(request: Request, error: Exception) -> Response:
    """One of our errors as an answer: a problem document, or a page for a reader."""
    assert isinstance(error, errors.WerkzaamError)  # noqa: S101
    status = STATUS[type(error)]
    if status == 500:
        return _answer_unforeseen(request, error)
    detail = message_in(error, _language(request))
    return _problem(request, status, _slug(type(error)), detail, _facts(error), _headers(error))


def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    template = {
        404: "There is nothing at this address. Look at the start page for what there is.",
        405: "This address does not take this method. Use one of those in the Allow header.",
    }.get(error.status_code, "The request was not understood.")
    detail = translate(template, _language(request))
    slug = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(_methods(request))
    return _problem(request, error.status_code, slug, detail, {}, headers)


def _methods(request: Request) -> list[str]:
    """What the address takes, by all routes that have it: the framework names those of the first."""

    def taken(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    methods = [method for method in _METHODS if taken(method)]
    return [*methods, "HEAD"] if "GET" in methods else methods


def _answer_unforeseen(request: Request, error: Exception) -> Response:
    _log.error("request failed", exc_info=error, extra={"path": request.url.path})
    detail = translate(_UNFORESEEN, _language(request))
    return _problem(request, 500, "internal-error", detail, {}, {})


def _problem(
    request: Request,
    status: int,
    slug: str,
    detail: str,
    facts: dict[str, Any],
    headers: dict[str, str],
) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", **headers}
    title = HTTPStatus(status).phrase
    page = instance_of(request).error_page
    if page is not None and not _for_a_program(request):
        answer = page(request, status, title, detail, facts)
        answer.headers.update(headers)
        return answer
    return Response(
        json.dumps(_body(status, slug, detail, facts), ensure_ascii=False),
        status,
        headers,
        media_type="application/problem+json",
    )


def problem_json(error: Exception, language: Language) -> dict[str, Any]:
    """``error`` as a problem document; one that was not foreseen says no more than that."""
    if not isinstance(error, errors.WerkzaamError) or STATUS[type(error)] == 500:
        return _body(500, "internal-error", translate(_UNFORESEEN, language), {})
    detail = message_in(error, language)
    return _body(STATUS[type(error)], _slug(type(error)), detail, _facts(error))


def _body(status: int, slug: str, detail: str, facts: dict[str, Any]) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    kind = f"{BASE}problem/{slug}"
    return {"type": kind, "title": title, "status": status, "detail": detail, **facts}


def _for_a_program(request: Request) -> bool:
    """Whether an error is answered with a problem document rather than a page."""
    if request.url.path.startswith(_EITHER_PATHS) and request.method == "GET":
        offers = ("application/problem+json", "application/sparql-results+json", "text/html")
        try:
            return choose_media_type(request.headers.get("accept"), offers) != "text/html"
        except errors.NotAcceptable:
            return True
    return request.url.path.startswith(_MACHINE_PATHS)


def _language(request: Request) -> Language:
    return language_of(request) if _for_a_program(request) else reader_language(request)


def _slug(kind: type[errors.WerkzaamError]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def _facts(error: errors.WerkzaamError) -> dict[str, Any]:
    if isinstance(error, errors.InvalidParameter):
        return {"parameter": error.name, "choices": list(error.choices), **error.facts}
    if isinstance(error, errors.DataRefused):
        return {"report": error.report}
    if isinstance(error, errors.Conflict):
        return {"records": list(error.records)}
    if isinstance(error, errors.QuerySyntaxError | errors.RdfSyntaxError):
        return {"line": error.line, "column": error.column}
    return dict(error.facts) if isinstance(error, errors.RequestError) else {}


def _headers(error: errors.WerkzaamError) -> dict[str, str]:
    if isinstance(error, errors.StoreBusy):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, errors.Unauthorized):
        return {"WWW-Authenticate": 'Bearer realm="werkzaam"'}
    if isinstance(error, errors.MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    return {}
