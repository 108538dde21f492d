"""Which language a reader gets: of the interface, and apart from it, of the content."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.links import Links
from werkzaam.api.negotiation import LANGUAGE_COOKIE, known_language, reader_language
from werkzaam.domain.queries import Language

INTERFACE_KEY = "lang"
CONTENT_KEY = "contentLang"
_ONE_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Languages:
    """``interface`` is that of the page, ``content`` that of labels and answers from the graph.

    ``chosen``: the reader asked for the interface language in the address.
    """

    interface: Language
    content: Language
    chosen: bool = False

    @property
    def other(self) -> Language:
        """The interface language that this page is not in."""
        return "en" if self.interface == "nl" else "nl"


def languages_of(request: Request) -> Languages:
    """``lang`` in the address, else the cookie, else Accept-Language, else Dutch."""
    asked = known_language(request.query_params.get(INTERFACE_KEY))
    interface = reader_language(request)
    content = known_language(request.query_params.get(CONTENT_KEY)) or interface
    return Languages(interface, content, asked is not None)


def remember(response: Response, languages: Languages, links: Links) -> None:
    """Keep a language that the reader chose for a year."""
    if languages.chosen:
        response.set_cookie(
            LANGUAGE_COOKIE,
            languages.interface,
            max_age=_ONE_YEAR,
            path=links.prefix or "/",
            secure=links.public_url.startswith("https://"),
            samesite="lax",
        )
