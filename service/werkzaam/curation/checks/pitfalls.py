"""Known pitfalls in the ontology: the queries in ``ontology/checks/``, each of which finds nothing.

They follow the `OOPS! catalogue <https://oops.linkeddata.es/catalogue.jsp>`_. A query selects
``?entity ?property ?value`` and begins with comments: ``P04: title.``, ``Means:``, ``Fix:``, and
``Covered:`` where another check of ours says the same with more; that query is then left to tests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.curation.parsed_content import ParsedContent
from werkzaam.domain.content import ContentFile
from werkzaam.domain.findings import Finding
from werkzaam.domain.identifiers import BASE

_FOLDER = "ontology/checks"
_HEADER = re.compile(
    r"(?P<id>P\d\d): (?P<title>.+?)\. Means: (?P<means>.+?) Fix: (?P<fix>.+?)"
    r"(?: Covered: (?P<covered>[\w-]+)\.)?"
)
_VARIABLES = ("entity", "property", "value")


@dataclass(frozen=True)
class Pitfall:
    """One query and what its header says; ``covered`` names the check that says the same."""

    path: str
    number: str
    title: str
    fix: str
    covered: str
    query: str


def pitfalls(parsed: ParsedContent) -> list[Finding]:
    """What the queries find that no other check covers. Nothing while an ontology file does not
    parse: the queries would find what only seems to be missing."""
    if not parsed.is_whole("ontology"):
        return []
    store = ox.Store()
    for parsed_file in parsed.under("ontology"):
        store.extend(parsed_file.turtle.triples)
    found = []
    for file in parsed.content.under(_FOLDER, ".rq"):
        pitfall = read_pitfall(file)
        if isinstance(pitfall, Finding):
            found.append(pitfall)
        elif not pitfall.covered:
            found += run_pitfall(pitfall, store, parsed)
    return found


def read_pitfall(file: ContentFile) -> Pitfall | Finding:
    """The query in ``file``, or the finding that its header is not as it should be."""
    text = file.data.decode(errors="replace")
    comments = []
    for line in text.split("\n"):
        if not line.startswith("#"):
            break
        comments.append(line.removeprefix("#").strip())
    header = _HEADER.fullmatch(" ".join(comments))
    if header is None:
        return _unusable(file.path, "Its comments do not say `P00: title.`, `Means:` and `Fix:`")
    return Pitfall(
        file.path, header["id"], header["title"], header["fix"], header["covered"] or "", text
    )


def run_pitfall(pitfall: Pitfall, store: ox.Store, parsed: ParsedContent) -> list[Finding]:
    """One finding for each thing and value that the query selects."""
    try:
        answer = store.query(pitfall.query)
    except SyntaxError as fault:
        return [_unusable(pitfall.path, f"It is not SPARQL: {str(fault).rstrip('.')}")]
    if not isinstance(answer, ox.QuerySolutions) or _names(answer) != _VARIABLES:
        return [_unusable(pitfall.path, "It does not select ?entity ?property ?value")]
    return list(_findings(pitfall, answer, parsed))


def _names(answer: ox.QuerySolutions) -> tuple[str, ...]:
    return tuple(variable.value for variable in answer.variables)


def _findings(
    pitfall: Pitfall, answer: ox.QuerySolutions, parsed: ParsedContent
) -> Iterator[Finding]:
    for row in answer:
        entity = row["entity"]
        path, line = parsed.place(entity.value) if isinstance(entity, ox.NamedNode) else ("", 0)
        about = ", ".join(_short(row[name]) for name in _VARIABLES if row[name] is not None)
        message = f"{about}: {pitfall.title} ({pitfall.number})."
        yield Finding(path or "ontology", line, "pitfall", message, pitfall.fix)


def _short(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        iri = term.value
        return iri.removeprefix(BASE) if iri.startswith(BASE) else re.split("[#/]", iri)[-1]
    if isinstance(term, ox.Literal):
        return f'"{term.value}"'
    return "a blank node"


def _unusable(path: str, reason: str) -> Finding:
    return Finding(
        path, 0, "pitfall-query", f"{reason}.", "Mend it; what it looks for is not looked for."
    )
