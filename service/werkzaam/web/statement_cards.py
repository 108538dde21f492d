"""Source statements as cards: who says what, on which ground, how cautiously, and what does not
fit with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzaam.api.service import Service
from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.names import MDT, SKOS
from werkzaam.linked_data.statements import TYPE, Node, Reference, Statement
from werkzaam.web.languages import Languages
from werkzaam.web.lookups import Code, ScaleValue, codes, effects, scale
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Place
from werkzaam.web.statement_pieces import (
    Detail,
    Marked,
    ReferenceLine,
    SourceLine,
    StatementCard,
    TensionLine,
    Triple,
)
from werkzaam.web.statement_reporting import reporting
from werkzaam.web.wording import say_number

NOTE = SKOS + "editorialNote"
_ASSERTED = "asserted"
_NO_GROUND = "none"
_ELSEWHERE = {
    TYPE,
    NOTE,
    *(
        MDT + name
        for name in (
            "approximate", "assesses", "assessesComponent", "basis", "concerns", "defines", "denominator", "effectOfMdt",
            "findingKind", "gist", "hedge", "inTextReference", "limitedBy", "maximum", "measures", "minimum", "object", "part",
            "partOf", "passage", "polarity", "presenceInMdt", "quantityWord", "relation",
            "reportsFinding", "reviewStatus", "statedIn", "subject", "unit", "value", "voice",
        )
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Meanings:
    """What the codes on a card mean, by IRI."""

    codes: Mapping[str, Code]
    scale: Mapping[str, ScaleValue]


def meanings(service: Service, languages: Languages) -> Meanings:
    """The meanings for a reader of ``languages``."""
    store, language = service.store, languages.content
    scales = {**scale(store, language), **effects(store, language)}
    return Meanings(codes(store, language), scales)


def card(statement: Statement, naming: Naming, known: Meanings, page: str = "") -> StatementCard:
    """``statement`` as a card on the page about ``page``, which may be one of its tensions."""
    note = naming.text(statement.facts.get(NOTE, ()))
    review = marked(statement.first("reviewStatus"), naming, known)
    return StatementCard(
        iri=statement.iri,
        kind=kind_of(statement, naming),
        href=naming.href(statement.iri),
        about=naming.all_named(statement.about),
        value=known.scale.get(statement.first("presenceInMdt") or statement.first("effectOfMdt")),
        gist=naming.text(statement.values("gist")).text,
        voice=naming.label(statement.first("voice")),
        basis=naming.label(statement.first("basis")),
        hedges=[term.value for term in statement.values("hedge")],
        quantities=[term.value for term in statement.values("quantityWord")],
        figures=_figures(statement, naming),
        places=[place(passage, naming, known) for passage in statement.passages],
        review=review.label if review else "",
        review_meaning=review.meaning if review else "",
        triple=_triple(statement, naming, known),
        references=[_reference(item, naming, known) for item in statement.references],
        tensions=[
            _tension(item, statement.iri, naming) for item in statement.tensions if item.iri != page
        ],
        details=_details(statement, naming),
        note=note if note.text else None,
        reporting=reporting(statement, naming),
        sheet=naming.sheet(statement.iri),
    )


def kind_of(statement: Statement, naming: Naming) -> str:
    """What kind of statement it is, in a word."""
    kinds = sorted(statement.types, key=lambda iri: not iri.startswith(MDT))
    return naming.named(kinds[0]).text if kinds else ""


def marked(iri: str, naming: Naming, known: Meanings) -> Marked | None:
    """The code ``iri`` in words; None for an empty ``iri``."""
    if not iri:
        return None
    code = known.codes.get(iri)
    slug = last_segment(iri)
    return (
        Marked(code.label, code.definition, slug) if code else Marked(naming.label(iri), "", slug)
    )


def source_line(source: Node, naming: Naming) -> SourceLine:
    """A source with its kind: “review of studies (52 studies)”."""
    kind = naming.label(source.first("sourceType"))
    ground = source.first("sourceTypeFrom")
    studies = source.first("studyCount")
    if studies:
        counted = say_number("{number} study", "{number} studies", int(studies), naming.interface)
        kind = f"{kind} ({counted})" if kind else counted
    if kind:
        kind = f"{naming.label(MDT + 'sourceType')}: {kind}"
    known_from = "" if last_segment(ground) == _NO_GROUND else naming.label(ground)
    sheet = naming.sheet(source.iri) if studies else ""
    return SourceLine(naming.named(source.iri), kind, known_from, sheet)


def place(passage: Node, naming: Naming, known: Meanings) -> Place:
    """Where ``passage`` is, with the ways to it and to its document."""
    document = passage.first("inDocument")
    origin = marked(passage.first("pageStatus"), naming, known)
    return Place(
        document=naming.label(document),
        section=passage.first("section"),
        page=passage.first("page"),
        origin=origin.label if origin else "",
        origin_meaning=origin.meaning if origin else "",
        document_href=naming.href(document),
        href=naming.href(passage.iri),
    )


def tension_lines(statements: Sequence[Statement], naming: Naming) -> list[TensionLine]:
    """The tensions that ``statements`` take part in, each once."""
    found = {item.iri: item for statement in statements for item in statement.tensions}
    return [_tension(item, "", naming) for item in found.values()]


def _triple(statement: Statement, naming: Naming, known: Meanings) -> Triple | None:
    relation = statement.first("relation")
    if not relation:
        return None
    polarity = marked(statement.first("polarity"), naming, known)
    return Triple(
        naming.all_named(term.value for term in statement.values("subject")),
        naming.label(relation),
        [naming.value(term) for term in statement.values("object")],
        polarity if polarity and polarity.slug != _ASSERTED else None,
    )


def _reference(item: Reference, naming: Naming, known: Meanings) -> ReferenceLine:
    return ReferenceLine(
        naming.named(item.iri),
        marked(item.first("matchStatus"), naming, known),
        source_line(item.source, naming) if item.source else None,
    )


def _tension(item: Node, statement: str, naming: Naming) -> TensionLine:
    return TensionLine(
        naming.label(item.first("tensionKind")),
        naming.text(item.values("reason")),
        naming.href(item.iri),
        naming.all_named(t.value for t in item.values("between") if t.value != statement),
    )


def _details(statement: Statement, naming: Naming) -> list[Detail]:
    rows = [
        Detail(naming.named(name), naming.values(values))
        for name, values in statement.facts.items()
        if name not in _ELSEWHERE
    ]
    return sorted(rows, key=lambda row: row.label.text.casefold())


def _figures(statement: Statement, naming: Naming) -> list[str]:
    value = statement.first("value")
    ends = (statement.first("minimum"), statement.first("maximum"))
    value = value or "–".join(filter(None, ends))
    if not value:
        return []
    about = "≈ " if statement.first("approximate") in ("true", "1") else ""
    denominator = statement.first("denominator")
    whole = f" / {denominator}" if denominator else ""
    unit = naming.label(statement.first("unit"))
    return [f"{about}{value}{whole}" + (f" ({unit})" if unit else "")]
