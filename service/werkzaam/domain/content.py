"""Curated content as it stood at one moment: the bytes of its files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class ContentFile:
    """One file: ``path`` relative to the content folder with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Content:
    """All content files, in order of path. Read once at start, so that every reader sees the same."""

    files: tuple[ContentFile, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over paths and bytes, as 64 hexadecimal digits."""
        whole = hashlib.sha256()
        for file in self.files:
            whole.update(f"{file.path}\0{len(file.data)}\0".encode(errors="surrogateescape"))
            whole.update(file.data)
        return whole.hexdigest()

    def digest_with(self, examples: bool) -> str:
        """The digest of what is loaded: with ``examples``, the concepts that only they use as well."""
        if not examples:
            return self.digest
        return hashlib.sha256(f"{self.digest} with examples".encode()).hexdigest()

    def under(self, folder: str, ending: str) -> Iterator[ContentFile]:
        """The files below ``folder`` (at any depth) whose name ends with ``ending``."""
        for file in self.files:
            if file.path.startswith(folder + "/") and file.path.endswith(ending):
                yield file
