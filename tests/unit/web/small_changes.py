"""The pages about changes, with everything on them, and with as little as there can be."""

from dataclasses import replace
from datetime import datetime

from tests.unit.web.small_figures import NAMED, NASTY

from werkzaam.web import changes_pieces as ch
from werkzaam.web import pieces as p
from werkzaam.web.alternates import Alternate, WholeDataset

FORM = ch.Comparison(
    "/changes/diff", [p.FormField("from", "From", "1", kind="number")], [("lang", "nl")]
)
CHANGE = ch.ChangeRow(
    7, "2026-01-01T00:00:00Z", datetime(2026, 1, 1), "00:00", "Update", NASTY, 1200, 0, "/changes/diff"
)  # fmt: skip
CHANGES = ch.ChangesPage([CHANGE, replace(CHANGE, message="")], FORM, "/n", "/o", "/json")
LINES = [ch.ChangedLine(NAMED, p.Named(NASTY), "records"), ch.ChangedLine(NAMED, NAMED, "")]
DIFFERENCE = ch.DifferencePage(
    0, 7, NASTY,
    [ch.ChangedView("thing-1", NAMED, [NAMED, p.Named(NASTY)], LINES, [], "2 of 3"),
     ch.ChangedView("thing-2", p.Named(NASTY), [], LINES, LINES)],
    "1 to 2", "note", FORM, "/changes", "/start", "/following", "/json", "/patch",
)  # fmt: skip
COMPARED = (
    CHANGES,
    replace(CHANGES, rows=[], newest="", older=""),
    DIFFERENCE,
    replace(DIFFERENCE, things=[], shown="", start="", following=""),
)
WHOLE_DATASET = WholeDataset(
    {"N-Quads": "/data/latest.nq"}, "/catalog", "/.well-known/void", "/changes.atom"
)
ALTERNATES = (Alternate("alternate", "/changes.atom", "application/atom+xml", NASTY),)
