"""The filters of the journey as a form."""

from collections.abc import Mapping, Sequence

from werkzaam.api.problems import message_in
from werkzaam.errors import BadRequest, InvalidParameter
from werkzaam.web.forms import content_language_field
from werkzaam.web.journey_choice import NOBODY, NONE
from werkzaam.web.journey_facts import KINDS, Concept, Journey
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.pieces import FormField, Option
from werkzaam.web.wording import say


def journey_fields(
    journey: Journey, given: Mapping[str, str], words: JourneyWords, error: BadRequest | None = None
) -> list[FormField]:
    """A field for each filter, filled with what is ``given``, and one for the language of content."""
    language = words.languages.interface
    reported = {iri for report in journey.reports for iri in report.locations}
    nothing = say("nothing reported", language)
    locations = [
        (one.slug, one.label if one.iri in reported else f"{one.label} ({nothing})")
        for one in journey.locations
    ]
    fields = (
        ("location", say("Place", language),
         [*locations, (NONE, say("no place named", language))]),
        ("theme", say("Theme", language),
         [*_named(journey.themes), (NONE, say("no theme", language))]),
        ("kind", say("Kind of finding", language), [(kind, words.kind(kind)) for kind in KINDS]),
        ("addressed", say("Proposals against it", language),
         [(NOBODY, say("What no proposal addresses", language))]),
    )  # fmt: skip
    wrong = error.name if isinstance(error, InvalidParameter) else None
    return [
        *(
            _field(
                name, label, options, given.get(name, ""), words, error if wrong == name else None
            )
            for name, label, options in fields
        ),
        content_language_field(words.languages),
    ]


def _field(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    value: str,
    words: JourneyWords,
    error: BadRequest | None,
) -> FormField:
    language = words.languages.interface
    chosen = value if any(value == slug for slug, _ in options) else ""
    return FormField(
        name,
        label,
        value,
        [
            Option("", say("All", language), not chosen),
            *(Option(slug, text, slug == chosen) for slug, text in options),
        ],
        error=message_in(error, language) if error else "",
    )


def _named(concepts: Sequence[Concept]) -> list[tuple[str, str]]:
    return [(one.slug, one.label) for one in concepts]
