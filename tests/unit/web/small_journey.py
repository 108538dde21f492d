"""A journey of two phases and two voices, small enough to count by hand."""

from werkzaam.api.links import Links
from werkzaam.domain.queries import Language
from werkzaam.web.journey_facts import Concept, Journey, Report
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.languages import Languages

BASE = "https://w3id.org/mdt-kennisgraaf/id/"


def iri(thing: str) -> str:
    """The IRI of ``kind/slug``."""
    return BASE + thing


def concept(thing: str, stated: int = 0, read: int = 0) -> Concept:
    """A concept that is called by its slug, with a capital."""
    return Concept(iri(thing), thing.rpartition("/")[2].capitalize(), "Meaning", stated, read)


def report(name: str, kind: str, voice: str, *about: str, page: int = 1) -> Report:
    """A report on ``about``: phases, locations, themes, strengths and bottlenecks."""

    def of(start: str) -> frozenset[str]:
        return frozenset(iri(thing) for thing in about if thing.startswith(start))

    return Report(
        iri(f"claim/{name}"), kind, iri(f"voice/{voice}"), f"Gist of {name}", page,
        of("journey-phase/"), of("location/"), of("theme/"), of("bottleneck/") | of("strength/"),
    )  # fmt: skip


BEGIN, END = "journey-phase/begin", "journey-phase/end"
COSTS, CROWD, LATE = "bottleneck/costs", "bottleneck/crowd", "bottleneck/late"
REPORTS = [
    report("a", "bottleneck", "young", BEGIN, COSTS, "location/here"),
    report("b", "bottleneck", "young", BEGIN, COSTS),
    report("c", "bottleneck", "young", BEGIN, CROWD, "location/here", "location/there"),
    report("d", "strength", "young", BEGIN, "strength/kindness"),
    report("e", "bottleneck", "author", BEGIN, LATE, "theme/work"),
    report("f", "recommendation", "author", BEGIN, page=9),
    report("g", "suggestion", "author", END, page=3),
    report("h", "neither", "author", BEGIN, END),
    report("i", "mixed", "author", CROWD, "strength/kindness", "location/here"),
    report("j", "bottleneck", "author", "theme/work"),
]
JOURNEY = Journey(
    REPORTS,
    phases=[concept(BEGIN), concept(END)],
    voices=[concept("voice/young"), concept("voice/author")],
    locations=[concept("location/here"), concept("location/there"), concept("location/empty")],
    themes=[concept("theme/work")],
    documents=[concept("document/report")],
    findings={
        one.iri: one
        for one in (
            concept(COSTS, stated=2, read=1), concept(CROWD), concept(LATE, read=1),
            concept("strength/kindness"),
        )
    },
    bottlenecks=frozenset((iri(COSTS), iri(CROWD), iri(LATE))),
    unaddressed=frozenset((iri(CROWD),)),
)  # fmt: skip


def words(language: Language = "en") -> JourneyWords:
    """The words for a reader of ``language``."""
    return JourneyWords(Links("http://127.0.0.1:1/"), Languages(language, language))
