"""What differs, by thing: some of it, in order, and called by its names with two queries."""

from typing import Any

from werkzaam.domain.answers import Term
from werkzaam.domain.changes import ChangeCounts, ChangeData
from werkzaam.linked_data.changed import MOST_STATEMENTS, called, changed
from werkzaam.store.embedded import EmbeddedStore

BASE = "https://w3id.org/mdt-kennisgraaf/"
HOUVAST = f"{BASE}id/working-element/houvast"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
GONE = (
    f'<u:gone> <{LABEL}> "Weg"@nl <u:g> .\n<u:gone> <{TYPE}> <{BASE}def/Risk> <u:g> .\n'
).encode()


def quad(subject: str, value: str) -> bytes:
    return f"{subject} <u:p> {value} <u:g> .\n".encode()


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self.asked = 0

    def ask(self, *given: Any, **more: Any) -> Any:
        self.asked += 1
        return self._store.ask(*given, **more)


def test_things_stand_in_order_some_at_a_time() -> None:
    added = b"".join(quad(f"<u:{name}>", "<u:o>") for name in "bd")
    data = ChangeData(added, quad("<u:a>", "<u:o>") + quad("<u:d>", "<u:x>") + quad("_:n", "<u:o>"))
    names = [one.subject.value for one in changed(data, 0, 9).things]
    assert names == ["u:a", "u:b", "u:d", "n"]
    for after, most in ((0, 1), (1, 2), (3, 9), (4, 9)):
        found = changed(data, after, most)
        assert [one.subject.value for one in found.things] == names[after : after + most]
        assert (found.count, found.counts) == (4, ChangeCounts(2, 3))
    both = changed(data, 2, 1).things[0]
    assert both.counts == ChangeCounts(1, 1)
    assert (both.added[0].value.value, both.removed[0].value.value) == ("u:o", "u:x")
    assert changed(data, 3, 1).things[0].subject == Term("bnode", "n")


def test_values_keep_their_kind() -> None:
    values = ('"a"@nl', '"a \\" <b> ."', '"1"^^<u:int>', "_:b", "<u:o>")
    data = ChangeData(b"".join(sorted(quad("<u:s>", value) for value in values)), b"")
    (one,) = changed(data, 0, 1).things
    plain = "http://www.w3.org/2001/XMLSchema#string"
    assert {said.value for said in one.added} == {
        Term("literal", "a", None, "nl"),
        Term("literal", 'a " <b> .', plain),
        Term("literal", "1", "u:int"),
        Term("bnode", "b"),
        Term("uri", "u:o"),
    }


def test_of_a_thing_with_many_statements_the_first_stand_there() -> None:
    many = b"".join(quad("<u:s>", f'"{n:04d}"') for n in range(MOST_STATEMENTS + 1))
    (one,) = changed(ChangeData(many, b""), 0, 1).things
    assert one.truncated
    assert (len(one.added), one.counts.added) == (MOST_STATEMENTS, MOST_STATEMENTS + 1)
    (whole,) = changed(ChangeData(many[: -len(quad("<u:s>", '"0000"'))], b""), 0, 1).things
    assert not whole.truncated


def test_everything_is_called_by_its_name_with_two_queries(store: EmbeddedStore) -> None:
    counting: Any = Counting(store)
    data = ChangeData(b"".join(quad(f"<u:{n:03d}>", f"<{HOUVAST}>") for n in range(40)), GONE)
    data = ChangeData(data.added + quad(f"<{HOUVAST}>", "<u:o>"), data.removed)
    found = called(counting, changed(data, 0, 99).things)
    assert counting.asked == 2
    assert {text.value for text in found.names[HOUVAST].texts} >= {"Houvast"}
    assert found.types[HOUVAST][0] == f"{BASE}def/WorkingElement"
    assert [text.value for text in found.names["u:gone"].texts] == ["Weg"]
    assert found.types["u:gone"] == [f"{BASE}def/Risk"]
    assert f"{BASE}def/Risk" in found.names
