"""What has no number, as a footnote to copy: a statement, a tension, a judgement across documents, a
passage."""

from collections.abc import Sequence
from urllib.parse import quote

from werkzaam.api.figure_sheets import edition_of
from werkzaam.api.figure_telling import Telling
from werkzaam.api.footnotes import Cited, citation
from werkzaam.api.service import Service
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.linked_data.correspondences import SIDES
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.figures import ASSESSMENT, MEASUREMENT, Told
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.pages import PageOf, works_named
from werkzaam.linked_data.statements import Node, Statement

_TENSION = MDT + "Tension"
_PASSAGE = MDT + "Passage"
_ITSELF = "itself"


def citations(service: Service, described: Description) -> dict[Language, str]:
    """The footnote for ``described`` in each language; none for a figure, which has a sheet, and for
    a thing that no document says and nobody judged. One query, two where documents have publishers."""
    passages = _passages(described)
    if passages is None:
        return {}
    documents = dict.fromkeys(one.first("inDocument") for one in passages)
    nodes, names = works_named(service.store, [*filter(None, documents)])
    told = Told({}, nodes, {**described.names, **names}, {}, {})
    edition = edition_of(service)
    path = "/doc/" + quote(described.iri.removeprefix(THINGS))
    return {
        one: citation(
            _cited(described, passages, Telling(told, one)),
            edition,
            service.links.url(path, lang=one),
            one,
        )
        for one in LANGUAGES
    }


def _passages(described: Description) -> Sequence[Node] | None:
    """The passages that stand behind it; None where it is nothing to be cited so."""
    itself = _statement(described)
    if itself is not None:
        return itself.passages
    if _PASSAGE in described.types:
        return [Node(described.iri, described.facts)]
    sides = _sides(described)
    return [passage for side in sides for passage in side.passages] if sides else None


def _statement(described: Description) -> Statement | None:
    """The statement that it is, unless that is a figure."""
    shown = (one for one in described.statements.shown if one.role == _ITSELF)
    itself = next(shown, None)
    is_figure = itself is not None and {MEASUREMENT, ASSESSMENT} & {*itself.types}
    return None if is_figure else itself


def _sides(described: Description) -> list[Statement]:
    """What a tension or a judgement across documents is about."""
    if _TENSION in described.types:
        return [one for one in described.statements.shown if one.role == "side"]
    shown = described.correspondences.shown
    own = [one for one in shown if one.role == _ITSELF]
    return [side for one in own for name in SIDES for side in one.sides[name]]


def _cited(described: Description, passages: Sequence[Node], telling: Telling) -> Cited:
    node = Node(described.iri, described.facts)
    voice = node.first("voice")
    documents = dict.fromkeys(filter(None, (one.first("inDocument") for one in passages)))
    pages = [
        PageOf(one.first("inDocument"), one.first("page"), one.first("pageStatus"))
        for one in passages
    ]
    is_statement = bool(node.values("gist"))
    return Cited(
        gist=telling.text(node.values("gist") or node.values("reason")).text,
        ours=not is_statement,
        voice=telling.words(voice) if voice else None,
        basis=telling.label(node.first("basis")),
        hedges=[term.value for name in ("hedge", "quantityWord") for term in node.values(name)],
        review=telling.label(node.first("reviewStatus")),
        works=[
            telling.work(document, pages, _headings(document, passages)) for document in documents
        ],
    )


def _headings(document: str, passages: Sequence[Node]) -> list[str]:
    """The headings of those ``passages`` of ``document`` that have no page."""
    return [
        one.first("section")
        for one in passages
        if one.first("inDocument") == document and not one.first("page") and one.first("section")
    ]
