"""Every question gives its expected result, in every format, from another engine as well."""

from collections.abc import Callable, Iterator

import pytest
from tests.content.formats_of_answers import CHECKS
from tests.content.test_catalogued_queries import NAMES
from tests.contract.conftest import store_in
from tests.contract.remote_engines import ENGINE_NAMES, RunningEngine, Told, fuseki_place

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.content import Content
from werkzaam.store.replica import content_lines, sources_of


@pytest.fixture(scope="module")
def elsewhere(fuseki: RunningEngine, content: Content) -> Iterator[Catalogue]:
    """The questions on the content of the checkout in Fuseki: ``oxigraph serve`` is our own engine once
    more."""
    text = b"".join(line + b"\n" for line in content_lines(sources_of(content, False)))
    for store in store_in(fuseki_place(fuseki, "whole"), content, Told(versions=[text])):
        yield Catalogue(load_queries(content), store)


@pytest.mark.xdist_group("fuseki")
@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_is_expected(
    elsewhere: Catalogue, name: str, record_property: Callable[[str, object], None]
) -> None:
    query = elsewhere.get(name)
    answered = elsewhere.answer(query, query.example)
    for check in CHECKS:
        check(elsewhere, answered)
    record_property("engine", ENGINE_NAMES["fuseki"])
