"""What documents say about working elements, per element, with the parts below their whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from werkzaam.api.figure_links import figure_href
from werkzaam.api.links import Links
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.queries import Language
from werkzaam.store.interface import Store
from werkzaam.web.addresses import thing_href
from werkzaam.web.answer_tables import places_of
from werkzaam.web.lookups import ScaleValue, look_up, text_of
from werkzaam.web.map_pieces import Assessment, GoalStatement
from werkzaam.web.pieces import Place

_SEPARATOR = "; "


def assessments(
    store: Store,
    table: Table,
    scale: Mapping[str, ScaleValue],
    language: Language,
    links: Links,
) -> dict[str, list[Assessment]]:
    """The whole assessments by element, from the rows of the catalogued question."""
    review = {row["statement"].value: row for row in look_up(store, "review", language)}
    places = _places(store, language, links)
    wholes: dict[str, Assessment] = {}
    elements: dict[str, str] = {}
    for row in table.rows:
        checked = review.get(row["assessment"].value, {})
        made = _assessment(row, scale, checked, places, links)
        whole = wholes.get(text_of(row, "partOf"))
        if whole is not None:
            wholes[whole.iri] = replace(whole, parts=(*whole.parts, made))
        else:
            wholes[made.iri] = made
            elements[made.iri] = row["element"].value
    found: dict[str, list[Assessment]] = {}
    for iri, element in elements.items():
        found.setdefault(element, []).append(wholes[iri])
    return found


def component_assessments(
    store: Store,
    table: Table,
    effects: Mapping[str, ScaleValue],
    language: Language,
    links: Links,
) -> dict[str, list[Assessment]]:
    """What documents say about the effect of MDT, by component, from the rows of the question."""
    review = {row["statement"].value: row for row in look_up(store, "review", language)}
    places = _places(store, language, links)
    found: dict[str, list[Assessment]] = {}
    for row in table.rows:
        if "assessment" in row:
            checked = review.get(row["assessment"].value, {})
            made = _assessment(row, effects, checked, places, links, "effect")
            found.setdefault(row["component"].value, []).append(made)
    return found


def goal_statements(
    store: Store, language: Language, links: Links
) -> dict[str, list[GoalStatement]]:
    """Who lists an element for which goal, by element."""
    origins = page_origins(store, language)
    made: dict[str, dict[str, GoalStatement]] = {}
    for row in look_up(store, "goal-statements", language):
        of_element = made.setdefault(row["element"].value, {})
        claim = row["claim"].value
        places = places_of(row, links, origins)
        known = of_element.get(claim)
        if known is not None:
            of_element[claim] = replace(known, places=[*known.places, *places])
            continue
        of_element[claim] = GoalStatement(
            row["goalLabel"].value,
            row["gist"].value,
            row["voiceLabel"].value,
            row["basisLabel"].value,
            places,
            thing_href(claim, links),
        )
    return {element: list(claims.values()) for element, claims in made.items()}


def page_origins(store: Store, language: Language) -> dict[str, str]:
    """What each word for the origin of a page number means."""
    rows = look_up(store, "page-origins", language)
    return {row["label"].value: row["definition"].value for row in rows}


def _places(store: Store, language: Language, links: Links) -> dict[str, list[Place]]:
    """Where each assessment stands, every passage with the way to it."""
    origins = page_origins(store, language)
    found: dict[str, list[Place]] = {}
    for row in look_up(store, "assessment-passages", language):
        found.setdefault(row["assessment"].value, []).extend(places_of(row, links, origins))
    return found


def _assessment(
    row: Row,
    scale: Mapping[str, ScaleValue],
    review: Row,
    places: Mapping[str, Sequence[Place]],
    links: Links,
    column: str = "presence",
) -> Assessment:
    return Assessment(
        iri=row["assessment"].value,
        value=_value(row, scale, column),
        gist=text_of(row, "gist"),
        voice=text_of(row, "voiceLabel"),
        basis=text_of(row, "basisLabel"),
        hedges=_several(row, "hedges"),
        quantities=_several(row, "quantityWords"),
        figures=_several(row, "figures"),
        places=places.get(row["assessment"].value, ()),
        review=text_of(review, "label"),
        review_meaning=text_of(review, "definition"),
        href=thing_href(row["assessment"].value, links),
        sheet=figure_href(row["assessment"].value, links),
    )


def _value(row: Row, scale: Mapping[str, ScaleValue], column: str) -> ScaleValue:
    iri = row[column].value
    return scale.get(iri) or ScaleValue(iri, text_of(row, f"{column}Label"), "", "", False)


def _several(row: Row, name: str) -> list[str]:
    return [part for part in text_of(row, name).split(_SEPARATOR) if part]
