"""What the documents report along the journey of a participant: statements with the kind of finding,
and the concepts that they are told with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.store.interface import Store
from werkzaam.web.lookups import look_up, text_of

RECOMMENDATION: Final = "recommendation"
KINDS: Final = ("strength", "bottleneck", "suggestion", RECOMMENDATION, "mixed", "neither")
"""The kinds of finding in the order of the page; a recommendation is a suggestion that the authors
make theirs."""

_AUTHOR = "author"


@dataclass(frozen=True)
class Concept:
    """A phase, voice, location, theme, strength, bottleneck or document in one language.

    ``stated``: how many proposals the documents link to this bottleneck; ``read``: how many more
    only our reading links to it.
    """

    iri: str
    label: str
    definition: str = ""
    stated: int = 0
    read: int = 0

    @property
    def slug(self) -> str:
        """The last segment of the IRI."""
        return last_segment(self.iri)


@dataclass(frozen=True)
class Report:
    """A statement that reports something: of which ``kind``, whose ``voice``, on what and where.

    All but ``kind`` are IRIs; ``findings`` are strengths and bottlenecks. ``page``: the first one.
    """

    iri: str
    kind: str
    voice: str
    gist: str
    page: int = 0
    phases: frozenset[str] = frozenset()
    locations: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Journey:
    """The reports, and the concepts in the order of their lists.

    ``voices`` are those that report something, the authors last; ``findings`` are strengths and
    bottlenecks by IRI; ``unaddressed`` are those of ``bottlenecks`` that no proposal addresses,
    neither by the documents nor by our reading.
    """

    reports: Sequence[Report]
    phases: Sequence[Concept] = ()
    voices: Sequence[Concept] = ()
    locations: Sequence[Concept] = ()
    themes: Sequence[Concept] = ()
    documents: Sequence[Concept] = ()
    findings: Mapping[str, Concept] = field(default_factory=dict)
    bottlenecks: frozenset[str] = frozenset()
    unaddressed: frozenset[str] = frozenset()


def read_journey(store: Store, language: Language) -> Journey:
    """The journey in ``language``: two lookups."""
    reports = [_report(row) for row in look_up(store, "journey-statements", language)]
    concepts: dict[str, list[Concept]] = {}
    for row in look_up(store, "journey-concepts", language):
        concepts.setdefault(last_segment(row["kind"].value), []).append(_concept(row))
    heard = {report.voice for report in reports}
    voices = [voice for voice in concepts.get("Voice", ()) if voice.iri in heard]
    bottlenecks = concepts.get("Bottleneck", [])
    return Journey(
        reports,
        phases=concepts.get("JourneyPhase", ()),
        voices=sorted(voices, key=lambda voice: voice.slug == _AUTHOR),
        locations=concepts.get("Location", ()),
        themes=concepts.get("Theme", ()),
        documents=concepts.get("Document", ()),
        findings={one.iri: one for one in (*concepts.get("Strength", ()), *bottlenecks)},
        bottlenecks=frozenset(one.iri for one in bottlenecks),
        unaddressed=frozenset(one.iri for one in bottlenecks if not one.stated + one.read),
    )


def _report(row: Row) -> Report:
    kind = last_segment(row["findingKind"].value)
    recommended = last_segment(text_of(row, "proposalKind")) == RECOMMENDATION
    return Report(
        iri=row["statement"].value,
        kind=RECOMMENDATION if recommended else kind,
        voice=row["voice"].value,
        gist=row["gist"].value,
        page=int(text_of(row, "page") or 0),
        phases=_all(row, "phases"),
        locations=_all(row, "locations"),
        themes=_all(row, "themes"),
        findings=_all(row, "findings"),
    )


def _concept(row: Row) -> Concept:
    return Concept(
        row["concept"].value,
        row["label"].value,
        text_of(row, "definition"),
        int(row["stated"].value),
        int(row["read"].value),
    )


def _all(row: Row, name: str) -> frozenset[str]:
    return frozenset(text_of(row, name).split())
