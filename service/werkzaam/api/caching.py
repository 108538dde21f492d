"""Entity tags for answers that depend on the dataset, and requests that already have them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.service import Service

_VARY: Final = "Accept, Accept-Language"


def entity_tag(service: Service, request: Request, media_type: str, language: str) -> str:
    """The strong tag of this answer: dataset version, instance, URL, media type and language."""
    url = f"{request.url.path}?{request.url.query}"
    return service.store.version.tag(service.fingerprint, url, media_type, language)


def cache_headers(tag: str, vary: str = _VARY) -> dict[str, str]:
    """Headers that let a cache keep the answer and ask each time whether it still holds."""
    return {"ETag": tag, "Vary": vary, "Cache-Control": "public, no-cache"}


def not_modified(request: Request, tag: str, vary: str = _VARY) -> Response | None:
    """304 when the caller has the answer with this tag already
    (`RFC 9110 §13.1.2 <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2>`_); ``*``, which is any
    tag, is for ``AnyTag``: whether there is an answer at all may not be known here."""
    given = ",".join(request.headers.getlist("if-none-match"))
    if tag in [item.strip().removeprefix("W/") for item in given.split(",")]:
        return Response(status_code=304, headers=cache_headers(tag, vary))
    return None


def held_since(request: Request) -> datetime | None:
    """The date in If-Modified-Since, which counts only without If-None-Match
    (`RFC 9110 §13.1.3 <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3>`_)."""
    if "if-none-match" in request.headers:
        return None
    return date_in(request.headers.get("if-modified-since", ""))


def date_in(text: str) -> datetime | None:
    """The date that a header gives; None where it is none, which has no effect."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
