"""What a page shows around a thing beside the statements: derived edges, words, references, what it
looks like, and what stands in a document."""

from werkzaam.domain.queries import Language
from werkzaam.linked_data.describe import DOCUMENT, Description
from werkzaam.linked_data.names import MDT, SKOS
from werkzaam.linked_data.statements import TYPE
from werkzaam.linked_data.surroundings import Mention
from werkzaam.linked_data.why import written
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.statement_cards import NOTE, Meanings, marked
from werkzaam.web.statement_pieces import (
    DerivedLine,
    Detail,
    DocumentView,
    ImpliedLine,
    MentionLine,
    MentionTable,
)
from werkzaam.web.wording import say

_KEY_FACTS = {
    MDT + "Source": ("sourceType", "sourceTypeFrom", "studyCount", "publishedIn", "bibliographyOf"),
    MDT + "Passage": ("inDocument", "section", "page", "pageStatus", "documentPart"),
    MDT + "Tension": ("tensionKind", "tensionIn", "reviewStatus"),
    MDT + "InTextReference": ("citedAs", "matchStatus", "refersToSource", "inPassage"),
    MDT + "TermUse": ("wording", "refersTo", "inPassage", "onlyIn"),
}
_SCOPE_NOTE = SKOS + "scopeNote"
_BROADER = SKOS + "broader"


def key_facts(described: Description, naming: Naming) -> list[Detail]:
    """What a reader wants to know first about a source, passage, tension or mention."""
    wanted = [MDT + name for kind in described.types for name in _KEY_FACTS.get(kind, ())]
    noted = [_BROADER, NOTE, _SCOPE_NOTE] if MDT + "gist" not in described.facts else []
    labels = {
        _BROADER: Named(say("Belongs to", naming.interface)),
        NOTE: Named(say("Note", naming.interface)),
        _SCOPE_NOTE: Named(say("Note", naming.interface)),
    }
    return [
        Detail(labels.get(name) or naming.named(name), naming.values(described.facts[name]))
        for name in (*wanted, *noted)
        if name in described.facts
    ]


def look_alikes(described: Description, naming: Naming) -> Detail | None:
    """Which concepts it looks like in name, with the difference in words."""
    others = described.facts.get(MDT + "lookAlikeOf", ())
    if not others:
        return None
    difference = naming.text(described.facts.get(MDT + "distinction", ()))
    return Detail(difference, naming.all_named(other.value for other in others))


def derived_lines(described: Description, naming: Naming) -> list[DerivedLine]:
    """The edges that follow from statements."""
    lines = []
    for edge in described.derived:
        others = []
        for other in edge.others:
            ends = (other, described.iri) if edge.incoming else (described.iri, other)
            way = naming.why(ends[0], edge.property, ends[1])
            others.append((naming.named(other), way))
        lines.append(DerivedLine(naming.named(edge.property), edge.incoming, others))
    return lines


def implied_lines(described: Description, naming: Naming) -> list[ImpliedLine]:
    """What follows from the classes and properties of the thing alone."""
    class_words = Named(say("is a", naming.interface))
    return [
        ImpliedLine(
            class_words if name == TYPE else naming.named(name),
            naming.value(value),
            naming.why(described.iri, name, value.value if value.kind == "uri" else written(value)),
        )
        for name, value in described.implied
    ]


def mention_tables(described: Description, naming: Naming, known: Meanings) -> list[MentionTable]:
    """The words and the references that mean the thing, or that stand in it."""
    made = []
    for is_reference, heading in _mention_headings(naming.interface).items():
        found = [item for item in described.mentions if item.is_reference == is_reference]
        if found:
            made.append(
                MentionTable(
                    "references" if is_reference else "wordings",
                    heading,
                    [_mention(item, naming, known) for item in found],
                    with_target=any(item.target not in (None, described.iri) for item in found),
                    with_match=is_reference,
                    with_passage=any(item.passage != described.iri for item in found),
                )
            )
    return made


def document_view(described: Description, naming: Naming) -> DocumentView | None:
    """The statements of a document by kind, and its passages; None for anything else."""
    if DOCUMENT not in described.types:
        return None
    kinds = sorted(described.statements.kinds.items(), key=lambda item: -item[1])
    return DocumentView(
        [
            (
                naming.named(kind),
                number,
                naming.tally("in-document", document=described.iri, kind=kind),
            )
            for kind, number in kinds
        ],
        [
            (
                _without_page(naming.named(item.iri), item.page),
                item.page,
                item.statements,
                naming.tally("in-passage", passage=item.iri),
            )
            for item in described.passages
        ],
    )


def _mention_headings(language: Language) -> dict[bool, str]:
    return {
        False: say("The words of the source for it", language),
        True: say("References in the text", language),
    }


def _mention(item: Mention, naming: Naming, known: Meanings) -> MentionLine:
    return MentionLine(
        Named(item.words.value, naming.href(item.iri), item.words.language or "nl", item.iri),
        naming.named(item.passage),
        naming.named(item.target) if item.target else None,
        marked(item.status or "", naming, known),
        item.only,
    )


def _without_page(name: Named, page: str) -> Named:
    return Named(name.text.removesuffix(f", p. {page}"), name.href, name.language, name.iri)
