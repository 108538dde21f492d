"""The sheet of a figure that a document states or judges."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from werkzaam.api.figure_pieces import Line, Sheet, Words
from werkzaam.api.figure_telling import Telling
from werkzaam.api.footnotes import Edition, brief_footnote, footnote
from werkzaam.api.service import Service
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import Gone, NotFound
from werkzaam.linked_data.figures import ASSESSMENT, MEASUREMENT, SOURCE, FigureFacts, read_figure
from werkzaam.linked_data.names import SKOS
from werkzaam.linked_data.statements import Statement
from werkzaam.linked_data.things import find
from werkzaam.messages import say

_KINDS = {MEASUREMENT: "measurement", ASSESSMENT: "assessment", SOURCE: "source"}
KINDS = tuple(_KINDS.values())
_MOST_BESIDE = 50


def stated_sheet(service: Service, kind: str, slug: str, language: Language) -> Sheet:
    """The sheet of the measurement, assessment or source ``kind``/``slug``.

    Raises NotFound for another kind of thing, and for one that is not here.
    """
    if kind not in KINDS:
        raise NotFound(
            "There is no figure of the kind {kind}. A sheet is of a measurement, an assessment or a "
            "source, or of a number in an answer: follow a figure on a page.",
            kind=quoted(kind),
        )
    thing = find(service.store, [f"{kind}/{slug}"])
    if thing.deprecated:
        raise Gone(
            "{name} is no longer in use, and nothing took its place.", name=quoted(thing.slug)
        )
    facts = read_figure(service.store, thing.iri)
    if facts is None:
        raise NotFound("{name} is no figure.", name=quoted(thing.slug))
    return with_footnotes(service, {one: _sheet(facts, one) for one in LANGUAGES}, language)


def with_footnotes(service: Service, sheets: dict[Language, Sheet], language: Language) -> Sheet:
    """The sheet in ``language`` of ``sheets``, with a footnote in each of their languages."""
    edition = edition_of(service)
    full: dict[str, str] = {}
    brief: dict[str, str] = {}
    for one, sheet in sheets.items():
        address = sheet_url(service, sheet, one)
        full[one] = footnote(sheet, edition, address, one)
        brief[one] = brief_footnote(sheet, edition, address, one)
    return replace(sheets[language], footnotes=full, brief_footnotes=brief)


def edition_of(service: Service) -> Edition:
    """The version that is served, with the day on which it came about here, if the journal tells."""
    version = service.store.version
    try:
        change = service.submissions.journal.change(version.number)
    except NotFound:
        return Edition(version)
    return Edition(version, datetime.fromisoformat(change.time).date())


def sheet_url(service: Service, sheet: Sheet, language: Language) -> str:
    """Where the page of ``sheet`` is, in full."""
    given = dict(sheet.rule.given) if sheet.rule else {}
    return service.links.url(f"/figures/{sheet.name}", **given, lang=language)


def _sheet(facts: FigureFacts, language: Language) -> Sheet:
    telling = Telling(facts.told, language)
    statement = facts.statement
    about = telling.about(statement) or [telling.words(facts.iri)]
    gist = telling.text(statement.values("gist"))
    here = [telling.spot(passage) for passage in statement.passages]
    cites = telling.items(facts.cites[:_MOST_BESIDE])
    documents = [v.value for name in ("statedIn", "bibliographyOf") for v in statement.values(name)]
    return Sheet(
        name=facts.iri.removeprefix(THINGS),
        kind=_KINDS[facts.kind],
        title=replace(about[0], text=", ".join(words.text for words in about)),
        figure=telling.figure(statement) if facts.kind != SOURCE else _studies(statement, telling),
        gist=gist,
        lines=[line for line in _lines(facts, telling) if line.values or line.absence],
        spots=here or [spot for item in cites for spot in item.spots],
        references=[telling.reference(item) for item in statement.references],
        weighed=[telling.weighed(item) for item in facts.weighed],
        same=telling.items(facts.same[:_MOST_BESIDE]),
        together=telling.items(facts.together[:_MOST_BESIDE]),
        cites=cites,
        works=[telling.work(document) for document in documents],
    )


def _studies(statement: Statement, telling: Telling) -> str:
    count = statement.first("studyCount")
    if not count:
        return say("not stated", telling.language)
    return say("{number} studies", telling.language, number=telling.number(count))


def _lines(facts: FigureFacts, telling: Telling) -> list[Line]:
    if facts.kind == SOURCE:
        return _of_source(facts.statement, telling)
    statement, language = facts.statement, telling.language
    unstated = say("not stated", language)
    measured = facts.kind == MEASUREMENT
    own = (
        [
            *_figure_lines(statement, telling, unstated),
            _line("population", say("Population", language), statement, telling, unstated),
            _line(
                "period", say("Period", language), statement, telling, unstated, "periodAsStated"
            ),
        ]
        if measured
        else [_judgement(statement, telling), *_of_its_figures(facts, telling)]
    )
    return [
        *own,
        _line("location", say("Location", language), statement, telling),
        _line("aboutWhom", say("About whom", language), statement, telling),
        _coded("voice", say("Who says it", language), statement, telling),
        _line("speaker", say("Speaker, as stated", language), statement, telling, "", "speakerAsStated"),
        _coded("headingVoice", say("In the chapter of", language), statement, telling),
        _coded("basis", say("On which ground", language), statement, telling),
        _line("hedges", say("Words that set its strength, exact", language), statement, telling, say("none", language), "hedge"),
        _line("quantityWords", say("Quantity words, exact", language), statement, telling, "", "quantityWord"),
        _line("limitations", say("Limited by the research, as we read it", language), statement, telling, "", "limitedBy"),
        _coded("reviewStatus", say("Checked", language), statement, telling),
        Line("note", say("Our note", language), telling.texts(statement.facts.get(SKOS + "editorialNote", ()))),
    ]  # fmt: skip


def _of_its_figures(facts: FigureFacts, telling: Telling) -> list[Line]:
    """The figures of a judgement with whom and when they are about: it has no population itself."""
    language = telling.language
    figures = [item for item in telling.items(facts.together) if item.population or item.period]
    none = say("a judgement has no population or period of its own", language)
    unstated = say("not stated", language)

    def line(key: str, label: str, said: Sequence[str]) -> Line:
        told = [
            Words(f"{item.figure}: {text or unstated}", "", item.what.iri)
            for item, text in zip(figures, said, strict=True)
        ]
        return Line(key, label, told, absence=none)

    return [
        line("population", say("Population", language), [item.population for item in figures]),
        line("period", say("Period", language), [item.period for item in figures]),
    ]


def _figure_lines(statement: Statement, telling: Telling, unstated: str) -> list[Line]:
    language = telling.language
    return [
        Line("figure", say("Value", language), [Words(telling.figure(statement))], _missing(statement, telling)),
        _line("denominator", say("Denominator", language), statement, telling, unstated),
        _coded("unit", say("Unit", language), statement, telling),
        _coded("measureKind", say("Kind of figure", language), statement, telling),
    ]  # fmt: skip


def _missing(statement: Statement, telling: Telling) -> str:
    if statement.first("valueMissing") not in ("true", "1"):
        return ""
    return say(
        "The source announces a value that our text does not have. It is not zero.",
        telling.language,
    )


def _judgement(statement: Statement, telling: Telling) -> Line:
    value = statement.first("presenceInMdt") or statement.first("effectOfMdt")
    label = say("Judgement", telling.language)
    return Line("figure", label, [telling.words(value)], telling.meaning(value))


def _of_source(statement: Statement, telling: Telling) -> list[Line]:
    language = telling.language
    number = Words(_studies(statement, telling))
    return [
        Line("figure", say("Studies in the source as a whole, according to the document", language), [number]),
        _coded("sourceType", say("Type of source", language), statement, telling),
        _coded("sourceTypeFrom", say("Type taken from", language), statement, telling),
        Line("note", say("Our note", language), telling.texts(statement.facts.get(SKOS + "scopeNote", ()))),
    ]  # fmt: skip


def _line(
    key: str, label: str, statement: Statement, telling: Telling, absence: str = "", name: str = ""
) -> Line:
    return Line(key, label, telling.texts(statement.values(name or key)), absence=absence)


def _coded(key: str, label: str, statement: Statement, telling: Telling) -> Line:
    value = statement.first(key)
    return Line(key, label, telling.texts(statement.values(key)), telling.meaning(value))
