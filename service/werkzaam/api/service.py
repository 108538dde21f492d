"""What a request handler may ask for: one object, put together by ``app``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from werkzaam import __version__
from werkzaam.api.differences import Differences
from werkzaam.api.dumps import Dumps
from werkzaam.api.gate_places import GatePlaces
from werkzaam.api.links import OF_ANY_VERSION, VERSION_KEY, Links
from werkzaam.api.query_threads import QueryThreads
from werkzaam.api.sparql_protocol import ProtocolQuery
from werkzaam.api.task_memory import Tasks
from werkzaam.catalogue.query_rdf import query_iri
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tallies import load_tallies
from werkzaam.curation.submissions import Submissions
from werkzaam.curation.updates import Updates
from werkzaam.linked_data.statistics import Counts
from werkzaam.linked_data.things import Standing
from werkzaam.linked_data.withdrawn import Withdrawn
from werkzaam.reasoning.rules import RuleMeaning
from werkzaam.search.entries import question_entry
from werkzaam.search.following import Search
from werkzaam.search.removed import MOST_QUADS
from werkzaam.store.federation_hosts import NOWHERE, Hosts
from werkzaam.store.interface import StreamingStore
from werkzaam.store.tokens import Tokens

_OF_ANY_VERSION = (*OF_ANY_VERSION, "/sparql", "/rdf-graph-store")

SparqlPage = Callable[[Request, ProtocolQuery | None, Event | None], Response]
ErrorPage = Callable[[Request, int, str, str, Mapping[str, Any]], Response]
ResourcePage = Callable[[Request, Standing], Response]


@dataclass
class Service:
    """The store, the catalogue, the links, the gate with its places, the tokens, the tasks and the
    derivation rules of this instance.

    ``sparql_page`` draws ``/sparql`` for a browser (request, query, and what is
    set once nobody waits); ``error_page`` an error
    (request, status, title, detail, facts); ``resource_page`` the document about a thing. They come from the
    layer of the pages, which is above this one. ``tallies``: the counts of the pages.
    ``threads`` wait for the answers of ``/sparql``. ``past`` gives
    the store of another version; ``is_past``: this is one. ``demo_instance``: started as one.
    ``counts``: how the dataset is made up; ``dumps``: its versions as files; ``search``: the index of
    the newest.
    ``updates``: None where they are switched off; ``service_hosts``: those that SERVICE may name;
    ``token_seconds``: how long a query may take of a caller with a token. ``mcp``: ``/mcp`` is there.
    """

    store: StreamingStore
    catalogue: Catalogue
    links: Links
    submissions: Submissions
    tokens: Tokens
    rules: Sequence[RuleMeaning] = ()
    updates: Updates | None = None
    demo_instance: bool = False
    service_hosts: Hosts = NOWHERE
    token_seconds: float = 0.0
    contact_email: str | None = None
    publisher: str | None = None
    publisher_iri: str | None = None
    package_version: str = __version__
    sparql_page: SparqlPage | None = None
    error_page: ErrorPage | None = None
    resource_page: ResourcePage | None = None
    places: GatePlaces = field(default_factory=GatePlaces)
    tasks: Tasks = field(default_factory=Tasks)
    tallies: Catalogue = field(init=False)
    differences: Differences = field(init=False)
    withdrawn: Withdrawn = field(init=False)
    threads: QueryThreads = field(default_factory=QueryThreads)
    past: Callable[[int], StreamingStore] | None = None
    is_past: bool = False
    counts: Counts = field(default_factory=Counts)
    dumps: Dumps = field(init=False)
    search: Search = field(init=False)
    mcp: bool = True

    def __post_init__(self) -> None:
        self.tallies = Catalogue(load_tallies(), self.store)
        self.differences = Differences(self.submissions.journal)
        self.dumps = Dumps(self.submissions.journal)
        journal = self.submissions.journal
        self.search = Search(
            self.store,
            lambda: [question_entry(one, query_iri(one.name)) for one in self.catalogue.all()],
            lambda before, after: journal.net(before, after, most=MOST_QUADS).removed,
        )
        self.withdrawn = Withdrawn(self.submissions.journal)

    @property
    def demo(self) -> bool:
        """Whether what is served now is made up: a demo instance, or one that examples stand in."""
        return self.demo_instance or self.store.version.demo

    @property
    def fingerprint(self) -> str:
        """Everything about this instance, apart from the data, that an answer may show."""
        return " ".join(
            (
                self.package_version,
                self.links.public_url,
                str((self.demo_instance, self.updates is not None, self.service_hosts)),
                str((self.contact_email, self.publisher, self.publisher_iri)),
            )
        )

    def at(self, asked: str) -> "Service":
        """This service on version ``asked``, with links that lead to that. Raises NotFound."""
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
        if self.past is None or number == self.store.version.number:
            return self
        store = self.past(number)
        catalogue, links = self.catalogue.on(store), replace(self.links, version=number)
        return replace(self, store=store, catalogue=catalogue, links=links, is_past=True)


def instance_of(request: Request) -> Service:
    """The service that ``request`` came to, on the newest version."""
    return cast(Service, request.app.state.service)


def service_of(request: Request) -> Service:
    """The service that ``request`` came to, on the version that it asks for where it may be any.

    Raises NotFound for a version that is not there.
    """
    service = instance_of(request)
    if not request.scope["path"].startswith(_OF_ANY_VERSION):
        return service
    asked = request.query_params.get(VERSION_KEY)
    return service.at(asked) if asked else service
