"""What is found: things, statements, passages and questions, each with the texts it is found by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from werkzaam.domain.identifiers import TERMS
from werkzaam.domain.queries import LANGUAGES, CataloguedQuery, Language

QUESTION: Final = "question"
"""The kind of a question of the catalogue, which is no thing in the dataset."""
FACETS: Final = ("type", "document", "layer", "goal")
"""By what hits are counted and chosen."""

_PASSAGE: Final = TERMS + "Passage"
_STATEMENTS: Final = (
    *(TERMS + "Assessment", TERMS + "Claim", TERMS + "Correspondence", TERMS + "Definition"),
    *(TERMS + "Measurement", TERMS + "Norm", TERMS + "Proposal", TERMS + "Tension"),
)
_OUTER: Final = (TERMS + "Document", TERMS + "Source", TERMS + "ProjectReport")
_LONGEST_LABEL: Final = 140


class Text(NamedTuple):
    """A text and its language tag; empty where it has none."""

    value: str
    language: str = ""

    def shortened(self, most: int = _LONGEST_LABEL) -> "Text":
        """The text, cut after a word so that it has about ``most`` characters."""
        if len(self.value) <= most:
            return self
        return Text(self.value[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …", self.language)


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``kind``: the IRI of its class, or QUESTION. ``names``: what it is called, ``synonyms``: what it is
    called elsewhere, ``bodies``: what is said of it. A statement has no name: it is called by its
    ``bodies``. ``documents``, ``layers``, ``goals``: IRIs. ``page`` and ``section``: where a document
    says it. ``path``: the page of a question. ``code``: a value of a code list, of less interest than
    what goes by the same name in the documents.
    """

    iri: str
    kind: str
    names: tuple[Text, ...] = ()
    synonyms: tuple[Text, ...] = ()
    bodies: tuple[Text, ...] = ()
    documents: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    page: str = ""
    section: Text | None = None
    path: str = ""
    code: bool = False

    @property
    def named(self) -> bool:
        """Whether it has a name of its own, and is not called by its content or place."""
        return self.kind != _PASSAGE and self.kind not in _STATEMENTS and bool(self.names)

    @property
    def rank(self) -> int:
        """What comes first of hits that are otherwise alike: 0 before 3."""
        if self.kind in _STATEMENTS:
            return 2
        if self.kind == _PASSAGE:
            return 3
        return 1 if self.code or self.kind in _OUTER or self.kind == QUESTION else 0

    def label(self, language: Language) -> Text:
        """What it is called in ``language``, else in another one."""
        return best(self.names or self.bodies, language).shortened()

    def values(self, facet: str) -> tuple[str, ...]:
        """Its values of one of FACETS."""
        if facet == "type":
            return (self.kind,)
        return {"document": self.documents, "layer": self.layers, "goal": self.goals}[facet]


def best(texts: Sequence[Text], language: Language) -> Text:
    """The one of ``texts`` that serves a reader of ``language`` best; an empty one of none."""
    for tag in (language, *LANGUAGES, ""):
        for text in texts:
            if text.language == tag:
                return text
    return texts[0] if texts else Text("")


def question_entry(query: CataloguedQuery, iri: str) -> Entry:
    """A question of the catalogue as what is found, under ``iri``."""
    tags = Text(" ".join(query.tags))
    return Entry(
        iri,
        QUESTION,
        names=tuple(Text(query.title.in_(language), language) for language in LANGUAGES),
        synonyms=tuple(Text(query.question.in_(language), language) for language in LANGUAGES),
        bodies=(
            *(Text(query.description.in_(language), language) for language in LANGUAGES),
            tags,
        ),
        path=f"/queries/{query.name}",
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` in the order of hits that are otherwise alike: things, then documents, questions
    and codes, then statements; the shortest name first."""

    def key(entry: Entry) -> tuple[int, int, str]:
        label = entry.label("nl").value
        return entry.rank, len(label) if entry.named else 0, entry.iri

    return sorted(entries, key=key)
