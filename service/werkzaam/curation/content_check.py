"""The check of all content files: what a curator mends before a change is taken up.

It parses and validates, so call it in a confined process: see ``check_process``.
"""

from collections.abc import Callable, Sequence

from werkzaam.curation.checks.declared import declared
from werkzaam.curation.checks.form import form
from werkzaam.curation.checks.labels import labels
from werkzaam.curation.checks.pitfalls import pitfalls
from werkzaam.curation.checks.profile import profile
from werkzaam.curation.checks.query_headers import query_headers
from werkzaam.curation.checks.shapes import shapes
from werkzaam.curation.parsed_content import parse_content
from werkzaam.domain.content import Content
from werkzaam.domain.findings import Finding

Check = Callable[[Content], list[Finding]]


def check_content(content: Content, more: Sequence[Check] = ()) -> list[Finding]:
    """Every fault, in order of file and line, each once. ``more`` are further checks to run."""
    parsed = parse_content(content)
    words = labels(parsed)
    found = [
        *parsed.broken,
        *form(parsed),
        *(fault.finding for fault in words),
        *declared(parsed),
        *profile(parsed),
        *pitfalls(parsed),
        *shapes(parsed, words),
        *query_headers(parsed),
    ]
    for check in more:
        found += check(content)
    return sorted(set(found))
