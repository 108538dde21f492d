"""What a page is also there as, for programs that read its head
(`HTML, link type alternate <https://html.spec.whatwg.org/#rel-alternate>`_)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from werkzaam.api import changes_feed, metadata_catalog, metadata_void
from werkzaam.api.dump_kinds import KINDS, LATEST, dump_path
from werkzaam.api.links import Links
from werkzaam.api.metadata_terms import FORMATS
from werkzaam.domain.queries import Language
from werkzaam.web.wording import say

JSON: Final = "application/json"
CSV: Final = "text/csv"


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


def other_forms(addresses: Iterable[tuple[str, str]]) -> list[Alternate]:
    """What has the same to say as a page: each address with its media type."""
    return [Alternate("alternate", href, media_type) for href, media_type in addresses]


def alternates(own: Iterable[Alternate], links: Links, language: Language) -> list[Alternate]:
    """Those of a page that has its ``own``: the feed of changes and the description of the dataset stand
    on every page."""
    feed = links.path(changes_feed.PATH, lang=language)
    described = links.path(metadata_void.PATH)
    return [
        *own,
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
