"""The words of OWL 2 that the check of its profiles goes by."""

from typing import Final

from rdflib import OWL, RDF, RDFS, XSD
from rdflib.term import Node

PROPERTY_KINDS: Final = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
RESERVED: Final = (str(OWL), str(RDF), str(RDFS), str(XSD))

AXIOMS: Final[frozenset[Node]] = frozenset(
    {
        OWL.AllDisjointClasses,
        OWL.AllDisjointProperties,
        OWL.AllDifferent,
        OWL.NegativePropertyAssertion,
        OWL.Axiom,
        OWL.Annotation,
        OWL.Class,
        OWL.Restriction,
        RDFS.Datatype,
    }
)

DATATYPES: Final[frozenset[Node]] = frozenset(
    {
        RDF.PlainLiteral,
        RDF.XMLLiteral,
        RDF.langString,
        RDFS.Literal,
        XSD.anyURI,
        XSD.base64Binary,
        XSD.boolean,
        XSD.byte,
        XSD.dateTime,
        XSD.dateTimeStamp,
        XSD.decimal,
        XSD.double,
        XSD.float,
        XSD.hexBinary,
        XSD.int,
        XSD.integer,
        XSD.language,
        XSD.long,
        XSD.Name,
        XSD.NCName,
        XSD.negativeInteger,
        XSD.NMTOKEN,
        XSD.nonNegativeInteger,
        XSD.nonPositiveInteger,
        XSD.normalizedString,
        XSD.positiveInteger,
        XSD.short,
        XSD.string,
        XSD.token,
        XSD.unsignedByte,
        XSD.unsignedInt,
        XSD.unsignedLong,
        XSD.unsignedShort,
    }
)

# beyond RL on either side of an axiom; on the left alone; on the right alone
BEYOND_RL: Final[frozenset[Node]] = frozenset(
    {OWL.hasSelf, OWL.minCardinality, OWL.minQualifiedCardinality, OWL.cardinality}
    | {OWL.qualifiedCardinality, OWL.disjointUnionOf}
)
LEFT_ONLY: Final[frozenset[Node]] = frozenset({OWL.unionOf, OWL.someValuesFrom, OWL.oneOf})
NOT_LEFT: Final[frozenset[Node]] = frozenset(
    {OWL.allValuesFrom, OWL.complementOf, OWL.maxCardinality, OWL.maxQualifiedCardinality}
)
