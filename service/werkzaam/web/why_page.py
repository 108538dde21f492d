"""``/why`` for a browser: why a triple is in the dataset."""

from collections.abc import Sequence

from starlette.requests import Request

from werkzaam.api.query_keys import given_once
from werkzaam.api.service import Service
from werkzaam.api.why import KEYS, address_keys, asked_triple
from werkzaam.domain.identifiers import GRAPHS
from werkzaam.domain.queries import Language
from werkzaam.linked_data.names import RDFS
from werkzaam.linked_data.statements import TYPE
from werkzaam.linked_data.why import Ground, Reason, Triple, explain
from werkzaam.web.languages import languages_of
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.statement_cards import Meanings, card, meanings
from werkzaam.web.why_pieces import GroundView, ReasonView, TripleView, WhyPage
from werkzaam.web.wording import say

_INVERSE = "http://www.w3.org/2002/07/owl#inverseOf"


def why_page(service: Service, request: Request) -> WhyPage:
    """The explanation of the triple in the address. Raises InvalidParameter, NotFound."""
    languages = languages_of(request)
    given = given_once(request)
    found = explain(service.store, service.rules, asked_triple(given))
    view = _View(
        Naming(found.names, service.links, languages),
        meanings(service, languages),
        {name: given[name] for name in KEYS},
    )
    keys = address_keys(found.triple)
    return WhyPage(
        triple=view.triple(found.triple, found.graphs),
        reasons=[view.reason(reason, languages.interface) for reason in found.reasons],
        sentence=f"{view.said(found.triple)}.",
        json=service.links.path("/v1/why", **keys, lang=languages.interface),
        permalink=service.links.url("/why", **keys, lang=languages.interface),
        version=service.store.version.number,
    )


class _View:
    """Triples and rules in words, for one reader."""

    def __init__(self, naming: Naming, known: Meanings, asked: dict[str, str]) -> None:
        self._naming = naming
        self._known = known
        self._asked = asked

    def triple(self, triple: Triple, graphs: Sequence[str]) -> TripleView:
        keys = address_keys(triple)
        explained = bool(graphs) or keys == self._asked
        return TripleView(
            self._naming.value(triple.subject),
            self._predicate(triple.predicate.value),
            self._naming.value(triple.object),
            [graph.removeprefix(GRAPHS) for graph in graphs],
            "" if explained else self._naming.why(*keys.values()),
        )

    def said(self, triple: Triple) -> str:
        """The triple as one line of text."""
        view = self.triple(triple, ())
        return f"{view.subject.text} – {view.predicate.text} – {view.object.text}"

    def reason(self, reason: Reason, language: Language) -> ReasonView:
        rule, shown = reason.rule, len(reason.grounds)
        cut = say("{shown} of {count} are shown.", language, shown=shown, count=reason.count)
        return ReasonView(
            rule.title.in_(language),
            rule.because.in_(language),
            rule.not_said.in_(language),
            rule.derivation.path,
            rule.derivation.query,
            [self._ground(ground) for ground in reason.grounds],
            reason.count,
            cut if shown < reason.count else "",
        )

    def _ground(self, ground: Ground) -> GroundView:
        return GroundView(
            [card(one, self._naming, self._known) for one in ground.statements],
            [self.triple(one.triple, one.graphs) for one in ground.premises],
        )

    def _predicate(self, iri: str) -> Named:
        language = self._naming.interface
        words = {
            TYPE: say("is a", language),
            RDFS + "subClassOf": say("is a kind of", language),
            RDFS + "subPropertyOf": say("falls under", language),
            _INVERSE: say("is the inverse of", language),
        }
        return Named(words[iri], iri=iri) if iri in words else self._naming.named(iri)
