"""What has been taken from one document: statements by kind and place, and what is missing.

It parses, so call it in a confined process: see ``coverage_process``. The report is a JSON object.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from werkzaam.curation.document_content import DocumentContent, Words
from werkzaam.domain.identifiers import THINGS, last_segment, term

Report = dict[str, Any]

_PROPERTIES: Final = {"withoutVoice": "voice", "withoutBasis": "basis"}
_EXACT: Final = (term("hedge"), term("quantityWord"))
_LANGUAGES: Final = frozenset(("nl", "en"))
_DRAFTED: Final = THINGS + "review-status/drafted"
_REFUSED: Final = ("withoutPassage", "withoutGist", "withoutTranslation")


def cover(document: DocumentContent) -> Report:
    """The coverage of one document.

    ``document``, ``title`` (nl, en); ``totals``: per class its number and how many are drafted
    (null where the class has no review status); ``passages`` in order of page, each with the number
    of statements per class and of mentions and concepts (what stands at two passages counts at
    both); then lists of things, each with file and line: ``passagesWithoutStatement``, ``withoutPassage``, ``withoutGist``, ``withoutTranslation``
    (with property and language), ``withoutVoice``, ``withoutBasis``, ``referencesNotAttached``,
    ``conceptsWithoutStatement``; ``complete``: no statement lacks passage, gist or translation.
    """
    statements = sorted(document.statements)
    used = {value for thing in statements for value in document.values(thing)}
    gaps = _gaps(document, statements)
    return {
        "document": last_segment(document.iri),
        "title": document.words(document.iri, document.title),
        "statements": len(statements),
        "totals": _totals(document),
        "passages": _passages(document),
        "passagesWithoutStatement": _places(
            document, (p for p in _in_order(document) if p not in used)
        ),
        **gaps,
        "referencesNotAttached": _places(
            document, sorted(document.of_class("InTextReference") - used)
        ),
        "conceptsWithoutStatement": _places(document, sorted(document.concepts - used)),
        "complete": not any(gaps[name] for name in _REFUSED),
    }


def _totals(document: DocumentContent) -> list[Report]:
    rows = []
    for name in (*document.kinds, "Tension"):
        things = document.of_class(name)
        drafted = sum(_DRAFTED in document.objects(t, term("reviewStatus")) for t in things)
        rows.append({"class": name, "number": len(things), "drafted": drafted})
    for name in ("TermUse", "InTextReference", "Passage"):
        rows.append({"class": name, "number": len(document.of_class(name)), "drafted": None})
    return [*rows, {"class": "Concept", "number": len(document.concepts), "drafted": None}]


def _passages(document: DocumentContent) -> list[Report]:
    kinds = {passage: Counter[str]() for passage in document.of_class("Passage")}
    for name in (*document.kinds, "TermUse", "InTextReference"):
        property_ = "passage" if name in document.kinds else "inPassage"
        _count(document, kinds, name, document.of_class(name), property_)
    _count(document, kinds, "Concept", document.concepts, "describedIn")
    return [
        {
            "passage": last_segment(passage),
            "page": document.text(passage, "page"),
            "pageStatus": _slug(document.objects(passage, term("pageStatus"))),
            "section": document.text(passage, "section"),
            "part": _slug(document.objects(passage, term("documentPart"))),
            "statements": {name: kinds[passage][name] for name in document.kinds},
            "termUses": kinds[passage]["TermUse"],
            "inTextReferences": kinds[passage]["InTextReference"],
            "concepts": kinds[passage]["Concept"],
        }
        for passage in _in_order(document)
    ]


def _count(
    document: DocumentContent,
    kinds: Mapping[str, Counter[str]],
    name: str,
    things: Iterable[str],
    property_: str,
) -> None:
    for thing in things:
        for passage in document.objects(thing, term(property_)) & kinds.keys():
            kinds[passage][name] += 1


def _in_order(document: DocumentContent) -> list[str]:
    """The passages by page; those without a page last."""

    def key(passage: str) -> tuple[bool, list[int], str]:
        page = document.text(passage, "page") or ""
        numbers = [int(number) for number in page.split("-") if number.isdecimal()]
        return not numbers, numbers, passage

    return sorted(document.of_class("Passage"), key=key)


def _slug(values: Iterable[str]) -> str | None:
    return next((last_segment(value) for value in sorted(values)), None)


def _gaps(document: DocumentContent, statements: Sequence[str]) -> Report:
    passages = document.of_class("Passage")
    wanting: dict[str, Callable[[str], bool]] = {
        "withoutPassage": lambda thing: not document.objects(thing, term("passage")) & passages,
        "withoutGist": lambda thing: not any(document.words(thing, term("gist")).values()),
    }
    gaps = {
        name: _places(document, (thing for thing in statements if lacks(thing)))
        for name, lacks in wanting.items()
    }
    gaps["withoutTranslation"] = [
        {**place, **gap}
        for thing in statements
        for gap in _untranslated(document.all_words(thing))
        for place in _places(document, [thing])
    ]
    for name, property_ in _PROPERTIES.items():
        without = (t for t in statements if not document.objects(t, term(property_)))
        gaps[name] = _places(document, without)
    return gaps


def _untranslated(words: Mapping[str, Words]) -> list[Report]:
    """The properties with words in one of the two languages only; exact words need no other."""
    found = []
    for property_, texts in sorted(words.items()):
        said = {language for language, text in texts.items() if text} & _LANGUAGES
        if len(said) == 1 and property_ not in _EXACT:
            [missing] = _LANGUAGES - said
            found.append({"property": _name(property_), "language": missing})
    return found


def _name(property_: str) -> str:
    return property_[max(property_.rfind("/"), property_.rfind("#")) + 1 :]


def _places(document: DocumentContent, things: Iterable[str]) -> list[Report]:
    rows = []
    for thing in things:
        path, line = document.place(thing)
        rows.append({"thing": thing.removeprefix(THINGS), "file": path, "line": line})
    return rows
