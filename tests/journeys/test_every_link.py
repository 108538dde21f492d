"""From the front page and from what describes the dataset every link leads somewhere, and none leads
away without saying so.

Addresses of one kind (the same first parts of the path and the same keys) are made by the same code, so a
few of each kind are followed; of all links to things of ours is seen whether the thing is there.
"""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

import pyoxigraph as ox
import pytest

FOLLOWED = 2
BASE = "https://w3id.org/mdt-kennisgraaf/"
THINGS = BASE + "id/"
EVERYTHING = f"""SELECT DISTINCT ?thing {{
  {{ ?thing ?property ?value }} UNION {{ ?other ?property ?thing }}
  FILTER(ISIRI(?thing) && STRSTARTS(STR(?thing), "{THINGS}"))
}} ORDER BY ?thing"""
DEEP = ("doc", "id", "v1", "figures", "queries", ".well-known")
PAGES = {"Accept": "text/html,*/*;q=0.5"}
IN_XML = re.compile(r"<loc>([^<]+)</loc>|<link [^>]*href=\"([^\"]+)\"")
TAG = re.compile(r"<[a-z]+\s[^>]*?(?:href|src)=[^>]*>")
ATTRIBUTE = re.compile(r'\s(href|src|rel)="([^"]*)"')
IN_HEADER = re.compile(r"<([^>]*)>\s*;")


@dataclass
class Crawl:
    """Follows links at one service, and remembers what was wrong with them."""

    running: Any
    things: frozenset[str]
    front: deque[tuple[str, str]] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, object]] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def go(self, *starts: str) -> None:
        """Follow all from ``starts`` on."""
        for start in starts:
            self.note(start, "")
        while self.front:
            path, source = self.front.popleft()
            answer = self.running.client.get(path, headers=PAGES)
            if answer.status_code >= 400:
                self.wrong.append((path, source, answer.status_code))
            for href, says_so in links(answer):
                self.look(urljoin(self.running.url + path.lstrip("/"), href), path, says_so)

    def look(self, url: str, source: str, says_so: bool) -> None:
        """Take up one link of the page ``source``. What has an address at w3id.org is here."""
        url = urldefrag(url)[0]
        for ours in (self.running.url, BASE):
            if url.startswith(ours):
                return self.note("/" + url.removeprefix(ours), source)
        self.away.add(url)
        if not says_so:
            self.wrong.append((url, source, "leads away without a word"))
        return None

    def note(self, path: str, source: str) -> None:
        """Put ``path`` in the row, if it is one of the first of its kind."""
        if path in self.known:
            return
        self.known.add(path)
        name = unquote(urlsplit(path).path)
        if name.startswith(("/doc/", "/id/")) and not self.has(name.split("/", 2)[2]):
            self.wrong.append((path, source, "nothing of ours"))
        kind = kind_of(path)
        self.kinds[kind] += 1
        if self.kinds[kind] <= FOLLOWED:
            self.front.append((path, source))

    def has(self, slug: str) -> bool:
        """Whether there is a thing with this name, with or without the ending of a format."""
        return slug in self.things or slug.rpartition(".")[0] in self.things


def kind_of(path: str) -> str:
    """The first part of a path, two where the second is a kind as well, or how it ends; and its keys."""
    parts = urlsplit(path)
    names = parts.path.split("/")
    ending = re.search(r"\.(?:csv|json|jsonld|nq|nt|rdf|ttl|gz|atom|xml|svg)$", parts.path)
    deep = 2 + (names[1] in DEEP and not ending)
    keys = sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)} - {"lang"})
    few = [f"{len(keys)} keys"] if names[1] in ("figures", "v1", "queries") else keys
    return "/".join(names[:deep]) + (ending[0] if ending else "") + "?" + "&".join(few)


def links(answer: Any) -> Iterator[tuple[str, bool]]:
    """The links in an answer, and whether each says that it leads away."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if "location" in answer.headers:
        yield answer.headers["location"], False
    yield from ((href, True) for href in IN_HEADER.findall(answer.headers.get("link", "")))
    if kind == "text/html":
        yield from in_page(answer.text)
    elif kind in ("text/turtle", "application/n-triples"):
        for triple in ox.parse(answer.content, format=ox.RdfFormat.TURTLE):
            if isinstance(triple.object, ox.NamedNode):
                yield triple.object.value, True
    elif kind.endswith("xml"):
        for one, other in IN_XML.findall(answer.text):
            yield html.unescape(one or other), True


def in_page(text: str) -> Iterator[tuple[str, bool]]:
    """The links in a page."""
    for tag in TAG.findall(text):
        found = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        href = found.get("href") or found.get("src", "")
        if href and not href.startswith(("data:", "mailto:", "#")):
            yield href, "external" in found.get("rel", "").split()


@pytest.fixture
def crawl(service: Any) -> Crawl:
    asked = {"query": EVERYTHING, "timeout": "20"}
    answer = service.client.get("/sparql", params=asked, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    names = answer.text.split()[1:]
    return Crawl(service, frozenset(name.removeprefix(THINGS) for name in names))


@pytest.mark.slow
def test_every_link_leads_somewhere(crawl: Crawl) -> None:
    crawl.go("/", "/.well-known/void")
    assert crawl.wrong == []
    assert len(crawl.known) > 2000
    assert len(crawl.kinds) > 100
    assert {url.split("/")[2] for url in crawl.away} >= {"www.w3.org", "purl.org"}
