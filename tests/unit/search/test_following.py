"""An index that follows a store from version to version."""

import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import cast

import pyoxigraph as ox
import pytest

from werkzaam.domain.identifiers import GRAPHS, TERMS, THINGS
from werkzaam.domain.versions import Version
from werkzaam.errors import BadRequest, StoreBusy, StoreUnavailable
from werkzaam.search.entries import Entry
from werkzaam.search.following import Search
from werkzaam.search.gathering import gather
from werkzaam.store.interface import Answer, Question, Store

SKOS = "http://www.w3.org/2004/02/skos/core#"


class Moving:
    """A store that can be held, that can fail, and that moves on when it is told to."""

    def __init__(self) -> None:
        self.version = Version(1, "d")
        self.held = Event()
        self.held.set()
        self.asked = 0
        self.failures = 0
        self.moves_at = 0
        self.removed: dict[int, bytes] = {}
        self.compared = 0
        self.too_much = False
        self._quads = ox.Store()
        self.add("houvast", "Houvast")

    def add(self, slug: str, name: str) -> None:
        thing = ox.NamedNode(f"{THINGS}project/{slug}")
        graph = ox.NamedNode(GRAPHS + "records")
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        self._quads.add(ox.Quad(thing, kind, ox.NamedNode(TERMS + "Project"), graph))
        label = ox.Literal(name, language="nl")
        self._quads.add(ox.Quad(thing, ox.NamedNode(SKOS + "prefLabel"), label, graph))

    def remove(self, slug: str) -> None:
        thing = ox.NamedNode(f"{THINGS}project/{slug}")
        gone = list(self._quads.quads_for_pattern(thing, None, None))
        for quad in gone:
            self._quads.remove(quad)
        self.removed[self.version.number + 1] = (
            ox.serialize(gone, format=ox.RdfFormat.N_QUADS) or b""
        )

    def removed_between(self, before: int, after: int) -> bytes:
        self.compared += 1
        if self.too_much:
            raise BadRequest("too much")
        return b"".join(self.removed.get(number, b"") for number in range(before + 1, after + 1))

    def move(self) -> None:
        self.version = Version(self.version.number + 1, "d")

    def ask(self, question: Question) -> Answer:
        assert self.held.wait(20)
        self.asked += 1
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("gone")
        if self.asked == self.moves_at:
            self.move()
        found = self._quads.query(question.text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        return Answer(body, self.version)


@pytest.fixture
def store() -> Moving:
    return Moving()


def following(store: Moving, wait: float = 20.0, unasked: float = 1000.0) -> Search:
    removed = store.removed_between
    return Search(cast(Store, store), removed=removed, wait_seconds=wait, unasked_seconds=unasked)


def found(search: Search, words: str, number: int) -> int:
    index = search.index_of(number, 20)
    return index.find(index.asked(words, {}), 5).total


def test_the_first_search_waits_for_the_first_index(store: Moving) -> None:
    search = following(store)
    assert search.index().version == store.version
    assert found(search, "houvast", 1) == 1


def test_where_it_takes_long_it_is_said_to_be_on_its_way(store: Moving) -> None:
    store.held.clear()
    search = following(store, wait=0.01)
    with pytest.raises(StoreBusy) as refused:
        search.index()
    assert refused.value.retry_after > 0
    store.held.set()
    assert found(search, "houvast", 1) == 1


def test_few_wait_and_the_others_are_told_at_once(store: Moving) -> None:
    store.held.clear()
    search = following(store, wait=20)
    with ThreadPoolExecutor(4) as waiting:
        first = [waiting.submit(search.index) for _ in range(4)]
        while search._waiting.acquire(blocking=False):
            search._waiting.release()
        with pytest.raises(StoreBusy):
            search.index()
        store.held.set()
        assert {one.result(20).version for one in first} == {store.version}


def test_the_old_index_answers_until_the_new_one_is_ready(store: Moving) -> None:
    search = following(store)
    search.index()
    store.held.clear()
    store.add("nieuw", "Nieuw project")
    store.move()
    search.moved()
    old = search.index()
    assert (old.version.number, old.find(old.asked("nieuw", {}), 5).total) == (1, 0)
    store.held.set()
    assert found(search, "nieuw", 2) == 1


def test_what_was_removed_is_in_no_answer_though_the_index_is_old(store: Moving) -> None:
    store.add("geheim", "Vertrouwelijke zonnewijzer")
    search = following(store)
    old = search.index()
    store.held.clear()
    store.remove("geheim")
    store.move()
    search.moved()
    index = search.index()
    assert (index.version.number, index.without_removed_upto) == (1, 2)
    assert old.find(old.asked("zonnewijzer", {}), 5).total == 1
    assert index.find(index.asked("zonnewijzer", {}), 5).total == 0
    assert index.find(index.asked("", {}), 5).total == len(index) == 1
    assert index.find(index.asked("", {}), 5).facets["type"][0].hits == 1
    assert old.asked("zonewijzer", {}).misspelled == {"zonewijzer": ("zonnewijzer",)}
    assert index.asked("zonewijzer", {}).misspelled == {}
    assert index.names(f"{THINGS}project/geheim") == ()
    assert search.index() is index
    assert store.compared == 1
    store.held.set()
    assert found(search, "zonnewijzer", 2) == 0


def test_a_thing_that_goes_on_with_other_words_is_left_out_until_the_next_index(
    store: Moving,
) -> None:
    search = following(store)
    search.index()
    store.held.clear()
    store.remove("houvast")
    store.add("houvast", "Iets anders")
    store.move()
    index = search.index()
    assert index.find(index.asked("houvast", {}), 5).total == 0
    store.held.set()
    assert found(search, "anders", 2) == 1


def test_where_too_much_was_removed_to_tell_the_next_index_is_waited_for(store: Moving) -> None:
    store.too_much = True
    search = following(store)
    search.index()
    store.remove("houvast")
    store.move()
    assert search.index().version.number == 2
    store.move()
    store.held.clear()
    search._wait = 0.01
    with pytest.raises(StoreBusy):
        search.index()
    store.held.set()
    search.index_of(3, 20)


def test_an_index_that_nobody_asks_does_not_stay_behind(store: Moving) -> None:
    search = following(store, unasked=0.01)
    search.index()
    search.index_of(1, 20)
    search._asked = False
    store.remove("houvast")
    store.move()
    search.moved()
    assert found(search, "houvast", 2) == 0


def test_it_notices_a_new_version_that_nobody_told_of(store: Moving) -> None:
    search = following(store)
    search.index()
    store.move()
    assert search.index().version.number == 1
    assert search.index_of(2, 20).version.number == 2


def test_changes_that_nobody_looks_for_cost_nothing(store: Moving) -> None:
    search = following(store)
    search.moved()
    assert store.asked == 0
    assert search._thread is None


def test_after_a_change_nobody_looked_for_the_next_one_waits(store: Moving) -> None:
    search = following(store)
    search.index()
    search.index()
    store.move()
    search.moved()
    search.index_of(2, 20)
    asked = store.asked
    store.move()
    search.moved()
    assert not search._wanted.is_set()
    assert store.asked == asked
    assert search.index().version.number == 2
    assert search.index_of(3, 20).version.number == 3


def test_it_begins_by_itself_after_a_while(store: Moving) -> None:
    search = following(store)
    search.begin(0.0)
    search.begin(0.0)
    assert search.index_of(1, 20).version == store.version
    assert sum(one.name == "search-index" for one in threading.enumerate()) >= 1


def test_an_index_is_of_one_version_though_the_store_moves_meanwhile(store: Moving) -> None:
    store.moves_at = 5
    with pytest.raises(StoreBusy):
        gather(cast(Store, store))
    store.moves_at, store.asked = 5, 0
    search = following(store)
    assert search.index().version == store.version == Version(3, "d")


def test_it_tries_again_where_the_store_does_not_answer(store: Moving) -> None:
    store.failures = 1
    assert following(store).index().version == store.version


def test_what_is_beside_the_dataset_is_found_too(store: Moving) -> None:
    search = Search(cast(Store, store), lambda: [Entry("urn:q", "question", path="/queries/a/b")])
    assert len(search.index()) == 2


def test_closed_it_makes_no_more(store: Moving) -> None:
    search = following(store, wait=20)
    search.close()
    with pytest.raises(StoreBusy):
        search.index()
    assert store.asked == 0
