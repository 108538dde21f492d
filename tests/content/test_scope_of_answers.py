"""What another document says on another subject stays out of an answer; what belongs goes in."""

from collections.abc import Iterator

import pytest

from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import THINGS, last_segment
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
ELEMENT = f"""
@prefix n: <{THINGS}new/> .
<{THINGS}working-element/new> a mdt:WorkingElement ; mdt:position 99 ; skos:prefLabel "N"@nl, "N"@en .
n:reference a mdt:InTextReference ; mdt:refersToSource n:source .
n:misfit a mdt:InTextReference ; mdt:refersToSource n:other ;
    mdt:matchStatus <{THINGS}match-status/mismatched> .
n:definition a mdt:Definition ; mdt:defines <{THINGS}working-element/new> .
n:proposal a mdt:Proposal ; mdt:concerns <{THINGS}working-element/new> .
n:measurement a mdt:Measurement ; mdt:measures <{THINGS}working-element/new> .
n:mention a mdt:Mention ; mdt:refersTo <{THINGS}working-element/new> ; mdt:inPassage n:place .
n:place a mdt:Passage .
n:tension a mdt:Tension ; mdt:between n:counted , n:listed .
n:likeness a mdt:Correspondence ; mdt:setsBeside <{THINGS}working-element/new> .
n:sharing a mdt:Correspondence ; mdt:shared <{THINGS}working-element/new> .
n:question a mdt:Correspondence ; mdt:regards n:proposal .
n:coding a mdt:ElementCoding ; mdt:codedElement <{THINGS}working-element/new> .
n:part a mdt:Assessment ; mdt:assesses <{THINGS}working-element/new> ; mdt:partOf n:whole .
"""
ELEMENT_IRI = f"{THINGS}working-element/new"


def on_the_element(name: str, changes: str = "", as_: str = "subject", **said: str) -> str:
    """A claim on the new element, with a reference: of the author, asserted, and no mere listing."""
    ends = {"voice": "author", "polarity": "asserted", "relation": "requires"} | said
    told = "".join(f" ; mdt:{key} <{THINGS}{key}/{value}>" for key, value in ends.items())
    return (
        f"\nn:{name} a mdt:Claim ; mdt:{as_} <{ELEMENT_IRI}> ; mdt:inTextReference n:reference , n:misfit "
        f"; mdt:statedIn <{THINGS}document/silent>{told}{changes} .\n"
    )


ON_THE_ELEMENT = (
    on_the_element("counted"),
    on_the_element("as-object", as_="object", relation="safeguards"),
    on_the_element("listed", relation="listed-for"),
    on_the_element("supposed", " ; mdt:hypothetical true"),
    on_the_element("denied", polarity="denied"),
    on_the_element("doubtful", polarity="doubtful"),
    on_the_element("read", voice="reading"),
    on_the_element("cited", voice="cited-source"),
    on_the_element("placed", f" ; mdt:passage <{THINGS}passage/silent>", polarity="split"),
)


@pytest.fixture(scope="module")
def catalogue(content: Content) -> Iterator[Catalogue]:
    documents = [DOCUMENT.format(id=THINGS, name=name) for name in ("silent", "naming")]
    text = HEAD + "".join([*documents, *CLAIMS, ELEMENT, *ON_THE_ELEMENT])
    whole = Content((*content.files, ContentFile("graph_data/more/claims.ttl", text.encode())))
    store = open_content(whole, read_rules(whole), StoreLimits(seconds=60, readers=1))
    yield Catalogue(load_queries(whole), store)
    store.close()


def rows(catalogue: Catalogue, name: str, **given: str) -> tuple[Row, ...]:
    return catalogue.answer(catalogue.get(name), given).table.rows


def test_only_assumptions_that_belong_to_the_principle_are_in_its_answer(
    catalogue: Catalogue,
) -> None:
    found = [
        row["statement"].value.removeprefix(THINGS + "claim/")
        for row in rows(catalogue, "evidence/trickle-down")
    ]
    planted = {name for name in found if f"claim/{name}>" in "".join(CLAIMS)}
    assert planted == {"that-links", "on-what-is-linked", "where-it-is-named"}
    assert len(found) == len(set(found))
    assert not [name for name in found if name.startswith("ontmoetingen-bonding")]


def test_only_what_the_author_asserts_of_an_element_is_counted_with_its_sources(
    catalogue: Catalogue,
) -> None:
    query = catalogue.get("evidence/grounds-and-projects")
    [row] = [row for row in rows(catalogue, query.name) if row["element"].value == ELEMENT_IRI]
    assert [row[name].value for name in ("claims", "documents", "sources")] == ["2", "1", "1"]
    for behind in query.figures:
        if behind.column == "claims":
            members = catalogue.members(query, behind, row, {})[1]
            assert {last_segment(iri) for iri in members} == {"counted", "as-object"}


def test_what_documents_say_about_an_element_is_of_every_kind(catalogue: Catalogue) -> None:
    found = rows(catalogue, "evidence/statements-about-working-element", element="new")
    new = {row["subject"].value.removeprefix(f"{THINGS}new/") for row in found}
    claims = {one.split()[0].removeprefix("n:") for one in ON_THE_ELEMENT}
    other = "definition proposal measurement mention place tension likeness sharing question part"
    assert new == claims | set(other.split()) | {ELEMENT_IRI, f"{THINGS}passage/silent"}


def test_statements_that_nobody_can_find_again_are_listed(catalogue: Catalogue) -> None:
    name = "quality/statements-without-passage"
    found = {last_segment(row["statement"].value): row for row in rows(catalogue, name)}
    claims = {one.split()[0].removeprefix("n:") for one in ON_THE_ELEMENT}
    without = claims - {"placed"}
    assert found.keys() == without | {"definition", "proposal", "measurement", "part"}
    assert found["counted"]["documentTitle"].value == "X"
    assert "document" not in found["definition"]
    of_one = rows(catalogue, name, document="silent")
    assert {last_segment(row["statement"].value) for row in of_one} == without
    assert not rows(catalogue, name, document="naming")


def test_an_element_of_which_only_a_part_is_assessed_is_listed(catalogue: Catalogue) -> None:
    [row] = rows(catalogue, "quality/elements-without-assessment")
    assert row["element"].value == ELEMENT_IRI
    assert row["claims"].value == str(len(ON_THE_ELEMENT))


def test_each_document_has_its_references_by_every_outcome(catalogue: Catalogue) -> None:
    name = "quality/references-by-outcome"
    found = rows(catalogue, name, document="silent")
    outcomes = {last_segment(row["matchStatus"].value) for row in found}
    assert outcomes == {"matched", "mismatched", "missing", "cannot-be-judged", "unnamed"}
    assert {(row["references"].value, row["allReferences"].value) for row in found} == {("0", "0")}
    documents = {row["document"].value for row in rows(catalogue, name)}
    query = catalogue.get(name)
    assert documents == {choice.iri for choice in catalogue.choices(query.parameters[0])}
