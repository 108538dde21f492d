"""What the catalogue of this instance tells of, and what it says of everything in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.api.links import Links
from werkzaam.api.metadata_authorities import LANGUAGES_USED
from werkzaam.api.metadata_terms import DCTERMS, LICENCE, Said, link
from werkzaam.domain.changes import Change
from werkzaam.linked_data.schemes import Scheme

PATH: Final = "/catalog"


@dataclass(frozen=True)
class Publication:
    """What a catalogue tells of: the ``first`` and the ``last`` change, the ``releases`` (newest first),
    the ``schemes``, who publishes it and whom to ask (None: not set here). ``demo``: what is served is made up.
    ``size``: the bytes of the newest version as N-Quads, where that is known."""

    links: Links
    contact_email: str | None
    publisher: str | None
    publisher_iri: str | None
    first: Change | None
    last: Change | None
    releases: Sequence[Change]
    schemes: Sequence[Scheme]
    demo: bool
    size: int | None = None

    def own(self, name: str) -> str:
        """The IRI of something in this catalogue."""
        return self.links.url(f"{PATH}#{name}")

    @property
    def agent(self) -> str:
        """The IRI of who publishes it."""
        return self.publisher_iri or self.own("publisher")

    def release(self, number: int) -> str:
        """The IRI of the release that is version ``number``."""
        return self.own(f"version-{number}")


def licensed(all_of: Publication) -> Iterator[Said]:
    """The licence, and the rights that it leaves to others."""
    yield link(DCTERMS + "license", LICENCE)
    yield link(DCTERMS + "rights", all_of.own("rights"))


def languages() -> Iterator[Said]:
    """The languages of the words in the data."""
    yield from (link(DCTERMS + "language", language) for language in LANGUAGES_USED)
