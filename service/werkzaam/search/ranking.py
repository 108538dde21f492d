"""Which hits come first: an exact name, then a synonym, a beginning, a stem, a part, other spelling.

Every way in which a word can be found has a score of its own, so the order of the ways is the order of
the hits; how often a text holds the word decides between hits that are found in the same way.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import tantivy

from werkzaam.search.asked import Asked, Word
from werkzaam.search.words import says_nothing, stem, stems

_EXACT_NAME: Final = 10_000.0
_NAME_WITHOUT_NOTE: Final = 8_000.0
_EXACT_SYNONYM: Final = 6_000.0
_SAME_STEMS: Final = 3_000.0
_WAYS: Final = {
    "name": 100.0,
    "synonym": 84.0,
    "name beginning": 70.0,
    "synonym beginning": 60.0,
    "name stem": 50.0,
    "name part": 40.0,
    "body": 28.0,
    "body stem": 22.0,
    "body beginning": 16.0,
    "body part": 12.0,
    "near name": 8.0,
    "near body": 4.0,
}
_RANKS: Final = {"0": 2.0, "1": 1.0, "2": 0.5}
_OFTEN: Final = 0.05
_MOST_BY_ONE: Final = 24

_MUST: Final = tantivy.Occur.Must
_SHOULD: Final = tantivy.Occur.Should


def query_of(schema: tantivy.Schema, asked: Asked, *, all_words: bool) -> tantivy.Query:
    """The query for ``asked``: every word must be found, or any where not ``all_words``."""
    if asked.wordless:
        return tantivy.Query.empty_query()
    asking = _Query(schema)
    ways = [asking.word(word) for word in asked.words]
    needed = [(_MUST if all_words else _SHOULD, way) for way in ways]
    inner = tantivy.Query.boolean_query(needed) if ways else tantivy.Query.all_query()
    parts = [(_MUST, inner), *((_SHOULD, one) for one in asking.better(asked))]
    parts += [(_MUST, asking.scored(name, (value,), 0.0)) for name, value in asked.only.items()]
    if asked.named:
        parts.append((_MUST, asking.scored("named", ("yes",), 0.0)))
    return tantivy.Query.boolean_query(parts)


def whole_forms(name: str) -> set[str]:
    """A whole ``name`` by the stems of its words that say something, in each language."""
    words = [word for word in name.split() if not says_nothing(word)]
    return {" ".join(stem(word, language) for word in words) for language in ("nl", "en")}


class _Query:
    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def scored(self, field: str, terms: Iterable[str], score: float) -> tantivy.Query:
        """Entries with one of ``terms`` in ``field``, all with the same ``score``."""
        wanted = sorted(set(terms))
        if len(wanted) > _MOST_BY_ONE:
            found = tantivy.Query.term_set_query(self._schema, field, wanted)
        else:
            # a set goes through all words of the index, whatever it holds: that takes a millisecond
            found = tantivy.Query.boolean_query([(_SHOULD, self._term(field, t)) for t in wanted])
        return tantivy.Query.const_score_query(found, score)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, index_option="basic")

    def word(self, word: Word) -> tantivy.Query:
        """Entries in which ``word`` is found in any way, with the score of the best one."""
        forms = word.stems
        near = [form for one in word.near for form in stems(one)]
        ways: Sequence[tuple[str, str, Iterable[str]]] = (
            ("name", "names", [word.text]),
            ("synonym", "synonyms", [word.text]),
            ("name beginning", "names", word.beginnings),
            ("synonym beginning", "synonyms", word.beginnings),
            ("name stem", "name_stems", forms),
            ("name part", "name_parts", forms),
            ("body", "bodies", [word.text]),
            ("body stem", "body_stems", forms),
            ("body beginning", "bodies", word.beginnings),
            ("body part", "body_parts", forms),
            ("near name", "name_stems", near),
            ("near body", "body_stems", near),
        )
        queries = [self.scored(field, terms, _WAYS[way]) for way, field, terms in ways if terms]
        return tantivy.Query.disjunction_max_query([*queries, *self._together(word)])

    def better(self, asked: Asked) -> list[tantivy.Query]:
        """What lifts a hit above others in which all words are found as well."""
        lifts = [self.scored("rank", (rank,), score) for rank, score in _RANKS.items()]
        if asked.name:
            lifts += [
                self.scored("whole_name", (asked.name,), _EXACT_NAME),
                self.scored("whole_bare_name", (asked.name,), _NAME_WITHOUT_NOTE),
                self.scored("whole_synonym", (asked.name,), _EXACT_SYNONYM),
                self.scored("whole_stems", whole_forms(asked.name), _SAME_STEMS),
            ]
        return [*lifts, *(self._often(word) for word in asked.words)]

    def _together(self, word: Word) -> list[tantivy.Query]:
        """Both parts of a compound that stands in no text, apart."""
        if not word.together:
            return []
        found = []
        for way, fields in (("name part", ("name_stems", "name_parts")),
                            ("body part", ("body_stems", "body_parts"))):  # fmt: skip
            both = [(_MUST, self._either(fields, stems(part))) for part in word.together]
            query = tantivy.Query.boolean_query(both)
            found.append(tantivy.Query.const_score_query(query, _WAYS[way]))
        return found

    def _either(self, fields: Sequence[str], terms: Iterable[str]) -> tantivy.Query:
        queries = [self.scored(field, terms, 1.0) for field in fields]
        return tantivy.Query.disjunction_max_query(queries)

    def _often(self, word: Word) -> tantivy.Query:
        """How often a text holds ``word``, weighed by how rare it is (BM25)."""
        terms = [
            tantivy.Query.term_query(self._schema, "body_stems", form, index_option="freq")
            for form in sorted(word.stems)
        ]
        return tantivy.Query.boost_query(tantivy.Query.disjunction_max_query(terms), _OFTEN)
