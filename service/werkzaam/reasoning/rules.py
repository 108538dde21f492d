"""The derivation rules: one CONSTRUCT query a file, in ``ontology/rules/``, with its meaning on top.

A line of the header is ``# key@language: words``: ``title`` names the rule, ``because`` says why its
triple follows, ``not-said`` what it must not be read as.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from werkzaam.domain.content import Content
from werkzaam.domain.queries import LANGUAGES, Bilingual
from werkzaam.errors import ContentError
from werkzaam.store.rule_text import Derivation, Rule, read_rule

_FOLDER = "ontology/rules"
KEYS: Final = ("title", "because", "not-said")
_LINE = re.compile(r"# (?P<key>[a-z-]+)@(?P<language>nl|en): (?P<words>.+)")


@dataclass(frozen=True)
class RuleMeaning:
    """A rule that people can read: its ``title``, ``because`` of what its triple follows, and what is
    ``not_said`` by it; ``derivation`` is the query."""

    derivation: Derivation
    title: Bilingual
    because: Bilingual
    not_said: Bilingual

    @cached_property
    def rule(self) -> Rule:
        """The rule as patterns."""
        return read_rule(self.derivation)


def read_rules(content: Content) -> list[Derivation]:
    """The rules in order of path. Raises ContentError where a file is not UTF-8."""
    return [
        Derivation(file.path, _text(file.path, file.data)) for file in content.under(_FOLDER, ".rq")
    ]


def read_meanings(content: Content) -> Sequence[RuleMeaning]:
    """The rules with their headers, in order of path. Raises ContentError where one lacks words."""
    return [read_meaning(derivation) for derivation in read_rules(content)]


def read_meaning(derivation: Derivation) -> RuleMeaning:
    """The rule ``derivation`` with the words of its header. Raises ContentError where one is missing."""
    found = {
        (match["key"], match["language"]): match["words"].strip()
        for match in map(_LINE.fullmatch, derivation.query.splitlines())
        if match
    }
    for key in KEYS:
        for language in LANGUAGES:
            if (key, language) not in found:
                raise ContentError(
                    derivation.path,
                    None,
                    "The header of this rule has no {line}. Add it, in plain words.",
                    line=f"# {key}@{language}:",
                )
    title, because, not_said = (Bilingual(found[key, "nl"], found[key, "en"]) for key in KEYS)
    return RuleMeaning(derivation, title, because, not_said)


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        raise ContentError(
            path,
            data[: fault.start].count(b"\n") + 1,
            "This file is not UTF-8. Save it as UTF-8.",
        ) from None
