"""The values of our code lists that say of something that it is not known, not stated or not judged.

Whoever adds such a value decides here: ``tests/content/test_not_known.py`` looks at the words of every
value and fails where it speaks of not knowing and nobody decided.
"""

from typing import Final

from werkzaam.domain.identifiers import THINGS

_NAMES: Final = {
    "absence-kind": ("no-information", "no-judgement", "none-known"),
    "basis": ("cited-work", "none-stated", "unspecified-data"),
    "coding-state": ("not-coded", "not-mentioned"),
    "match-status": ("cannot-be-judged", "unnamed"),
    "measure-kind": ("not-known",),
    "organisation-kind": ("unknown",),
    "participant-kind": ("not-split",),
    "polarity": ("undecided",),
    "presence": (
        *("no-information", "no-judgement", "none-known", "not-compared", "not-mentioned"),
        *("not-visible", "only-in-picture"),
    ),
    "project-status": ("unknown",),
    "recognition-level": ("unknown",),
    "source-type": ("not-known",),
    "source-type-ground": ("none",),
    "stated-effect": ("none-known", "not-stated", "only-in-picture", "way-named"),
    "unit": ("not-known",),
}
NOT_KNOWN: Final = frozenset(
    f"{THINGS}{scheme}/{name}" for scheme, names in _NAMES.items() for name in names
)
"""Their IRIs."""
