"""A report as a reader needs it: one sentence, the facts, and the findings by what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from babel.numbers import format_decimal

from werkzaam.domain.queries import Bilingual, Language
from werkzaam.ingest.summary import disappearing, summary_sentence, unmatched_terms
from werkzaam.web.submit_pieces import (
    CoverageView,
    FaultyCell,
    FindingGroup,
    ReportView,
    UnmatchedRow,
)
from werkzaam.web.wording import say, say_number

_FIRST: Final = 3
_MOST_OTHERS: Final = 200
_SEVERITIES: Final = ("violation", "warning", "info")

_Json = Mapping[str, Any]
_Titles = Mapping[str, Bilingual]


def report_view(
    report: _Json, titles: _Titles, language: Language, coverage: CoverageView | None = None
) -> ReportView:
    """The JSON of a report in ``language``. ``titles`` names its constraints for readers."""
    left_out = report["facts"].get("findingsLeftOut", 0)
    return ReportView(
        conforms=bool(report["conforms"]),
        sentence=_sentence(report, language),
        facts=_facts(report, language),
        groups=_groups(report["findings"], titles, language),
        change=_change(report, language) if report["conforms"] else "",
        left_out=say_number(
            "{number} more finding is not shown.",
            "{number} more findings are not shown.",
            left_out,
            language,
        )
        if left_out
        else "",
        coverage=coverage,
        summary=summary_sentence(report, language),
        unmatched=_unmatched(report["findings"], language),
    )


def _unmatched(findings: Sequence[_Json], language: Language) -> list[UnmatchedRow]:
    return [
        UnmatchedRow(
            one.column,
            one.value,
            say_number("{number} time", "{number} times", one.times, language),
            one.nearest,
        )
        for one in unmatched_terms(findings, language)[:_MOST_OTHERS]
    ]


def _sentence(report: _Json, language: Language) -> str:
    counts = report["counts"]
    warnings, remarks = counts["warning"], counts["info"]
    words = {
        "warnings": say_number("{number} warning", "{number} warnings", warnings, language)
        if warnings
        else say("no warnings", language),
        "remarks": say_number("{number} remark", "{number} remarks", remarks, language)
        if remarks
        else say("no remarks", language),
    }
    faults = say_number("{number} fault", "{number} faults", counts["violation"], language)
    if report["conforms"]:
        return say("This file is good: no faults, {warnings}, {remarks}.", language, **words)
    if report["validated"]:
        return say(
            "This file is not good yet: {faults}, {warnings}, {remarks}.",
            language,
            faults=faults,
            **words,
        )
    return say("This file could not be checked: {faults}.", language, faults=faults)


def _facts(report: _Json, language: Language) -> list[tuple[str, str]]:
    file, facts = report["file"], report["facts"]
    delimiters = {
        "comma": say("comma", language),
        "semicolon": say("semicolon", language),
        "tab": say("tab", language),
    }
    rows = format_decimal(facts["rows"], locale=language) if "rows" in facts else ""
    found = [
        (say("File", language), file["name"]),
        (say("Encoding", language), file["encoding"] or ""),
        (say("Between the columns", language), delimiters.get(facts.get("delimiter"), "")),
        (say("Rows that are read", language), rows),
        (say("Columns that are read", language), "; ".join(_columns(facts))),
        (say("Columns that are not read", language), "; ".join(facts.get("unreadColumns", []))),
        (say("Sheets that are not read", language), "; ".join(facts.get("unreadSheets", []))),
        (say("Values that disappear", language), disappearing(report, language)),
    ]
    return [(label, text) for label, text in found if text]


def _columns(facts: _Json) -> Iterator[str]:
    """The columns with their letters, those of a sheet together."""
    last = None
    for one in facts.get("columns", []):
        sheet = one.get("sheet")
        before = f"{sheet}: " if sheet is not None and sheet != last else ""
        last = sheet
        yield f"{before}{one['column']} {one['title']}"


def _change(report: _Json, language: Language) -> str:
    facts = report["facts"]
    new, changed = facts.get("new", 0), facts.get("changed", 0)
    if report["mapping"]["name"] == "projects":
        words = (
            say_number("{number} new project", "{number} new projects", new, language),
            say_number(
                "{number} project that says something else than now",
                "{number} projects that say something else than now",
                changed,
                language,
            ),
        )
    else:
        words = (
            say_number("{number} new record", "{number} new records", new, language),
            say_number(
                "{number} record that says something else than now",
                "{number} records that say something else than now",
                changed,
                language,
            ),
        )
    return say(
        "If you record this file: {new}, {changed}, {unchanged}.",
        language,
        new=words[0],
        changed=words[1],
        unchanged=say_number(
            "{number} that stays as it is",
            "{number} that stay as they are",
            facts.get("unchanged", 0),
            language,
        ),
    )


def _groups(findings: Iterable[_Json], titles: _Titles, language: Language) -> list[FindingGroup]:
    by_constraint: dict[tuple[int, str], list[_Json]] = {}
    for one in findings:
        key = (_SEVERITIES.index(one["severity"]), one["constraint"])
        by_constraint.setdefault(key, []).append(one)
    ordered = sorted(by_constraint.items(), key=lambda item: item[0][0])
    return [
        _group(constraint, found, titles.get(constraint), language)
        for (_, constraint), found in ordered
    ]


def _group(
    constraint: str, found: Sequence[_Json], title: Bilingual | None, language: Language
) -> FindingGroup:
    severities = {
        "violation": say("Fault", language),
        "warning": say("Warning", language),
        "info": say("Remark", language),
    }
    severity = found[0]["severity"]
    alike = len({(one["message"][language], one["fix"][language]) for one in found}) == 1
    cells = [_cell(one, language, alone=not alike) for one in found[: _FIRST + _MOST_OTHERS]]
    number = len(found)
    left_out = number - len(cells)
    return FindingGroup(
        id=f"finding-{severity}-{constraint}",
        constraint=constraint,
        severity=severities[severity],
        message=found[0]["message"][language] if alike else "",
        fix=found[0]["fix"][language] if alike else "",
        count=say_number("{number} time", "{number} times", number, language),
        first=cells[:_FIRST],
        others=cells[_FIRST:],
        show_all=say_number(
            "Show the other one", "Show the {number} others", number - _FIRST, language
        ),
        left_out=say_number(
            "{number} more finding is not shown.",
            "{number} more findings are not shown.",
            left_out,
            language,
        )
        if left_out
        else "",
        title=title.in_(language) if title else "",
    )


def _cell(one: _Json, language: Language, *, alone: bool) -> FaultyCell:
    return FaultyCell(
        column=one["column"] or "",
        title=one["columnTitle"] or "",
        row=one["row"],
        value=one["value"] or "",
        message=one["message"][language] if alone else "",
        fix=one["fix"][language] if alone else "",
        sheet=one.get("sheet") or "",
        path=one.get("path") or "",
    )
