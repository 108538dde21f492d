"""``/model``: the layers and components of integration, and what documents say MDT does for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from werkzaam.api.figure_links import cell_href, tally_href
from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.errors import NotFound
from werkzaam.web.addresses import thing_href
from werkzaam.web.assessments import component_assessments
from werkzaam.web.contexts import ModelPage
from werkzaam.web.forms import content_language_field, hidden_fields, read_form
from werkzaam.web.languages import Languages, languages_of
from werkzaam.web.lookups import ScaleValue, effects, look_up, text_of
from werkzaam.web.map_pieces import Assessment
from werkzaam.web.model_drawing import NARROW, WIDE, picture
from werkzaam.web.model_pieces import ComponentView, EffectEntry, LayerView
from werkzaam.web.pieces import Named
from werkzaam.web.wording import say

EFFECTS = "integration/effect-of-mdt-per-component"
PROJECTS = "integration/projects-per-component"
INTERACTIONS = "integration/interactions-between-components"
ALL_DOCUMENTS = "across/mdt-per-component"
_NOT_STATED = "not-stated"


@dataclass(frozen=True)
class _Facts:
    """Everything on the page by the IRI of the component."""

    values: Mapping[str, ScaleValue]
    assessments: Mapping[str, Sequence[Assessment]]
    interactions: Mapping[str, Sequence[Named]]
    records: Mapping[str, Row]


def model_page(service: Service, request: Request) -> ModelPage:
    """The page. Raises NotFound where the content lacks a question that it needs, BadRequest for a
    key that it does not know."""
    languages = languages_of(request)
    read_form(request)
    layers = _layers(service, languages)
    links = service.links
    wanted = {"lang": languages.content}
    shown = [component for layer in layers for component in layer.components]
    return ModelPage(
        action=links.path("/model"),
        fields=[content_language_field(languages)],
        hidden=hidden_fields(request, languages),
        layers=layers,
        pictures=[picture(layers, form) for form in (WIDE, NARROW)],
        legend=_legend(effects(service.store, languages.content), shown, links),
        components=len(shown),
        components_sheet=tally_href(links, "components"),
        csv=links.path(f"/v1/queries/{EFFECTS}", **wanted, format="csv"),
        json=links.path(f"/v1/queries/{EFFECTS}", **wanted, format="json"),
        questions=links.path("/queries") + "#topic-integration",
    )


def _layers(service: Service, languages: Languages) -> list[LayerView]:
    facts = _facts(service, languages)
    rows = look_up(service.store, "components", languages.content)
    layers = [
        LayerView(
            f"layer-{last_segment(layer['layer'].value)}",
            layer["label"].value,
            layer["definition"].value,
            [_component(service, row, facts) for row in rows if row.get("layer") == layer["layer"]],
        )
        for layer in look_up(service.store, "layers", languages.content)
    ]
    outside = [_component(service, row, facts) for row in rows if "layer" not in row]
    around = LayerView(
        "layer-none",
        say("Around the layers", languages.interface),
        say("What documents put in no layer: it surrounds them all.", languages.interface),
        outside,
        around=True,
    )
    return [*([around] if outside else []), *(layer for layer in layers if layer.components)]


def _facts(service: Service, languages: Languages) -> _Facts:
    store, language, catalogue = service.store, languages.content, service.catalogue
    known = {query.name for query in catalogue.all()}
    for name in (EFFECTS, PROJECTS, INTERACTIONS, ALL_DOCUMENTS):
        if name not in known:
            raise NotFound(
                "The model cannot be drawn: this content has no question {name}. Add it to queries/.",
                name=name,
            )
    values = effects(store, language)
    said = catalogue.answer(catalogue.get(EFFECTS), {}, language=language).table
    loaded = catalogue.answer(catalogue.get(PROJECTS), {}, language=language).table
    between = catalogue.answer(catalogue.get(INTERACTIONS), {}, language=language).table
    return _Facts(
        values,
        component_assessments(store, said, values, language, service.links),
        _interactions(service, between.rows, language),
        {row["component"].value: row for row in loaded.rows},
    )


def _interactions(service: Service, rows: Sequence[Row], language: str) -> dict[str, list[Named]]:
    found: dict[str, dict[str, Named]] = {}
    for row in rows:
        claim = row["statement"].value
        named = Named(row["gist"].value, thing_href(claim, service.links), language, claim)
        for role in ("component", "other"):
            if role in row:
                found.setdefault(row[role].value, {})[claim] = named
    return {component: list(claims.values()) for component, claims in found.items()}


def _component(service: Service, row: Row, facts: _Facts) -> ComponentView:
    iri = row["component"].value
    said = facts.assessments.get(iri, ())
    given = {item.value.iri for item in said}
    values = [value for value in facts.values.values() if value.iri in given]
    unsaid = [value for value in facts.values.values() if value.slug == _NOT_STATED]
    return ComponentView(
        id=f"component-{last_segment(iri)}",
        iri=iri,
        label=row["label"].value,
        definition=row["definition"].value,
        note=text_of(row, "note"),
        href=thing_href(iri, service.links),
        values=values or unsaid,
        assessments=said,
        interactions=facts.interactions.get(iri, ()),
        records=text_of(facts.records.get(iri, {}), "records"),
        records_sheet=cell_href(
            service.links,
            service.catalogue.get(PROJECTS),
            "records",
            facts.records.get(iri, {}),
            {},
        ),
        everything=service.links.question_page(ALL_DOCUMENTS, component=last_segment(iri)),
    )


def _legend(
    values: Mapping[str, ScaleValue], shown: Sequence[ComponentView], links: Links
) -> list[EffectEntry]:
    return [
        EffectEntry(
            value,
            sum(value in component.values for component in shown),
            tally_href(links, "components-with-value", value=value.slug),
        )
        for value in values.values()
    ]
