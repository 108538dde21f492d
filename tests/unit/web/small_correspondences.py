"""Two documents with judgements on them, small enough to know by heart."""

from werkzaam.domain.content import Content, ContentFile

KINDS = ("agrees", "look-alike", "not-found", "one-concept", "shared-source", "supports")
SMALL = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/mdt-kennisgraaf/id/> .
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix claim: <https://w3id.org/mdt-kennisgraaf/id/claim/> .
@prefix co: <https://w3id.org/mdt-kennisgraaf/id/correspondence/> .
@prefix ck: <https://w3id.org/mdt-kennisgraaf/id/correspondence-kind/> .
@prefix document: <https://w3id.org/mdt-kennisgraaf/id/document/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix itr: <https://w3id.org/mdt-kennisgraaf/id/in-text-reference/> .
@prefix measurement: <https://w3id.org/mdt-kennisgraaf/id/measurement/> .
@prefix passage: <https://w3id.org/mdt-kennisgraaf/id/passage/> .
@prefix source: <https://w3id.org/mdt-kennisgraaf/id/source/> .
@prefix tu: <https://w3id.org/mdt-kennisgraaf/id/term-use/> .
@prefix x: <https://w3id.org/mdt-kennisgraaf/id/x/> .

mdt:Claim rdfs:subClassOf mdt:SourceStatement ; rdfs:label "Claim"@en, "Bewering"@nl .
mdt:Correspondence rdfs:label "Correspondence"@en, "Samenhang"@nl .
mdt:Goal rdfs:label "Goal"@en, "Doel"@nl .
mdt:Measurement rdfs:subClassOf mdt:SourceStatement ; rdfs:label "Measurement"@en, "Meting"@nl .
mdt:TermUse rdfs:label "Term use"@en, "Woordgebruik"@nl .
mdt:CorrespondenceKind rdfs:subClassOf mdt:Code . mdt:ReviewStatus rdfs:subClassOf mdt:Code .
mdt:population rdfs:label "population"@en, "populatie"@nl .
x:drafted a mdt:ReviewStatus ; skos:prefLabel "drafted"@en, "opgesteld"@nl ; skos:definition "Read once."@en, "Eén keer gelezen."@nl .
x:analyst skos:prefLabel "analyst"@en, "analist"@nl .
x:author skos:prefLabel "author"@en, "auteur"@nl . x:survey skos:prefLabel "survey"@en, "vragenlijst"@nl .
document:red a mdt:Document ; dcterms:title "Red report"@en, "Rood rapport"@nl .
document:blue a mdt:Document ; dcterms:title "Blue report"@en, "Blauw rapport"@nl .
passage:red mdt:inDocument document:red ; mdt:page "3" . passage:blue mdt:inDocument document:blue ; mdt:page "7" .
claim:red a mdt:Claim ; mdt:statedIn document:red ; mdt:passage passage:red ; mdt:voice x:author ; mdt:basis x:survey ;
  mdt:hedge "kan"@nl ; mdt:gist "Red says so."@en, "Rood zegt het."@nl .
claim:blue a mdt:Claim ; mdt:statedIn document:blue ; mdt:passage passage:blue ; mdt:voice x:author ; mdt:basis x:survey ;
  mdt:gist "Blue says so."@en, "Blauw zegt het."@nl ; mdt:hypothetical true .
claim:alone a mdt:Claim ; mdt:statedIn document:red ; mdt:passage passage:red ; mdt:gist "Alone."@en, "Alleen."@nl .
measurement:blue a mdt:Measurement ; mdt:statedIn document:blue ; mdt:passage passage:blue ; mdt:voice x:author ;
  mdt:basis x:survey ; mdt:value 20 ; mdt:population "Young people."@en, "Jongeren."@nl ; mdt:gist "Twenty."@en, "Twintig."@nl .
goal:home a mdt:Goal ; skos:prefLabel "Home"@en, "Thuis"@nl ; skos:definition "A place."@en, "Een plek."@nl ; mdt:describedIn passage:red .
goal:house a mdt:Goal ; skos:prefLabel "House"@en, "Huis"@nl ; skos:definition "Bricks."@en, "Stenen."@nl ; mdt:describedIn passage:blue .
tu:red a mdt:TermUse ; mdt:inPassage passage:red ; mdt:refersTo goal:home ; mdt:wording "nest"@nl .
tu:blue a mdt:TermUse ; mdt:inPassage passage:blue ; mdt:refersTo goal:home ; mdt:wording "honk"@nl .
source:book a mdt:Source ; dcterms:title "Book"@nl .
itr:red a mdt:InTextReference ; mdt:inPassage passage:red ; mdt:refersToSource source:book ; mdt:citedAs "Book, 2020" .
itr:blue a mdt:InTextReference ; mdt:inPassage passage:blue ; mdt:refersToSource source:book ; mdt:citedAs "Boek (2020)" .
"""


def _kind(slug: str) -> str:
    return f'ck:{slug} a mdt:CorrespondenceKind ; skos:prefLabel "{slug}"@en, "nl {slug}"@nl ; skos:definition "About {slug}."@en, "Over {slug}."@nl .\n'


def judgement(name: str, kind: str, said: str) -> str:
    """A correspondence that is otherwise whole."""
    return (
        f"co:{name} a mdt:Correspondence ; mdt:correspondenceKind ck:{kind} ; {said} ;"
        f' mdt:reason "Why {name}."@en, "Waarom {name}."@nl ; mdt:judgedBy x:analyst ;'
        f' mdt:judgedOn "2026-11-27"^^xsd:date ; mdt:reviewStatus x:drafted .\n'
    )


JUDGED = (
    judgement("same", "agrees", "mdt:setsBeside claim:red, claim:blue ; mdt:shared goal:home")
    + judgement("backed", "supports", "mdt:regards claim:red ; mdt:inTheLightOf measurement:blue")
    + judgement("sought", "not-found", "mdt:regards claim:red ; mdt:soughtIn document:blue")
    + judgement("names", "one-concept", "mdt:setsBeside tu:red, tu:blue ; mdt:shared goal:home")
    + judgement("alike", "look-alike", "mdt:setsBeside goal:home, goal:house")
    + judgement(
        "cited", "shared-source", "mdt:setsBeside itr:red, itr:blue ; mdt:shared source:book"
    )
)


def small(more: str = "") -> Content:
    """The content, with ``more`` in Turtle."""
    text = SMALL + "".join(map(_kind, KINDS)) + JUDGED + more
    return Content((ContentFile("graph_data/across/small.ttl", text.encode()),))
