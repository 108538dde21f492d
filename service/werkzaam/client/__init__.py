"""Werkzaam for programs and notebooks in Python; also on any SPARQL endpoint.

>>> from werkzaam.client import Werkzaam
>>> werkzaam = Werkzaam(url, lang="en")
>>> [one.name for one in werkzaam.questions("assessment working element cautiously")]
['evidence/assessment-per-working-element']
>>> answer = werkzaam.ask("evidence/working-elements-per-goal", limit=2)
>>> len(answer), answer.truncated, answer.version
(2, True, 1)
>>> answer.limits["total"] > 2
True
>>> answer.columns[:4]
('goal', 'goalLabel', 'element', 'elementLabel')
>>> sum(len(part) for part in werkzaam.pages("evidence/working-elements-per-goal", 10)) == answer.limits["total"]
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzaam.client.answers import Answer, PandasMissing
    from werkzaam.client.questions import Question, Werkzaam

__all__ = ["Answer", "PandasMissing", "Question", "Werkzaam"]


def __getattr__(name: str) -> Any:
    # loaded when asked for: the commands need no more of this package than an endpoint
    for module in ("werkzaam.client.questions", "werkzaam.client.answers"):
        if name in __all__ and hasattr(import_module(module), name):
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
