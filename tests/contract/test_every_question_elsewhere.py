"""Every question gives its expected result, in every format, from another engine as well: as its file
stands where it must be given nothing, else with its example."""

from collections.abc import Callable, Iterator

import pytest
from tests.content.formats_of_answers import CHECKS
from tests.content.test_catalogued_queries import NAMES
from tests.contract.conftest import store_in
from tests.contract.remote_engines import ENGINE_NAMES, RunningEngine, Told, fuseki_place

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Answered, Catalogue, media_type_of
from werkzaam.catalogue.tables import read_results, read_triples
from werkzaam.domain.content import Content
from werkzaam.domain.queries import CataloguedQuery
from werkzaam.store.interface import Question, Store
from werkzaam.store.replica import content_lines, sources_of


@pytest.fixture(scope="module")
def elsewhere(fuseki: RunningEngine, content: Content) -> Iterator[tuple[Catalogue, Store]]:
    """The questions on the content of the checkout in Fuseki: ``oxigraph serve`` is our own engine once
    more."""
    text = b"".join(line + b"\n" for line in content_lines(sources_of(content, False)))
    for store in store_in(fuseki_place(fuseki, "whole"), content, Told(versions=[text]), 200):
        yield Catalogue(load_queries(content), store), store


def as_it_stands(store: Store, query: CataloguedQuery) -> Answered:
    """The answer to the text of the file, in which nothing is bound."""
    answer = store.ask(Question(query.text, media_type_of(query)))
    read = read_triples if query.form == "CONSTRUCT" else read_results
    return Answered(query, {}, query.text, read(answer.body), answer.version)


@pytest.mark.xdist_group("fuseki")
@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_is_expected(
    elsewhere: tuple[Catalogue, Store], name: str, record_property: Callable[[str, object], None]
) -> None:
    catalogue, store = elsewhere
    query = catalogue.get(name)
    given = query.example
    answered = catalogue.answer(query, given) if given else as_it_stands(store, query)
    for check in CHECKS:
        check(catalogue, answered)
    record_property("engine", ENGINE_NAMES["fuseki"])
