"""Every URL of the service, built in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from werkzaam.domain.identifiers import BASE

VERSION_KEY: Final = "version"
OF_ANY_VERSION: Final = (
    *("/v1/queries/", "/v1/figures/", "/figures/", "/v1/evidence-map"),
    *("/id/", "/doc/", "/def", "/graph/"),
)
"""How the addresses begin that give what is asked of any version, if they are told which."""
_FOR_GOOD: Final = "/def/context/"
_AS_THEY_ARE: Final = "/~!$&'*+,;=:@"


@dataclass(frozen=True)
class Links:
    """URLs under ``public_url``: where the outside reaches this instance, without a final slash.

    A ``path`` is for links in pages and holds whatever host the reader came by; a ``url`` is for
    programs and snippets. With a ``version``, that of the past which is shown, the links to what there
    is of any version lead to it too.
    """

    public_url: str
    version: int | None = None

    @property
    def prefix(self) -> str:
        """The path before every page, empty unless a proxy serves us below one."""
        return urlsplit(self.public_url).path.rstrip("/")

    def path(self, page: str, /, **query: str | None) -> str:
        """The path of ``page`` (beginning with a slash), with the given query keys."""
        return self.prefix + page + self._query(page, query)

    def url(self, page: str, /, **query: str | None) -> str:
        """The full URL of ``page``, with the given query keys."""
        return self.public_url + page + self._query(page, query)

    def question_page(self, name: str, /, **query: str | None) -> str:
        """The page of a catalogued question."""
        return self.path(f"/queries/{quote(name)}", **query)

    def question_answer(self, name: str, /, **query: str | None) -> str:
        """The answer of a catalogued question, for programs: a full URL."""
        return self.url(f"/v1/queries/{quote(name)}", **query)

    def of_thing(self, iri: str) -> str | None:
        """Where this instance answers for one of our own IRIs; None for any other IRI."""
        if not iri.startswith(BASE):
            return None
        return self.path("/" + quote(iri.removeprefix(BASE), safe=_AS_THEY_ARE))

    def _query(self, page: str, query: Mapping[str, str | None]) -> str:
        given = {key: value for key, value in query.items() if value}
        if self.version is not None and _is_of_any_version(page):
            given.setdefault(VERSION_KEY, str(self.version))
        return "?" + urlencode(given) if given else ""


def _is_of_any_version(page: str) -> bool:
    return page.startswith(OF_ANY_VERSION) and not page.startswith(_FOR_GOOD)
