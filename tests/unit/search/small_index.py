"""A small index to search in."""

from werkzaam.domain.identifiers import TERMS, THINGS
from werkzaam.domain.versions import Version
from werkzaam.search.entries import Entry, Text
from werkzaam.search.gathering import Gathered
from werkzaam.search.highlights import Shown, shown
from werkzaam.search.index import Index

VERSION = Version(7, "digest")
REPORT, OTHER = THINGS + "document/report", THINGS + "document/other"
GOAL, LAYER = THINGS + "goal/contact", THINGS + "layer/base"


def both(nl: str, en: str) -> tuple[Text, ...]:
    return Text(nl, "nl"), Text(en, "en")


def element(slug: str, names: tuple[Text, ...], *said: Text, also: tuple[Text, ...] = ()) -> Entry:
    iri = f"{THINGS}working-element/{slug}"
    return Entry(iri, TERMS + "WorkingElement", names, also, said, (REPORT,), (), (GOAL,))


def claim(slug: str, *said: Text, document: str = REPORT, page: str = "12") -> Entry:
    where = Text("Conclusie", "nl")
    iri = f"{THINGS}claim/{slug}"
    return Entry(iri, TERMS + "Claim", (), (), said, (document,), (LAYER,), (), page, where)


ENTRIES = [
    element("trust", both("Vertrouwen", "Trust"), *both("Op elkaar rekenen.", "Rely on each other.")),
    element("base", both("Basis", "Base"), also=(Text("vertrouwen", "nl"),)),
    element("trusted", both("Vertrouwensband", "Bond")),
    element("parts", both("Zelf", "Self"), *both("Een vertrouwde plek.", "A known place.")),
    element("concept", both("Welbevinden (begrip)", "Well-being (concept)")),
    claim("one", *both("Vertrouwen groeit langzaam in een groep.", "Trust grows slowly in a group.")),
    claim("two", *both("Taalmaatjes helpen <b>nieuwkomers</b>.", "Buddies help newcomers."), document=OTHER),
    claim("three", *both("Wie mee wil doen, vindt houvast in de groep.", "Who joins finds support.")),
    claim("four", *both("Met een maatje leer je de taal in de buurt.", "With a buddy you learn.")),
]  # fmt: skip
INDEX = Index(
    Gathered(
        VERSION, ENTRIES, {REPORT: both("Verslag", "Report"), GOAL: both("Contact", "Contact")}
    )
)


def first(text: str, number: int = 20, **only: str) -> list[str]:
    """The ends of the IRIs of the best hits."""
    hits = INDEX.find(INDEX.asked(text, only), number)
    return [entry.iri.rsplit("/", 1)[1] for entry in hits.entries]


def seen(text: str, slug: str, language: str = "nl") -> Shown:
    """One entry as a reader sees it who searched for ``text``."""
    entry = next(one for one in ENTRIES if one.iri.endswith("/" + slug))
    return shown(entry, INDEX.asked(text, {}), "nl" if language == "nl" else "en")
