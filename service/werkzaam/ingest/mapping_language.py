"""What a mapping says, once it is read: tables, columns and things below a record.

The words are those of `CSVW metadata <https://www.w3.org/TR/tabular-metadata/>`_ and of our own
annotations; ``mapping.schema.json`` has them with their meaning. A *template* is the IRI of a thing
with ``{variables}`` (`RFC 6570 <https://www.rfc-editor.org/rfc/rfc6570>`_, level 1): the name of a
column stands for the slug of its value, ``{record}`` for the IRI of the record and ``{item}`` for
the last part of the value at hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, Protocol

import pyoxigraph as ox

from werkzaam.domain.queries import Bilingual, Language
from werkzaam.ingest.words import folded

Titles = Mapping[Language, tuple[str, ...]]
Term = ox.NamedNode | ox.Literal

DATATYPES: Final = ("string", "date", "integer", "decimal", "anyURI", "boolean", "gYear")


@dataclass(frozen=True)
class ItemThing:
    """The value of a column, or each item of a list, stands on a thing of its own below the record.

    ``about``: its template; columns with the same one speak of the same thing. ``property``: what
    connects it with the value; the property of the column connects the record with the thing.
    ``states``: what is always said of it; ``copies``: properties, each with the column whose values
    it takes.
    """

    about: str
    kind: str
    property: str
    states: tuple[tuple[str, Term], ...]
    copies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Derived:
    """One more property that follows from the value of a column, on the same thing: a virtual
    column. ``value_url``: template of the IRI; ``example_value_url``: that in a made-up record."""

    property: str
    value_url: str
    example_value_url: str


@dataclass(frozen=True)
class Absence:
    """What becomes of words such as "not known" where a value should stand: a thing below the record
    that says which property has no value, and why.

    ``about``: its template, with ``{column}``. ``link``: the property from the record to it.
    ``names``: its property that names the property without a value. ``property``: that with the
    reason; where the column has a thing of its own it stands on that. ``choices``: the class of
    the reasons, with ``synonyms``.
    """

    about: str
    kind: str
    link: str
    names: str
    property: str
    choices: str
    synonyms: Mapping[str, str]


@dataclass(frozen=True)
class ValueLimits:
    """What a value must meet beside its datatype. ``format``: a regular expression for the whole
    text of a string; lengths in characters; ``minimum`` and ``maximum`` as numbers or ISO dates,
    both allowed themselves."""

    format: str | None = None
    minimum: Decimal | str | None = None
    maximum: Decimal | str | None = None
    shortest: int | None = None
    longest: int | None = None


@dataclass(frozen=True)
class Column:
    """What one column holds.

    ``datatype`` is one of ``DATATYPES``. ``choices`` is the class whose members are the values.
    ``value_url``: the template of the IRI that the value becomes; ``example_value_url``: that in a
    made-up record. ``default``: the text of an empty cell. ``help``: what to fill in, for people.
    ``example``: the text in an example row. ``pointer``: where the value stands in a JSON record
    (`RFC 6901 <https://www.rfc-editor.org/rfc/rfc6901>`_). ``silent``: it says nothing by itself.
    ``may_be_absent``: whether words such as "not known" are read as ``Absence``.
    """

    name: str
    titles: Titles
    property: str
    datatype: str
    required: bool
    separator: str | None
    language: str | None
    silent: bool
    choices: str | None
    synonyms: Mapping[str, str]
    item: ItemThing | None
    limits: ValueLimits
    value_url: str | None
    example_value_url: str | None
    default: str | None
    help: Bilingual | None
    example: Bilingual | None
    pointer: str
    derived: tuple[Derived, ...] = ()
    may_be_absent: bool = False

    def title(self, language: Language = "nl") -> str:
        """The title in ``language`` that a template gives it."""
        return self.titles[language][0]


class TitledTable(Protocol):
    """A sheet whose columns are known by their titles: the main one, or a repeat group."""

    @property
    def name(self) -> str:
        """The name of the mapping, or of the group."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of a template."""

    @property
    def by_title(self) -> Mapping[str, Column]:
        """The columns by each of their titles, folded."""


@dataclass(frozen=True)
class GroupTable:
    """A repeat group: an extra sheet, or a list in a JSON record. Each row is a thing below a record.

    ``titles``: what the sheet may be called. ``about``: template of the thing. ``kind``: its class.
    ``link``: the property from the record to it. ``key``: the column that holds the identifier of
    the record. ``pointer``: where the list stands in a JSON record.
    """

    name: str
    titles: Titles
    about: str
    kind: str
    link: str
    key: str
    pointer: str
    columns: tuple[Column, ...]

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """The columns by each of their titles, folded."""
        return columns_by_title(self.columns)

    @cached_property
    def own_columns(self) -> tuple[Column, ...]:
        """The columns without that of the record's identifier."""
        return tuple(column for column in self.columns if column.name != self.key)

    @cached_property
    def own_by_name(self) -> Mapping[str, Column]:
        """The same by name, in order."""
        return {column.name: column for column in self.own_columns}

    def title(self, language: Language = "nl") -> str:
        """The title of the sheet in ``language`` that a template gives it."""
        return self.titles[language][0]

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return named(self.columns, name)


@dataclass(frozen=True)
class TableMapping:
    """A mapping as it is applied. ``about`` and ``example_about`` are templates.

    ``titles``: what the main sheet may be called. ``keys``: the columns that together tell records
    apart. ``pointer``: where the list of records stands in a JSON document.
    """

    name: str
    version: str
    title: Bilingual
    titles: Titles
    about: str
    example_about: str
    kind: str
    keys: tuple[str, ...]
    pointer: str
    columns: tuple[Column, ...]
    groups: tuple[GroupTable, ...] = ()
    absence: Absence | None = None

    @property
    def key(self) -> str:
        """The first of the columns that tell records apart."""
        return self.keys[0]

    @cached_property
    def identifier(self) -> Column:
        """The first column that tells records apart."""
        return self.column(self.key)

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """The columns of the main table by each of their titles, folded."""
        return columns_by_title(self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns of the main table by name, in order."""
        return {column.name: column for column in self.columns}

    @property
    def every_column(self) -> Iterator[Column]:
        """The columns of the main table and of all groups; of a group without its key."""
        yield from self.columns
        for group in self.groups:
            yield from group.own_columns

    def column(self, name: str) -> Column:
        """The column of the main table called ``name``."""
        return named(self.columns, name)


def columns_by_title(columns: Sequence[Column]) -> dict[str, Column]:
    """``columns`` by each of their titles, folded."""
    return {
        folded(title): column
        for column in columns
        for titles in column.titles.values()
        for title in titles
    }


def named(columns: Sequence[Column], name: str) -> Column:
    """The one of ``columns`` that is called ``name``. Raises StopIteration where there is none."""
    return next(column for column in columns if column.name == name)
