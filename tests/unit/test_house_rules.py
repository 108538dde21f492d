"""Sizes, nesting and names of our own code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

MOST_LINES, LONGEST_FUNCTION, DEEPEST = 300, 40, 3
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SAYS_NOTHING = re.compile(r"(^|/)(utils?|helpers?|managers?|core|base|common|misc)(\.|/)")


def our_files(root: Path, *endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True
    )
    return [root / name for name in listed.stdout.splitlines() if name.endswith(endings)]


def depth(node: ast.AST, found: int = 0) -> int:
    deepest = found
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINITIONS):
            continue
        else_if = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        deepest = max(deepest, depth(child, found + (isinstance(child, BLOCKS) and not else_if)))
    return deepest


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_modules_and_functions_stay_small(root: Path) -> None:
    too_much = []
    for path in our_files(root, ".py"):
        if len(path.read_text("utf-8").splitlines()) > MOST_LINES:
            too_much.append(f"{path}: more than {MOST_LINES} lines")
        for node in functions(path):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LONGEST_FUNCTION or depth(node) > DEEPEST:
                too_much.append(
                    f"{path}:{node.lineno} {node.name}: {lines} lines, {depth(node)} deep"
                )
    assert too_much == []


def test_names_say_what_they_hold(root: Path) -> None:
    names = [path.relative_to(root).as_posix() for path in our_files(root, "")]
    assert [name for name in names if SAYS_NOTHING.search(name)] == []


@pytest.mark.parametrize("ending", [".txt", "lock.json", ".toml"])
def test_no_lock_file_holds_an_address(root: Path, ending: str) -> None:
    address = re.compile(r"https?://[^\s\"]*(registry|index|pythonhosted|simple/)", re.IGNORECASE)
    for path in our_files(root, ending):
        if "LICENSES" not in path.parts:
            assert not address.search(path.read_text("utf-8")), path


def test_every_public_thing_says_what_it_is(root: Path) -> None:
    silent = []
    for path in our_files(root / "service", ".py"):
        tree = ast.parse(path.read_text("utf-8"))
        public = [n for n in tree.body if isinstance(n, DEFINITIONS) and not n.name.startswith("_")]
        silent += [f"{path}: {node.name}" for node in public if not ast.get_docstring(node)]
    assert silent == []
