"""Judgements across documents in words: what each means for the thing that a page is about."""

from datetime import date

from babel.dates import format_date

from werkzaam.domain.queries import Language
from werkzaam.linked_data.correspondences import SIDES, Correspondence
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.names import MDT, SKOS
from werkzaam.linked_data.statements import Statement
from werkzaam.web.correspondence_pieces import (
    CorrespondenceLine,
    CorrespondenceView,
    SideGroup,
    SideView,
)
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.statement_cards import Meanings, card, kind_of, marked, place
from werkzaam.web.statement_pieces import Detail, Marked
from werkzaam.web.wording import say

_ITSELF = "itself"
_DEFINITION = SKOS + "definition"
_FACTS = ("population", "periodAsStated", "matchStatus", "inTextReference", "hypothetical")
_STRONGEST = (
    "conflicts", "weakens", "diverging-figures", "same-figure", "look-alike", "supports", "not-found",
    "answers", "answers-in-part",
)  # fmt: skip
"""The kinds that a reader must not miss, in this order; the others follow by name."""


def correspondence_view(
    described: Description, naming: Naming, known: Meanings
) -> CorrespondenceView | None:
    """The judgements across documents that the thing takes part in, or is; None where there are
    none."""
    found = described.correspondences
    if not found.shown:
        return None
    lines = [_line(one, described.iri, naming, known) for one in found.shown]
    shown = len(found.shown)
    cut = say("{shown} of {count} are shown.", naming.interface, shown=shown, count=found.count)
    return CorrespondenceView(
        sorted(lines, key=_rank),
        own=found.shown[0].role == _ITSELF,
        cut=cut if shown < found.count else "",
    )


def _rank(line: CorrespondenceLine) -> tuple[int, str]:
    slug = line.kind.slug
    return (_STRONGEST.index(slug) if slug in _STRONGEST else len(_STRONGEST)), line.heading


def _line(one: Correspondence, page: str, naming: Naming, known: Meanings) -> CorrespondenceLine:
    kind = marked(one.first("correspondenceKind"), naming, known) or Marked("", "", "")
    shared = one.first("shared")
    return CorrespondenceLine(
        heading=_headings(naming.interface).get((kind.slug, one.role), kind.label),
        kind=kind,
        href=naming.href(one.iri),
        reason=naming.text(one.values("reason")),
        shared=naming.named(shared) if shared and shared != page else None,
        groups=_groups(one, page, naming, known),
        judged=_judged(one, naming),
        status=marked(one.first("reviewStatus"), naming, known),
    )


def _judged(one: Correspondence, naming: Naming) -> str:
    return say(
        "Judged by: {role}, {day}",
        naming.interface,
        role=naming.label(one.first("judgedBy")),
        day=_day(one.first("judgedOn"), naming.interface),
    )


def _day(text: str, language: Language) -> str:
    try:
        return format_date(date.fromisoformat(text), "d MMMM y", locale=language)
    except ValueError:
        return text


def _headings(language: Language) -> dict[tuple[str, str], str]:
    """What a kind that judges one statement means, from either end."""
    return {
        ("supports", "regards"): say("Another document supports this", language),
        ("supports", "inTheLightOf"): say("This supports what another document says", language),
        ("weakens", "regards"): say("Another document weakens this", language),
        ("weakens", "inTheLightOf"): say("This weakens what another document says", language),
        ("not-found", "regards"): say("Not found in other documents", language),
        ("answers", "regards"): say("Another document answers this", language),
        ("answers", "inTheLightOf"): say("This answers a question of another document", language),
        ("answers-in-part", "regards"): say("Another document answers this in part", language),
        ("answers-in-part", "inTheLightOf"): say(
            "This answers a question of another document in part", language
        ),
    }


def _groups(one: Correspondence, page: str, naming: Naming, known: Meanings) -> list[SideGroup]:
    language = naming.interface
    beside = one.role == "setsBeside"
    headings = {
        "regards": say("What is judged", language),
        "inTheLightOf": say("In the light of", language),
        "setsBeside": say("Beside it", language) if beside else say("Side by side", language),
    }
    groups = []
    for name in SIDES:
        sides = [_side(side, naming, known) for side in one.sides[name] if side.iri != page]
        if sides:
            groups.append(SideGroup(name, headings[name], sides))
    searched = [value.value for value in one.values("soughtIn")]
    if searched:
        heading = say("Where was looked, and nothing found", language)
        groups.append(SideGroup("soughtIn", heading, documents=naming.all_named(searched)))
    return groups


def _side(side: Statement, naming: Naming, known: Meanings) -> SideView:
    gist = naming.text(side.values("gist"))
    words = Named(gist.text, naming.href(side.iri), gist.language, side.iri)
    meant = side.first("refersTo")
    return SideView(
        kind=kind_of(side, naming),
        words=words if gist.text else naming.named(side.iri),
        meaning=naming.named(meant) if meant else naming.text(side.facts.get(_DEFINITION, ())),
        places=[place(passage, naming, known) for passage in side.passages],
        card=card(side, naming, known) if gist.text else None,
        facts=[
            Detail(naming.named(MDT + name), naming.values(side.values(name)))
            for name in _FACTS
            if side.values(name)
        ],
    )
