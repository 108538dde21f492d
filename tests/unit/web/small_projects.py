"""Projects that work on an element, as its page shows them, small."""

from dataclasses import replace

from tests.unit.web.small_figures import NASTY

from werkzaam.web import project_pieces as pp

CODED = pp.CodedProject(NASTY, "/id/project/x", "nl", ["analyst", NASTY])
BEHIND = pp.ElementProjects(
    "1 of 2", "careful", "3 not coded",
    [pp.ProjectsInState("projects-yes", "yes", "means yes", 1, [CODED, replace(CODED, coders=[])], "first 1"),
     pp.ProjectsInState("projects-no", NASTY, "means no", 0, [])], "/all",
)  # fmt: skip
