"""Canonical Turtle: same graph, same bytes, small differences, and nothing lost on the way."""

import difflib
import os
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.curation import turtle_format
from werkzaam.curation.turtle_format import canonical, format_folder
from werkzaam.errors import ContentError

_XSD = "http://www.w3.org/2001/XMLSchema#"
_HEAD = """\
@prefix mdt: <https://w3id.org/mdt-kennisgraaf/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""

_iris = st.builds(
    ox.NamedNode,
    st.builds(
        str.__add__,
        st.sampled_from(["http://example.org/", "https://w3id.org/mdt-kennisgraaf/def/", "urn:x:"]),
        st.text("abzé·-._~0123%41".replace("%", ""), min_size=1, max_size=6),
    ),
)
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_literals = st.one_of(
    st.builds(ox.Literal, _texts),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), _texts, st.sampled_from(["nl", "en-gb"])
    ),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(_XSD + kind)),
        st.sampled_from(["01", "1", "+1", "1.0", "1e0", "NaN", "true", "0", "2024-13-45", '"""\\']),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date"]),
    ),
)
_blanks = st.builds(ox.BlankNode, st.sampled_from("abcd"))
_triples = st.builds(
    ox.Triple,
    st.one_of(_iris, _blanks),
    _iris,
    st.one_of(_iris, _blanks, _literals),
)


def _labelled(data: bytes) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.parse(data, format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _difference(old: bytes, new: bytes) -> list[str]:
    lines = difflib.ndiff(old.decode().split("\n"), new.decode().split("\n"))
    return [line for line in lines if line.startswith("+ ") and line.strip() != "+"]


@given(st.lists(_triples, max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_graph_is_kept_and_written_the_same_twice(triples: list[ox.Triple]) -> None:
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE)
    assert data is not None
    once = canonical(data, "a.ttl")
    assert _labelled(once) == _labelled(data)
    assert canonical(once, "a.ttl") == once
    assert once == b"" or (once.endswith(b"\n") and not once.endswith(b"\n\n"))


@given(st.lists(_triples, min_size=1, max_size=12, unique=True), st.randoms())
@settings(max_examples=80, deadline=None)
def test_the_order_in_the_file_makes_no_difference(triples: list[ox.Triple], chance: Any) -> None:
    mixed = list(triples)
    chance.shuffle(mixed)
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    other = ox.serialize(mixed, format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    assert other is not None
    assert canonical(data, "a.ttl") == canonical(other, "a.ttl")


@pytest.mark.parametrize(
    "text",
    [
        'mdt:a mdt:p "01"^^<http://www.w3.org/2001/XMLSchema#integer>, 1, 1.0, 1e0, true .',
        "mdt:a mdt:p ( 1 ( 2 ) () [ mdt:q [ mdt:q mdt:b ] ] ) .",
        'mdt:a mdt:p """twee\n\nregels. # geen commentaar \\"""" .',
        "[] mdt:p mdt:a . _:x mdt:p _:y . _:y mdt:p _:x .",
        'mdt:a mdt:p "é·\U0001f600\t\\u0007"@nl-be, "\\r\\n" .',
        "mdt:é\u0301.b mdt:p <http://example.org/a.b#c.> .",
        "mdt:list a rdfs:Class ; mdt:p _:l . mdt:b mdt:p _:l . _:l mdt:q ( 1 ) .",
    ],
)
def test_what_is_hard_to_write_is_kept(text: str) -> None:
    data = (_HEAD + text).encode()
    once = canonical(data, "a.ttl")
    assert _labelled(once) == _labelled(data)
    assert canonical(once, "a.ttl") == once


def test_lexical_forms_stand_as_written() -> None:
    data = (_HEAD + 'mdt:a mdt:p "01"^^<http://www.w3.org/2001/XMLSchema#integer>, 1 .').encode()
    assert (
        canonical(data, "a.ttl")
        .decode()
        .endswith('mdt:a mdt:p "01"^^xsd:integer,\n        "1"^^xsd:integer .\n')
    )


_THREE = _HEAD + "".join(
    f'\nmdt:{name} a rdfs:Class ;\n    rdfs:label "{name}"@en ;\n    mdt:note "x", "y"  .\n'
    for name in "abc"
)


@pytest.mark.parametrize(
    "added",
    [
        "mdt:a mdt:note <http://example.org/z> .",
        'mdt:b rdfs:label "be"@nl .',
        "mdt:a rdfs:seeAlso mdt:c .",
        "mdt:c rdfs:seeAlso mdt:a .",
        "mdt:bb a rdfs:Class .",
        "mdt:a mdt:note [ mdt:note mdt:b ] .",
    ],
)
def test_one_more_triple_changes_at_most_two_lines(added: str) -> None:
    old = canonical(_THREE.encode(), "a.ttl")
    new = canonical((_THREE + added).encode(), "a.ttl")
    assert 0 < len(_difference(old, new)) <= 2


def test_blocks_stand_in_order_of_iri_however_often_they_are_referred_to() -> None:
    text = _HEAD + "mdt:b mdt:p mdt:a . mdt:c mdt:p mdt:a . mdt:a mdt:p mdt:b ."
    written = canonical(text.encode(), "a.ttl").decode()
    assert [line[:5] for line in written.splitlines() if " mdt:p" in line] == [
        "mdt:a",
        "mdt:b",
        "mdt:c",
    ]


def test_the_project_has_one_prefix_for_one_namespace() -> None:
    text = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix mdt: <http://example.org/other/> .
@prefix unused: <http://example.org/unused/> .
goal:a dct:title "a" ; <http://www.w3.org/2000/01/rdf-schema#label> mdt:a .
"""
    written = canonical(text.encode(), "a.ttl").decode()
    assert (
        written
        == """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix goal: <https://w3id.org/mdt-kennisgraaf/id/goal/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

goal:a rdfs:label <http://example.org/other/a> ;
    dcterms:title "a" .
"""
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"@prefix mdt: <http://x/> .\n\nmdt:a mdt:p .\n", 3, "not Turtle"),
        (b"@prefix mdt: <http://x/> .\nmdt:a mdt:p mdt:b", 2, "not Turtle"),
        (b"<http://x/a> <http://x/p> 1 .\n<b> <http://x/p> 1 .", 2, "not Turtle"),
        (b"<http://x/a> <http://x/p> 1 .\n# why\n", 2, "comment would be lost"),
        (b'<http://x/a> <http://x/p> "#" .  # why\n', 1, "comment would be lost"),
        (b"<http://x/a> <http://x/p> 1 .\n\xff", 2, "not UTF-8"),
        (b"<http://x/a> <http://x/p> 1, \n " + b"(" * 51 + b")" * 51 + b" .", 2, "deeper than 50"),
        (b"<http://x/a> <http://x/p> <<( <urn:a> <urn:b> 1 )>> .", None, "RDF 1.2"),
        (b'<http://x/a> <http://x/p> "a"@en--ltr .', None, "RDF 1.2"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_line(
    text: bytes, line: int | None, words: str
) -> None:
    with pytest.raises(ContentError, match=words) as refusal:
        canonical(text, "a.ttl")
    assert (refusal.value.path, refusal.value.line) == ("a.ttl", line)


def test_a_graph_that_changed_is_never_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        turtle_format, "deterministic_turtle", lambda _: "<urn:a> <urn:p> <urn:c> .\n"
    )
    with pytest.raises(ContentError, match="without changing what it says: the graphs differ"):
        canonical(b"<urn:a> <urn:p> <urn:b> .", "a.ttl")


def test_nesting_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(_: object) -> str:
        raise RecursionError

    monkeypatch.setattr(turtle_format, "deterministic_turtle", deep)
    with pytest.raises(ContentError, match="nest too deeply"):
        canonical(b"<urn:a> <urn:p> <urn:b> .", "a.ttl")


_PLAIN = b"<urn:a>    <urn:p>  <urn:b> ."
_CANONICAL = canonical(_PLAIN, "a.ttl")


def _folder(root: Path) -> Path:
    for name, data in {
        "b/plain.ttl": _PLAIN,
        "a.ttl": _CANONICAL,
        "c/broken.ttl": b"<urn:a>\n<urn:p> .",
        "d/other.ttl": _PLAIN,
        "d/other.txt": _PLAIN,
        ".venv/x.ttl": _PLAIN,
        "node_modules/x.ttl": _PLAIN,
        "d/.hidden.ttl": _PLAIN,
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_a_folder_is_looked_at_and_left_as_it_is(tmp_path: Path) -> None:
    outcomes = format_folder(_folder(tmp_path), write=False)
    assert [(o.path, o.fault.line if o.fault else 0) for o in outcomes] == [
        ("b/plain.ttl", 0),
        ("c/broken.ttl", 2),
        ("d/other.ttl", 0),
    ]
    assert (tmp_path / "b/plain.ttl").read_bytes() == _PLAIN


def test_a_folder_is_written_but_for_the_file_at_fault(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "b/plain.ttl").chmod(0o640)
    assert len(format_folder(folder, write=True)) == 3
    assert (folder / "b/plain.ttl").read_bytes() == _CANONICAL
    assert (folder / "b/plain.ttl").stat().st_mode & 0o777 == 0o640
    assert (folder / "d/other.ttl").read_bytes() == _CANONICAL
    assert (folder / "c/broken.ttl").read_bytes() == b"<urn:a>\n<urn:p> ."
    for name in (".venv/x.ttl", "node_modules/x.ttl", "d/.hidden.ttl", "d/other.txt"):
        assert (folder / name).read_bytes() == _PLAIN
    assert [outcome.path for outcome in format_folder(folder, write=True)] == ["c/broken.ttl"]


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_write_that_fails_leaves_the_old_bytes_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(_PLAIN)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, step, fail)
        [outcome] = format_folder(tmp_path, write=True)
    assert "No space left on device" in str(outcome.fault)
    assert path.read_bytes() == _PLAIN
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "real.ttl").write_bytes(_PLAIN)
    (tmp_path / "content/a.ttl").symlink_to(tmp_path / "real.ttl")
    format_folder(tmp_path / "content", write=True)
    assert (tmp_path / "content/a.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_bytes() == _CANONICAL
