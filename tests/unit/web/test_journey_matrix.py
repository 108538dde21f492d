"""The matrix of the journey: counts, findings by name, what no proposal addresses, and why a cell is empty."""

from dataclasses import replace

from tests.unit.web.small_journey import BEGIN, JOURNEY, REPORTS, report, words

from werkzaam.web.journey_choice import Choice
from werkzaam.web.journey_facts import KINDS, Journey
from werkzaam.web.journey_matrix import bottlenecks, columns, legend, matrix, unaddressed
from werkzaam.web.journey_pieces import FindingEntry, KindGroup, MatrixCell


def cell(phase: int, voice: int, choice: Choice | None = None, of: Journey = JOURNEY) -> MatrixCell:
    return matrix(of, choice or Choice(), words())[phase].cells[voice]


def group(found: MatrixCell, kind: str) -> KindGroup:
    return next(one for one in found.groups if one.kind == kind)


def told(entry: FindingEntry) -> str:
    places = ", ".join(place.text for place in entry.places)
    marks = "nobody" if entry.nobody else entry.addressed
    return " | ".join(filter(None, (entry.name.text, entry.statements, places, marks)))


def test_a_row_for_each_phase_in_order_and_one_for_none() -> None:
    rows = matrix(JOURNEY, Choice(), words())
    assert [row.label.text for row in rows] == ["Begin", "End", "Tied to no phase"]
    assert [row.id for row in rows] == ["phase-begin", "phase-end", "phase-none"]
    assert [row.statements for row in rows] == ["7 statements", "2 statements", "2 statements"]
    assert rows[2].href == "/journey?phase=none#statements"
    assert [one.label.text for one in columns(JOURNEY, Choice(), words())] == ["Young", "Author"]


def test_statements_on_the_same_finding_are_one_entry_and_what_nobody_addresses_comes_first() -> (
    None
):
    found = cell(0, 0)
    assert found.statements == "4 statements"
    assert found.href == "/journey?phase=begin&voice=young#statements"
    told_first = [told(entry) for entry in group(found, "bottleneck").first]
    assert told_first == [
        "Crowd | 1 statement | Here, There | nobody",
        "Costs | 2 statements | Here, no place named | "
        "3 proposals: 2 by the document, 1 by our reading",
    ]
    assert [told(entry) for entry in group(found, "strength").first] == [
        "Kindness | 1 statement | no place named"
    ]
    assert group(found, "bottleneck").href.endswith("voice=young&kind=bottleneck#statements")


def test_who_says_that_a_bottleneck_is_addressed() -> None:
    read = group(cell(0, 1), "bottleneck").first[0]
    assert told(read).endswith("1 proposal, by our reading")
    stated = words().addressed(replace(JOURNEY.findings[next(iter(JOURNEY.findings))], read=0))
    assert stated == "2 proposals, by the document"


def test_a_suggestion_is_told_by_its_gist_and_an_explanation_only_counted() -> None:
    found = cell(0, 1)
    assert [one.kind for one in found.groups] == ["bottleneck", "recommendation", "neither"]
    entry = group(found, "recommendation").first[0]
    assert (entry.name.text, entry.name.href) == ("Gist of f", "/id/claim/f")
    assert (group(found, "neither").statements, group(found, "neither").first) == (
        "1 statement",
        [],
    )
    nameless = cell(2, 1)
    assert [told(entry) for entry in group(nameless, "bottleneck").first] == [
        "Gist of j | no place named"
    ]
    assert [told(entry).split(" | ")[0] for entry in group(nameless, "mixed").first] == [
        "Crowd", "Kindness"
    ]  # fmt: skip


def test_a_long_list_keeps_what_nobody_addresses_in_sight() -> None:
    names = [f"bottleneck/{letter}" for letter in "abcdefg"]
    more = [report(f"n-{n}", "bottleneck", "young", BEGIN, name) for n, name in enumerate(names)]
    findings = {r: replace(JOURNEY.findings[next(iter(JOURNEY.findings))], iri=r) for one in more for r in one.findings}  # fmt: skip
    some = replace(JOURNEY, reports=more, findings=findings, unaddressed=frozenset())
    found = group(cell(0, 0, of=some), "bottleneck")
    assert (len(found.first), len(found.rest), found.more) == (3, 4, "4 more")
    four = replace(some, unaddressed=frozenset([*findings][:5]))
    found = group(cell(0, 0, of=four), "bottleneck")
    assert [entry.nobody for entry in found.first] == [True] * 5
    assert (len(found.rest), found.more) == (2, "2 more")
    one_left = replace(some, reports=more[:4])
    found = group(cell(0, 0, of=one_left), "bottleneck")
    assert (len(found.first), len(found.rest), found.more) == (4, 0, "")


def test_an_empty_cell_says_whether_nothing_is_reported_or_the_filters_leave_nothing() -> None:
    never = cell(1, 0)
    assert (never.groups, never.statements) == ([], "")
    assert never.reason.startswith("The documents report nothing here.")
    filtered = cell(0, 0, Choice(theme="work"))
    assert filtered.reason == "Nothing with these filters; without them there are 4 statements."
    assert cell(1, 0, Choice(theme="work")).reason == never.reason
    assert cell(0, 0).reason == ""
    silent = matrix(JOURNEY, Choice(location="empty", kind="strength"), words())
    assert {one.reason for row in silent for one in row.cells} == {"No findings from this place."}


def test_what_a_voice_reports_elsewhere_and_not_here_is_said() -> None:
    assert cell(0, 0).absent == ""
    assert cell(1, 1).absent == "Not reported here: bottlenecks, recommendations."
    assert cell(0, 1, Choice(theme="work")).absent == (
        "Not reported with these filters: suggestions, recommendations."
    )
    assert cell(0, 1, Choice(kind="bottleneck")).absent == ""
    assert cell(1, 1, Choice(addressed="nobody")).absent == ""


def test_only_what_nobody_addresses_leaves_no_other_finding_of_the_same_statement() -> None:
    mixed = group(cell(2, 1, Choice(addressed="nobody")), "mixed")
    assert [told(entry) for entry in mixed.first] == ["Crowd | 1 statement | Here | nobody"]


def test_what_nobody_addresses_is_gathered_with_who_reports_it_and_where() -> None:
    (one,) = unaddressed(JOURNEY, Choice(), words())
    assert (one.name.text, one.statements) == ("Crowd", "2 statements")
    assert [voice.text for voice in one.voices] == ["Young", "Author"]
    assert [phase.text for phase in one.phases] == ["Begin", "Tied to no phase"]
    assert unaddressed(JOURNEY, Choice(theme="work"), words()) == []
    only = Choice(kind="strength", addressed="nobody")
    assert unaddressed(JOURNEY, only, words()) == [one]
    assert bottlenecks(JOURNEY, Choice()) == bottlenecks(JOURNEY, only) == 3
    assert bottlenecks(JOURNEY, Choice(theme="work")) == 1


def test_the_opened_cell_is_marked() -> None:
    rows = matrix(JOURNEY, Choice("begin", "young"), words())
    assert [[one.opened for one in row.cells] for row in rows] == [
        [True, False], [False, False], [False, False]
    ]  # fmt: skip


def test_the_legend_never_says_zero() -> None:
    entries = legend(JOURNEY, Choice(kind="mixed"), words())
    assert [entry.kind for entry in entries] == [*KINDS]
    assert [entry.statements for entry in entries if entry.kind != "mixed"] == [
        "none with these filters"
    ] * 5
    bare = legend(replace(JOURNEY, reports=REPORTS[:1]), Choice(), words())
    assert [entry.statements for entry in bare[:2]] == ["not reported", "1 statement"]
    assert len({entry.symbol for entry in entries}) == len(KINDS)


def test_dutch_has_words_of_its_own() -> None:
    dutch = matrix(JOURNEY, Choice(), words("nl"))
    assert dutch[2].label.text == "Zonder fase"
    assert dutch[0].cells[0].statements == "4 uitspraken"
    assert [one.heading for one in dutch[0].cells[0].groups] == ["Sterke punten", "Knelpunten"]
