"""What the tests of the content share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.content.project_records import Project, made_up, projects

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits


@pytest.fixture(scope="session")
def catalogue(content: Content, store: EmbeddedStore) -> Catalogue:
    """The catalogued questions on the content of the checkout."""
    return Catalogue(load_queries(content), store)


@pytest.fixture(scope="session")
def records(content: Content, root: Path) -> bytes:
    """Made-up projects, as N-Quads."""
    return made_up(content, root)


@pytest.fixture(scope="session")
def loaded(records: bytes) -> list[Project]:
    """Those projects as plain values."""
    return projects(records)


@pytest.fixture(scope="session")
def with_projects(content: Content, records: bytes) -> Iterator[Catalogue]:
    """The catalogued questions on the content with those projects beside it."""
    limits = StoreLimits(seconds=60, readers=1)
    store = open_content(content, read_rules(content), limits, records=records, demo=True)
    yield Catalogue(load_queries(content), store)
    store.close()
