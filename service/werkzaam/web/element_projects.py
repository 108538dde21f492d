"""The projects behind each count of one working element, by what was recorded about them."""

from collections.abc import Sequence

from werkzaam.api.figure_links import cell_href
from werkzaam.api.service import Service
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.web.addresses import thing_href
from werkzaam.web.headlines import (
    PROJECTS_FOR_ELEMENT,
    PROJECTS_PER_ELEMENT,
    how_many_address,
    not_coded,
)
from werkzaam.web.languages import CONTENT_KEY, Languages
from werkzaam.web.lookups import look_up, text_of
from werkzaam.web.project_pieces import CodedProject, ElementProjects, ProjectsInState
from werkzaam.web.wording import say

_COUNTS = {
    "addressed": "addressed",
    "explicitly-not-addressed": "explicitlyNotAddressed",
    "not-mentioned": "notMentioned",
}


def projects_page(
    service: Service, element: str, languages: Languages, subsidy_round: str = ""
) -> str:
    """The page that lists the projects coded for ``element``; empty without that question."""
    names = {query.name for query in service.catalogue.all()}
    if PROJECTS_FOR_ELEMENT not in names:
        return ""
    other = languages.content != languages.interface
    query = {
        "element": last_segment(element),
        "subsidyRound": last_segment(subsidy_round),
        CONTENT_KEY: languages.content if other else None,
    }
    return service.links.question_page(PROJECTS_FOR_ELEMENT, **query)


def element_projects(service: Service, counted: Row, languages: Languages) -> ElementProjects:
    """The projects of one element. ``counted``: its row in the answer of projects per element."""
    language = languages.interface
    sentence = how_many_address([counted], language)
    if not int(text_of(counted, "coded") or 0):
        caution = say("That says nothing about what projects do.", language)
        return ElementProjects(sentence, caution)
    return ElementProjects(
        sentence,
        say("Not mentioned is not the same as not done.", language),
        not_coded(counted, language),
        _states(service, counted, languages),
        projects_page(service, counted["element"].value, languages),
    )


def _states(service: Service, counted: Row, languages: Languages) -> list[ProjectsInState]:
    return [
        _state(service, counted, state, languages)
        for state in look_up(service.store, "coding-states", languages.content)
        if last_segment(state["state"].value) in _COUNTS
    ]


def _state(service: Service, counted: Row, state: Row, languages: Languages) -> ProjectsInState:
    slug = last_segment(state["state"].value)
    count = int(text_of(counted, _COUNTS[slug]))
    projects: list[CodedProject] = []
    if count:
        things = {"element": counted["element"].value, "state": state["state"].value}
        found = look_up(service.store, "projects-in-state", languages.content, **things)
        projects = _projects(service, found)
    return ProjectsInState(
        f"projects-{slug}",
        state["label"].value,
        state["definition"].value,
        count,
        projects,
        _cut(len(projects), count, languages.interface),
        cell_href(
            service.links, service.catalogue.get(PROJECTS_PER_ELEMENT), _COUNTS[slug], counted, {}
        ),
    )


def _projects(service: Service, rows: Sequence[Row]) -> list[CodedProject]:
    coders: dict[str, list[str]] = {}
    for row in rows:
        said = coders.setdefault(row["project"].value, [])
        said.extend(filter(None, [text_of(row, "codedByLabel")]))
    titles = {row["project"].value: row["title"] for row in rows if "title" in row}
    return [
        CodedProject(
            titles[iri].value if iri in titles else last_segment(iri),
            thing_href(iri, service.links),
            titles[iri].language or "" if iri in titles else "",
            those,
        )
        for iri, those in coders.items()
    ]


def _cut(shown: int, count: int, language: Language) -> str:
    if shown >= count:
        return ""
    return say("The first {shown} of {count} are listed here.", language, shown=shown, count=count)
