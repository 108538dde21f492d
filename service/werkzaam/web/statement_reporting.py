"""What a statement reports of how things went, and where that differs from what stands above it."""

from typing import Final

from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.statements import Statement
from werkzaam.web.naming import Naming
from werkzaam.web.statement_pieces import Reporting

FINDING_SYMBOLS: Final = {
    "strength": "+",
    "bottleneck": "▲",
    "suggestion": "◇",
    "recommendation": "◆",
    "mixed": "±",
    "neither": "○",
}
"""The symbol of each kind of finding; a word always stands with it."""

_RECOMMENDATION = "recommendation"


def reporting(statement: Statement, naming: Naming) -> Reporting | None:
    """What ``statement`` reports; None where it reports no finding and has no other voice above it."""
    kind = _kind(statement)
    chapter = statement.first("headingVoice")
    limits = statement.values("limitedBy")
    if not (kind or chapter or limits):
        return None
    announced = statement.first("headingFindingKind")
    return Reporting(
        kind=naming.label(kind),
        slug=last_segment(kind),
        symbol=FINDING_SYMBOLS.get(last_segment(kind), ""),
        findings=naming.all_named(term.value for term in statement.values("reportsFinding")),
        announced=naming.label(announced) if announced != statement.first("findingKind") else "",
        chapter=naming.label(chapter) if chapter != statement.first("voice") else "",
        limits=naming.all_named(term.value for term in limits),
    )


def _kind(statement: Statement) -> str:
    proposed = statement.first("proposalKind")
    recommended = last_segment(proposed) == _RECOMMENDATION
    return proposed if recommended else statement.first("findingKind")
