"""What a reader chose on the journey, from the address of the page and back to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from werkzaam.api.links import Links
from werkzaam.domain.characters import MOST_QUOTED, quoted, shown
from werkzaam.errors import InvalidParameter
from werkzaam.web.journey_facts import KINDS, Concept, Journey, Report
from werkzaam.web.languages import CONTENT_KEY, Languages

NONE: Final = "none"
"""In the place of a phase, location or theme: statements without one."""

NOBODY: Final = "nobody"
STATEMENTS: Final = "statements"
"""The id of the statements on the page."""

PER_PAGE: Final = 50


@dataclass(frozen=True)
class Choice:
    """The keys of the address: ``phase`` and ``voice`` open statements, the others filter all of it.

    Values are slugs, or NONE; empty means all. ``first`` is the place of the
    first opened statement that is shown.
    """

    phase: str = ""
    voice: str = ""
    location: str = ""
    theme: str = ""
    kind: str = ""
    addressed: str = ""
    first: str = ""

    @property
    def opens(self) -> bool:
        """Whether statements are to be shown."""
        return bool(self.phase or self.voice)

    @property
    def filters(self) -> bool:
        """Whether something is left out of the matrix."""
        return bool(self.location or self.theme or self.kind or self.addressed)

    def cell(self, phase: str, voice: str, kind: str = "") -> "Choice":
        """The statements of a cell with the same filters, and of one ``kind`` if that is given."""
        return replace(self, phase=phase, voice=voice, kind=kind or self.kind, first="")

    def of_every_kind(self) -> "Choice":
        """The same place and theme, whatever is reported there and whoever addresses it."""
        return replace(self, kind="", addressed="")

    def unfiltered(self) -> "Choice":
        """The same opened statements without filters."""
        return Choice(self.phase, self.voice)

    def closed(self) -> "Choice":
        """The same filters with nothing opened."""
        return replace(self, phase="", voice="", first="")


def read_choice(given: Mapping[str, str], journey: Journey) -> Choice:
    """The choice in ``given``. Raises InvalidParameter with the choices for what is not one."""
    choices = choices_of(journey)
    for name, value in given.items():
        if name not in choices:
            raise InvalidParameter(
                shown(name, MOST_QUOTED),
                list(choices),
                "There is no parameter {name} here. There are: {known}.",
                known=", ".join(choices),
            )
        if value not in choices[name]:
            raise InvalidParameter(
                name,
                choices[name],
                "{value} is no value of {name}. Choose one of: {slugs}.{hint}",
                value=quoted(value),
                slugs=", ".join(choices[name]),
                hint="",
            )
    return Choice(**given)


def choices_of(journey: Journey) -> dict[str, list[str]]:
    """What each key can be."""
    firsts = range(1, len(journey.reports) + 1, PER_PAGE)
    return {
        "phase": [*_slugs(journey.phases), NONE],
        "voice": _slugs(journey.voices),
        "location": [*_slugs(journey.locations), NONE],
        "theme": [*_slugs(journey.themes), NONE],
        "kind": [*KINDS],
        "addressed": [NOBODY],
        "first": [str(first) for first in firsts],
    }


def address(choice: Choice, links: Links, languages: Languages) -> str:
    """The address of the page for ``choice``, at its statements where it opens them."""
    keys = {field.name: getattr(choice, field.name) for field in fields(choice)}
    other = languages.content if languages.content != languages.interface else ""
    path = links.path("/journey", **keys, **{CONTENT_KEY: other})
    return f"{path}#{STATEMENTS}" if choice.opens else path


def kept(journey: Journey, choice: Choice) -> list[Report]:
    """The reports that the filters of ``choice`` leave."""
    return [
        report
        for report in journey.reports
        if _is(choice.location, report.locations)
        and _is(choice.theme, report.themes)
        and choice.kind in ("", report.kind)
        and (not choice.addressed or report.findings & journey.unaddressed)
    ]


def is_silent(journey: Journey, choice: Choice) -> bool:
    """Whether ``choice`` is of a location from which nothing at all is reported."""
    return choice.location not in ("", NONE) and not kept(journey, Choice(location=choice.location))


def in_phase(report: Report, phase: str) -> bool:
    """Whether ``report`` stands in the phase with this slug, or in none for NONE."""
    return _is(phase, report.phases)


def of_voice(report: Report, voice: str) -> bool:
    """Whether ``report`` has the voice with this slug."""
    return _is(voice, frozenset((report.voice,)))


def _is(slug: str, iris: frozenset[str]) -> bool:
    if slug == NONE:
        return not iris
    return not slug or any(iri.endswith("/" + slug) for iri in iris)


def _slugs(concepts: Sequence[Concept]) -> list[str]:
    return [concept.slug for concept in concepts]
