"""All our shapes on the real content with faults planted in it: the fast stage finds what pySHACL finds."""

from itertools import chain

import pyoxigraph as ox
import pytest
from tests.content.test_planted_faults import FINDINGS, MANY, PATH, PREFIXES, SOUNDS, claim
from tests.unit.validation.differential import assert_same

from werkzaam.domain.content import Content
from werkzaam.validation.rdflib_graph import graph_of

pytestmark = pytest.mark.xdist_group("planted faults")


def test_the_planted_faults_are_found_as_by_pyshacl(content: Content) -> None:
    planted = {**{name: changes for name, (changes, _) in FINDINGS.items()}, **SOUNDS}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = head + "".join(claim(name, changes) for name, changes in planted.items())
    files = {file.path: file.data for file in content.files if not MANY.search(file.path)}
    files[PATH] = text.encode()
    said, shapes = (
        list(
            chain.from_iterable(
                ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
                for path, data in files.items()
                if path.endswith(".ttl") and path.startswith(folders)
            )
        )
        for folders in (("ontology/", "graph_data/"), ("shapes/",))
    )
    found = assert_same(graph_of(shapes), [quad.triple for quad in said])
    assert len({focus for focus, *_ in found}) >= len(FINDINGS)
