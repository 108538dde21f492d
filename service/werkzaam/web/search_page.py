"""``/search``: what the dataset holds on the words of a reader, best first."""

from collections.abc import Mapping, Sequence
from typing import Final

from babel.numbers import format_decimal
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.problems import message_in
from werkzaam.api.query_keys import given_only
from werkzaam.api.search_asked import FEW_HITS, Found, name_of, read_wanted, run, slug_of
from werkzaam.api.search_json import path_of
from werkzaam.api.service import Service, instance_of
from werkzaam.domain.characters import visible
from werkzaam.domain.queries import Language
from werkzaam.errors import BadRequest
from werkzaam.search.asked import MOST_CHARACTERS, MOST_WORDS
from werkzaam.search.entries import FACETS, Entry
from werkzaam.search.highlights import shown
from werkzaam.search.index import Counted, Index
from werkzaam.web.drawing import Drawing
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, Languages, languages_of
from werkzaam.web.pieces import Named
from werkzaam.web.search_pieces import FacetValue, FacetView, HitView, SearchPage, SearchResults
from werkzaam.web.wording import say, say_number

router = APIRouter(include_in_schema=False)
_PAGE: Final = "/search"
_KEYS: Final = (*("q", *FACETS, "after"), INTERFACE_KEY, CONTENT_KEY)
_SHOWN_VALUES: Final = 8
_MOST_DOCUMENTS: Final = 3
_EXAMPLES: Final[Mapping[Language, Sequence[str]]] = {
    "nl": ("wederkerigheid", "sociaal kapitaal", "knelpunten pilot", "vrijwilligerswerk"),
    "en": ("reciprocity", "social capital", "bottlenecks pilot", "volunteering"),
}


@router.get(_PAGE)
def search(request: Request) -> Response:
    """The hits of a search. While the index is behind the dataset, no cache keeps the page."""
    drawing: Drawing = request.app.state.drawing
    service = instance_of(request)
    index = service.search.index()
    current = index.version == service.store.version
    unchanged = drawing.unchanged(request) if current else None
    if unchanged is not None:
        return unchanged
    page = search_page(service, index, request)
    answer = drawing.page(request, page, 400 if page.errors else 200)
    if not current or index.version != service.store.version:
        answer.headers["Cache-Control"] = "no-store"
        del answer.headers["ETag"]
    return answer


def search_page(service: Service, index: Index, request: Request) -> SearchPage:
    """The page for the search in the address of ``request``."""
    languages = languages_of(request)
    given: dict[str, str] = {}
    results, errors = None, []
    try:
        given = given_only(request, *_KEYS)
        if any(given.get(name, "").strip() for name in ("q", *FACETS)):
            wanted = read_wanted(index, {**given, "limit": str(FEW_HITS)})
            view = _View(service, run(index, wanted), languages, _kept(given))
            results = view.results()
    except BadRequest as fault:
        errors.append(("", message_in(fault, languages.interface)))
    chosen = [(name, given[name]) for name in FACETS if results and given.get(name)]
    return SearchPage(
        service.links.path(_PAGE),
        visible(given.get("q", ""))[:MOST_CHARACTERS],
        [*chosen, *_kept(given).items()],
        errors,
        [
            Named(words, service.links.path(_PAGE, q=words, **_kept(given)))
            for words in _EXAMPLES[languages.interface]
        ],
        results,
    )


def _kept(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name in (INTERFACE_KEY, CONTENT_KEY) if given.get(name)}


class _View:
    """What was found, for one reader; ``kept`` are the keys that every address on the page keeps."""

    def __init__(
        self, service: Service, found: Found, languages: Languages, kept: Mapping[str, str]
    ) -> None:
        self._links = service.links
        self._found = found
        self._interface = languages.interface
        self._content = languages.content
        self._given = {**found.wanted.given, **kept}
        self._newest = service.store.version.number

    def results(self) -> SearchResults:
        """All of it."""
        found, facets = self._found, self._facets()
        hits = found.hits
        after, done = found.wanted.after, found.after_these
        before = max(0, after - FEW_HITS)
        return SearchResults(
            said=self._said(),
            notes=self._notes(),
            hits=[self._hit(entry) for entry in hits.entries],
            first=after + 1,
            facets=facets,
            chosen=[one for facet in facets for one in (*facet.values, *facet.rest) if one.selected]
            or self._chosen(),
            previous=self._page(after=str(before) if before else None) if after else "",
            following=self._page(after=str(done)) if found.truncated else "",
            shown=self._shown(after + 1, done) if hits.entries else "",
            json=self._links.path("/v1/search", **found.wanted.given, lang=self._content),
            csv=self._links.path(
                "/v1/search", **found.wanted.given, lang=self._content, format="csv", bom="true"
            ),
        )

    def _page(self, **changed: str | None) -> str:
        return self._links.path(_PAGE, **{**self._given, **changed})

    def _said(self) -> str:
        words = self._found.wanted.text.strip()
        language, total = self._interface, self._found.hits.total
        number = format_decimal(total, locale=language)
        if not words:
            return say_number("{count} result", "{count} results", total, language, count=number)
        return say_number(
            "{count} result for “{words}”",
            "{count} results for “{words}”",
            total,
            language,
            count=number,
            words=visible(words),
        )

    def _notes(self) -> list[str]:
        found, language = self._found, self._interface
        notes = [
            say(
                "“{word}” does not occur. Searched for: {near}.",
                language,
                word=word,
                near=", ".join(near),
            )
            for word, near in found.hits.asked.misspelled.items()
        ]
        if not found.hits.all_words:
            notes.append(
                say("Nothing holds all of these words; these hold some of them.", language)
            )
        if found.hits.asked.passed_over:
            notes.append(
                say("Only the first {most} words were searched for.", language, most=MOST_WORDS)
            )
        if found.index.version.number != self._newest:
            notes.append(
                say(
                    "The dataset has just changed. These results are from version {number}; those "
                    "of version {newest} will be here in a moment.",
                    language,
                    number=found.index.version.number,
                    newest=self._newest,
                )
            )
        return notes

    def _shown(self, first: int, last: int) -> str:
        numbers = {"first": first, "last": last, "total": self._found.hits.total}
        written = {name: format_decimal(n, locale=self._interface) for name, n in numbers.items()}
        return say("Results {first} to {last} of {total}", self._interface, **written)

    def _hit(self, entry: Entry) -> HitView:
        hit = shown(entry, self._found.hits.asked, self._content)
        documents = [] if entry.iri in entry.documents else entry.documents[:_MOST_DOCUMENTS]
        section = entry.section
        return HitView(
            hit.label,
            self._links.path(path_of(entry)),
            self._named(entry.kind),
            hit.also,
            hit.snippet,
            [self._named(one) for one in documents],
            Named(section.value, language=section.language) if section else None,
            entry.page,
        )

    def _named(self, value: str) -> Named:
        name = name_of(self._found.index, value, self._content)
        return Named(name.value, language=name.language)

    def _facets(self) -> list[FacetView]:
        labels = {
            "type": say("Kind", self._interface),
            "document": say("Document", self._interface),
            "layer": say("Layer", self._interface),
            "goal": say("Goal", self._interface),
        }
        views = []
        for facet, counted in self._found.hits.facets.items():
            values = [self._value(facet, one) for one in counted]
            shown_first = sorted(values[:_SHOWN_VALUES], key=lambda one: not one.selected)
            if values:
                rest = values[_SHOWN_VALUES:]
                views.append(FacetView(f"facet-{facet}", labels[facet], shown_first, rest))
        return views

    def _value(self, facet: str, one: Counted) -> FacetValue:
        selected = self._found.hits.asked.only.get(facet) == one.value
        href = self._page(**{facet: None if selected else slug_of(facet, one.value)})
        named = self._named(one.value)
        return FacetValue(named.text, named.language, one.hits, href, selected)

    def _chosen(self) -> list[FacetValue]:
        """What was chosen where nothing was found, so that it can be let go."""
        only = self._found.hits.asked.only
        return [self._value(facet, Counted(value, 0)) for facet, value in only.items()]
