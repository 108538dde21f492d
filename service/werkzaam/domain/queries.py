"""A question of the catalogue: what it asks, what it can be asked with, what its columns mean."""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["nl", "en"]
ParameterType = Literal["iri", "string", "integer", "date", "language"]
QueryForm = Literal["SELECT", "CONSTRUCT"]
Role = Literal["identifier", "label", "category", "measure", "text", "source"]

LANGUAGES: tuple[Language, ...] = ("nl", "en")
ABOVE_ZERO: Final = "> 0"
BELOW: Final = "< "


@dataclass(frozen=True)
class Bilingual:
    """The same words in Dutch and English."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """The words in ``language``."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Parameter:
    """A value that a caller may give. ``choices_class`` is the class whose members can be chosen;
    with ``choices_scheme`` only those in that concept scheme. ``example`` is a value to try it with;
    one that is required has it."""

    name: str
    type: ParameterType
    label: Bilingual
    required: bool = False
    default: str | None = None
    choices_class: str | None = None
    choices_scheme: str | None = None
    example: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of the answer. ``of`` names the column whose things this one labels; ``not_known``: of a
    number, when it says that something is not known: above zero (ABOVE_ZERO), at ``0``, BELOW the number in another column (its name follows), or never
    (empty)."""

    name: str
    label: Bilingual
    role: Role
    of: str | None = None
    not_known: str = ""


@dataclass(frozen=True)
class Behind:
    """What stands behind the figures of a column; one of three.

    ``counts``: a graph pattern that finds every ``?member`` counted in a row, ``out_of`` then names
    the column of the whole; ``stated_by``: the column of the thing that states the number;
    ``words``: the column whose figure this text says in words.
    """

    column: str
    counts: str = ""
    out_of: str = ""
    stated_by: str = ""
    words: str = ""


@dataclass(frozen=True)
class Cases:
    """What an answer tells of: a case is all rows with one value in ``column``, or without a column
    each row. ``one`` and ``many`` are what one and several are called."""

    one: Bilingual
    many: Bilingual
    column: str = ""


@dataclass(frozen=True)
class CataloguedQuery:
    """One file ``queries/<topic>/<question>.rq``; ``name`` is ``topic/question``. The answer of a
    CONSTRUCT is a graph, told as rows of subject, predicate and object."""

    name: str
    title: Bilingual
    question: Bilingual
    description: Bilingual
    tags: tuple[str, ...]
    shows: str
    since: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    path: str
    figures: tuple[Behind, ...] = ()
    cases: Cases | None = None
    form: QueryForm = "SELECT"

    @property
    def language_parameter(self) -> Parameter | None:
        """The parameter that the reserved ``lang`` sets, if the query has one."""
        return next((p for p in self.parameters if p.type == "language"), None)

    @property
    def example(self) -> dict[str, str]:
        """The least that it can be asked with: an example of each parameter that is required."""
        return {p.name: p.example for p in self.parameters if p.required and p.example is not None}

    def parameter(self, name: str) -> Parameter | None:
        """The parameter called ``name``, if there is one."""
        return next((p for p in self.parameters if p.name == name), None)

    def behind(self, column: str) -> Behind | None:
        """What stands behind the figures of ``column``, if it has figures."""
        return next((figure for figure in self.figures if figure.column == column), None)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(c.name for c in self.columns if c.role in ("identifier", "category"))
