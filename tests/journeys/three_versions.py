"""A data folder whose journal has changes that some answers show: for permalinks."""

import shutil
from contextlib import closing
from pathlib import Path

from werkzaam.domain.changes import ChangeData
from werkzaam.store.journal import Journal

BASE = "https://w3id.org/mdt-kennisgraaf/"
NOTES = f"{BASE}graph/notes"
NEW = f"{BASE}id/working-element/voorbeeld-nieuw"
ROUND = f"{BASE}id/subsidy-round/voorbeeldronde"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def three_versions(parent: Path, begun: Path) -> Path:
    """A copy of ``begun`` in ``parent``. Version 1: the content; 2: a working element more, and a subsidy
    round; 3: the element with other words, without the round."""
    folder = parent / "data"
    shutil.copytree(begun, folder)
    with closing(Journal.open(folder)) as opened:
        first = _lines("Voorbeeld") + _round()
        opened.append_update(ChangeData(first, b""), "a", "", after=1)
        more = ChangeData(_lines("Anders"), first)
        opened.append_update(more, "a", "", after=2)
    return folder


def _round() -> bytes:
    return _written(
        f"<{ROUND}> <{TYPE}> <{BASE}def/SubsidyRound> <{NOTES}> .",
        *(
            f'<{ROUND}> <{SKOS}prefLabel> "Ronde"@{language} <{NOTES}> .'
            for language in ("nl", "en")
        ),
    )


def _lines(words: str) -> bytes:
    return _written(
        f"<{NEW}> <{TYPE}> <{BASE}def/WorkingElement> <{NOTES}> .",
        f'<{NEW}> <{BASE}def/position> "999"^^<http://www.w3.org/2001/XMLSchema#integer> <{NOTES}> .',
        *(
            f'<{NEW}> <{SKOS}{name}> "{words} {language}"@{language} <{NOTES}> .'
            for name in ("prefLabel", "definition")
            for language in ("nl", "en")
        ),
    )


def _written(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
