"""What a check found, where, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in a content file. ``line`` counts from 1; 0 where the whole file is meant."""

    path: str
    line: int
    check: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}\n    {self.fix} [{self.check}]"
