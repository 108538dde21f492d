"""What this service is and has, for programs that find it: ``/.well-known/void``, ``/catalog`` and
``/.well-known/sparql-examples``, each in four formats by Accept, suffix or ``format``."""

from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api import metadata_catalog, metadata_examples, metadata_void
from werkzaam.api.asked_forms import asked_form
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import marked
from werkzaam.api.dump_kinds import KINDS, LATEST, dump_path
from werkzaam.api.dumps import Extent
from werkzaam.api.metadata_catalog import describe_catalog
from werkzaam.api.metadata_examples import describe_examples
from werkzaam.api.metadata_publication import Publication
from werkzaam.api.metadata_terms import FORMATS, serialised
from werkzaam.api.metadata_void import describe_dataset
from werkzaam.api.query_keys import given_only
from werkzaam.api.resource_formats import dated
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_answers import with_charset
from werkzaam.domain.changes import Change
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import last_segment
from werkzaam.errors import NotFound
from werkzaam.linked_data.schemes import concepts_of, schemes_of
from werkzaam.store.journal import Journal

router = APIRouter(include_in_schema=False)

MOST_RELEASES: Final = 50
_AT_ONCE: Final = 100
_MOST_LOOKED_AT: Final = 5_000
_VARY: Final = "Accept"


@router.get(metadata_void.PATH)
@router.get(metadata_void.PATH + ".{ending}")
def void(request: Request) -> Response:
    """The dataset with its counts."""
    service = service_of(request)
    media_type = _media_type(request)
    found = service.counts.of(service.store)
    dumps = [
        service.links.url(dump_path(LATEST, made, packed=packed))
        for made in KINDS
        for packed in (False, True)
    ]
    answer = _answer(
        *(service, request, media_type, metadata_void.PATH),
        lambda: describe_dataset(service.links, found, _extent(service).statements, dumps),
        counted=found.state,
    )
    return dated(service, request, answer) if found.of(service.store) else answer


@router.get(metadata_catalog.PATH)
@router.get(metadata_catalog.PATH + ".{ending}")
def catalog(request: Request) -> Response:
    """The dataset, its releases and its services."""
    service = service_of(request)
    answer = _answer(
        *(service, request, _media_type(request), metadata_catalog.PATH),
        lambda: describe_catalog(_publication(service)),
    )
    return dated(service, request, answer)


@router.get("/catalog/concepts/{name}.ttl")
def concepts(request: Request, name: str) -> Response:
    """A list of concepts of the catalogue, whole, as Turtle."""
    service = service_of(request)
    given_only(request)
    there = {last_segment(one.iri): one.iri for one in schemes_of(service.store)}
    if name not in there:
        raise NotFound(
            "There is no list of concepts {name} here. There is: {names}.",
            name=quoted(name),
            names=", ".join(there) or "–",
        )
    answer = _answer(
        *(service, request, FORMATS["ttl"], None),
        lambda: concepts_of(service.store, there[name]),
    )
    return dated(service, request, answer)


@router.get(metadata_examples.PATH)
@router.get(metadata_examples.PATH + ".{ending}")
def sparql_examples(request: Request) -> Response:
    """The catalogued questions as queries."""
    service = service_of(request)
    answer = _answer(
        *(service, request, _media_type(request), metadata_examples.PATH),
        lambda: describe_examples(service.links, service.catalogue.all()),
    )
    return dated(service, request, answer)


@router.get("/v1")
def api_root(request: Request) -> Response:
    """The description of the interface that begins here."""
    return RedirectResponse(service_of(request).links.path("/v1/openapi.json"), 303)


def _media_type(request: Request) -> str:
    """The one that the suffix asks for, else ``format``, else Accept. Raises NotFound,
    InvalidParameter, NotAcceptable."""
    given = given_only(request, "format")
    ending = request.path_params.get("ending")
    if ending is not None and ending not in FORMATS:
        raise NotFound(
            "There is no description with the ending {ending}. Choose one of: {formats}.",
            ending=quoted(ending),
            formats=", ".join(FORMATS),
        )
    return FORMATS[ending or asked_form(request, given, FORMATS)]


def _answer(
    service: Service,
    request: Request,
    media_type: str,
    path: str | None,
    describe: Callable[[], Iterable[ox.Triple]],
    counted: str = "",
) -> Response:
    """What ``describe`` gives; 304 where the caller has it. ``counted``: which counts are in it;
    ``path``: where it is without an ending, None where there are no other formats."""
    tag = entity_tag(service, request, media_type, counted)
    unchanged = not_modified(request, tag, _VARY)
    if unchanged is not None:
        return unchanged
    body = serialised(describe(), media_type)
    if service.demo:
        body = marked(body, media_type, service.links)
    headers = cache_headers(tag, _VARY)
    if path is not None:
        headers["Link"] = ", ".join(
            f'<{service.links.url(f"{path}.{ending}")}>; rel="alternate"; type="{other}"'
            for ending, other in FORMATS.items()
            if other != media_type
        )
    return Response(body, media_type=with_charset(media_type), headers=headers)


def _publication(service: Service) -> Publication:
    journal, last = service.submissions.journal, service.store.version.number
    return Publication(
        service.links,
        service.contact_email,
        service.publisher,
        service.publisher_iri,
        next(iter(journal.changes(0, 1)), None),
        journal.change(last) if last else None,
        _releases(journal, last),
        schemes_of(service.store),
        service.demo,
        # a file of a demo begins with a line that says so
        None if service.demo else _extent(service).size,
    )


def _extent(service: Service) -> Extent:
    return service.dumps.extent(service.store.version.number)


def _releases(journal: Journal, last: int) -> list[Change]:
    """The newest versions up to ``last`` that new content made, newest first."""
    found: list[Change] = []
    before, lowest = last + 1, last - _MOST_LOOKED_AT
    while before > max(1, lowest) and len(found) < MOST_RELEASES:
        page = journal.changes_back(before, _AT_ONCE)
        found += [change for change in page if change.kind == "content"]
        before = page[-1].number if page else 0
    return found[:MOST_RELEASES]
