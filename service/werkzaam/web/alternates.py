"""What a page is also there as, for programs that read its head
(`HTML, link type alternate <https://html.spec.whatwg.org/#rel-alternate>`_)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from werkzaam.api import changes_feed, metadata_catalog, metadata_void
from werkzaam.api.dump_kinds import KINDS, LATEST, dump_path
from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import FORMATS
from werkzaam.domain.queries import Language
from werkzaam.web.wording import say

_DOCUMENTS: Final = "/doc/"
_QUESTIONS: Final = "/queries/"
_ANSWERS: Final = {"json": "application/json", "csv": "text/csv"}


@dataclass(frozen=True)
class Alternate:
    """One ``link`` in the head of a page. Most have no ``title``."""

    relation: str
    href: str
    media_type: str
    title: str = ""


@dataclass(frozen=True)
class WholeDataset:
    """Where the whole dataset is: ``files`` by name, how a catalogue describes it, what it is made up of,
    and the feed of its changes."""

    files: Mapping[str, str]
    catalog: str
    described: str
    feed: str


def alternates(request: Request, links: Links, language: Language) -> list[Alternate]:
    """Those of the page that ``request`` asks for: the feed of changes and the description of the dataset
    stand on every page."""
    feed = links.path(changes_feed.PATH, lang=language)
    described = links.path(metadata_void.PATH)
    return [
        *_own(request.url.path, links),
        Alternate("alternate", feed, changes_feed.MEDIA_TYPE, say("Changes of Werkzaam", language)),
        Alternate("describedby", described, FORMATS["ttl"]),
    ]


def whole_dataset(links: Links, language: Language) -> WholeDataset:
    """Where the newest version is had whole."""
    files = {
        f"{made.name}{' (gzip)' if packed else ''}": links.path(
            dump_path(LATEST, made, packed=packed)
        )
        for made in KINDS
        for packed in (False, True)
    }
    return WholeDataset(
        files,
        links.path(metadata_catalog.PATH),
        links.path(metadata_void.PATH),
        links.path(changes_feed.PATH, lang=language),
    )


def _own(path: str, links: Links) -> Iterator[Alternate]:
    if path.startswith(_DOCUMENTS):
        document = path.removesuffix(".html")
        for ending, media_type in FORMATS.items():
            yield Alternate("alternate", links.path(f"{document}.{ending}"), media_type)
    if path.startswith(_QUESTIONS):
        for ending, media_type in _ANSWERS.items():
            address = links.question_answer(path.removeprefix(_QUESTIONS), format=ending)
            yield Alternate("alternate", address, media_type)
