"""What a number was asked with and what names its row, in words: labels, never an IRI or a slug."""

from collections.abc import Iterable

from werkzaam.api.figure_pieces import Line, Words
from werkzaam.api.figure_telling import Telling
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.linked_data.names import RDFS
from werkzaam.linked_data.statements import TYPE
from werkzaam.messages import say

_KINDS_BY_SLUG = ("finding-kind", "proposal-kind")
_FOR_IRIS = " (IRI)"
_LEFT_OUT = "without"
_UNADDRESSED = "addressed"


def named_by(given: Iterable[str]) -> list[str]:
    """The things whose names say what was given, as an IRI or as the slug of a kind of finding."""
    found: list[str] = []
    for value in given:
        if ":" in value:
            found.append(value)
        elif value:
            found += [f"{THINGS}{kind}/{value}" for kind in _KINDS_BY_SLUG]
    return found


def asked_in_words(
    catalogue: Catalogue, answered: Answered, telling: Telling
) -> list[tuple[str, str]]:
    """Each parameter that was given, with its value in words."""
    query, language = answered.query, telling.language
    found = []
    for name, value in answered.given.items():
        parameter = query.parameter(name)
        if parameter and value and parameter.type != "language":
            choices = catalogue.choices(parameter)
            chosen = [c.label.in_(language) for c in choices if value in (c.iri, c.slug)]
            words = chosen[0] if chosen else _said(name, value, telling)
            found.append((parameter.label.in_(language), words))
    return found


def _said(name: str, value: str, telling: Telling) -> str:
    """A value that is no choice from a list: a property or class, a kind, a way of narrowing."""
    language = telling.language
    if name == _LEFT_OUT:
        left = {
            "phase": say("phase", language),
            "location": say("location", language),
            "theme": say("theme", language),
        }
        return ", ".join(words for slug, words in left.items() if slug in value)
    if name == _UNADDRESSED:
        return say("yes", language)
    if ":" not in value:
        labels = [telling.label_or_nothing(one) for one in named_by([value])]
        return next(filter(None, labels), value)
    foreign = {TYPE: say("type", language), RDFS + "seeAlso": say("see also", language)}
    return foreign.get(value) or telling.label(value)


def row_lines(query: CataloguedQuery, row: Row, language: Language, telling: Telling) -> list[Line]:
    """What names ``row``, which is in ``language``: its things by their labels in the answer, or by
    their names where that is another language or has none."""
    labels = {column.of: column.name for column in query.columns if column.of}
    shown = {column.name: column.label.in_(telling.language) for column in query.columns}
    found = []
    for name in query.key_columns if row else ():
        thing, term = row.get(name), row.get(labels.get(name, name))
        label = shown.get(labels.get(name, name), name).removesuffix(_FOR_IRIS)
        if (
            thing is not None
            and thing.kind == "uri"
            and (name not in labels or language != telling.language)
        ):
            found.append(Line(name, label, [telling.words(thing.value)]))
        elif term is not None and term.value:
            words = Words(term.value, term.language or language, thing.value if thing else "")
            found.append(Line(name, label, [words]))
    return found
