"""``/doc`` for a browser: what is known of one thing, and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from werkzaam.api.resources import FORMATS
from werkzaam.api.service import Service
from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.describe import TYPE, Description, Passage, Statement, describe
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS, Name, in_language
from werkzaam.linked_data.things import Standing
from werkzaam.web.addresses import href_of
from werkzaam.web.contexts import ResourcePage
from werkzaam.web.languages import Languages, languages_of
from werkzaam.web.lookups import ScaleValue, look_up, scale
from werkzaam.web.pieces import Described, Named, Place, Pointers, PropertyRow, StatementCard
from werkzaam.web.resource_origin import cells, origin_view, submission_view
from werkzaam.web.wording import say

_ROLES = ("itself", "whole", "part", "figure", "about", "here")
_MOST_AT_LENGTH = 8
_FIRST = (TYPE, SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SKOS + "definition")
_FORMAT_NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "html": "HTML",
}
_MOST_VALUES = 200


def resource_page(service: Service, request: Request, thing: Standing) -> ResourcePage:
    """The page about ``thing``."""
    languages = languages_of(request)
    described = describe(service.store, thing)
    writer = _Writer(service, languages, described)
    address = "/doc/" + quote(thing.slug)
    links = service.links
    return ResourcePage(
        iri=thing.iri,
        title=writer.title(),
        kinds=[writer.named(iri) for iri in described.types],
        definition=writer.text(described.definition),
        origin=origin_view(described, writer.named, languages.interface),
        submission=submission_view(described, writer.named, languages.interface),
        groups=writer.groups(),
        rows=writer.rows(),
        pointers=writer.pointers(),
        formats=[
            Named(_FORMAT_NAMES[ending], links.path(f"{address}.{ending}"), iri=kind)
            for ending, kind in FORMATS.items()
        ],
        more=writer.more(),
    )


@dataclass(frozen=True)
class _Meanings:
    """What the codes of a statement mean, by their label."""

    review: Mapping[str, str]
    origins: Mapping[str, str]
    scale: Mapping[str, ScaleValue]


class _Writer:
    """Puts a description into the words and links of one reader."""

    def __init__(self, service: Service, languages: Languages, described: Description) -> None:
        self._links = service.links
        self._interface = languages.interface
        self._content = languages.content
        self._described = described
        self._meanings = _meanings(service, languages)

    def title(self) -> Named:
        """What the page is headed by: the label, or what a statement is about."""
        iri = self._described.iri
        own = next((s for s in self._described.statements if s.role == "itself"), None)
        name = self._described.names.get(iri, Name())
        if own is None or name.own:
            return self.named(iri)
        about = [self.named(subject).text for subject in own.about]
        return Named(
            ": ".join(filter(None, (self._kind(own), ", ".join(about)))), language=self._content
        )

    def named(self, iri: str) -> Named:
        """``iri`` by its name, with the way to it; by the end of its IRI where it has none."""
        name = self._described.names.get(iri, Name()).in_(self._content)
        text = name.value if name else last_segment(iri).rpartition("#")[2] or iri
        language = (name.language or "") if name else ""
        return Named(text, href_of(iri, self._links), language, iri)

    def text(self, texts: Sequence[Term]) -> Named:
        """The best of ``texts`` for the reader."""
        term = in_language(texts, self._content)
        return Named(term.value, language=term.language or "") if term else Named("")

    def groups(self) -> list[Described]:
        """The statements by what they are to the thing."""
        kept = {role: [s for s in self._described.statements if s.role == role] for role in _ROLES}
        headings = {
            "itself": say("What the source says", self._interface),
            "whole": say("Part of this judgement", self._interface),
            "part": say("Parts of this judgement", self._interface),
            "figure": say("Figures with this judgement", self._interface),
            "about": say("What sources say about it", self._interface),
            "here": say("What it says here", self._interface),
        }
        return [
            Described(
                f"statements-{role}",
                headings[role],
                [self._card(statement) for statement in kept[role]],
                brief=len(kept[role]) > _MOST_AT_LENGTH,
            )
            for role in _ROLES
            if kept[role]
        ]

    def more(self) -> str:
        """That not all statements are shown, if so."""
        if not self._described.more_statements:
            return ""
        return say(
            "Only the first {count} statements are shown. A query finds them all.",
            self._interface,
            count=len(self._described.statements),
        )

    def rows(self) -> list[PropertyRow]:
        """All that is said of the thing, the names first."""
        labels = {
            TYPE: say("type", self._interface),
            RDFS + "comment": say("explanation", self._interface),
            RDFS + "label": say("name", self._interface),
            RDFS + "seeAlso": say("see also", self._interface),
        }
        rows = [
            PropertyRow(
                labels.get(name, ""),
                self.named(name),
                [self._value(value) for value in values[:_MOST_VALUES]],
                self._cut(len(values), min(len(values), _MOST_VALUES)),
                cells(self._described, name, values[:_MOST_VALUES], self.named, self._interface),
            )
            for name, values in self._described.facts.items()
        ]
        return sorted(rows, key=lambda row: (_rank(row.property.iri), row.property.text.lower()))

    def pointers(self) -> list[Pointers]:
        """Who points at the thing, by property."""
        return [
            Pointers(
                self.named(item.property),
                [self.named(subject) for subject in item.subjects],
                item.count,
                self._cut(item.count, len(item.subjects)),
            )
            for item in self._described.pointing
        ]

    def _cut(self, count: int, shown: int) -> str:
        if shown == count:
            return ""
        return say("{shown} of {count} are shown.", self._interface, shown=shown, count=count)

    def _value(self, value: Term) -> Named:
        if value.kind == "uri":
            return self.named(value.value)
        return Named(value.value, language=value.language or "")

    def _kind(self, statement: Statement) -> str:
        kinds = sorted(statement.types, key=lambda iri: not iri.startswith(MDT))
        return self.named(kinds[0]).text if kinds else ""

    def _first(self, statement: Statement, name: str) -> str:
        iri = statement.first(name)
        return self.named(iri).text if iri else ""

    def _card(self, statement: Statement) -> StatementCard:
        review = self._first(statement, "reviewStatus")
        return StatementCard(
            iri=statement.iri,
            value=self._meanings.scale.get(statement.first("presenceInMdt")),
            gist=self.text(statement.values("gist")).text,
            voice=self._first(statement, "voice"),
            basis=self._first(statement, "basis"),
            hedges=[term.value for term in statement.values("hedge")],
            quantities=[term.value for term in statement.values("quantityWord")],
            figures=self._figures(statement),
            places=[self._place(passage) for passage in statement.passages],
            review=review,
            review_meaning=self._meanings.review.get(review, ""),
            href=href_of(statement.iri, self._links),
            kind=self._kind(statement),
            about=[self.named(iri) for iri in statement.about],
        )

    def _figures(self, statement: Statement) -> list[str]:
        value = statement.first("value")
        if not value:
            return [self.named(term.value).text for term in statement.values("figure")]
        about = "≈ " if statement.first("approximate") in ("true", "1") else ""
        denominator = statement.first("denominator")
        whole = f" / {denominator}" if denominator else ""
        unit = self._first(statement, "unit")
        return [f"{about}{value}{whole}" + (f" ({unit})" if unit else "")]

    def _place(self, passage: Passage) -> Place:
        document = _first_of(passage, "inDocument")
        origin = _first_of(passage, "pageStatus")
        label = self.named(origin).text if origin else ""
        return Place(
            document=self.named(document).text if document else "",
            section=_first_of(passage, "section"),
            page=_first_of(passage, "page"),
            origin=label,
            origin_meaning=self._meanings.origins.get(label, ""),
            document_href=href_of(document, self._links),
            href=href_of(passage.iri, self._links),
        )


def _meanings(service: Service, languages: Languages) -> _Meanings:
    store, language = service.store, languages.content
    found = {
        name: {
            row["label"].value: row["definition"].value for row in look_up(store, name, language)
        }
        for name in ("review-counts", "page-origins")
    }
    return _Meanings(found["review-counts"], found["page-origins"], scale(store, language))


def _first_of(passage: Passage, name: str) -> str:
    values = passage.facts.get(MDT + name, ())
    return values[0].value if values else ""


def _rank(iri: str) -> int:
    return _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
