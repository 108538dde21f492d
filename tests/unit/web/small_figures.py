"""Figure sheets with everything on them, and with as little as there can be."""

from dataclasses import replace

from werkzaam.web import figure_views as f
from werkzaam.web import pieces as p

NASTY = """<script>alert("1")</script> & 'x'"""
SHEET = "/figures/counts/x?a=b&c=d"
NAMED = p.Named(NASTY, "/id/working-element/x", "fy", "https://example.org/x")
PLACE = p.Place("Report", "Heading", "28", "inferred", "was counted")
ITEM = f.ItemView(NAMED, NASTY, NASTY, SHEET, [(NASTY, NASTY)], [PLACE], "/why?x")
NOTES = [f.Note("footnote-nl", "nl", NASTY, NASTY), f.Note("footnote-en", "en", "En", NASTY)]
WHY = f.ReasonView(NASTY, NAMED, "/id/t", NASTY, [1, 3])
FIGURE = f.FigurePage(
    NASTY, NAMED, NASTY, NASTY, False, NAMED, NOTES,
    [f.LineView("figure", NASTY, [NAMED, p.Named(NASTY)], NASTY, ""), f.LineView("period", "Period", [], "", NASTY)],
    [replace(PLACE, href="/id/passage/p", url=NASTY)],
    [f.ReferenceView(NAMED, NASTY, NAMED), f.ReferenceView(NAMED, "", None)],
    [f.WeighedView(1, [ITEM], [WHY, replace(WHY, href="", review="", beside=[])]), f.WeighedView(1, [], [WHY])],
    [ITEM], [ITEM], [ITEM], None, [], 0, "", "", False, "/doc/x", 1, "https://example.org/f", "/v1/f", "https://example.org/v",
)  # fmt: skip
RULE = f.RuleView(NASTY, NASTY, "/queries/a", [(NASTY, NASTY)], NASTY, "/sparql?q")
COUNT = replace(
    FIGURE, is_count=True, gist=p.Named(""), rule=RULE, members=[ITEM, replace(ITEM, sheet="", why="", places=[])],
    counted=200, cut=NASTY, weighed=[], same=[], together=[], cites=[], resource="",
)  # fmt: skip
SHEETS = [
    FIGURE,
    replace(FIGURE, places=[], references=[], weighed=[], same=[], together=[], cites=[]),
    COUNT,
    replace(
        COUNT, members=[], counted=0, cut="", empty=NASTY, rule=replace(RULE, question="", asked=[])
    ),
    replace(COUNT, without_passage=True),
    replace(COUNT, earlier="/figures/x", later="/figures/x?after=200"),
]
