"""Entity tags for answers that depend on the dataset, and requests that already have them."""

from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.service import Service


def entity_tag(service: Service, request: Request, media_type: str, language: str) -> str:
    """The strong tag of this answer: dataset version, instance, URL, media type and language."""
    url = f"{request.url.path}?{request.url.query}"
    return service.store.version.tag(service.fingerprint, url, media_type, language)


def cache_headers(tag: str, vary: str = "Accept, Accept-Language") -> dict[str, str]:
    """Headers that let a cache keep the answer and ask each time whether it still holds."""
    return {"ETag": tag, "Vary": vary, "Cache-Control": "public, no-cache"}


def not_modified(request: Request, tag: str) -> Response | None:
    """304 when the caller has the answer with this tag already
    (`RFC 9110 §13.1.2 <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2>`_)."""
    known = [item.strip().removeprefix("W/") for item in
             request.headers.get("if-none-match", "").split(",")]  # fmt: skip
    if tag in known:
        return Response(status_code=304, headers=cache_headers(tag))
    return None
