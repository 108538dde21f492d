"""``/figures/…``: defend this figure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.requests import Request

from werkzaam.api.figure_counted import MOST_MEMBERS
from werkzaam.api.figure_links import figure_href
from werkzaam.api.figure_pieces import (
    Item,
    Line,
    ReferenceWords,
    Rule,
    Sheet,
    Spot,
    WeighedLine,
    Words,
)
from werkzaam.api.figure_sheets import sheet_url
from werkzaam.api.figures import AFTER_KEY, sheet_of, without_wishes
from werkzaam.api.links import Links
from werkzaam.api.query_keys import given_once, whole_number
from werkzaam.api.service import Service
from werkzaam.catalogue.tallies import TOPIC
from werkzaam.domain.identifiers import THINGS, last_segment
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.linked_data.names import MDT
from werkzaam.web.addresses import thing_href, why_address
from werkzaam.web.figure_views import (
    FigurePage,
    ItemView,
    LineView,
    Note,
    ReasonView,
    ReferenceView,
    RuleView,
    WeighedView,
)
from werkzaam.web.figure_weighed import weighed_views
from werkzaam.web.languages import languages_of
from werkzaam.web.pieces import Named, Place
from werkzaam.web.question_page import readable_query
from werkzaam.web.wording import say

_RESTS_ON = f"{TOPIC}/rests-on"
_LINKS = f"{TOPIC}/links"


def figure_page(service: Service, request: Request, name: str) -> FigurePage:
    """The sheet called ``name``. Raises NotFound and InvalidParameter."""
    language = languages_of(request).interface
    wishes = given_once(request)
    before = whole_number(AFTER_KEY, wishes.get(AFTER_KEY, "0"), 0)
    sheet = sheet_of(service, name, without_wishes(wishes), language, before)
    view = _View(service.links, language)
    asked = dict(sheet.rule.given) if sheet.rule else {}
    return FigurePage(
        kind=_kinds(language)[sheet.kind],
        title=view.named(sheet.title),
        figure=sheet.figure,
        value=sheet.number or str(len(sheet.counted)) if sheet.rule else sheet.figure,
        is_count=sheet.rule is not None,
        gist=view.named(sheet.gist),
        notes=_notes(sheet, language),
        lines=[view.line(line) for line in sheet.lines],
        places=[view.place(spot) for spot in sheet.spots],
        references=[view.reference(one) for one in sheet.references],
        weighed=view.weighed(sheet),
        same=view.items(sheet.same),
        together=view.items(sheet.together),
        cites=view.items(sheet.cites),
        rule=view.rule(sheet.rule, [line.label for line in sheet.lines]) if sheet.rule else None,
        members=view.members(sheet),
        counted=len(sheet.counted),
        cut=_cut(sheet, language),
        empty=sheet.empty,
        without_passage=not sheet.spots and not any(item.spots for item in sheet.members),
        resource="" if sheet.rule else thing_href(THINGS + sheet.name, service.links),
        version=service.store.version.number,
        permalink=sheet_url(service, sheet, language),
        json=service.links.path(f"/v1/figures/{sheet.name}", **asked, lang=language),
        version_link=service.links.url(
            f"/v1/figures/{sheet.name}", **asked, lang=language,
            version=str(service.store.version.number),
        ),
        earlier=_way(service, sheet, before - MOST_MEMBERS, asked),
        later=_way(service, sheet, before + MOST_MEMBERS, asked),
    )  # fmt: skip


class _View:
    """Words with the ways to what they name, for a reader of ``language``."""

    def __init__(self, links: Links, language: Language) -> None:
        self._links = links
        self._language = language

    def named(self, words: Words) -> Named:
        return Named(words.text, thing_href(words.iri, self._links), words.language, words.iri)

    def line(self, line: Line) -> LineView:
        values = [self.named(words) for words in line.values]
        return LineView(line.key, line.label, values, line.meaning, line.absence)

    def place(self, spot: Spot) -> Place:
        document = self.named(spot.document)
        return Place(
            document.text,
            spot.section,
            spot.page,
            spot.origin_words,
            "",
            document.href,
            thing_href(spot.passage, self._links),
            self._in_full(spot.passage),
        )

    def _in_full(self, iri: str) -> str:
        """Where ``iri`` is answered for, with the host, as it stands on paper."""
        href = thing_href(iri, self._links)
        return self._links.public_url + href.removeprefix(self._links.prefix) if href else ""

    def reference(self, one: ReferenceWords) -> ReferenceView:
        source = self.named(one.source) if one.source else None
        return ReferenceView(self.named(one.cited_as), one.match, source)

    def weighed(self, sheet: Sheet) -> list[WeighedView]:
        return weighed_views(sheet.weighed, self._item, self._reason)

    def _reason(self, one: WeighedLine, beside: Sequence[int]) -> ReasonView:
        href = thing_href(one.iri, self._links)
        return ReasonView(one.kind, self.named(one.reason), href, one.review, beside)

    def items(self, items: Sequence[Item]) -> list[ItemView]:
        return [self._item(item) for item in items]

    def members(self, sheet: Sheet) -> list[ItemView]:
        """What was counted; of edges that follow by a rule, each with why it is there."""
        given = dict(sheet.rule.given) if sheet.rule else {}
        found = self.items(sheet.members)
        if sheet.name == _RESTS_ON:
            element = f"{THINGS}working-element/{last_segment(given['element'])}"
            return [self._why(one, element, MDT + "restsOn", one.what.iri) for one in found]
        if sheet.name == _LINKS:
            return [
                self._why(one, one.what.iri, given["property"], given["thing"]) for one in found
            ]
        return found

    def _why(self, item: ItemView, subject: str, predicate: str, value: str) -> ItemView:
        return replace(item, why=why_address(subject, predicate, value, self._links))

    def _item(self, item: Item) -> ItemView:
        language = self._language
        told = (
            (say("Who says it", language), item.voice),
            (say("On which ground", language), item.basis),
            (say("Words that set its strength, exact", language), ", ".join(f"“{w}”" for w in item.hedges)),
            (say("Population", language), item.population or self._unstated(item)),
            (say("Period", language), item.period or self._unstated(item)),
        )  # fmt: skip
        return ItemView(
            self.named(item.what),
            item.kind,
            item.figure,
            figure_href(item.what.iri, self._links) if item.is_figure else "",
            [*item.row, *((label, text) for label, text in told if text)],
            [self.place(spot) for spot in item.spots],
        )

    def _unstated(self, item: Item) -> str:
        return say("not stated", self._language) if item.is_figure else ""

    def rule(self, rule: Rule, told: Sequence[str]) -> RuleView:
        """The rule, with what was asked as far as it is not ``told`` on the sheet already."""
        asked = [(label, text) for label, text in rule.asked if label not in told]
        given = {name: value for name, value in rule.given if name != "row"}
        page = self._links.question_page(rule.question, **given) if rule.question else ""
        sparql = readable_query(rule.sparql)
        way = self._links.path("/sparql", query=sparql)
        return RuleView(rule.text, rule.title, page, asked, sparql, way)


def _cut(sheet: Sheet, language: Language) -> str:
    """Which of the counted are told; empty where all of them are."""
    if len(sheet.members) >= len(sheet.counted):
        return ""
    return say(
        "Told here: {first} to {last} of {count}. The JSON names all of them.",
        language,
        first=str(sheet.before + 1),
        last=str(sheet.before + len(sheet.members)),
        count=str(len(sheet.counted)),
    )


def _way(service: Service, sheet: Sheet, after: int, asked: Mapping[str, str]) -> str:
    """The way to what was counted after the first ``after``; empty where there is nothing."""
    if not -MOST_MEMBERS < after < len(sheet.counted):
        return ""
    given = {**asked, AFTER_KEY: str(after) if after > 0 else ""}
    return service.links.path(f"/figures/{sheet.name}", **given) + "#members"


def _notes(sheet: Sheet, language: Language) -> list[Note]:
    brief = {
        "nl": say("Short footnote in Dutch", language),
        "en": say("Short footnote in English", language),
    }
    full = {
        "nl": say("Full footnote in Dutch", language),
        "en": say("Full footnote in English", language),
    }
    return [
        *(Note(f"footnote-{one}", one, brief[one], sheet.brief_footnotes[one]) for one in LANGUAGES),
        *(Note(f"full-footnote-{one}", one, full[one], sheet.footnotes[one]) for one in LANGUAGES),
    ]  # fmt: skip


def _kinds(language: Language) -> dict[str, str]:
    return {
        "measurement": say("Figure that a document states", language),
        "assessment": say("Judgement of a document", language),
        "source": say("What a document says of a source", language),
        "count": say("Number that Werkzaam counted", language),
    }
