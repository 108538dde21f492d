"""``/map``: per working element what the documents say, on what ground, and what is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from werkzaam.api.figure_links import cell_href, tally_href
from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.domain.answers import Row
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.errors import BadRequest, InvalidParameter, NotFound
from werkzaam.web.addresses import thing_href
from werkzaam.web.assessments import assessments, goal_statements
from werkzaam.web.contexts import MapPage
from werkzaam.web.element_depth import element_depth
from werkzaam.web.element_projects import element_projects, projects_page
from werkzaam.web.forms import errors_of, form_fields, hidden_fields, read_form
from werkzaam.web.headlines import ELEMENTS_WITHOUT_PROJECTS, PROJECTS_PER_ELEMENT
from werkzaam.web.languages import CONTENT_KEY, Languages, languages_of
from werkzaam.web.lookups import ScaleValue, look_up, scale, text_of
from werkzaam.web.map_groups import goal_groups
from werkzaam.web.map_pieces import Assessment, GoalStatement, LegendEntry, MapGroup, MapRow
from werkzaam.web.wording import say

ASSESSMENTS = "evidence/assessment-per-working-element"
_OPEN_KEY = "element"


@dataclass(frozen=True)
class _Facts:
    """Everything on the map by the IRI of the element, for the goal that was asked."""

    goal: str
    opened: str
    records: Mapping[str, Row]
    assessments: Mapping[str, Sequence[Assessment]]
    goals: Mapping[str, Sequence[GoalStatement]]


def map_page(service: Service, request: Request) -> MapPage:
    """The map. What is wrong in the form or in the name of an element stands in the page."""
    languages = languages_of(request)
    query = _question(service)
    given: dict[str, str] = {}
    error: BadRequest | None = None
    groups: list[MapGroup] = []
    values = scale(service.store, languages.content)
    try:
        given = read_form(request, also=(_OPEN_KEY,))
        groups = _groups(service, request, given, values)
    except BadRequest as fault:
        error = fault
    fields = form_fields(query, service.catalogue, given, languages, error)
    rows = {row.iri: row for group in groups for row in group.rows}
    wanted = {**({} if error else given), "lang": languages.content}
    goal = given.get("goal", "")
    links = service.links
    return MapPage(
        action=links.path("/map"),
        fields=fields,
        errors=errors_of(error, fields, languages.interface),
        hidden=hidden_fields(request, languages),
        groups=groups,
        legend=_legend(values, list(rows.values()), goal, links),
        elements=len(rows),
        elements_sheet=tally_href(links, "elements", goal=goal),
        csv=links.path(f"/v1/queries/{ASSESSMENTS}", **wanted, format="csv"),
        json=links.path("/v1/evidence-map", **wanted),
        question=links.question_page(ELEMENTS_WITHOUT_PROJECTS),
    )


def _question(service: Service) -> CataloguedQuery:
    names = {query.name for query in service.catalogue.all()}
    for name in (ASSESSMENTS, PROJECTS_PER_ELEMENT):
        if name not in names:
            raise NotFound(
                "The map cannot be drawn: this content has no question {name}. Add it to queries/.",
                name=name,
            )
    return service.catalogue.get(ASSESSMENTS)


def _groups(
    service: Service,
    request: Request,
    given: Mapping[str, str],
    values: Mapping[str, ScaleValue],
) -> list[MapGroup]:
    languages = languages_of(request)
    facts = _facts(service, request, given, values)
    elements = look_up(service.store, "elements", languages.content)
    _check_element(facts.opened, elements)
    found = goal_groups(look_up(service.store, "goals", languages.content), elements, facts.goal)
    labels = {group.iri: group.label for group in found}
    general = [row for row in elements if "goal" not in row]
    groups = [] if facts.goal else [_general(service, general, facts, languages)]
    return [
        *groups,
        *(
            MapGroup(
                f"goal-{last_segment(group.iri)}",
                group.label,
                group.definition,
                _rows(service, group.elements, facts, languages),
                labels.get(group.within, ""),
            )
            for group in found
        ),
    ]


def _facts(
    service: Service,
    request: Request,
    given: Mapping[str, str],
    values: Mapping[str, ScaleValue],
) -> _Facts:
    content = languages_of(request).content
    catalogue = service.catalogue
    said = catalogue.answer(catalogue.get(ASSESSMENTS), given, language=content)
    projects = catalogue.answer(catalogue.get(PROJECTS_PER_ELEMENT), given, language=content)
    return _Facts(
        goal=last_segment(given.get("goal", "")),
        opened=request.query_params.get(_OPEN_KEY, ""),
        records={row["element"].value: row for row in projects.table.rows},
        assessments=assessments(service.store, said.table, values, content, service.links),
        goals=goal_statements(service.store, content, service.links),
    )


def _check_element(slug: str, elements: Sequence[Row]) -> None:
    known = [last_segment(row["element"].value) for row in elements]
    if slug and slug not in known:
        raise InvalidParameter(
            _OPEN_KEY,
            known,
            "{value} is no working element. Choose one on the map.",
            value=quoted(slug),
        )


def _general(
    service: Service, rows: Sequence[Row], facts: _Facts, languages: Languages
) -> MapGroup:
    return MapGroup(
        "goal-none",
        say("For all encounters", languages.interface),
        say("General elements: listed without one particular goal.", languages.interface),
        _rows(service, rows, facts, languages),
    )


def _rows(
    service: Service, rows: Sequence[Row], facts: _Facts, languages: Languages
) -> list[MapRow]:
    return [_row(service, row, facts, languages) for row in rows]


def _row(service: Service, row: Row, facts: _Facts, languages: Languages) -> MapRow:
    iri = row["element"].value
    slug = last_segment(iri)
    is_open = slug == facts.opened
    records = facts.records.get(iri, {"element": row["element"]})
    coded = int(text_of(records, "coded") or 0)
    query = {
        "goal": facts.goal,
        CONTENT_KEY: languages.content if languages.content != languages.interface else None,
        _OPEN_KEY: None if is_open else slug,
    }
    return MapRow(
        id=slug,
        iri=iri,
        label=row["label"].value,
        definition=row["definition"].value,
        href=f"{service.links.path('/map', **query)}#{slug}",
        open=is_open,
        assessments=facts.assessments.get(iri, ()),
        goals=facts.goals.get(iri, ()),
        records=text_of(records, "records"),
        resource=thing_href(iri, service.links),
        records_sheet=cell_href(
            service.links,
            service.catalogue.get(PROJECTS_PER_ELEMENT),
            "records",
            records,
            {"goal": facts.goal} if facts.goal else {},
        ),
        records_href=projects_page(service, iri, languages) if coded else "",
        projects=element_projects(service, records, languages) if is_open else None,
        depth=element_depth(service, iri, languages) if is_open else None,
    )


def _legend(
    values: Mapping[str, ScaleValue], rows: Sequence[MapRow], goal: str, links: Links
) -> list[LegendEntry]:
    return [
        LegendEntry(
            value,
            sum(any(a.value.iri == iri for a in row.assessments) for row in rows),
            tally_href(links, "elements-with-value", value=value.slug, goal=goal),
        )
        for iri, value in values.items()
    ]
