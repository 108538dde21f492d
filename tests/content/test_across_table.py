"""The README of what is judged across documents counts what each file holds, by kind."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS, term

FOLDER = "graph_data/across/"
ROW = re.compile(r"^\| `([a-z-]+\.ttl)` \| (\d+) \| ([^|]+) \|", re.MULTILINE)
KIND = re.compile(r"(\d+) `([a-z-]+)`")
HALVES = {"Dutch": 0, "English": 1}


@pytest.fixture(scope="module")
def held(content: Content) -> dict[str, Counter[str]]:
    """The number of correspondences of each kind, by file."""
    kind = ox.NamedNode(term("correspondenceKind"))
    found = {}
    for file in content.under(FOLDER.rstrip("/"), ".ttl"):
        triples = ox.parse(file.data, ox.RdfFormat.TURTLE)
        kinds = [str(one.object.value) for one in triples if one.predicate == kind]
        found[file.path.removeprefix(FOLDER)] = Counter(
            iri.removeprefix(f"{THINGS}correspondence-kind/") for iri in kinds
        )
    return found


@pytest.mark.parametrize("half", HALVES)
def test_the_table_counts_what_is_there(
    root: Path, held: dict[str, Counter[str]], half: str
) -> None:
    text = (root / FOLDER / "README.md").read_text("utf-8")
    part = text.split("\n## In English\n")[HALVES[half]]
    told = {
        name: Counter({kind: int(count) for count, kind in KIND.findall(kinds)})
        for name, _, kinds in ROW.findall(part)
    }
    totals = {name: int(number) for name, number, _ in ROW.findall(part)}
    assert told == held
    assert totals == {name: kinds.total() for name, kinds in held.items()}
    total = re.search(r"(?:In totaal|In all): (\d+)", part)
    assert total is not None
    assert int(total[1]) == sum(totals.values())
