"""Every URL of the service, built in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from werkzaam.domain.identifiers import BASE


@dataclass(frozen=True)
class Links:
    """URLs under ``public_url``: where the outside reaches this instance, without a final slash.

    A ``path`` is for links in pages and holds whatever host the reader came by; a ``url`` is for
    programs and snippets.
    """

    public_url: str

    @property
    def prefix(self) -> str:
        """The path before every page, empty unless a proxy serves us below one."""
        return urlsplit(self.public_url).path.rstrip("/")

    def path(self, page: str, /, **query: str | None) -> str:
        """The path of ``page`` (beginning with a slash), with the given query keys."""
        return self.prefix + page + _query(query)

    def url(self, page: str, /, **query: str | None) -> str:
        """The full URL of ``page``, with the given query keys."""
        return self.public_url + page + _query(query)

    def question_page(self, name: str, /, **query: str | None) -> str:
        """The page of a catalogued question."""
        return self.path(f"/queries/{quote(name)}", **query)

    def question_answer(self, name: str, /, **query: str | None) -> str:
        """The answer of a catalogued question, for programs: a full URL."""
        return self.url(f"/v1/queries/{quote(name)}", **query)

    def of_thing(self, iri: str) -> str | None:
        """Where this instance answers for one of our own IRIs; None for any other IRI."""
        return self.path("/" + iri.removeprefix(BASE)) if iri.startswith(BASE) else None


def _query(query: Mapping[str, str | None]) -> str:
    given = {key: value for key, value in query.items() if value}
    return "?" + urlencode(given) if given else ""
