"""``/changes`` and ``/changes/diff``: what happened to the dataset, and what differs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from babel.numbers import format_decimal
from starlette.requests import Request

from werkzaam.api.asked_versions import Span, asked_span
from werkzaam.api.changes import page_of_changes
from werkzaam.api.changes_feed import PATH as FEED
from werkzaam.api.changes_json import not_compared
from werkzaam.api.query_keys import given_only, whole_number
from werkzaam.api.service import Service
from werkzaam.domain.answers import Term
from werkzaam.domain.changes import Change
from werkzaam.domain.characters import visible
from werkzaam.domain.identifiers import GRAPHS
from werkzaam.domain.queries import Language
from werkzaam.linked_data.changed import (
    Called,
    Changed,
    ChangedStatement,
    ChangedThing,
    called,
    changed,
)
from werkzaam.linked_data.statements import TYPE
from werkzaam.web.changes_pieces import (
    ChangedLine,
    ChangedView,
    ChangeRow,
    ChangesPage,
    Comparison,
    DifferencePage,
)
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, languages_of
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import FormField, Named
from werkzaam.web.wording import say, say_number

_ROWS: Final = 50
_PAGE: Final = "/changes"
_DIFFERENCE: Final = "/changes/diff"
_LANGUAGE_KEYS: Final = (INTERFACE_KEY, CONTENT_KEY)


def changes_page(service: Service, request: Request) -> ChangesPage:
    """The changes, latest first. Raises InvalidParameter."""
    given = given_only(request, "after", *_LANGUAGE_KEYS)
    language = languages_of(request).interface
    after = whole_number("after", given["after"], 0) if "after" in given else None
    found = page_of_changes(service, after, _ROWS, newest_first=True)
    last = service.store.version.number
    links = service.links
    older = links.path(_PAGE, after=str(found[-1].number)) if found else ""
    return ChangesPage(
        rows=[_row(service, one, language) for one in found],
        comparison=_comparison(service, request, Span(max(0, last - 1), last, 0, 0)),
        newest=links.path(_PAGE) if after is not None else "",
        older=older if found and found[-1].number > 1 else "",
        json=links.path("/v1/changes", order="newest"),
        feed=links.path(FEED, lang=language),
    )


def difference_page(service: Service, request: Request) -> DifferencePage:
    """What differs between the two versions in the address. Raises InvalidParameter."""
    given = given_only(request, "from", "to", "after", "limit", *_LANGUAGE_KEYS)
    languages = languages_of(request)
    span = asked_span(service, given)
    found = changed(service.differences.between(span.before, span.after), span.skip, span.limit)
    names = called(service.store, found.things)
    naming = Naming(names.names, service.links, languages)
    links = service.links
    keys = {"from": str(span.before), "to": str(span.after)}
    done = span.skip + len(found.things)
    following = links.path(_DIFFERENCE, **keys, after=str(done))
    return DifferencePage(
        before=span.before,
        after=span.after,
        said=_said(found, languages.interface),
        things=[
            _View(naming, names).thing(one, number) for number, one in enumerate(found.things, 1)
        ],
        shown=_shown(span, found, languages.interface),
        note=not_compared(languages.interface),
        comparison=_comparison(service, request, span),
        changes=links.path(_PAGE),
        start=links.path(_DIFFERENCE, **keys) if span.skip else "",
        following=following if done < found.count else "",
        json=links.path("/v1/diff", **keys),
        patch=links.path("/v1/diff", **keys, format="patch"),
    )


def _row(service: Service, change: Change, language: Language) -> ChangeRow:
    counts = service.submissions.journal.counts(change.number)
    kinds = {
        "content": say("New content", language),
        "submission": say("Project data submitted", language),
        "withdrawal": say("Project data withdrawn", language),
        "update": say("Update by an administrator", language),
        "rollback": say("Earlier changes undone", language),
    }
    moment = datetime.fromisoformat(change.time)
    keys = {"from": str(change.number - 1), "to": str(change.number)}
    return ChangeRow(
        *(change.number, change.time, moment, f"{moment:%H:%M}", kinds[change.kind]),
        visible(change.message),
        counts.added,
        counts.removed,
        service.links.path(_DIFFERENCE, **keys),
    )


def _comparison(service: Service, request: Request, span: Span) -> Comparison:
    language = languages_of(request).interface
    fields = [
        FormField("from", say("From version", language), str(span.before), kind="number"),
        FormField("to", say("To version", language), str(span.after), kind="number"),
    ]
    given = request.query_params
    hidden = [(name, given[name]) for name in _LANGUAGE_KEYS if name in given]
    return Comparison(service.links.path(_DIFFERENCE), fields, hidden)


def _said(found: Changed, language: Language) -> str:
    counts = found.counts
    if not found.count:
        return say("Nothing differs between these two versions.", language)
    things = say_number("{number} thing differs", "{number} things differ", found.count, language)
    return say(
        "{things}: {added} statements were added and {removed} removed.",
        language,
        things=things,
        added=format_decimal(counts.added, locale=language),
        removed=format_decimal(counts.removed, locale=language),
    )


def _shown(span: Span, found: Changed, language: Language) -> str:
    if len(found.things) == found.count:
        return ""
    return say(
        "Things {first} to {last} of {count} are shown.",
        language,
        first=format_decimal(min(span.skip + 1, found.count), locale=language),
        last=format_decimal(span.skip + len(found.things), locale=language),
        count=format_decimal(found.count, locale=language),
    )


class _View:
    """Things and statements in words, for one reader."""

    def __init__(self, naming: Naming, names: Called) -> None:
        self._naming = naming
        self._names = names

    def thing(self, one: ChangedThing, number: int) -> ChangedView:
        """One thing, the ``number``th on the page."""
        cut = say(
            "Of {added} added and {removed} removed statements some are left out here; the patch has "
            "them all.",
            self._naming.interface,
            added=one.counts.added,
            removed=one.counts.removed,
        )
        return ChangedView(
            f"thing-{number}",
            self._value(one.subject),
            self._naming.all_named(self._names.types.get(one.subject.value, ())),
            self._lines(one.added),
            self._lines(one.removed),
            cut if one.truncated else "",
        )

    def _lines(self, statements: Sequence[ChangedStatement]) -> list[ChangedLine]:
        return [
            ChangedLine(
                self._property(said.property),
                self._value(said.value),
                said.graph.removeprefix(GRAPHS),
            )
            for said in statements
        ]

    def _property(self, iri: str) -> Named:
        if iri == TYPE:
            return Named(say("is a", self._naming.interface), iri=iri)
        return self._naming.named(iri)

    def _value(self, term: Term) -> Named:
        if term.kind == "bnode":
            return Named(f"_:{term.value}")
        found = self._naming.value(term)
        return Named(visible(found.text), found.href, found.language, found.iri)
