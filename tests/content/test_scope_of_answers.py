"""What another document says on another subject stays out of an answer; what belongs goes in."""

from collections.abc import Iterator

import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import THINGS
from werkzaam.reasoning.rules import read_rules
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import StoreLimits

HEAD = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
DOCUMENT = """
<{id}document/{name}> a mdt:Document ; dcterms:title "X"@nl, "X"@en .
<{id}passage/{name}> a mdt:Passage ; mdt:inDocument <{id}document/{name}> ;
    mdt:pageStatus <{id}page-status/not-paged> .
"""
CLAIM = """
<{id}assumption/{assumption}> a mdt:Assumption ; skos:prefLabel "X"@nl, "X"@en .
<{id}claim/{name}> a mdt:Claim ; mdt:subject <{id}{subject}> ; mdt:object <{id}{object}> ;
    mdt:relation <{id}relation/{relation}> ; mdt:polarity <{id}polarity/denied> ;
    mdt:voice <{id}voice/author> ; mdt:basis <{id}basis/none-stated> ; mdt:gist "X"@nl, "X"@en ;
    mdt:statedIn <{id}document/{document}> ; mdt:passage <{id}passage/silent> .
"""


def judged(name: str, assumption: str, by: str, document: str) -> str:
    """A claim on whether the assumption holds for ``by``."""
    ends = {"subject": f"assumption/{assumption}", "object": by, "relation": "holds"}
    return CLAIM.format(id=THINGS, name=name, assumption=assumption, document=document, **ends)


def linked(name: str, assumption: str) -> str:
    """A claim that the principle rests on the assumption."""
    ends = {"subject": "key-concept/trickle-down", "object": f"assumption/{assumption}"}
    told = {"name": name, "assumption": assumption, "document": "naming", "relation": "assumes"}
    return CLAIM.format(id=THINGS, **told, **ends)


CLAIMS = (
    judged("on-language", "language", "key-concept/praktijk", "silent"),
    judged("where-it-is-not-named", "silent", "key-concept/ontmoeting", "silent"),
    linked("that-links", "linked"),
    judged("on-what-is-linked", "linked", "programme/mdt", "silent"),
    judged("where-it-is-named", "named", "key-concept/ontmoeting", "naming"),
)


@pytest.fixture(scope="module")
def catalogue(content: Content) -> Iterator[Catalogue]:
    documents = [DOCUMENT.format(id=THINGS, name=name) for name in ("silent", "naming")]
    text = HEAD + "".join([*documents, *CLAIMS])
    whole = Content((*content.files, ContentFile("graph_data/more/claims.ttl", text.encode())))
    store = open_content(whole, read_rules(whole), StoreLimits(seconds=60, readers=1))
    yield Catalogue(load_queries(whole), store)
    store.close()


def test_only_assumptions_that_belong_to_the_principle_are_in_its_answer(
    catalogue: Catalogue,
) -> None:
    rows = catalogue.answer(catalogue.get("evidence/trickle-down"), {}).table.rows
    found = [row["statement"].value.removeprefix(THINGS + "claim/") for row in rows]
    planted = {name for name in found if f"claim/{name}>" in "".join(CLAIMS)}
    assert planted == {"that-links", "on-what-is-linked", "where-it-is-named"}
    assert len(found) == len(set(found))
    assert not [name for name in found if name.startswith("ontmoetingen-bonding")]
