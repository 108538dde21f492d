"""``/graph`` for a browser: what a named graph holds, beside the others."""

from urllib.parse import quote

from starlette.requests import Request

from werkzaam.api.service import Service
from werkzaam.domain.identifiers import GRAPHS
from werkzaam.domain.queries import Language
from werkzaam.linked_data.graphs import graphs_of
from werkzaam.linked_data.things import address_of
from werkzaam.web.languages import languages_of
from werkzaam.web.pieces import Named
from werkzaam.web.resource_edges import formats
from werkzaam.web.resource_pieces import GraphPage, GraphRow
from werkzaam.web.wording import say


def graph_page(service: Service, request: Request, iri: str) -> GraphPage:
    """The page about the graph ``iri``, which is there."""
    language = languages_of(request).interface
    there = graphs_of(service.store)
    return GraphPage(
        name=iri.removeprefix(GRAPHS),
        iri=iri,
        about=_about(iri.removeprefix(GRAPHS), language),
        statements=sum(one.statements for one in there if one.iri == iri),
        formats=formats(service.links, quote(address_of(iri))),
        others=[
            GraphRow(
                Named(one.iri.removeprefix(GRAPHS), service.links.path(quote(address_of(one.iri)))),
                one.statements,
                one.iri == iri,
            )
            for one in there
        ],
    )


def _about(name: str, language: Language) -> str:
    known = {
        "ontology": say("The model: what kinds of things there are and how they relate.", language),
        "concepts": say("The working elements, goals, components and code lists.", language),
        "bibliography": say("The documents and the sources that they refer to.", language),
        "records": say("The projects that were submitted and accepted.", language),
        "default": say("What was written here without naming a part.", language),
        "inferred": say("What nobody entered and follows from the rest by a rule.", language),
        "provenance": say("Which submission and which row each project comes from.", language),
        "dataset": say("What describes the dataset itself.", language),
        "knowledge/across": say("What analysts judged by comparing documents.", language),
    }
    if name in known:
        return known[name]
    if name.startswith("knowledge/"):
        return say("What one document says, with the page on which it says so.", language)
    return ""
