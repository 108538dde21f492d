"""A fault planted beside the real content is found by the real shapes, at the thing that has it."""

import re

import pytest

from werkzaam.curation.check_process import check_confined
from werkzaam.curation.turtle_format import canonical
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import TERMS, THINGS

PATH = "graph_data/ontmoetingen/planted.ttl"
PREFIXES = {"mdt": TERMS, "claim": f"{THINGS}claim/", "id": THINGS}
SOUND = {
    "basis": "basis/literature-review",
    "inTextReference": "in-text-reference/ontmoetingen-blonk-2019-p12",
    "object": "risk/uitsluiting",
    "passage": "passage/ontmoetingen-welbevinden-elementen",
    "polarity": "polarity/asserted",
    "relation": "relation/mitigates",
    "reviewStatus": "review-status/drafted",
    "statedIn": "document/ontmoetingen",
    "subject": "working-element/afstemming",
    "voice": "voice/author",
}
SAFEGUARDS = {"relation": "relation/safeguards", "object": "mechanism/steun"}
CARRIES = {"relation": "relation/carries-risk", "subject": "mechanism/steun"}

FINDINGS: dict[str, tuple[dict[str, str], str]] = {
    "no passage": (
        {"passage": "", "inTextReference": ""}, '"passage" needs at least one',
    ),
    "no voice": ({"voice": ""}, '"voice" needs exactly one'),
    "no basis": ({"basis": ""}, '"basis" needs exactly one'),
    "no document": ({"statedIn": ""}, '"stated in" needs exactly one'),
    "no review status": ({"reviewStatus": ""}, '"review status" needs exactly one'),
    "no polarity": ({"polarity": ""}, '"polarity" needs exactly one'),
    "no object": ({"object": ""}, 'Only with the relation "is described"'),
    "listed for a risk": ({"relation": "relation/listed-for"}, 'With the relation "listed for"'),
    "mitigates a goal": ({"object": "goal/welbevinden"}, 'With the relation "mitigates"'),
    "a risk mitigates": ({"subject": "risk/subtyping"}, 'With the relation "mitigates"'),
    "safeguards a goal": (
        {**SAFEGUARDS, "object": "goal/welbevinden"}, 'With the relation "safeguards"',
    ),
    "a condition safeguards": (
        {**SAFEGUARDS, "subject": "condition/haalbaar-doel"}, 'With the relation "safeguards"',
    ),
    "carries an outcome": (
        {**CARRIES, "object": "intermediate-outcome/empathie"}, 'With the relation "carries risk"',
    ),
    "a reference from elsewhere": (
        {"passage": "passage/ontmoetingen-welbevinden-overzicht"},
        "stands on another page than its own",
    ),
}  # fmt: skip
SOUNDS: dict[str, dict[str, str]] = {
    "as it should be": {},
    "a condition mitigates": {"subject": "condition/haalbaar-doel"},
    "safeguards a mechanism": SAFEGUARDS,
    "carries a risk": CARRIES,
}


def slug(name: str) -> str:
    return "planted-" + name.replace(" ", "-")


def claim(name: str, changes: dict[str, str]) -> str:
    said = {**SOUND, **changes}
    lines = [f"    mdt:{key} <{THINGS}{value}> ;\n" for key, value in said.items() if value]
    return f'claim:{slug(name)} a mdt:Claim ;\n{"".join(lines)}    mdt:gist "Y"@en , "X"@nl .\n'


MANY = re.compile(
    r"/(claims.*|tensions|term-uses|proposals|measurements|definitions|norms|assessments)\.ttl$"
    r"|/across/"
)

pytestmark = pytest.mark.xdist_group("planted faults")


@pytest.fixture(scope="module")
def found(content: Content) -> dict[str, list[str]]:
    """The messages by the thing that they begin with, of one check with every fault at once, beside
    the content without its most numerous statements."""
    planted = {**{name: changes for name, (changes, _) in FINDINGS.items()}, **SOUNDS}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = head + "".join(claim(name, changes) for name, changes in planted.items())
    file = ContentFile(PATH, canonical(text.encode(), PATH))
    kept = [one for one in content.files if not MANY.search(one.path)]
    messages: dict[str, list[str]] = {}
    for finding in check_confined(Content((*kept, file))):
        assert finding.check == "shape", finding
        about = finding.message.partition(":")[0].partition(",")[0]
        messages.setdefault(about, []).append(finding.message)
    return messages


@pytest.mark.parametrize("name", FINDINGS)
def test_each_fault_is_found_once(found: dict[str, list[str]], name: str) -> None:
    [message] = found[f"id/claim/{slug(name)}"]
    assert FINDINGS[name][1] in message


@pytest.mark.parametrize("name", SOUNDS)
def test_what_is_sound_is_left_alone(found: dict[str, list[str]], name: str) -> None:
    assert f"id/claim/{slug(name)}" not in found
