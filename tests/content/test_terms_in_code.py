"""Every term of the ontology that our code, templates and look-ups name is declared there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import werkzaam
from werkzaam.api import metadata_void
from werkzaam.curation import document_coverage
from werkzaam.curation.checks.query_terms import query_mentions
from werkzaam.curation.parsed_content import parse_content
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import TERMS
from werkzaam.linked_data import correspondences, names
from werkzaam.web import correspondence_lines, resource_depth

PACKAGE = Path(werkzaam.__file__).parent
BASES = ("MDT", "TERMS")
TAKES_A_NAME = {"first": 0, "values": 0, "of_class": 0, "text": 1}
WRITTEN = re.compile(r"(?<![\w/])mdt:(\w+)")
LISTS = (
    *names._CONTENT,
    *correspondences.SIDES,
    *correspondence_lines._FACTS,
    *document_coverage._PROPERTIES.values(),
    *metadata_void._EXAMPLES_OF,
    *(name for facts in resource_depth._KEY_FACTS.values() for name in facts),
)
"""Names in lists that are looked through elsewhere; the uses below say where."""
USES = {
    "api/metadata_void.py": {"name"},
    "api/terms.py": {"name", "one"},
    "catalogue/query_files.py": {"of_class.removeprefix('mdt:')"},
    "curation/checks/query_terms.py": {"match[1]"},
    "curation/document_coverage.py": {"property_"},
    "domain/identifiers.py": {"name"},
    "linked_data/names.py": {"name"},
    "linked_data/things.py": {"name"},
    "mcp_server/description_tool.py": {"iri.removeprefix('mdt:')"},
    "web/correspondence_lines.py": {"name"},
    "web/resource_depth.py": {"name"},
    "web/resource_origin.py": {"name"},
}
"""Where a name is no constant: its values stand in LISTS, are constants at the call, or are what a
caller asks for by address."""


@pytest.fixture(scope="module")
def declared(content: Content) -> set[str]:
    return {iri.removeprefix(TERMS) for iri in parse_content(content).declared}


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def named(tree: ast.AST) -> Iterator[ast.expr]:
    """The expression of each name that becomes a term: ``MDT + x``, ``term(x)``, ``first("x")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if isinstance(node.left, ast.Name) and node.left.id in BASES:
                yield node.right
        elif isinstance(node, ast.Call):
            yield from _argument(node)


def _argument(call: ast.Call) -> Iterator[ast.expr]:
    if isinstance(call.func, ast.Name):
        yield from call.args[:1] if call.func.id in ("term", "said") else ()
    elif isinstance(call.func, ast.Attribute) and call.func.attr in TAKES_A_NAME:
        last = call.args[TAKES_A_NAME[call.func.attr] :]
        yield from (one for one in last if isinstance(one, ast.Constant))


def ranges(tree: ast.AST) -> dict[str, list[str]]:
    """By variable of a comprehension over constants: those constants."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.comprehension)
            and isinstance(node.target, ast.Name)
            and isinstance(node.iter, ast.Tuple)
            and all(isinstance(item, ast.Constant) for item in node.iter.elts)
        ):
            found.setdefault(node.target.id, []).extend(map(ast.literal_eval, node.iter.elts))
    return found


def in_module(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The names that a module gives as constants, and the expressions that are none."""
    constants, others = set[str](), set[str]()
    over = ranges(tree)
    for expression in named(tree):
        if isinstance(expression, ast.Constant):
            constants |= {expression.value} if isinstance(expression.value, str) else set()
        elif isinstance(expression, ast.Name) and expression.id in over:
            constants.update(over[expression.id])
        else:
            others.add(ast.unparse(expression))
    return constants - {""}, others


def test_every_name_in_a_module_is_declared(declared: set[str]) -> None:
    unknown, count = {}, 0
    for path in sorted(PACKAGE.rglob("*.py")):
        constants, _ = in_module(ast.parse(path.read_text("utf-8")))
        count += len(constants)
        if missing := constants - declared:
            unknown[relative(path)] = missing
    assert unknown == {}
    assert count > 60


def test_names_that_are_no_constants_stand_in_a_list(declared: set[str]) -> None:
    uses = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        _, others = in_module(ast.parse(path.read_text("utf-8")))
        if others:
            uses[relative(path)] = others
    assert uses == USES
    assert set(LISTS) - declared == set()


@pytest.mark.parametrize("ending", ["*.py", "*.jinja", "*.json"])
def test_every_term_written_out_is_declared(declared: set[str], ending: str) -> None:
    for path in sorted(PACKAGE.rglob(ending)):
        written = set(WRITTEN.findall(path.read_text("utf-8")))
        assert written - declared == set(), relative(path)


def test_every_term_in_a_look_up_is_declared(declared: set[str]) -> None:
    count = 0
    for path in sorted(PACKAGE.rglob("*.rq")):
        ours = [iri for iri in query_mentions(path.read_bytes()) if iri.startswith(TERMS)]
        count += len(ours)
        assert {iri.removeprefix(TERMS) for iri in ours} - declared - {""} == set(), relative(path)
    assert count > 60
