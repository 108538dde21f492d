"""``/doc`` for a browser: what is known of one thing, and where it comes from."""

from urllib.parse import quote

from starlette.requests import Request

from werkzaam.api.citations import citations
from werkzaam.api.resource_formats import PAGE_KEY, kept_keys
from werkzaam.api.service import Service
from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import Description, describe
from werkzaam.linked_data.edges import edge_count
from werkzaam.linked_data.graphs import is_graph
from werkzaam.linked_data.names import DCTERMS, MDT, RDFS, SKOS
from werkzaam.linked_data.neighbours import MOST_PER_PROPERTY
from werkzaam.linked_data.statements import ROLES, TYPE
from werkzaam.linked_data.things import ONTOLOGY, Standing, address_of
from werkzaam.web.contexts import ResourcePage
from werkzaam.web.correspondence_lines import correspondence_view
from werkzaam.web.figure_views import Note
from werkzaam.web.languages import CONTENT_KEY, languages_of
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named, Pointers, PropertyRow
from werkzaam.web.resource_depth import (
    derived_lines,
    document_view,
    implied_lines,
    key_facts,
    look_alikes,
    mention_tables,
)
from werkzaam.web.resource_edges import edges_page, formats
from werkzaam.web.resource_graph import graph_page
from werkzaam.web.resource_network import network
from werkzaam.web.resource_origin import cells, origin_view, submission_view
from werkzaam.web.resource_pieces import EdgesPage, GraphPage, OntologyPage
from werkzaam.web.resource_schema import schema_org
from werkzaam.web.resource_terms import ontology_page
from werkzaam.web.resource_words import model_words
from werkzaam.web.statement_cards import kind_of, meanings
from werkzaam.web.statement_groups import groups, own_statement
from werkzaam.web.wording import say

GROUP_KEY = "group"
_FIRST = (TYPE, SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SKOS + "definition")
_MOST_VALUES = 200


def resource_page(
    service: Service, request: Request, thing: Standing
) -> ResourcePage | EdgesPage | OntologyPage | GraphPage:
    """The page about ``thing``; with ``group`` in the address, all statements of that group; with a
    ``page``, all that is said of it in parts. The ontology and graphs have pages of their own."""
    if thing.iri == ONTOLOGY:
        return ontology_page(service, request)
    if is_graph(thing.iri):
        return graph_page(service, request, thing.iri)
    if PAGE_KEY in request.query_params:
        return edges_page(service, request, thing)
    return _first_page(service, request, thing)


def _first_page(service: Service, request: Request, thing: Standing) -> ResourcePage:
    languages = languages_of(request)
    asked = request.query_params.get(GROUP_KEY, "")
    described = describe(service.store, thing, asked if asked in ROLES else "")
    naming = Naming(described.names, service.links, languages)
    known = meanings(service, languages)
    address = quote(address_of(thing.iri))
    links = service.links
    title = _title(described, naming)

    def way_to_all(role: str) -> str:
        other = languages.content if languages.content != languages.interface else None
        query = {GROUP_KEY: role, CONTENT_KEY: other}
        return f"{links.path(address, **query)}#statements-{role}"

    return ResourcePage(
        iri=thing.iri,
        title=title,
        kinds=_kinds(described, naming),
        definition=naming.text(described.definition),
        origin=origin_view(described, naming.named, languages.interface),
        submission=submission_view(described, naming.named, languages.interface),
        groups=groups(described, naming, known, way_to_all),
        rows=_rows(described, naming),
        pointers=_pointers(described, naming),
        formats=formats(links, address, **kept_keys(request)),
        facts=key_facts(described, naming),
        look_alikes=look_alikes(described, naming),
        derived=derived_lines(described, naming),
        implied=implied_lines(described, naming),
        mentions=mention_tables(described, naming, known),
        mentions_first=MDT + "Source" in described.types,
        document=document_view(described, naming),
        correspondences=correspondence_view(described, naming, known),
        citations=_citations(service, described, languages.interface),
        network=network(described, title, naming),
        schema=schema_org(described, title.text, links.url(address), languages.content),
        more=_more(service, thing, address),
    )


def _kinds(described: Description, naming: Naming) -> list[Named]:
    words = model_words(naming.interface)
    return [
        Named(words[kind], iri=kind) if kind in words else naming.named(kind)
        for kind in described.types
    ]


def _more(service: Service, thing: Standing, address: str) -> str:
    """The way to all that is said of ``thing``, where this page may leave some out."""
    cut = edge_count(service.store, thing.iri) > MOST_PER_PROPERTY
    return service.links.path(address, page="1") if cut else ""


def _citations(service: Service, described: Description, language: Language) -> list[Note]:
    labels = {"nl": say("In Dutch", language), "en": say("In English", language)}
    found = citations(service, described)
    return [Note(f"citation-{one}", one, labels[one], text) for one, text in found.items()]


def _title(described: Description, naming: Naming) -> Named:
    """What the page is headed by: the label; what a statement is about; which kind of tension
    or correspondence."""
    iri = described.iri
    if naming.name(iri).own:
        return naming.named(iri)
    own = own_statement(described)
    if own is not None:
        about = ", ".join(naming.named(subject).text for subject in own.about)
        return _headed(kind_of(own, naming), about, naming)
    facts = described.facts
    kinds = facts.get(MDT + "tensionKind") or facts.get(MDT + "correspondenceKind")
    if kinds:
        kind = naming.label(described.types[0])
        return _headed(kind, ", ".join(naming.label(value.value) for value in kinds), naming)
    return naming.named(iri)


def _headed(kind: str, about: str, naming: Naming) -> Named:
    return Named(": ".join(filter(None, (kind, about))), language=naming.content)


def _rows(described: Description, naming: Naming) -> list[PropertyRow]:
    """All that is said of the thing, the names first."""
    language = naming.interface
    labels = _labels(language)
    derived = {edge.property for edge in described.derived if not edge.incoming}
    rows = [
        PropertyRow(
            labels.get(name, ""),
            naming.named(name),
            [naming.value(value) for value in values[:_MOST_VALUES]],
            _cut(len(values), min(len(values), _MOST_VALUES), language),
            cells(described, name, values[:_MOST_VALUES], naming.named, language),
            derived=name in derived,
        )
        for name, values in described.facts.items()
    ]
    return sorted(rows, key=lambda row: (_rank(row.property.iri), row.property.text.lower()))


def _labels(language: Language) -> dict[str, str]:
    """Words for properties that the graph has no name for."""
    return {
        **model_words(language),
        TYPE: say("type", language),
        RDFS + "comment": say("explanation", language),
        RDFS + "label": say("name", language),
        RDFS + "seeAlso": say("see also", language),
    }


def _pointers(described: Description, naming: Naming) -> list[Pointers]:
    """Who points at the thing, by property."""
    derived = {edge.property for edge in described.derived if edge.incoming}
    return [
        Pointers(
            naming.named(item.property),
            naming.all_named(item.subjects),
            item.count,
            _cut(item.count, len(item.subjects), naming.interface),
            derived=item.property in derived,
            sheet=naming.tally("links", thing=described.iri, property=item.property),
        )
        for item in described.pointing
    ]


def _cut(count: int, shown: int, language: Language) -> str:
    if shown == count:
        return ""
    return say("{shown} of {count} are shown.", language, shown=shown, count=count)


def _rank(iri: str) -> int:
    return _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
