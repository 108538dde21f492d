"""A call of a tool, and what a tool is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from werkzaam.api.service import Service
from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Table
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.domain.versions import Version
from werkzaam.mcp_server.arguments import Arguments
from werkzaam.store.interface import Answer, Condition, Question, Store

_RESULTS = "application/sparql-results+json"
LANGUAGE: Mapping[str, Any] = {
    "type": "string",
    "enum": list(LANGUAGES),
    "description": "Language of labels and messages: Dutch or English.",
}


@dataclass(frozen=True)
class Call:
    """A call: by whom (``caller``, for taking turns), and what is set once nobody waits for it."""

    service: Service
    given: Arguments
    caller: str
    gone: Event

    @property
    def language(self) -> Language:
        """The language of the answer. Raises InvalidParameter."""
        return self.given.language()

    @property
    def store(self) -> Store:
        """The store, asked in the turn of the caller and for as long as that waits."""
        return _InTurn(self.service.store, self.caller, self.gone)

    def ask(self, sparql: str, media_type: str) -> Answer:
        """The answer to a query of ours, for as long as the caller waits; raises as the store."""
        return self.store.ask(Question(sparql, media_type))

    def select(self, sparql: str) -> tuple[Table, Version]:
        """The rows of a query of ours, and the version that they were read from; raises as the store."""
        answer = self.ask(sparql, _RESULTS)
        return read_results(answer.body), answer.version


@dataclass(frozen=True)
class _InTurn:
    """A store as one caller asks it; see ``store.interface.Store``."""

    of_all: Store
    caller: str
    gone: Event

    @property
    def version(self) -> Version:
        return self.of_all.version

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """As the store, until nobody waits."""
        return self.of_all.ask(replace(question, caller=self.caller), seconds, stop or self.gone)

    def condition(self) -> Condition:
        return self.of_all.condition()

    def close(self) -> None:
        """It stays open for the others."""


@dataclass(frozen=True)
class Tool:
    """A tool: what it is called, what it is for, the JSON Schemas of its ``properties``, and what it
    does. Its answer is a JSON object; it raises our errors."""

    name: str
    title: str
    description: str
    properties: Mapping[str, Any]
    run: Callable[[Call], dict[str, Any]]
    required: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The schema of the arguments (`JSON Schema <https://json-schema.org/draft/2020-12>`_)."""
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }
