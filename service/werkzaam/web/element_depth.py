"""What the documents say about how a working element works: for the open element of the map."""

from dataclasses import replace

from werkzaam.api.service import Service
from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.describe import Description, describe
from werkzaam.linked_data.names import MDT
from werkzaam.linked_data.things import Standing
from werkzaam.web.addresses import thing_href
from werkzaam.web.languages import Languages
from werkzaam.web.naming import Naming
from werkzaam.web.resource_depth import derived_lines
from werkzaam.web.statement_cards import meanings, source_line, tension_lines
from werkzaam.web.statement_groups import groups
from werkzaam.web.statement_pieces import ElementDepth
from werkzaam.web.wording import say, say_number

_LINKS = (MDT + "safeguards", MDT + "mitigates")
_ROLES = ("definition", "subject", "object", "concerned")
_LISTED_FOR = "listed-for"


def element_depth(service: Service, iri: str, languages: Languages) -> ElementDepth:
    """What is said about the element ``iri`` beside the judgements on MDT and its goals."""
    described = describe(service.store, Standing(iri))
    naming = Naming(described.names, service.links, languages)
    sources = [source_line(node, naming) for node in described.statements.others.values()]
    resource = thing_href(iri, service.links)
    found = groups(
        _without_goals(described),
        naming,
        meanings(service, languages),
        lambda role: f"{resource}?group={role}",
    )
    return ElementDepth(
        links=[line for line in derived_lines(described, naming) if line.property.iri in _LINKS],
        rests=_rests(len(sources), naming),
        sources=sources,
        groups=[replace(group, brief=True) for group in found],
        tensions=tension_lines(described.statements.shown, naming),
    )


def _without_goals(described: Description) -> Description:
    """Without what the map shows already: judgements, and claims that list it for a goal."""
    kept = [
        statement
        for statement in described.statements.shown
        if statement.role in _ROLES and last_segment(statement.first("relation")) != _LISTED_FOR
    ]
    counts = {**described.statements.counts}
    for statement in described.statements.shown:
        if statement.role in _ROLES and statement not in kept:
            counts[statement.role] -= 1
    return replace(described, statements=replace(described.statements, shown=kept, counts=counts))


def _rests(sources: int, naming: Naming) -> str:
    if not sources:
        return say("No claim of the author about it refers to a source.", naming.interface)
    return say_number(
        "The author's claims about it rest on one source:",
        "The author's claims about it rest on {number} sources:",
        sources, naming.interface,
    )  # fmt: skip
