"""The coverage of a document as lines for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_LISTS: Final = {
    "passagesWithoutStatement": "Passages without a statement (the README of the document says why)",
    "withoutPassage": "Statements without a passage in this document",
    "withoutGist": "Statements without a gist",
    "withoutTranslation": "Statements with words in one language only",
    "withoutVoice": "Statements without a voice",
    "withoutBasis": "Statements without a basis",
    "referencesNotAttached": "In-text references that no statement points to",
    "conceptsWithoutStatement": "Concepts that the document describes, without a statement",
}
_WIDEST: Final = 44


def as_text(report: Mapping[str, Any]) -> str:
    """``report`` of ``document_coverage.cover`` as text; ends with a line break."""
    title = report["title"].get("nl", report["document"])
    lines = [f"{title} (document/{report['document']})", "", *_passages(report["passages"])]
    lines += ["", *_totals(report["totals"])]
    for name, words in _LISTS.items():
        lines += ["", *_list(words, report[name])]
    return "\n".join(lines) + "\n"


def _passages(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "Per passage; what stands at two passages counts at both. * is a counted page number."
    for row in rows:
        mark = "*" if row["pageStatus"] == "inferred" else ""
        heading = row["section"] or row["passage"]
        if len(heading) > _WIDEST:
            heading = heading[: _WIDEST - 1] + "…"
        yield f"  {(row['page'] or '-') + mark:<7}{heading:<{_WIDEST}}  {_yield(row)}"


def _yield(row: Mapping[str, Any]) -> str:
    others = {"TermUse": "termUses", "InTextReference": "inTextReferences", "Concept": "concepts"}
    numbers = {**row["statements"], **{name: row[key] for name, key in others.items()}}
    return ", ".join(f"{number} {name}" for name, number in numbers.items() if number) or "nothing"


def _totals(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "In total"
    for row in rows:
        drafted = "" if row["drafted"] is None else f"  {row['drafted']} drafted"
        yield f"  {row['class']:<16}{row['number']:>6}{drafted}"


def _list(words: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"{words}: {len(rows) or 'none'}"
    for row in rows:
        missing = f": {row['property']} has no {row['language']}" if "property" in row else ""
        yield f"  {row['file']}:{row['line']}: {row['thing']}{missing}"
