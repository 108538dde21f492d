"""Statements and things told in short, in one language: for sheets and footnotes."""

from collections.abc import Sequence
from datetime import date

from babel.numbers import format_decimal

from werkzaam.api.figure_pieces import Item, ReferenceWords, Spot, WeighedLine, Words, Work
from werkzaam.api.work_places import day_in_words, origin_in_words
from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.linked_data.figures import ASSESSMENT, MEASUREMENT, Told, Weighed
from werkzaam.linked_data.names import DCTERMS, MDT, in_language
from werkzaam.linked_data.pages import PageOf
from werkzaam.linked_data.statements import Node, Reference, Statement
from werkzaam.messages import say

_PERCENT = "percent"
_NOT_KNOWN = "not-known"
_ABOUT = ("measures", "assesses", "assessesComponent", "subject", "defines", "concerns")


class Telling:
    """``told`` in ``language``."""

    def __init__(self, told: Told, language: Language) -> None:
        self._told = told
        self.language = language

    def words(self, iri: str) -> Words:
        """``iri`` by its name; by the end of its IRI where it has none."""
        name = self._told.names.get(iri)
        term = name.in_(self.language) if name else None
        return (
            Words(term.value, term.language or "", iri)
            if term
            else Words(last_segment(iri), "", iri)
        )

    def label(self, iri: str) -> str:
        """The name of ``iri`` as text; empty for an empty one."""
        return self.words(iri).text if iri else ""

    def label_or_nothing(self, iri: str) -> str:
        """The name of ``iri`` as text; empty where it has none."""
        return self.label(iri) if iri in self._told.names else ""

    def text(self, texts: Sequence[Term]) -> Words:
        """The best of ``texts``; empty where there is none."""
        term = in_language(texts, self.language)
        return Words(term.value, term.language or "") if term else Words("")

    def texts(self, terms: Sequence[Term]) -> list[Words]:
        """Things by name; of texts in several languages the best, others as they are."""
        if len({term.language for term in terms if term.language}) > 1:
            return [self.text(terms)]
        return [
            self.words(term.value) if term.kind == "uri" else Words(term.value, term.language or "")
            for term in terms
        ]

    def meaning(self, iri: str) -> str:
        """What the code ``iri`` means."""
        return self.text(self._told.meanings.get(iri, ())).text

    def about(self, statement: Statement) -> list[Words]:
        """What the statement is about."""
        return [self.words(v.value) for name in _ABOUT for v in statement.values(name)]

    def number(self, text: str) -> str:
        """A number as it is written in this language; other text as it is."""
        try:
            return str(format_decimal(text, locale=self.language))
        except (ValueError, ArithmeticError):
            return text

    def figure(self, node: Node) -> str:
        """The value of a measurement with its unit and denominator, “about” where it is
        approximate; that it is missing; the value of the scale for an assessment."""
        judged = node.first("presenceInMdt") or node.first("effectOfMdt")
        if judged:
            return self.label(judged)
        number = self._number(node)
        if not number:
            return say("the value is not in our text", self.language)
        if node.first("approximate") in ("true", "1"):
            number = say("about {number}", self.language, number=number)
        whole = node.first("denominator")
        if whole:
            number = say(
                "{number} of {whole}", self.language, number=number, whole=self.number(whole)
            )
        return f"{number}{self._unit(node.first('unit'))}"

    def _number(self, node: Node) -> str:
        value = node.first("value") or node.first("studyCount")
        if value:
            return self.number(value)
        ends = [self.number(end) for end in (node.first("minimum"), node.first("maximum")) if end]
        if len(ends) == 2:
            return say("{lowest} to {highest}", self.language, lowest=ends[0], highest=ends[1])
        return ends[0] if ends else ""

    def _unit(self, unit: str) -> str:
        if not unit:
            return ""
        if last_segment(unit) == _PERCENT:
            return f" {self.label(unit)}"
        if last_segment(unit) == _NOT_KNOWN:
            return f" ({say('unit not known', self.language)})"
        return f" ({self.label(unit)})"

    def spot(self, passage: Node) -> Spot:
        """Where ``passage`` is."""
        status = passage.first("pageStatus")
        return Spot(
            self.words(passage.first("inDocument")),
            passage.iri,
            passage.first("section"),
            passage.first("page"),
            last_segment(status),
            self.label(status),
        )

    def item(self, iri: str) -> Item:
        """``iri`` in short: a statement with who says it, on which ground and where."""
        statement = self._told.statements.get(iri)
        if statement is None or not statement.values("gist"):
            kinds = sorted(statement.types if statement else (), key=_foreign)
            passage = self._told.said_in.get(iri)
            spots = [self.spot(passage)] if passage else []
            return Item(self.words(iri), self.label(kinds[0]) if kinds else "", spots=spots)
        kinds = sorted(statement.types, key=_foreign)
        is_figure = kinds[0] in (MEASUREMENT, ASSESSMENT)
        gist = self.text(statement.values("gist"))
        return Item(
            Words(gist.text, gist.language, iri),
            self.label(kinds[0]),
            figure=self.figure(statement) if is_figure else "",
            voice=self.label(statement.first("voice")),
            basis=self.label(statement.first("basis")),
            hedges=[
                term.value
                for term in (*statement.values("hedge"), *statement.values("quantityWord"))
            ],
            population=self.text(statement.values("population")).text,
            period=self.text(statement.values("periodAsStated")).text,
            is_figure=is_figure,
            spots=[self.spot(passage) for passage in statement.passages],
        )

    def items(self, iris: Sequence[str]) -> list[Item]:
        """Each of ``iris`` in short."""
        return [self.item(iri) for iri in iris]

    def weighed(self, node: Weighed) -> WeighedLine:
        """A tension or correspondence."""
        kind = node.first("tensionKind") or node.first("correspondenceKind")
        return WeighedLine(
            node.iri,
            self.label(kind),
            self.text(node.values("reason")),
            self.label(node.first("reviewStatus")),
            self.items(node.others),
        )

    def reference(self, item: Reference) -> ReferenceWords:
        """A reference in the text."""
        cited = self.text(item.values("citedAs"))
        return ReferenceWords(
            Words(cited.text, cited.language, item.iri),
            self.label(item.first("matchStatus")),
            self.words(item.source.iri) if item.source else None,
        )

    def work(
        self, document: str, pages: Sequence[PageOf] = (), headings: Sequence[str] = ()
    ) -> Work:
        """A document as a footnote names it: authors or organisation, title, date; with those of
        ``pages`` that are its own, and the ``headings`` in it that have no page."""
        node = self._told.nodes.get(document)
        facts = node.facts if node else {}
        creators = ", ".join(term.value for term in facts.get(DCTERMS + "creator", ()))
        publisher = ", ".join(w.text for w in self.texts(facts.get(DCTERMS + "publisher", ())))
        issued = "".join(term.value for term in facts.get(DCTERMS + "issued", ())[:1])
        title = self.text(facts.get(DCTERMS + "title", ())).text or self.label(document)
        undated = say("date not stated", self.language)
        made_by = creators or publisher or say("authors not stated", self.language)
        own = [one for one in pages if one.document == document and one.page]
        return Work(
            document,
            f"{made_by}, {title} ({self._day(issued) if issued else undated})",
            f"{title} ({issued[:4] or undated})",
            list(dict.fromkeys(one.page for one in own)),
            origin_in_words([last_segment(one.status) for one in own], self.language),
            list(dict.fromkeys(headings)),
        )

    def _day(self, issued: str) -> str:
        """A day in words; a year or other text as it is."""
        try:
            return day_in_words(date.fromisoformat(issued), self.language)
        except ValueError:
            return issued


def _foreign(iri: str) -> tuple[bool, str]:
    return not iri.startswith(MDT), iri
