"""Every template draws its record in both languages, as HTML that parses strictly."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest
from tests.unit.web import small_answers as a
from tests.unit.web.small_answers import TABLE, VALUE
from tests.unit.web.small_changes import ALTERNATES, COMPARED, WHOLE_DATASET
from tests.unit.web.small_figures import NAMED, NASTY, NOTES, PLACE, SHEET, SHEETS
from tests.unit.web.small_projects import BEHIND

import werkzaam.web
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.web import contexts as c
from werkzaam.web import correspondence_pieces as cp
from werkzaam.web import journey_pieces as j
from werkzaam.web import map_pieces as m
from werkzaam.web import model_pieces as mp
from werkzaam.web import pieces as p
from werkzaam.web import project_pieces as pp
from werkzaam.web import resource_pieces as r
from werkzaam.web import statement_pieces as st
from werkzaam.web import submit_pieces as s
from werkzaam.web.drawing import POLICY, environment
from werkzaam.web.lookups import Counts, KindCount, ReviewCount, Source
from werkzaam.web.model_drawing import NARROW, WIDE, picture

TEMPLATES = Path(werkzaam.web.__file__).parent / "templates"
FIELD = p.FormField("goal", "Goal", "x", [p.Option("", "All", True), p.Option("a", "A", False)])
WRONG = p.FormField("year", "Year", NASTY, error="no number", kind="number")
LINK = p.QuestionLink("title", "question?", "/queries/a/b")
TOPIC = p.Topic("topic-a", "A", [LINK], "/queries#topic-a")
REVIEW = [ReviewCount("drafted", "read once", 3, sheet=SHEET)]
QUESTION = c.QuestionPage(
    "title",
    "question?",
    "description",
    "/queries",
    "/here",
    [FIELD],
    [],
    [("lang", "nl")],
    a.ANSWER,
)
PART = m.Assessment("i", VALUE, "gist", "author", "none", [], [], [], [PLACE], "drafted", "once")
WHOLE = replace(
    PART, sheet=SHEET, hedges=["mogelijk"], quantities=["veel"], figures=["≈ 20"], parts=[PART]
)
GOAL = m.GoalStatement("goal", "gist", "author", "none", [PLACE])
ROW = m.MapRow("a", "https://example.org/a", "A", "def", "/map#a", True, [WHOLE], [GOAL], "none")
EMPTY_ROW = replace(ROW, id="b", open=False, assessments=[], goals=[])
OPEN_EMPTY = m.MapGroup("goal-y", "Y", "d", [replace(EMPTY_ROW, id="c", open=True)])
MAP = c.MapPage(
    "/map", [FIELD], [], [], [m.MapGroup("goal-none", "All", "d", [ROW, EMPTY_ROW]),
    m.MapGroup("goal-x", "X", "d", [])], [m.LegendEntry(VALUE, 0)], 2, "/csv", "/json", "/q",
)  # fmt: skip
COMPONENT = mp.ComponentView(
    "component-a", "https://example.org/a", NASTY, "def", NASTY, "/doc/a", [VALUE], [WHOLE],
    [p.Named(NASTY, "/doc/claim/x", "nl")], "none",
)  # fmt: skip
LAYERS = [
    mp.LayerView("layer-none", "Around", "d", [replace(COMPONENT, id="component-b", assessments=[])], True),
    mp.LayerView("layer-a", NASTY, "d", [COMPONENT]),
]  # fmt: skip
MODEL = c.ModelPage(
    "/model", [FIELD], [("lang", "nl")], LAYERS, [picture(LAYERS, form) for form in (WIDE, NARROW)],
    [mp.EffectEntry(VALUE, 2)], 2, "/csv", "/json", "/queries#topic-integration",
)  # fmt: skip
SPARQL = c.SparqlPage("/sparql", "SELECT *", [LINK], "https://example.org/sparql", [("lang", "nl")])
MARKED = st.Marked("denied", NASTY, "denied")
MATCHED = st.Marked("matched", "it is there", "matched")
WORK = st.SourceLine(NAMED, NASTY, "from the title", SHEET)
REFERENCES = [
    st.ReferenceLine(NAMED, MARKED, WORK),
    st.ReferenceLine(p.Named("x"), MATCHED, replace(WORK, kind="", known_from="")),
    st.ReferenceLine(NAMED, None, None),
]
TENSIONS = [
    st.TensionLine("wording", NAMED, "/id/tension/t", [NAMED, NAMED]),
    st.TensionLine("figures", p.Named(NASTY), "", []),
]
TRIPLE = st.Triple([NAMED], "leads to", [NAMED, p.Named(NASTY)], MARKED)
CARD = st.StatementCard(
    "i", "Assessment", "/id/assessment/i", [NAMED, NAMED], VALUE, NASTY, NASTY, "none", [NASTY],
    ["veel"], ["20"], [replace(PLACE, section=NASTY, href="/id/passage/p", document_href="/id/d/d")],
    "drafted", "once",
)  # fmt: skip
DEEP = replace(
    CARD, sheet=SHEET, triple=TRIPLE, references=REFERENCES, tensions=TENSIONS, note=NAMED,
    details=[st.Detail(NAMED, [NAMED, p.Named(NASTY)])],
)  # fmt: skip
PLAIN = replace(CARD, value=None, about=[], places=[], triple=st.Triple([], "is described", []))
REPORTING = st.Reporting(NASTY, "bottleneck", "▲", [NAMED, NAMED], NASTY, NASTY, [NAMED, NAMED])
REPORTED = replace(DEEP, reporting=REPORTING)
WAY = (NAMED, "/why?subject=a")
DERIVED = [st.DerivedLine(NAMED, True, [WAY] * 9), st.DerivedLine(NAMED, False, [WAY])]
WORDS = st.MentionLine(NAMED, NAMED, NAMED, MARKED, "000")
TABLES = [
    st.MentionTable(
        "wordings", NASTY, [WORDS, replace(WORDS, only="", target=None)], True, False, True
    ),
    st.MentionTable("references", "Refs", [WORDS, replace(WORDS, match=None)], False, True, False),
]
INSIDE = st.DocumentView([(NAMED, 3, SHEET)], [(NAMED, "7-8", 2, SHEET), (NAMED, "", 0, "")])
DEPTH = st.ElementDepth(
    DERIVED, "two sources", [WORK, WORK],
    [st.Described("statements-subject", NASTY, [DEEP, PLAIN], True, "2 of 3", "/doc/x?group=subject")],
    TENSIONS,
)  # fmt: skip
RESOURCE = c.ResourcePage(
    "https://example.org/x", NAMED, [NAMED], NAMED,
    [st.Described("statements-here", "Here", [CARD, DEEP, REPORTED], brief=True), st.Described("statements-about", "About", [DEEP, PLAIN])],
    [p.PropertyRow("", NAMED, [NAMED, p.Named(NASTY)], "2 of 3", derived=True)],
    [p.Pointers(NAMED, [NAMED], 60, "1 of 60", True, SHEET)], [p.Named("Turtle", "/doc/x.ttl", iri="text/turtle")],
)  # fmt: skip
SIDE = cp.SideView(
    NASTY, NAMED, NAMED, [PLACE, PLACE, PLACE], None, [st.Detail(NAMED, [NAMED, p.Named(NASTY)])]
)
SIDES = [
    SIDE,
    replace(SIDE, card=CARD),
    replace(SIDE, card=DEEP, meaning=p.Named(""), places=[], facts=[]),
]
JUDGEMENT = cp.CorrespondenceLine(
    NASTY, st.Marked(NASTY, "meaning", "supports"), "/x", p.Named(NASTY, language="fy"), NAMED,
    [cp.SideGroup("regards", NASTY, SIDES), cp.SideGroup("setsBeside", "many", [*SIDES, SIDE]),
     cp.SideGroup("soughtIn", "where", documents=[NAMED, p.Named(NASTY)])], NASTY, st.Marked("drafted", "once", "drafted"),
)  # fmt: skip
JUDGED = cp.CorrespondenceView(
    [JUDGEMENT, replace(JUDGEMENT, shared=None, status=None)], own=False, cut="2 of 3"
)
FOUND = j.FindingEntry(NAMED, "3 statements", [NAMED, p.Named(NASTY)], nobody=True, sheet=SHEET)
LONE = j.FindingEntry(p.Named(NASTY), "", [NAMED], addressed=NASTY, addressed_sheet=SHEET)
KIND = j.KindGroup(
    "bottleneck", "▲", NASTY, "4 statements", "/j?k", [FOUND, LONE], [LONE], "1 more"
)
COUNTED = j.KindGroup("neither", "○", "None", "1 statement", "/j?n", [], [], "")
CELLS = [
    j.MatrixCell(
        NAMED, "4 statements", "/j#s", [KIND, COUNTED], absent=NASTY, opened=True, sheet=SHEET
    ),
    j.MatrixCell(NAMED, "", "/j#t", [], reason=NASTY),
]
MATRIX = j.MatrixView(
    [j.MatrixRow("phase-a", NAMED, NAMED, "4 statements", "/j?p", CELLS),
     j.MatrixRow("phase-none", p.Named("x"), p.Named(NASTY), "", "/j?q", CELLS)],
    [j.VoiceColumn(NAMED, "/j?v"), j.VoiceColumn(NAMED, "/j?w")],
    [j.Unaddressed(NAMED, "3 statements", [NAMED, NAMED], [NAMED])] * 8, NASTY,
    [j.KindEntry("mixed", "±", NASTY, NASTY, "none")], 4, "/j",
)  # fmt: skip
OPENED = j.OpenedCell(
    [NAMED, p.Named(NASTY)], "3 statements",
    [j.OpenedGroup("statements-mixed", "±", "mixed", NASTY, [REPORTED, CARD, PLAIN])], "/j", "", "1 to 3", "/e", "/l",
)  # fmt: skip
FILES = j.Downloads("/csv", "/json", "/queries/x", whole=False)
JOURNEY = c.JourneyPage("/j", [FIELD], [], [("lang", "nl")], [NAMED], MATRIX, OPENED, FILES)
ORIGIN = r.OriginView("row 2", NAMED, "2026-01-01T00:00:00Z", "1 January 2026")
SUBMITTED = r.SubmissionView(
    [("State", NAMED), ("Mapping", p.Named(NASTY)), ("Nothing", p.Named(""))],
    [r.SubmittedRow(p.Named("2", "/id/row/2"), NAMED), r.SubmittedRow(p.Named(""), NAMED)],
    [r.SubmittedColumn(NAMED, NASTY, [NAMED, NAMED], NAMED), r.SubmittedColumn(NAMED, "x", [], None)],
    "2 of 3",
)  # fmt: skip
TRACED = replace(
    RESOURCE, origin=ORIGIN,
    rows=[p.PropertyRow("", NAMED, [NAMED, NAMED], cells=[p.Named(NASTY, "/id/s#row-2"), None])],
)  # fmt: skip
BARE = c.ResourcePage("i", p.Named("x"), [], p.Named(""), [], [], [], [])
CELL = s.FaultyCell("E", NASTY, 2, NASTY)
NO_CELL = s.FaultyCell("", "x", None, "", "wrong", "mend")
GROUP = s.FindingGroup(
    "finding-x", "x", "Fault", NASTY, "mend", "4 times", [CELL, NO_CELL], [CELL], "show", "2 more"
)  # fmt: skip
OWN = replace(GROUP, id="finding-y", message="", fix="", others=[])
REPORT = s.ReportView(True, "good", [("File", NASTY)], [GROUP, OWN], "2 new", "1 more")
MINE = s.SubmissionRow("a", "2026-01-01T00:00:00Z", "1 Jan", NASTY, "ok", "2", [NAMED, NAMED], True)
SIGNED_IN = s.SignedIn(NASTY, "abc", [MINE, replace(MINE, records=[], withdrawable=False)])
TABLES_TO_FILL_IN = [
    s.TableToFillIn("a", NASTY, "/t.xlsx", "/t.csv", True),
    s.TableToFillIn("b", "B", "/u.xlsx", "/u.csv"),
]
SUBMIT = c.SubmitPage("/s", "/s/e", "/s/w", TABLES_TO_FILL_IN[1:], "/q", "/m", None)
MADE = s.Download("download-xlsx", NASTY, "data:text/csv;base64,eA==", NASTY, "1 kB")
PAGES: list[c.Page] = [
    *COMPARED,
    *SHEETS,
    c.HomePage(LINK, a.HEADLINE, [TOPIC], Counts(1, 2, 3, 4, 5, 6, 7, 8, 0), REVIEW, ["Internal"], "/m", "/j", "/about#kinds", "/s", "/o"),
    c.HomePage(None, None, [], Counts(0, 0, 0, 0, 0, 0, 0, 0, 5), [], [], "/m", "/j", "/about#kinds", "/s", "/o"),
    c.QuestionsPage([TOPIC], "/json", p.RowSearch("/queries", [], live=True)),
    c.QuestionsPage([], "/json", replace(a.SEARCH, all_rows="")),
    QUESTION,
    a.PERMALINK,
    replace(a.PERMALINK, same=True, notes=[], added=None, removed=None, changed=[], cut=""),
    replace(QUESTION, answer=replace(a.ANSWER, turtle="", limits=[])),
    replace(QUESTION, answer=replace(a.ANSWER, table=a.BY_CASE, search=p.RowSearch("/", [], live=True))),
    replace(QUESTION, answer=replace(a.ANSWER, table=p.AnswerTable([], []))),
    replace(QUESTION, answer=None, fields=[FIELD, WRONG], errors=[("field-year", "no"), ("", NASTY)]),
    replace(QUESTION, answer=replace(a.ANSWER, headline=p.Headline("0"), table=p.AnswerTable([], []))),
    MAP,
    replace(MAP, groups=[OPEN_EMPTY]),
    replace(MAP, groups=[m.MapGroup("goal-y", "Y", "d", [replace(ROW, projects=BEHIND, records_href="/all")])]),
    replace(MAP, groups=[m.MapGroup("goal-y", "Y", "d", [replace(ROW, projects=pp.ElementProjects("none", "careful"))])]),
    replace(MAP, groups=[], errors=[("", "no such element")]),
    SPARQL,
    replace(SPARQL, results=p.Results(TABLE, count="3 rows", more=True), snippets=[a.SNIPPET]),
    replace(SPARQL, results=p.Results(boolean=False)),
    replace(SPARQL, results=p.Results(text="<a> <b> <c> .")),
    replace(SPARQL, query="</textarea>", error=NASTY, place="Line 1"),
    replace(MAP, groups=[m.MapGroup("goal-y", "Y", "d", [replace(ROW, depth=DEPTH)], NASTY)]),
    RESOURCE,
    replace(RESOURCE, correspondences=JUDGED, citations=NOTES),
    replace(RESOURCE, correspondences=replace(JUDGED, lines=[JUDGEMENT], own=True)),
    BARE,
    replace(RESOURCE, facts=[st.Detail(NAMED, [NAMED])], look_alikes=st.Detail(NAMED, [NAMED, NAMED]), derived=DERIVED, mentions=TABLES, document=INSIDE),
    replace(RESOURCE, mentions=TABLES, mentions_first=True),
    TRACED,
    replace(TRACED, origin=replace(ORIGIN, place=""), submission=SUBMITTED),
    replace(BARE, submission=replace(SUBMITTED, rows=[], columns=[], cut="")),
    SUBMIT,
    replace(SUBMIT, signed_in=SIGNED_IN, report=REPORT, notice=s.Notice("recorded", NASTY, NASTY, NASTY, "/r")),
    replace(SUBMIT, signed_in=s.SignedIn("one", "c", []), report=replace(REPORT, conforms=False)),
    replace(SUBMIT, errors=[("field-file", NASTY), ("", "x")], tables=TABLES_TO_FILL_IN),
    replace(SUBMIT, report=replace(REPORT, summary=NASTY, downloads=[MADE], no_download=NASTY,
                                   unmatched=[s.UnmatchedRow(NASTY, NASTY, "2 times", ""), s.UnmatchedRow("a", "b", "1 time", NASTY)],
                                   groups=[replace(GROUP, first=[replace(CELL, sheet=NASTY), replace(CELL, path=NASTY)])])),
    c.AboutPage([Source("i", "t", "a", date(2023, 10, 4), "p", "m"), Source("i", "t", "", None, "", "")], [KindCount("i", NASTY, NASTY, 3)], REVIEW, "/map", WHOLE_DATASET),
    JOURNEY,
    replace(JOURNEY, documents=[NAMED, NAMED], opened=replace(OPENED, groups=[], reason=NASTY, span="", earlier="", later=""), downloads=replace(FILES, whole=True)),
    replace(JOURNEY, view=replace(MATRIX, unaddressed=[], everything=""), opened=None, downloads=None),
    replace(JOURNEY, documents=[], view=None, opened=None),
    replace(JOURNEY, view=None, opened=None, fields=[FIELD, WRONG], errors=[("field-year", "no"), ("", NASTY)]),
    MODEL,
    replace(MODEL, layers=[], pictures=[]),
    c.ErrorPage(404, "Not found", NASTY, "/", "/queries"),
]  # fmt: skip


def _frame(language: Language, content: Language, *, demo: bool) -> c.Frame:
    return c.Frame(
        language, content, "/", "/about", "/about#accessibility", "/changes", "/style.css", "/page.js",
        "/icon.svg", [p.NavigationLink("Home", "/", True), p.NavigationLink("Map", "/map", False)],
        "en" if language == "nl" else "nl", "/?lang=en&x=1", "0.1.0", 1, 1, demo, ALTERNATES,
    )  # fmt: skip


ENVIRONMENTS = {language: environment(language) for language in LANGUAGES}


def _draw(page: c.Page, language: Language, content: Language, *, demo: bool = False) -> str:
    template = ENVIRONMENTS[language].get_template(page.template)
    return template.render(page=page, frame=_frame(language, content, demo=demo))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: type(page).__name__)
@pytest.mark.parametrize("content", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_strict_html(page: c.Page, language: Language, content: Language) -> None:
    text = _draw(page, language, content)
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<script>alert" not in text
    assert NASTY not in text
    assert f'<html lang="{language}">' in text
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'aria-(?:labelledby|describedby|controls)="([^"]*)"', text)
    assert {name for target in targets for name in target.split()} <= set(ids)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: type(page).__name__)
def test_nothing_runs_or_styles_inline(page: c.Page) -> None:
    text = _draw(page, "en", "nl")
    assert not re.search(r"<style|<[^>]*\s(?:style|on[a-z]+)=", text)
    assert re.findall(r"<script[^>]*>(.*?)</script>", text) == [""]


def test_demo_says_so_on_every_page() -> None:
    for page in PAGES:
        drawn = {demo: _draw(page, "nl", "nl", demo=demo) for demo in (True, False)}
        assert ['id="demo-banner"' in drawn[demo] for demo in (True, False)] == [True, False]


def test_templates_hold_no_addresses() -> None:
    for path in TEMPLATES.glob("*.jinja"):
        assert not re.findall(r'(?:href|action|src)="[^"{#]', path.read_text("utf-8")), path.name


def test_content_in_another_language_is_marked() -> None:
    assert 'lang="en">gist' in _draw(MAP, "nl", "en")
    assert 'lang="en">gist' not in _draw(MAP, "en", "en")


def test_policy_allows_nothing_from_elsewhere() -> None:
    assert "default-src 'none'" in POLICY
    assert not re.search("unsafe|http", POLICY)
