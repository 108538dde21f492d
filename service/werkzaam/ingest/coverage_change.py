"""What recording a file would change in the answer: per working element, projects that address it.

It counts as ``queries/coverage/projects-per-working-element.rq`` does, but over N-Quads lines of our
own making, so that it may run outside a confined process: nothing of a caller is parsed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.identifiers import THINGS, term

_TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_PROJECT: Final = f"<{term('Project')}>".encode()
_HAS_CODING: Final = f"<{term('hasElementCoding')}>".encode()
_CODING_OF: Final = f"<{term('codingOf')}>".encode()
_ELEMENT: Final = f"<{term('codedElement')}>".encode()
_STATE: Final = f"<{term('codingState')}>".encode()
_READ: Final = frozenset({_TYPE, _HAS_CODING, _CODING_OF, _ELEMENT, _STATE})
_ADDRESSED: Final = f"<{THINGS}coding-state/addressed>".encode()
_NOT_CODED: Final = f"<{THINGS}coding-state/not-coded>".encode()

_BELOW: Final = re.compile(rb"[/#]")

_Statement = tuple[bytes, bytes, bytes]
_Pairs = dict[bytes, set[bytes]]


@dataclass(frozen=True)
class Coverage:
    """For one element: of the ``coded`` projects, ``addressed`` address it."""

    addressed: int = 0
    coded: int = 0


@dataclass(frozen=True)
class CoverageChange:
    """Numbers of loaded projects before and after, and by IRI the elements whose numbers change."""

    loaded_before: int
    loaded_after: int
    elements: Mapping[str, tuple[Coverage, Coverage]]


def coverage_change(current: bytes, records: Mapping[str, bytes]) -> CoverageChange:
    """What ``records`` (N-Quads by IRI of the record) would change in what ``current`` says.

    A record replaces all that was said of its IRI and of those below it. Both are N-Quads as our
    own serialiser writes them: one statement a line, one space between terms.
    """
    standing = list(_statements(current.split(b"\n")))
    given = {f"<{record}".encode() for record in records}
    subjects = {subject for subject, _, _ in standing}
    replaced = {subject for subject in subjects if not given.isdisjoint(_owners(subject))}
    kept = [one for one in standing if one[0] not in replaced]
    new = _statements(line for quads in records.values() for line in quads.split(b"\n"))
    loaded_before, before = _counted(standing)
    loaded_after, after = _counted([*kept, *new])
    changed = {
        element: pair
        for element in sorted(before.keys() | after.keys())
        if (pair := (before.get(element, Coverage()), after.get(element, Coverage())))[0] != pair[1]
    }
    return CoverageChange(loaded_before, loaded_after, changed)


def _statements(lines: Iterable[bytes]) -> Iterator[_Statement]:
    """Subject, predicate and object, each as it stands, of the lines that count."""
    for line in lines:
        subject, _, rest = line.partition(b" ")
        predicate, _, rest = rest.partition(b" ")
        if predicate in _READ:
            yield subject, predicate, rest.partition(b" ")[0]


def _owners(subject: bytes) -> Iterator[bytes]:
    """``subject`` and all that it lies below, each without its closing bracket."""
    name = subject.removesuffix(b">")
    yield name
    for end in _BELOW.finditer(name):
        yield name[: end.start()]


def _counted(statements: Iterable[_Statement]) -> tuple[int, dict[str, Coverage]]:
    """The number of projects, and the coverage of each element that one was coded for."""
    projects: set[bytes] = set()
    codings, elements, states = _pairs(), _pairs(), _pairs()
    for subject, predicate, value in statements:
        if predicate == _TYPE:
            projects |= {subject} if value == _PROJECT else set()
        elif predicate == _CODING_OF:
            codings[value].add(subject)
        else:
            {_HAS_CODING: codings, _ELEMENT: elements, _STATE: states}[predicate][subject].add(
                value
            )
    coded, addressed = _pairs(), _pairs()
    for project in projects:
        for coding in codings.get(project, ()):
            judged = states.get(coding, set()) - {_NOT_CODED}
            for element in elements.get(coding, ()) if judged else ():
                coded[element].add(project)
                addressed[element] |= {project} if _ADDRESSED in judged else set()
    found = {
        element[1:-1].decode(): Coverage(len(addressed[element]), len(coded[element]))
        for element in coded
    }
    return len(projects), found


def _pairs() -> _Pairs:
    return defaultdict(set)
