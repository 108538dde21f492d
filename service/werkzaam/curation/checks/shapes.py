"""Ontology and data against the shapes; only violations are findings."""

from collections.abc import Collection

from werkzaam.curation.checks.labels import WordsFault
from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.answers import Term
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import BASE, THINGS
from werkzaam.errors import ContentError
from werkzaam.validation.shacl import ShaclResult, validate


def shapes(parsed: ParsedContent, known: Collection[WordsFault]) -> list[Finding]:
    """The violations, but for those that repeat a fault of words already ``known``, and those
    about a value of which nothing is said: ``declared`` reports that.

    Nothing is validated while a file of ontology, data or shapes does not parse: what it lacks
    would be reported everywhere else. Where pySHACL itself fails, that is the finding, and it
    says that the data was not validated.
    """
    if not parsed.is_whole("ontology", "graph_data", "shapes") or not any(parsed.under("shapes")):
        return []
    try:
        results = validate(parsed.graph_with_superclasses(), parsed.graph("shapes"))
    except ContentError as fault:
        message = fault.template.format(**fault.values)
        return [Finding("shapes", 0, "not-validated", message, "No violation was looked for.")]
    said = {(fault.subject, fault.property) for fault in known}
    said |= {(fault.subject, "") for fault in known}
    things = parsed.described(THINGS, "ontology", "graph_data")
    return [
        _finding(parsed, result)
        for result in results
        if result.severity == "violation"
        and (result.focus.value, result.path or "") not in said
        and not _is_unknown(result.value, things)
    ]


def _is_unknown(value: Term | None, things: Collection[str]) -> bool:
    return value is not None and value.value.startswith(THINGS) and value.value not in things


def _finding(parsed: ParsedContent, result: ShaclResult) -> Finding:
    path, line = parsed.place(result.focus.value) if result.focus.kind == "uri" else ("", 0)
    about = _short(result.focus) + (f", {_last(result.path)}" if result.path else "")
    value = f" (here: {_short(result.value)})" if result.value else ""
    words = result.message_en or f"The constraint {result.constraint} is not met."
    return Finding(
        path or "graph_data",
        line,
        "shape",
        f"{about}: {words}{value}",
        f"Shape: {_last(result.shape) if result.shape else 'without a name'}, "
        f"constraint {result.constraint}.",
    )


def _short(term: Term) -> str:
    if term.kind == "uri":
        return term.value.removeprefix(BASE)
    text = term.value if len(term.value) <= 60 else term.value[:57] + "..."
    return f'"{text}"' if term.kind == "literal" else "a blank node"


def _last(iri: str) -> str:
    return iri.removeprefix(BASE).rpartition("#")[2]
