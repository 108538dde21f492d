"""The statements on a page, in groups by what they are to its thing."""

from collections.abc import Callable

from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import Description
from werkzaam.linked_data.statements import ROLES, Statement
from werkzaam.web.naming import Naming
from werkzaam.web.statement_cards import Meanings, card
from werkzaam.web.statement_pieces import Described
from werkzaam.web.wording import say

_MOST_AT_LENGTH = 3
_AT_LENGTH = ("itself", "whole", "part", "figure", "side")
_READING = "reading"


def groups(
    described: Description,
    naming: Naming,
    known: Meanings,
    way_to_all: Callable[[str], str],
) -> list[Described]:
    """The statements of ``described`` by role. ``way_to_all`` gives the way to all of a role."""
    headings = _headings(naming.interface)
    made = []
    for role in ROLES:
        found = [s for s in described.statements.shown if s.role == role]
        found.sort(key=lambda statement: not statement.values("part"))
        if found:
            count = described.statements.counts[role]
            made.append(
                Described(
                    f"statements-{role}",
                    _of_itself(found[0], naming) if role == "itself" else headings[role],
                    [card(statement, naming, known, described.iri) for statement in found],
                    brief=role not in _AT_LENGTH and len(found) > _MOST_AT_LENGTH,
                    cut=_cut(len(found), count, naming.interface),
                    more_href=way_to_all(role) if len(found) < count else "",
                )
            )
    return made


def own_statement(described: Description) -> Statement | None:
    """The statement that the page is about, if it is about one."""
    return next((s for s in described.statements.shown if s.role == "itself"), None)


def _of_itself(statement: Statement, naming: Naming) -> str:
    """Above a statement on its own page: what we saw while reading, no source says."""
    if last_segment(statement.first("voice")) == _READING:
        return say("What we saw while reading", naming.interface)
    return say("What the source says", naming.interface)


def _headings(language: Language) -> dict[str, str]:
    return {
        "whole": say("Part of this judgement", language),
        "part": say("Parts of this judgement", language),
        "figure": say("Figures with this judgement", language),
        "side": say("The statements that do not fit well together", language),
        "definition": say("What it is, according to sources", language),
        "assessed": say("What sources see of it in MDT", language),
        "subject": say("What sources say about it", language),
        "object": say("What sources say leads to it or has to do with it", language),
        "measured": say("Figures about it", language),
        "concerned": say("Proposals and norms about it", language),
        "cites": say("Statements that refer to it", language),
        "here": say("What it says here", language),
    }


def _cut(shown: int, count: int, language: Language) -> str:
    if shown == count:
        return ""
    return say("{shown} of {count} are shown.", language, shown=shown, count=count)
