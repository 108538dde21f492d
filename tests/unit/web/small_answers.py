"""Answers as tables, small, with every kind of cell."""

from tests.unit.web.small_figures import NASTY, PLACE, SHEET

from werkzaam.web import contexts as c
from werkzaam.web import pieces as p
from werkzaam.web.lookups import ScaleValue
from werkzaam.web.permalink_pieces import ChangedCell, ChangedRow, PermalinkPage

TABLE = p.AnswerTable(
    [p.Heading("a", "short"), p.Heading("b", "long"), p.Heading("c", "number")],
    [
        [p.Cell("text", NASTY, "https://example.org/"), p.Cell("places", places=[PLACE]), p.Cell("none")],
        [p.Cell("iri", "https://example.org/"), p.Cell("text", "x", language="fy", about="/id/claim/a"), p.Cell("number", "3")],
        [p.Cell("text", "q", href="/id/voice/author", quiet=True), p.Cell("none"), p.Cell("none")],
        [p.Cell("presence", "p", "iri", "en", "●", "present", sheet=SHEET, called=NASTY), p.Cell("text", NASTY, href="/x", sheet=SHEET), p.Cell("number", "3", sheet=SHEET, called=NASTY)],
    ],
    ["d"],
)  # fmt: skip
SEARCH = p.RowSearch(
    "/here#x", [("lang", "nl")], NASTY, "3 of 9 rows hold these words.", "/here?rows=all", "/here"
)
STACKED = p.Cell(
    "number",
    "3",
    sheet=SHEET,
    called="n",
    details=[p.Labelled("least", p.Cell("number", "2", sheet=SHEET, called=NASTY))],
)
BY_CASE = p.AnswerTable(
    [p.Heading("a", "number"), p.Heading("b", "long")],
    [[STACKED, p.Cell("text", NASTY, items=["one", NASTY])], [p.Cell("none"), p.Cell("none")]],
    ["d"],
    [p.Labelled("made up", p.Cell("text", "no", language="en"))],
    [
        p.Case(
            p.Cell("text", "A", href="/id/claim/a"),
            [p.Labelled("why", p.Cell("text", NASTY, about="/id/claim/a"))],
            [[STACKED, p.Cell("text", NASTY, items=["one", NASTY])]],
        ),
        p.Case(p.Cell("text", "B"), [], [[p.Cell("none"), p.Cell("none")]], "1 of 2"),
    ],
)
PERMALINK = PermalinkPage(
    "title", "question?", "/queries", "/queries/a/b", False, NASTY, [NASTY], [("then", NASTY)],
    TABLE, TABLE, [ChangedRow(NASTY, [ChangedCell("a", NASTY, ""), ChangedCell("b", "", "x")])],
    "the first 100", "/json",
)  # fmt: skip
VALUE = ScaleValue("https://example.org/v", NASTY, "meaning", "●", True)
HEADLINE = p.Headline(
    "1 of 2", [p.Fact(VALUE, ["a", "b"], SHEET)], "no data", "careful", number=1, sheet=SHEET
)
SNIPPET = p.Snippet("snippet-curl", "curl", f"curl '{NASTY}'")
ANSWER = c.Answer(
    HEADLINE, TABLE, "3 rows", "SELECT *", "/sparql?query=x", "/csv", "/json", SEARCH,
    "https://example.org/page", "https://example.org/version", 1, [SNIPPET], "/xlsx", "/ttl",
    "https://example.org/kept", [("unknown", NASTY)], "/csv?x=1&y=2",
)  # fmt: skip
