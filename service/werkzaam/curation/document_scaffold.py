"""The beginning of a new document: its entry in the bibliography and its folder, or nothing at all."""

import os
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

import pyoxigraph as ox

from werkzaam.curation.turtle_format import canonical, replace_file
from werkzaam.curation.turtle_reading import read_turtle
from werkzaam.domain.identifiers import THINGS, is_for_a_document, term
from werkzaam.errors import BadRequest, Conflict, ContentNotWritten

DOCUMENTS: Final = "graph_data/bibliography/documents.ttl"
KINDS: Final = (
    "assessments",
    "claims",
    "definitions",
    "in-text-references",
    "measurements",
    "norms",
    "passages",
    "proposals",
    "tensions",
    "term-uses",
)
_README: Final = Path(__file__).with_name("document-readme.md")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_LONGEST: Final = 60
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TITLE: Final = "http://purl.org/dc/terms/title"
_NOTE: Final = "http://www.w3.org/2004/02/skos/core#editorialNote"
_PROVISIONAL: Final = {
    "nl": "De titels zijn voorlopig: zij komen van de naam in de IRI, niet van het document.",
    "en": "The titles are provisional: they come from the name in the IRI, not from the document.",
}


@dataclass(frozen=True)
class Titles:
    """The title in both languages, on one line each."""

    nl: str
    en: str

    @classmethod
    def given(cls, nl: str | None, en: str | None) -> "Titles | None":
        """What the caller gave; None for neither. Raises BadRequest for one of two, for one that is
        empty, and for characters that cannot be shown."""
        if nl is None and en is None:
            return None
        titles = cls(" ".join((nl or "").split()), " ".join((en or "").split()))
        if not all(title and title.isprintable() for title in (titles.nl, titles.en)):
            raise BadRequest(
                "A document has a title in both languages. Give --title (Dutch) and --title-en, both "
                "in plain text, or neither for a provisional one."
            )
        return titles


def add_document(folder: Path, document: str, titles: Titles | None) -> list[str]:
    """Make ``document`` in the content ``folder``; gives the paths that were written, from there.

    Files of statements are empty: that is the canonical form of a file that says nothing. Without
    ``titles`` the name serves, and a note says so. Nothing is overwritten: raises BadRequest for a
    name that cannot be used or a folder without bibliography, Conflict where the document or
    its folder exists, ContentError where the bibliography is not Turtle, and ContentNotWritten; after
    each of these everything is as it was.
    """
    _refuse_name(document)
    bibliography = folder / DOCUMENTS
    if not bibliography.is_file():
        raise BadRequest(
            "There is no {path} in {folder}. Name the folder that holds graph_data/.",
            path=DOCUMENTS,
            folder=folder,
        )
    try:
        _refuse_existing(folder, document)
        entries = _with_entry(bibliography.read_bytes(), document, titles)
        _write(folder / "graph_data" / document, _files(document, titles), bibliography, entries)
    except OSError as fault:
        raise ContentNotWritten(
            "{document} could not be made: {reason}. Everything is as it was.",
            document=document,
            reason=fault.strerror or str(fault),
        ) from None
    return [DOCUMENTS, *(f"graph_data/{document}/{name}" for name in _files(document, titles))]


def _refuse_name(document: str) -> None:
    if not _SLUG.fullmatch(document) or len(document) > _LONGEST:
        raise BadRequest(
            "{document} cannot be the name of a document. Use Dutch words in a-z and 0-9 with "
            "single hyphens, beginning with a letter, at most {most} characters: {example}.",
            document=repr(document),
            most=_LONGEST,
            example=_possible(document),
        )
    if not is_for_a_document(document):
        raise BadRequest(
            "graph_data/{document}/ has another use. Choose another name.", document=document
        )


def _possible(document: str) -> str:
    plain = unicodedata.normalize("NFKD", document).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain)).lstrip("0123456789-")
    return words[:_LONGEST].rstrip("-") or "ontmoetingen"


def _refuse_existing(folder: Path, document: str) -> None:
    iri = f"{THINGS}document/{document}"
    place = folder / "graph_data" / document
    if os.path.lexists(place):
        raise Conflict([iri], "{place} exists. Nothing was changed.", place=place)
    for path in sorted((folder / DOCUMENTS).parent.glob("*.ttl")):
        name = path.relative_to(folder).as_posix()
        said = {triple.subject for triple in read_turtle(path.read_bytes(), name).triples}
        if ox.NamedNode(iri) in said:
            raise Conflict(
                [iri],
                "{name} describes {document} already. Nothing was changed.",
                name=name,
                document=document,
            )


def _with_entry(data: bytes, document: str, titles: Titles | None) -> bytes:
    """The bibliography with the new document, canonical."""
    subject = ox.NamedNode(f"{THINGS}document/{document}")
    shown = titles or _provisional(document)
    values: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (_TYPE, ox.NamedNode(term("Document"))),
        (_TITLE, ox.Literal(shown.nl, language="nl")),
        (_TITLE, ox.Literal(shown.en, language="en")),
    ]
    if titles is None:
        values += [(_NOTE, ox.Literal(t, language=code)) for code, t in _PROVISIONAL.items()]
    lines = [f"{subject} {ox.NamedNode(predicate)} {value} ." for predicate, value in values]
    return canonical(data + "\n".join(["", *lines, ""]).encode(), DOCUMENTS)


def _provisional(document: str) -> Titles:
    words = document.replace("-", " ").capitalize()
    return Titles(words, words)


def _files(document: str, titles: Titles | None) -> dict[str, bytes]:
    shown = titles or _provisional(document)
    template = Template(_README.read_text("utf-8"))
    readme = template.substitute(document=document, title=shown.nl, title_en=shown.en)
    return {"README.md": readme.encode(), **{f"{kind}.ttl": b"" for kind in KINDS}}


def _write(target: Path, files: dict[str, bytes], bibliography: Path, entries: bytes) -> None:
    """Both or neither: the folder is filled aside and put in place whole, the entry comes last."""
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.mkdir()
    try:
        for name, data in files.items():
            (aside / name).write_bytes(data)
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    try:
        replace_file(bibliography.resolve(), entries)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
