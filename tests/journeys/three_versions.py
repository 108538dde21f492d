"""A data folder whose journal has changes that some answers show: for permalinks."""

import shutil
from contextlib import closing
from pathlib import Path

from werkzaam.domain.changes import ChangeData
from werkzaam.store.journal import Journal

BASE = "https://w3id.org/mdt-kennisgraaf/"
NOTES = f"{BASE}graph/notes"
NEW = f"{BASE}id/working-element/voorbeeld-nieuw"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def three_versions(parent: Path, begun: Path) -> Path:
    """A copy of ``begun`` in ``parent``. Version 1: the content; 2: a working element more; 3: that with
    other words."""
    folder = parent / "data"
    shutil.copytree(begun, folder)
    with closing(Journal.open(folder)) as opened:
        opened.append_update(ChangeData(_lines("Voorbeeld"), b""), "a", "", after=1)
        more = ChangeData(_lines("Anders"), _lines("Voorbeeld"))
        opened.append_update(more, "a", "", after=2)
    return folder


def _lines(words: str) -> bytes:
    said = [
        f"<{NEW}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}def/WorkingElement> <{NOTES}> .",
        f'<{NEW}> <{BASE}def/position> "999"^^<http://www.w3.org/2001/XMLSchema#integer> <{NOTES}> .',
        *(
            f'<{NEW}> <{SKOS}{name}> "{words} {language}"@{language} <{NOTES}> .'
            for name in ("prefLabel", "definition")
            for language in ("nl", "en")
        ),
    ]
    return "".join(f"{line}\n" for line in said).encode()
