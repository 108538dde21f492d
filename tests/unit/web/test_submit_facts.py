"""What the page says of a whole file, before any finding."""

from tests.unit.web.test_submit import report

from werkzaam.web.submit_report import report_view


def test_a_good_file_has_no_faults_no_warnings_and_no_remarks() -> None:
    words = [report_view(report([], True), {}, language).sentence for language in ("nl", "en")]
    assert words == [
        "Dit bestand is goed: geen fouten, geen waarschuwingen, geen opmerkingen.",
        "This file is good: no faults, no warnings, no remarks.",
    ]


def test_what_disappears_is_among_the_facts() -> None:
    told = report([], True)
    title = {"nl": "doelen", "en": "goals"}
    told["facts"]["disappear"] = [{"name": "goals", "title": title, "records": 1}]
    assert ("Waarden die verdwijnen", "doelen: 1 rij") in report_view(told, {}, "nl").facts
    assert ("Values that disappear", "goals: 1 row") in report_view(told, {}, "en").facts
