"""Queries of the catalogue and rules of derivation: readable by the service that must run them."""

from werkzaam.catalogue import query_files
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError
from werkzaam.reasoning.rules import read_meaning, read_rules
from werkzaam.store.rule_text import read_rule


def queries(content: Content) -> list[Finding]:
    """The faults of query files: header, text and binding places, as the catalogue reads them."""
    fix = "Mend the query file; the service does not start with it."
    return [_finding(fault, "query", fix) for fault in query_files.faults(content)]


def rules(content: Content) -> list[Finding]:
    """The rules that are not SPARQL 1.1, or not of the plain kind that a change can be followed by; those that lack words."""
    fix = "Mend the rule; the service does not start with it."
    try:
        found = read_rules(content)
    except ContentError as fault:
        return [_finding(fault, "rule", fix)]
    findings = []
    for rule in found:
        try:
            read_rule(rule)
            read_meaning(rule)
        except ContentError as fault:
            findings.append(_finding(fault, "rule", fix))
    return findings


def _finding(fault: ContentError, check: str, fix: str) -> Finding:
    message = fault.template.format(**fault.values)
    return Finding(fault.path, fault.line or 0, check, message, fix)
