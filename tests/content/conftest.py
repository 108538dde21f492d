"""What the tests of the content share."""

import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.content import Content
from werkzaam.store.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def catalogue(content: Content, store: EmbeddedStore) -> Catalogue:
    """The catalogued questions on the content of the checkout."""
    return Catalogue(load_queries(content), store)
