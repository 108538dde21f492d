"""Conditions that a caller puts on a change, so that nobody overwrites what they have not seen
(`RFC 9110 §13 <https://www.rfc-editor.org/rfc/rfc9110#section-13>`_)."""

from collections.abc import Sequence

from starlette.requests import Request

from werkzaam.api.service import service_of
from werkzaam.domain.versions import Version
from werkzaam.errors import PreconditionFailed


class Precondition:
    """``If-Match`` and ``If-None-Match`` of a request that would change what its address gives.

    A tag is that of one version of the whole dataset: a change elsewhere makes it old too.
    """

    def __init__(self, request: Request, media_types: Sequence[str]) -> None:
        """``media_types`` are those that the address gives, each with a tag of its own."""
        self._match = _tags(request, "if-match")
        self._none_match = _tags(request, "if-none-match")
        self._url = f"{request.url.path}?{request.url.query}"
        self._fingerprint = service_of(request).fingerprint
        self._media_types = media_types

    def __call__(self, version: Version, existed: bool) -> None:
        """Raises PreconditionFailed where the state is not as the caller takes it to be."""
        tags = {
            version.tag(self._fingerprint, self._url, media_type, "")
            for media_type in self._media_types
        }
        standing = tags | {"*"} if existed else set()
        if self._match and not self._match & standing:
            raise PreconditionFailed(
                "This is not what you saw: it changed since, or it is not there. Read it again, and "
                "send the ETag of that answer in If-Match."
            )
        if self._none_match & standing:
            raise PreconditionFailed(
                "This is there already, and the request says that it must not be. Leave If-None-Match "
                "out to change it."
            )


def _tags(request: Request, name: str) -> set[str]:
    return {item for item in map(str.strip, request.headers.get(name, "").split(",")) if item}
