"""What things are called, in the languages that there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzaam.domain.answers import Term
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.linked_data.asking import listed, query_text, rows_of
from werkzaam.store.interface import Store

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DCTERMS = "http://purl.org/dc/terms/"
MDT = "https://w3id.org/mdt-kennisgraaf/def/"

_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")
_CONTENT = ("gist", "reason", "citedAs", "wording")
_LONGEST = 140


@dataclass(frozen=True)
class Name:
    """The ``texts`` a thing is called by. ``own``: it has a label, and is not called by its content."""

    texts: Sequence[Term] = ()
    own: bool = False

    def in_(self, language: Language) -> Term | None:
        """The text in ``language``, else in another one; None where there is none."""
        return in_language(self.texts, language)


def in_language(texts: Sequence[Term], language: Language) -> Term | None:
    """The one of ``texts`` that a reader of ``language`` is best served by."""
    wanted = (language, *LANGUAGES, None)
    for tag in wanted:
        for text in texts:
            if text.language == tag:
                return text
    return texts[0] if texts else None


def names_of(store: Store, iris: Iterable[str]) -> dict[str, Name]:
    """The names of ``iris``: of those that have one, as far as one query can hold them."""
    found: dict[str, dict[str, list[Term]]] = {}
    unique = dict.fromkeys(iris)
    for row in rows_of(store, query_text("names", things=listed(unique))):
        texts = found.setdefault(row["thing"].value, {})
        texts.setdefault(row["property"].value, []).append(row["text"])
    return {iri: _name(texts) for iri, texts in found.items()}


def _name(texts: Mapping[str, Sequence[Term]]) -> Name:
    for label in _LABELS:
        if label in texts:
            return Name(texts[label], own=True)
    pages = texts.get(MDT + "page", ())
    page = f"p. {pages[0].value}" if pages else ""
    if MDT + "section" in texts:
        sections = texts[MDT + "section"]
        return Name([_with(text, ", ".join(filter(None, (text.value, page)))) for text in sections])
    if page:
        return Name([Term("literal", page)])
    said = next((texts[MDT + name] for name in _CONTENT if MDT + name in texts), ())
    return Name([_with(text, _shortened(text.value)) for text in said])


def _with(term: Term, value: str) -> Term:
    return Term("literal", value, None, term.language)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
