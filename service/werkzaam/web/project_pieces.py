"""What the projects of one element are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CodedProject:
    """A project by its title, and in which roles it was coded."""

    text: str
    href: str
    language: str
    coders: Sequence[str]


@dataclass(frozen=True)
class ProjectsInState:
    """The projects about which coders recorded the same. ``cut``: only the first are
    listed; ``sheet`` defends the count."""

    id: str
    label: str
    definition: str
    count: int
    projects: Sequence[CodedProject]
    cut: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class ElementProjects:
    """What the loaded records show of one element. ``not_coded`` is about projects that nobody
    checked; ``question`` leads to all codings."""

    sentence: str
    caution: str
    not_coded: str = ""
    states: Sequence[ProjectsInState] = ()
    question: str = ""
