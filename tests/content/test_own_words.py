"""Our words are ours; what must be exact is exact. Needs the source texts, which are not ours to keep."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
DEF = "https://w3id.org/mdt-kennisgraaf/def/"
MOST_WORDS = 11
MOST_WORDS_OF_A_HEADING = 12
EXACT = ("hedge", "quantityWord")
HEADING = DEF + "section"
NAMES = ("http://purl.org/dc/terms/title", DEF + "publishedIn", HEADING)

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source texts are not on this machine"
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", text.casefold()))


@pytest.fixture(scope="module")
def seeds() -> str:
    """All texts as they are, and once more with the words mended that a line end divides."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return " ".join(" ".join(words(t)) for text in texts for t in (text, text.replace("-\n", "")))


def literals(content: Content) -> list[tuple[str, str]]:
    return [
        (quad.predicate.value, quad.object.value)
        for file in content.files
        if file.path.endswith(".ttl")
        for quad in ox.parse(file.data, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.object, ox.Literal)
    ]


def test_no_sentence_of_the_sources_stands_in_the_graph(content: Content, seeds: str) -> None:
    copied = []
    for name, text in literals(content):
        told = [] if name in NAMES else words(text)
        runs = (" ".join(told[n : n + MOST_WORDS + 1]) for n in range(len(told) - MOST_WORDS))
        copied += [run for run in runs if f" {run} " in f" {seeds} "]
    assert copied == []


def test_hedges_are_short_and_stand_in_the_sources_word_for_word(
    content: Content, seeds: str
) -> None:
    exact = [text for name, text in literals(content) if name in {DEF + term for term in EXACT}]
    assert exact
    for text in exact:
        assert len(text.split()) <= 5, text
        assert " ".join(words(text)) in seeds, text


def test_headings_are_short_and_stand_in_the_sources(content: Content, seeds: str) -> None:
    headings = [text for name, text in literals(content) if name == HEADING]
    assert headings
    assert [text for text in headings if len(words(text)) > MOST_WORDS_OF_A_HEADING] == []
    assert [text for text in headings if " ".join(words(text)) not in seeds] == []
