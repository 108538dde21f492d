"""Statements that are asked for by name, and the names that a page on them needs."""

from werkzaam.domain.identifiers import THINGS
from werkzaam.linked_data.names import names_of
from werkzaam.linked_data.statements import listed_statements, named_around
from werkzaam.store.embedded import EmbeddedStore

QUOTED = THINGS + "claim/pilot-aanbod-te-beperkt-p11"
CITING = THINGS + "claim/ontmoetingen-afstemming-beperkt-uitsluiting"


def test_statements_come_in_the_order_that_was_asked(store: EmbeddedStore) -> None:
    nothing = THINGS + "claim/there-is-no-such-claim"
    found = listed_statements(store, [CITING, nothing, QUOTED])
    assert [one.iri for one in found] == [CITING, QUOTED]
    assert [one.role for one in found] == ["itself", "itself"]
    assert found[1].passages[0].first("page") == "11-12"
    assert found[0].references[0].source is not None


def test_everything_around_them_has_a_name(store: EmbeddedStore) -> None:
    named = named_around(listed_statements(store, [CITING, QUOTED]))
    names = names_of(store, named)
    for end in ("bottleneck/beperkt-aanbod", "voice/young-people", "document/pilot"):
        assert THINGS + end in names
    assert any("/tension/" in iri or "/claim/pilot" in iri for iri in named)
    assert any(iri.startswith(THINGS + "source-type/") for iri in named)
