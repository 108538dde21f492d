"""Every constraint component of SHACL Core, every path and target, on values of every sort."""

import pytest
from tests.unit.validation.differential import Key, assert_same, fast, graph, triples

VALUES = (
    *("1", "01", "-3", "7", "1.0", "1.50", "1.5", "1e0", "true"),
    *('"1"^^xsd:boolean', '"yes"^^xsd:boolean', '"x"^^xsd:integer', '"1.5"^^xsd:integer'),
    *('"07"^^xsd:int', '"300"^^xsd:byte', '"-1"^^xsd:nonNegativeInteger', '"-0"^^xsd:double'),
    *('"INF"^^xsd:float', '"1,5"^^xsd:decimal', '"2024-02-30"^^xsd:date', '"2024-02-29"^^xsd:date'),
    *('"2024-02-29Z"^^xsd:date', '"2024-02-29+14:00"^^xsd:date', '"2024"^^xsd:gYear'),
    *('"2024-02-29T10:00:00"^^xsd:dateTime', '"2024-02-29T10:00:00Z"^^xsd:dateTime'),
    *('"2024-02-29T24:00:00"^^xsd:dateTime', '"10:00:00"^^xsd:time', '"10:00:00Z"^^xsd:time'),
    *('"P1Y"^^xsd:duration', '"PT36H"^^xsd:dayTimeDuration', '"a  b "^^xsd:token'),
    *('"a  b "^^xsd:normalizedString', '"http://y/ "^^xsd:anyURI', '"zz"^^xsd:hexBinary'),
    *('""', '"a"', '"abc"', '"ABC\\nd"', '"é\\U0001F600"', '"x"^^:own', '"<a/>"^^rdf:HTML'),
    *('"a"@nl', '"a"@NL', '"b"@nl-be', '"c"@en', '"c"@en-GB', '"c"@de'),
    *(":i", ":j", ":k", "<http://x/long-name>", "[]"),
)  # fmt: skip
DATA = (
    "".join(f":n{place} a :C ; :p {value} ; :all {value} .\n" for place, value in enumerate(VALUES))
    + "".join(f":all :p {value} .\n" for value in VALUES)
    + """
    :all a :C . :none a :C . :i a :D ; :q 1 . :j a :E . :k a :F . :E rdfs:subClassOf :D .
    :l a :Late ; :p :i, :j ; :q :i, :k . :Late rdfs:subClassOf :C . :i :r :j . :j :r :i, :k .
    :two a :C ; :p "a"@nl, "b"@nl, "a"@en, "b"@EN, "c"@de ; :q "a"@nl .
    :same a :C ; :p 1, 2 ; :q 1, 2 . :less a :C ; :p 1, 3 ; :q 2, 4 . :s :low "5" .
    :low rdfs:subPropertyOf :p . :s a :C . :texts a :C ; :p "a", "c" ; :q "b" .
    :dates a :C ; :p "2024-01-01"^^xsd:date ; :q "2023-12-31"^^xsd:date, "2024-01-01"^^xsd:date .
    :mixed a :C ; :p 1.5, 2 ; :q 2, "2.0"^^xsd:double . :iris a :C ; :p :i ; :q :j .
    :closed a :C ; :p 1 ; :q 2 ; :r :i . :i :name "x" .
    """
)
WITHOUT_BLANKS = triples(DATA.replace("[]", ":noblank"))

ON_VALUES = {
    "class": "sh:class :D",
    "two classes": "sh:class :D, :F",
    **{
        f"datatype {kind}": f"sh:datatype {kind}"
        for kind in (
            "xsd:string", "rdf:langString", "xsd:integer", "xsd:decimal", "xsd:double", "xsd:float",
            "xsd:boolean", "xsd:date", "xsd:dateTime", "xsd:time", "xsd:int", "xsd:byte", "xsd:gYear",
            "xsd:nonNegativeInteger", "xsd:duration", "xsd:token", "xsd:anyURI", "xsd:hexBinary",
            "rdfs:Literal", "rdfs:Datatype", ":own",
        )
    },
    **{
        f"node kind {kind}": f"sh:nodeKind sh:{kind}"
        for kind in (
            "IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI", "BlankNodeOrLiteral",
        )
    },
    **{
        f"{limit} {value}": f"sh:{limit} {value}"
        for limit in ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
        for value in (
            "1", "1.5", '"1"^^xsd:double', '"2024-02-29"^^xsd:date', '"b"',
            '"2024-02-29T10:00:00"^^xsd:dateTime', '"2024-02-29T10:00:00Z"^^xsd:dateTime',
            '"10:00:00"^^xsd:time', '"P1M"^^xsd:duration', "true",
        )
    },
    "two limits": "sh:minInclusive 1, 2 ; sh:maxExclusive 7",
    "min length 0": "sh:minLength 0",
    "min length": "sh:minLength 2",
    "max length": "sh:maxLength 2",
    "pattern": 'sh:pattern "^a"',
    "pattern with flags": 'sh:pattern "^ab.*^d" ; sh:flags "im"',
    "two patterns": 'sh:pattern "^1", "5$"',
    "language": 'sh:languageIn ("nl" "EN")',
    "any language": 'sh:languageIn ("*")',
    "in": 'sh:in (1 "01"^^xsd:integer "a"@nl :i "2024-02-29"^^xsd:date "a b"^^xsd:token)',
    "in nothing": "sh:in ()",
    "not": "sh:not [ sh:datatype xsd:integer ]",
    "two nots": "sh:not [ sh:datatype xsd:integer ], [ sh:nodeKind sh:IRI ]",
    "and": "sh:and ([ sh:datatype xsd:integer ] [ sh:minInclusive 1 ])",
    "or": "sh:or ([ sh:datatype xsd:integer ] [ sh:class :D ])",
    "xone": "sh:xone ([ sh:datatype xsd:integer ] [ sh:minInclusive 2 ])",
    "xone of twice the same": "sh:xone (:int :int)",
    "node": "sh:node :int",
    "node within node": "sh:node [ sh:node [ sh:not :int ] ]",
    "deactivated inside": "sh:not [ sh:deactivated true ; sh:class :D ]",
    "property": "sh:property [ sh:path :r ; sh:minCount 1 ]",
    "property of a property": "sh:property [ sh:path :r ; sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    "warning": "sh:datatype xsd:integer ; sh:severity sh:Warning",
    "own severity": "sh:datatype xsd:integer ; sh:severity :Dreadful",
}  # fmt: skip
ON_PROPERTIES = {
    "min count": "sh:minCount 2",
    "min count 0": "sh:minCount 0",
    "max count": "sh:maxCount 1",
    "has value": 'sh:hasValue 1, "01"^^xsd:integer',
    "unique language": "sh:uniqueLang true",
    "no unique language": "sh:uniqueLang false",
    "equals": "sh:equals :q",
    "disjoint": "sh:disjoint :q, :r",
    "less than": "sh:lessThan :q",
    "less than or equals": "sh:lessThanOrEquals :q",
    "qualified": "sh:qualifiedValueShape :int ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
    "qualified least": "sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMinCount 2",
}  # fmt: skip
ON_NODES = {
    "closed": "sh:closed true ; sh:ignoredProperties (rdf:type) ; sh:property [ sh:path :p ]",
    "closed by a path": "sh:closed true ; sh:property [ sh:path (:p :q) ], :deactivated",
    "not closed": "sh:closed false ; sh:property [ sh:path :p ]",
    "has value": "sh:hasValue :all",
    "equals": "sh:equals :all",
    "qualified count": "sh:qualifiedValueShape :int ; sh:qualifiedMinCount 1",
    "siblings": """sh:property
        [ sh:path :p ; sh:qualifiedValueShape :int ; sh:qualifiedValueShapesDisjoint true ;
          sh:qualifiedMinCount 2 ],
        [ sh:path :p ; sh:qualifiedValueShape [ sh:minInclusive 2 ] ; sh:qualifiedMaxCount 0 ;
          sh:qualifiedValueShapesDisjoint true ]""",
    "two properties": """sh:property [ sh:path :p ; sh:maxCount 1 ; sh:datatype xsd:integer ],
        [ sh:path :q ; sh:maxCount 1 ; sh:message "M"@nl ; sh:severity sh:Info ]""",
    "deactivated": "sh:deactivated true ; sh:property [ sh:path :p ; sh:maxCount 0 ]",
    "deactivated property": "sh:property :deactivated",
}  # fmt: skip
PATHS = {
    ":p": "a property",
    "[ sh:inversePath :p ]": "backwards",
    "(:p :r)": "one after another",
    "(:p [ sh:inversePath :p ] :q)": "forth and back",
    "[ sh:alternativePath (:p :q) ]": "either",
    "[ sh:zeroOrMorePath :r ]": "any number",
    "[ sh:oneOrMorePath :r ]": "at least once",
    "[ sh:zeroOrOnePath :r ]": "at most once",
    "(:p [ sh:zeroOrMorePath [ sh:alternativePath (:r [ sh:inversePath :q ]) ] ])": "nested",
    "[ sh:oneOrMorePath (:r :r) ]": "two at a time",
}
TARGETS = {
    "class": "sh:targetClass :C",
    "two classes": "sh:targetClass :D, :Late",
    "nodes": 'sh:targetNode :i, :nowhere, 7, "01"^^xsd:integer, "a"@nl',
    "subjects": "sh:targetSubjectsOf :q",
    "objects": "sh:targetObjectsOf :q, :low",
    "all at once": "sh:targetClass :D ; sh:targetNode :i ; sh:targetObjectsOf :r",
    "a class of its own": "a rdfs:Class",
    "a class of its own, OWL": "a owl:Class",
}
SHARED = (
    ":int sh:datatype xsd:integer . :deactivated sh:path :q ; sh:deactivated true ; sh:maxCount 0 ."
)
# what no value of the data fails, or all do
ONE_SIDED = {"any", "min length 0", "in nothing", "min count 0", "no unique language", "not closed"}


pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")


def shape(body: str) -> str:
    return f"{SHARED} :S a sh:NodeShape ; sh:targetClass :C ; {body} ."


def results(text: str) -> set[Key]:
    return set(assert_same(graph(text), WITHOUT_BLANKS))


@pytest.mark.parametrize("name", ON_VALUES)
def test_on_the_values_of_a_property(name: str) -> None:
    text = shape(f"sh:property [ sh:path :p ; {ON_VALUES[name]} ]")
    found = assert_same(graph(text), triples(DATA))
    assert name in ONE_SIDED or found


@pytest.mark.parametrize("name", ON_VALUES)
def test_on_the_node_itself(name: str) -> None:
    text = f"{SHARED} :S a sh:NodeShape ; sh:targetObjectsOf :all ; {ON_VALUES[name]} ."
    found = assert_same(graph(text), triples(DATA))
    nodes = {focus for focus, *_ in found}
    assert name in ONE_SIDED or 0 < len(nodes) < len(VALUES) or name.startswith("deactivated")


@pytest.mark.parametrize("name", ON_PROPERTIES)
def test_on_all_values_of_a_property_together(name: str) -> None:
    found = results(shape(f"sh:property [ sh:path :p ; {ON_PROPERTIES[name]} ]"))
    assert bool(found) == (name not in ONE_SIDED)


@pytest.mark.parametrize("name", ON_NODES)
def test_on_nodes(name: str) -> None:
    found = results(shape(ON_NODES[name]))
    assert bool(found) == (
        name not in {*ONE_SIDED, "qualified count"} and "deactivated" not in name
    )


@pytest.mark.parametrize("path", PATHS, ids=PATHS.get)
def test_along_every_path(path: str) -> None:
    body = f"sh:path {path} ; sh:maxCount 1 ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:equals :q"
    assert results(f":S a sh:PropertyShape ; sh:targetClass :C, :D ; {body} .")


@pytest.mark.parametrize("name", TARGETS)
def test_on_every_target(name: str) -> None:
    node = ":D" if "own" in name else ":S"
    text = f"{node} {TARGETS[name]} ; sh:nodeKind sh:BlankNode ; sh:property [ sh:path :q ; sh:maxCount 0 ] ."
    assert results(text)


def test_the_type_of_a_node_is_a_property_as_any_other() -> None:
    assert results(shape("sh:property [ sh:path rdf:type ; sh:hasValue :Late ]"))


def test_a_blank_node_cannot_be_compared_and_then_nothing_is_judged() -> None:
    text = shape("sh:property [ sh:path :p ; sh:lessThan :q ]")
    assert assert_same(graph(text), triples(DATA)) == {}


def test_what_pyshacl_trips_over_is_not_judged_by_the_fast_stage_either() -> None:
    text = shape("sh:property [ sh:path :p ; sh:minInclusive 1.5 ]")
    assert assert_same(graph(text), triples(':a a :C ; :p "NaN"^^xsd:double .')) == {}


@pytest.mark.parametrize(
    "body",
    [
        "sh:property [ sh:minCount 1 ]",
        "sh:minCount 1",
        "sh:property [ sh:path :p ; sh:minCount 1, 2 ]",
        'sh:property [ sh:path :p ; sh:minCount "x" ]',
        'sh:property [ sh:path :p ; sh:pattern "(" ]',
        "sh:datatype xsd:string, xsd:integer",
        "sh:property [ sh:path [ sh:inversePath (:p :q) ] ]",
        "sh:property [ sh:path (:p) ; sh:minCount 1 ]",
        "sh:node [ sh:path :p ]",
        "sh:property :S",
        "sh:node :S",
        "sh:property [ sh:path :p ; sh:qualifiedValueShape :int ]",
        "sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ]",
        "sh:ignoredProperties (:p)",
        "sh:and ()",
        "sh:severity sh:Info, sh:Warning ; sh:class :D",
    ],
)
def test_what_cannot_be_read_is_left_to_pyshacl(body: str) -> None:
    assert fast(graph(shape(body)), triples(DATA)).left


def test_a_component_of_ones_own_is_left_to_pyshacl() -> None:
    text = shape(":most 1") + (
        ":Own a sh:ConstraintComponent ; sh:parameter [ sh:path :most ] ;"
        ' sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { }" ] .'
    )
    assert list(fast(graph(text), triples(DATA)).left.values()) == [
        "a constraint component of its own"
    ]
