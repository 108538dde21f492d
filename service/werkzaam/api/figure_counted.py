"""A number that we counted, told in one language: what it is of, by which rule, what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from werkzaam.api.figure_asked import asked_in_words, row_lines
from werkzaam.api.figure_pieces import Item, Line, Rule, Sheet, Words
from werkzaam.api.figure_telling import Telling
from werkzaam.api.footnotes import works_in_words
from werkzaam.api.service import Service
from werkzaam.catalogue.cases import say_cases
from werkzaam.catalogue.members import row_name
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tallies import TOPIC
from werkzaam.domain.answers import Row
from werkzaam.domain.queries import Language
from werkzaam.linked_data.pages import PageOf
from werkzaam.messages import say

ROW_KEY = "row"
MOST_MEMBERS = 100
_EVERY_PAGE = 1000


@dataclass(frozen=True)
class Counted:
    """A number that we counted: of which question, row and column. ``whole`` is its denominator,
    which is called ``of_what``; ``in_words`` what stands in the place of a number; ``language`` that
    of the row. ``rows``: where rows are counted, all of them, each with its thing in ``members``.
    ``pages``: where all of the ``members`` stand; told are those after the first ``before``."""

    name: str
    answered: Answered
    members: Sequence[str]
    number: str
    sparql: str
    language: Language
    row: Row = field(default_factory=dict)
    column: str = ""
    whole: str = ""
    of_what: str = ""
    in_words: str = ""
    rows: Sequence[Row] = ()
    pages: Sequence[PageOf] = ()
    before: int = 0

    @property
    def is_tally(self) -> bool:
        """Whether it is a count of a page, not of an answer."""
        return self.name.startswith(f"{TOPIC}/")

    @property
    def told(self) -> Sequence[str]:
        """Those of ``members`` that are told in full."""
        return self.members[self.before : self.before + MOST_MEMBERS]


def counted_sheet(service: Service, counted: Counted, telling: Telling) -> Sheet:
    """The sheet of ``counted``, without footnotes."""
    query, language = counted.answered.query, telling.language
    documents = dict.fromkeys(page.document for page in counted.pages)
    works = [telling.work(document, counted.pages) for document in documents]
    figure = _figure(counted, telling)
    catalogue = service.tallies if counted.is_tally else service.catalogue
    of_row = row_lines(counted.answered.query, counted.row, counted.language, telling)
    asked = asked_in_words(catalogue, counted.answered, telling)
    return Sheet(
        name=counted.name,
        kind="count",
        title=Words(_title(counted, language)),
        figure=figure,
        gist=Words(""),
        lines=[
            Line("figure", say("Value", language), [Words(figure)]),
            Line("denominator", say("Denominator", language), _whole(counted, telling), meaning=counted.of_what if counted.whole else "",
                 absence=say("none: this is a count, no share", language)),
            *of_row,
            Line("documents", say("Taken from", language), [
                Words(works_in_words([work], _EVERY_PAGE, language), "", work.iri) for work in works
            ], absence=say("no document: none of it stands in one", language)),
        ],
        rule=Rule(
            text=query.description.in_(language),
            question="" if counted.is_tally else query.name,
            title=query.title.in_(language),
            asked=[*asked, *((line.label, line.values[0].text) for line in of_row)],
            given=_given(counted),
            sparql=counted.sparql,
        ),
        members=_members(counted, telling),
        counted=counted.members, number=counted.number,
        before=counted.before,
        empty=_empty(counted, language),
        whole=_text_of_whole(counted, telling),
        of_what=counted.of_what if counted.whole else "",
        works=works,
    )  # fmt: skip


def _title(counted: Counted, language: Language) -> str:
    query = counted.answered.query
    labels = {column.name: column.label.in_(language) for column in query.columns}
    return labels.get(counted.column, "") or query.title.in_(language)


def _figure(counted: Counted, telling: Telling) -> str:
    if not counted.number:
        return counted.in_words or say("no number", telling.language)
    number = telling.number(counted.number)
    if not counted.column and not counted.is_tally:
        return say_cases(counted.answered.query, counted.rows, telling.language)
    if not counted.whole:
        return number
    whole = telling.number(counted.whole)
    return say("{number} of {whole}", telling.language, number=number, whole=whole)


def _whole(counted: Counted, telling: Telling) -> list[Words]:
    return [Words(telling.number(counted.whole))] if counted.whole else []


def _text_of_whole(counted: Counted, telling: Telling) -> str:
    number = telling.number(counted.whole)
    return f"{number} ({counted.of_what})" if number and counted.of_what else number


def _members(counted: Counted, telling: Telling) -> list[Item]:
    items = telling.items(counted.told)
    if not counted.rows:
        return items
    rows = counted.rows[counted.before : counted.before + MOST_MEMBERS]
    return [_in_row(item, row, counted, telling) for item, row in zip(items, rows, strict=True)]


def _in_row(item: Item, row: Row, counted: Counted, telling: Telling) -> Item:
    """``item``, which a row is told by, with what else names the row; in its place where there is
    none."""
    query = counted.answered.query
    lines = row_lines(query, row, counted.language, telling)
    if item.voice:
        # a statement tells its own voice, basis and the like; what it is about is said beside it
        identifying = {column.name for column in query.columns if column.role == "identifier"}
        lines = [line for line in lines if line.key in identifying]
    beside = [(line.label, line.values[0]) for line in lines]
    if not item.what.iri:
        return replace(item, what=Words(", ".join(words.text for _, words in beside)))
    others = [(label, words.text) for label, words in beside if words.iri != item.what.iri]
    return replace(item, row=others)


def _empty(counted: Counted, language: Language) -> str:
    """Why nothing is listed: there is no number, or it is zero."""
    if counted.members:
        return ""
    if not counted.number:
        return say(
            "There is nothing to count here: no data was loaded. That is no zero and no gap.",
            language,
        )
    return say(
        "Nothing in the knowledge graph meets the rule, so the count is zero. That does not say that it does not exist or does not happen.",
        language,
    )


def _given(counted: Counted) -> list[tuple[str, str]]:
    given = [(name, value) for name, value in counted.answered.given.items() if value]
    row = row_name(counted.answered.query, counted.row) if counted.row else ""
    return [*given, *([(ROW_KEY, row)] if row else [])]
