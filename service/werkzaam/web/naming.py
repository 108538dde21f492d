"""Things from the graph by their names, in the words and links of one reader."""

from collections.abc import Iterable, Mapping, Sequence

from werkzaam.api.figure_links import figure_href, tally_href
from werkzaam.api.links import Links
from werkzaam.domain.answers import Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.linked_data.names import Name, in_language
from werkzaam.web.addresses import href_of, why_address
from werkzaam.web.languages import Languages
from werkzaam.web.pieces import Named

_NO_NAME = Name()


class Naming:
    """What things are called, for a reader of ``languages``."""

    def __init__(self, names: Mapping[str, Name], links: Links, languages: Languages) -> None:
        self._names = names
        self._links = links
        self.interface = languages.interface
        self.content = languages.content

    def name(self, iri: str) -> Name:
        """What ``iri`` is called, in all languages."""
        return self._names.get(iri, _NO_NAME)

    def named(self, iri: str) -> Named:
        """``iri`` by its name, with the way to it; by the end of its IRI where it has none."""
        name = self.name(iri).in_(self.content)
        text = name.value if name else last_segment(iri).rpartition("#")[2] or iri
        language = (name.language or "") if name else ""
        return Named(text, self.href(iri), language, iri)

    def all_named(self, iris: Iterable[str]) -> list[Named]:
        """Each of ``iris`` by its name."""
        return [self.named(iri) for iri in iris]

    def label(self, iri: str) -> str:
        """The name of ``iri`` as text alone; empty for an empty ``iri``."""
        return self.named(iri).text if iri else ""

    def text(self, texts: Sequence[Term]) -> Named:
        """The best of ``texts`` for the reader."""
        term = in_language(texts, self.content)
        return Named(term.value, language=term.language or "") if term else Named("")

    def value(self, value: Term) -> Named:
        """A value of a property: a thing by its name, or text."""
        if value.kind == "uri":
            return self.named(value.value)
        return Named(value.value, language=value.language or "")

    def values(self, values: Sequence[Term]) -> list[Named]:
        """The values of a property; of text in several languages the best."""
        texts = [value for value in values if value.language]
        best = [self.text(texts)] if len({text.language for text in texts}) > 1 else []
        return [*best, *(self.value(v) for v in values if not (best and v.language))]

    def sheet(self, iri: str) -> str:
        """The way to what defends the figure or judgement ``iri``; empty for anything else."""
        return figure_href(iri, self._links)

    def tally(self, name: str, /, **given: str) -> str:
        """The way to what defends a count on a page."""
        return tally_href(self._links, name, **given)

    def why(self, subject: str, predicate: str, value: str) -> str:
        """The way to what explains a derived edge; ``value`` is an IRI, or a literal in N-Triples."""
        return why_address(subject, predicate, value, self._links)

    def href(self, iri: str) -> str:
        """The way to ``iri``; empty where there is none."""
        return href_of(iri, self._links)
