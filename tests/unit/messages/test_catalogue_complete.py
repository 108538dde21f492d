"""Every sentence of the interface stands in nl.po, and nothing else does."""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import werkzaam
from werkzaam import errors

PACKAGE = Path(werkzaam.__file__).parent
PLACES = re.compile(r"\{(\w+)\}|%\((\w+)\)s")
MessageId = str | tuple[str, str]

_POSITIONS = {
    name: [p for p in inspect.signature(kind.__init__).parameters if p != "self"].index("template")
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.WerkzaamError)
}
_CALLS = {**_POSITIONS, "translate": 0, "say": 0}
_PLURALS = ("say_number",)


def extracted() -> dict[MessageId, str]:
    """Every message with the file it stands in."""
    found: dict[MessageId, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _of_module(ast.parse(path.read_text("utf-8"))):
            found.setdefault(message, path.relative_to(PACKAGE).as_posix())
    for path in sorted(PACKAGE.rglob("*.jinja")):
        with path.open("rb") as stream:
            options = {"trimmed": "true", "newstyle_gettext": "true"}
            for _, _, text, _ in babel_extract(stream, ("_", "gettext", "ngettext"), (), options):
                found.setdefault(_plural(text), path.relative_to(PACKAGE).as_posix())
    return found


def _plural(message: object) -> MessageId:
    if isinstance(message, (tuple, list)):
        parts = [str(part) for part in message if part is not None]
        return (parts[0], parts[1]) if len(parts) > 1 else parts[0]
    return str(message)


def _of_module(tree: ast.Module) -> Iterator[MessageId]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node.func)
        if name == "translate" and isinstance(node.func, ast.Attribute):
            continue
        if name in _PLURALS:
            one, many = (ast.literal_eval(argument) for argument in node.args[:2])
            yield (one, many)
        position = _CALLS.get(name)
        if position is not None and len(node.args) > position:
            yield from _texts(node.args[position], tree)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The sentences that ``node`` can be: itself, or what its name was given in this module."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    if not names:
        yield from _sentences(node)
        return
    for part in ast.walk(tree):
        if isinstance(part, ast.Assign):
            targets: list[ast.expr] = part.targets
        elif isinstance(part, ast.AnnAssign):
            targets = [part.target]
        else:
            continue
        if part.value and any(isinstance(t, ast.Name) and t.id in names for t in targets):
            yield from _sentences(part.value)


def _sentences(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _sentences(value)
        return
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
            yield part.value


def _catalogue() -> dict[MessageId, Message]:
    with (PACKAGE / "messages" / "nl.po").open("rb") as stream:
        return {
            _plural(entry.id): entry
            for entry in read_po(stream, locale="nl", abort_invalid=True)
            if entry.id
        }


def test_nothing_is_missing() -> None:
    known = _catalogue()
    assert {m: place for m, place in extracted().items() if m not in known} == {}


def test_nothing_is_unused() -> None:
    used = extracted()
    assert [message for message in _catalogue() if message not in used] == []


def test_no_message_stands_twice() -> None:
    """Reading keeps the last of two, so that what a reader gets would depend on their order."""
    text = (PACKAGE / "messages" / "nl.po").read_text("utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n?)+)', text, re.MULTILINE)
    found = Counter("".join(re.findall(r'"(.*)"', entry)) for entry in entries)
    assert len(found) > len(_catalogue())  # the header counts too
    assert [message for message, times in found.items() if times > 1] == []


@pytest.mark.parametrize("entry", _catalogue().values(), ids=lambda entry: str(entry.id)[:40])
def test_translation_is_whole(entry: Message) -> None:
    assert not entry.fuzzy
    ids = entry.id if isinstance(entry.id, (list, tuple)) else [entry.id]
    texts = entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]
    assert len(texts) == len(ids)
    assert all(texts)
    for source, text in zip(ids, texts, strict=True):
        assert text is not None
        assert set(PLACES.findall(text)) == set(PLACES.findall(source))
