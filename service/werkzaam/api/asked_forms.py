"""In which form a caller wants something: by ``format`` in the address, else by the Accept header."""

from collections.abc import Mapping

from starlette.requests import Request

from werkzaam.api.negotiation import choose_media_type
from werkzaam.domain.characters import quoted
from werkzaam.errors import InvalidParameter


def asked_form(request: Request, given: Mapping[str, str], forms: Mapping[str, str]) -> str:
    """The name of one of ``forms`` (name → media type), the first where the caller has no wish.

    ``given``: the keys of the address. Raises InvalidParameter, NotAcceptable.
    """
    asked = given.get("format")
    if asked is None:
        chosen = choose_media_type(
            request.headers.get("accept"), list(dict.fromkeys(forms.values()))
        )
        return next(name for name, kind in forms.items() if kind == chosen)
    if asked not in forms:
        raise InvalidParameter(
            "format",
            tuple(forms),
            "{value} is no format here. Choose one of: {formats}.",
            value=quoted(asked),
            formats=", ".join(forms),
        )
    return asked
