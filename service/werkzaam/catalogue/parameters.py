"""Text from a caller as the RDF term that a parameter is bound to, and that term in the query."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from werkzaam.catalogue.query_text import binding_places, significant
from werkzaam.domain.characters import MOST_QUOTED, quoted, shown
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import LANGUAGES, Bilingual, CataloguedQuery, Parameter
from werkzaam.errors import BadRequest, InvalidParameter

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MOST_CHARACTERS = 1000


@dataclass(frozen=True)
class Choice:
    """A thing that a parameter can be given: its IRI and its names."""

    iri: str
    label: Bilingual

    @property
    def slug(self) -> str:
        """The last segment of the IRI, which a caller may give instead."""
        return last_segment(self.iri)


def bind(
    query: CataloguedQuery, given: Mapping[str, str], choices: Mapping[str, Sequence[Choice]]
) -> str:
    """The text of ``query`` with every given parameter in the place of its UNDEF.

    ``choices`` per parameter name. An empty value counts as not given. Raises InvalidParameter or
    BadRequest with what can be given.
    """
    return _bound(query, terms(query, given, choices))


def terms(
    query: CataloguedQuery, given: Mapping[str, str], choices: Mapping[str, Sequence[Choice]]
) -> dict[str, str]:
    """What each parameter of ``query`` is bound to, as SPARQL; without those that nothing was given
    for. Raises as ``bind``."""
    found: dict[str, str] = {}
    for name, value in given.items():
        parameter = query.parameter(name)
        if parameter is None:
            raise _unknown(query, name)
        if value != "":
            found[name] = _term(parameter, value, choices.get(name, ()))
    for parameter in query.parameters:
        if parameter.name in found:
            continue
        if parameter.default is not None:
            found[parameter.name] = _term(
                parameter, parameter.default, choices.get(parameter.name, ())
            )
        elif parameter.required:
            raise InvalidParameter(
                parameter.name,
                _slugs(choices.get(parameter.name, ())),
                "The parameter {name} is required. Give it a value.",
            )
    return found


def _bound(query: CataloguedQuery, bound: Mapping[str, str]) -> str:
    """A clause that nothing was given for is left out: it means nothing, and Jena 5.6 finds nothing in
    a query with two of them behind each other."""
    found = significant(query.text)
    places = []
    for parameter in query.parameters:
        first, _, _, undefined, last = binding_places(found, parameter.name)[0]
        term = bound.get(parameter.name)
        places.append(
            (first.start, last.end, "") if term is None else (undefined.start, undefined.end, term)
        )
    text = query.text
    for start, end, term in sorted(places, reverse=True):
        text = text[:start] + term + text[end:]
    return text


def _unknown(query: CataloguedQuery, name: str) -> BadRequest:
    known = [parameter.name for parameter in query.parameters]
    name = shown(name, MOST_QUOTED)
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return InvalidParameter(
            name, known, "There is no parameter {name}. Did you mean {close}?", close=close[0]
        )
    return InvalidParameter(
        name,
        known,
        "There is no parameter {name}. This question has: {known}.",
        known=", ".join(known) or "none",
    )


def _term(parameter: Parameter, value: str, choices: Sequence[Choice]) -> str:
    if len(value) > _MOST_CHARACTERS:
        raise InvalidParameter(
            parameter.name,
            _slugs(choices),
            "The value of {name} has more than {most} characters. Shorten it.",
            most=_MOST_CHARACTERS,
        )
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidParameter(
            parameter.name,
            _slugs(choices),
            "The value of {name} holds half a character. Write it whole.",
        )
    if parameter.type == "iri":
        return _iri(parameter, value, choices)
    return str(_literal(parameter, value))


def _iri(parameter: Parameter, value: str, choices: Sequence[Choice]) -> str:
    if parameter.choices_class is not None:
        for choice in choices:
            if value in (choice.iri, choice.slug):
                return str(ox.NamedNode(choice.iri))
        slugs = _slugs(choices)
        close = difflib.get_close_matches(last_segment(value), slugs, n=1)
        raise InvalidParameter(
            parameter.name,
            slugs,
            "{value} is no value of {name}. Choose one of: {slugs}.{hint}",
            value=quoted(value),
            slugs=", ".join(slugs) or "(there are none in the data)",
            hint=f" ({close[0]}?)" if close else "",
        )
    try:
        return str(ox.NamedNode(value))
    except ValueError:
        raise InvalidParameter(
            parameter.name, (), "{value} is no IRI. Give {name} a full IRI.", value=quoted(value)
        ) from None


def _literal(parameter: Parameter, value: str) -> ox.Literal:
    if parameter.type == "language":
        if value not in LANGUAGES:
            raise InvalidParameter(
                parameter.name,
                LANGUAGES,
                "{value} is no language of this content. Choose one of: {slugs}.",
                value=quoted(value),
                slugs=", ".join(LANGUAGES),
            )
        return ox.Literal(value)
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value):
            raise InvalidParameter(
                parameter.name, (), "{value} is no whole number.", value=quoted(value)
            )
        return ox.Literal(int(value))
    if parameter.type == "date":
        return ox.Literal(_date(parameter, value), datatype=ox.NamedNode(_XSD + "date"))
    if "\0" in value:
        raise InvalidParameter(parameter.name, (), "The value of {name} holds a NUL character.")
    return ox.Literal(value)


def _date(parameter: Parameter, value: str) -> str:
    try:
        read = date.fromisoformat(value)
    except ValueError:
        read = None
    if read is None or read.isoformat() != value:
        raise InvalidParameter(
            parameter.name, (), "{value} is no date. Write it as 2023-10-04.", value=quoted(value)
        )
    return value


def _slugs(choices: Sequence[Choice]) -> list[str]:
    return [choice.slug for choice in choices]
