"""What a service stands on, opened: content → store → catalogue. ``app`` puts HTTP before it.

Apart from ``app``, so that the one can be imported while processes of the other start.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.warming import Warming
from werkzaam.content import read_content
from werkzaam.curation.dataset import Dataset
from werkzaam.curation.submissions import Submissions
from werkzaam.curation.updates import Updates
from werkzaam.demo import load_examples
from werkzaam.domain.content import Content
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.reasoning.rules import RuleMeaning, read_meanings
from werkzaam.settings import Settings
from werkzaam.store.tokens import Tokens

_log = logging.getLogger(__name__)
_SEARCH_SECONDS: Final = 10.0
"""After a start the search index is made, unless somebody searches sooner: the first pages go first."""


def open_service(
    settings: Settings, folder: Path, public_url: str, *, demo: bool = False
) -> tuple[Service, Dataset]:
    """Read the content, open the dataset in ``folder``, and let the engine read every question.

    Raises ContentError where a file is wrong; no process is left then.
    """
    content = read_content(settings.content_dir)
    rules = read_meanings(content)
    dataset, queries = _read_at_once(settings, folder, content, rules, demo)
    gate = Submissions(dataset.journal, content, demo=demo, after_change=dataset.follow_once)
    try:
        if demo:
            load_examples(gate, settings.content_dir)
        catalogue = _opened(queries, dataset)
    except BaseException:
        dataset.close()
        raise
    _tell(settings, content, len(catalogue.all()), dataset.store.version.number)
    updates = Updates(dataset.journal, dataset.store, content, dataset.follow_once)
    service = Service(
        dataset.store,
        catalogue,
        Links(settings.public_url or public_url),
        gate,
        Tokens(dataset.journal.database),
        rules,
        updates if settings.updates else None,
        service_hosts=settings.service_hosts,
        token_seconds=settings.token_query_seconds,
        demo_instance=demo,
        past=dataset.at,
        contact_email=settings.contact_email,
        publisher=settings.publisher,
        publisher_iri=settings.publisher_iri,
        mcp=settings.mcp,
    )
    dataset.when_moved = _one_by_one(dataset.when_moved, service.search.moved)
    service.search.begin(_SEARCH_SECONDS)
    return service, dataset


def _read_at_once(
    settings: Settings, folder: Path, content: Content, rules: Sequence[RuleMeaning], demo: bool
) -> tuple[Dataset, list[CataloguedQuery]]:
    """The dataset, and the questions, which are read while processes start."""
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(load_queries, content)
        dataset = Dataset(
            folder,
            content,
            [rule.derivation for rule in rules],
            settings.store_limits(),
            demo=demo,
            engine=settings.engine_address(),
            before_recording=reading.result,
        )
    try:
        return dataset, reading.result()
    except BaseException:
        dataset.close()
        raise


def _opened(queries: Sequence[CataloguedQuery], dataset: Dataset) -> Catalogue:
    catalogue = Catalogue(queries, dataset.store)
    catalogue.read_each_once()
    dataset.when_moved = Warming(catalogue).moved
    return catalogue


def _one_by_one(*calls: Callable[[], None]) -> Callable[[], None]:
    def call_each() -> None:
        for call in calls:
            call()

    return call_each


def _tell(settings: Settings, content: Content, questions: int, version: int) -> None:
    _log.info(
        "content loaded",
        extra={
            "folder": settings.content_dir,
            "files": len(content.files),
            "questions": questions,
            "digest": content.digest[:12],
            "version": version,
            "readers": settings.readers,
        },
    )
