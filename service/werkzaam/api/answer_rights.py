"""What may be done with an answer: our own words and modelling have a licence, what others submitted has
none of ours."""

from typing import Final

from werkzaam.api.answer_coverage import holds_records
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.messages import say

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME: Final = "CC BY 4.0"


def licence_of(query: CataloguedQuery) -> str | None:
    """The licence of answers to ``query``; None where these hold records of projects, which stay of those
    who submitted them."""
    return None if holds_records(query) else LICENCE


def say_rights(query: CataloguedQuery, language: Language) -> str:
    """What the licence is of, and what it is not of."""
    ours = say("Our own words and modelling are {licence}.", language, licence=LICENCE_NAME)
    if holds_records(query):
        others = say(
            "The rights to project records stay with who submitted them; we give no licence for these.",
            language,
        )
    else:
        others = say("The rights to the documents stay with their owners.", language)
    return f"{ours} {others}"
