"""The derivation rules: one CONSTRUCT query a file, in ``ontology/rules/``."""

from werkzaam.domain.content import Content
from werkzaam.errors import ContentError
from werkzaam.store.rule_text import Derivation

_FOLDER = "ontology/rules"


def read_rules(content: Content) -> list[Derivation]:
    """The rules in order of path. Raises ContentError where a file is not UTF-8."""
    return [
        Derivation(file.path, _text(file.path, file.data)) for file in content.under(_FOLDER, ".rq")
    ]


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        raise ContentError(
            path,
            data[: fault.start].count(b"\n") + 1,
            "This file is not UTF-8. Save it as UTF-8.",
        ) from None
