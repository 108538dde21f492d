"""Triples as JSON-LD, in the words of a published context that never changes.

A context is served at one address for good; a new one gets a new number. What it has no word for is
written as a compact or full IRI, so a document always means the same triples
(`JSON-LD 1.1 <https://www.w3.org/TR/json-ld11/>`_).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.linked_data.statements import TYPE

NEWEST: Final = "1"
_FOLDER = Path(__file__).parent / "contexts"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
Json = dict[str, Any]


@dataclass(frozen=True)
class _Word:
    """What a context calls a property; ``type``: ``@id`` or the datatype that its values have;
    ``by_language``: texts stand by their language."""

    name: str
    type: str | None = None
    by_language: bool = False


@dataclass(frozen=True)
class Context:
    """The words of one published context: ``prefixes``, and ``words`` by the IRI of what they mean."""

    prefixes: Mapping[str, str]
    words: Mapping[str, _Word]

    def word(self, iri: str) -> _Word:
        """What ``iri`` is called: by its word, as a compact IRI, or in full."""
        return self.words.get(iri) or _Word(self.compact(iri))

    def compact(self, iri: str) -> str:
        """``iri`` by the longest prefix that fits it; in full where none does."""
        fits = [
            (len(begin), name) for name, begin in self.prefixes.items() if iri.startswith(begin)
        ]
        if not fits:
            return iri
        length, name = max(fits)
        rest = iri[length:]
        return iri if not rest or rest.startswith("//") else f"{name}:{rest}"


def context_numbers() -> list[str]:
    """The numbers of the published contexts, oldest first."""
    return sorted((path.stem for path in _FOLDER.glob("*.jsonld")), key=int)


@cache
def context_bytes(number: str) -> bytes:
    """The published context ``number``, one of ``context_numbers``, as it is served."""
    return (_FOLDER / f"{number}.jsonld").read_bytes()


@cache
def context(number: str) -> Context:
    """The words of the published context ``number``."""
    told: Json = json.loads(context_bytes(number))["@context"]
    prefixes = {name: what for name, what in told.items() if str(what).startswith("http")}
    words = {}
    for name, what in told.items():
        if name in prefixes or str(what).startswith("@") or name.startswith("@"):
            continue
        means = {"@id": what} if isinstance(what, str) else what
        kind = means.get("@type")
        words[_expanded(means["@id"], prefixes)] = _Word(
            name,
            kind if kind in (None, "@id") else _expanded(kind, prefixes),
            means.get("@container") == "@language",
        )
    return Context(prefixes, words)


def written_jsonld(triples: Iterable[ox.Triple], address: str, number: str = NEWEST) -> bytes:
    """``triples`` as one JSON-LD document whose context is the one ``number``, at ``address``."""
    known = context(number)
    nodes: dict[str, Json] = {}
    for triple in triples:
        name = _name(triple.subject)
        _add(nodes.setdefault(name, {"id": name}), triple, known)
    whole = {"@context": address, "@graph": [*nodes.values()]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _add(node: Json, triple: ox.Triple, known: Context) -> None:
    value = triple.object
    if triple.predicate.value == TYPE:
        kind = known.word(value.value).name if isinstance(value, ox.NamedNode) else _name(value)
        node.setdefault("type", []).append(kind)
        return
    word = known.word(triple.predicate.value)
    in_words = isinstance(value, ox.Literal) and value.language
    if word.by_language and not in_words:
        word = _Word(known.compact(triple.predicate.value))
    if not isinstance(value, ox.Literal):
        name = _name(value)
        node.setdefault(word.name, []).append(name if word.type == "@id" else {"id": name})
    elif word.by_language:
        texts = node.setdefault(word.name, {})
        texts.setdefault(value.language, []).append(value.value)
    else:
        node.setdefault(word.name, []).append(_literal(value, word.type))


def _literal(value: ox.Literal, expected: str | None) -> Any:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == (expected or _STRING):
        return value.value
    if datatype == _STRING:
        return {"@value": value.value}
    return {"@value": value.value, "@type": datatype}


def _name(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, rest = name.partition(":")
    return prefixes[prefix] + rest if prefix in prefixes else name
