"""Which state of the dataset an answer was given on."""

import hashlib
from dataclasses import dataclass
from typing import Final

DEMO_HEADER: Final = "Werkzaam-Demo"
DEMO_WORDS: Final = "fictitious example data"


@dataclass(frozen=True)
class Version:
    """Dataset version ``number`` (changes 1 … number) and the digest of its content files.

    ``demo``: project records in it are made-up examples, so every answer on it says so.
    """

    number: int
    content_digest: str
    demo: bool = False

    def tag(self, *parts: str) -> str:
        """A strong entity tag for an answer that depends on this version and on ``parts``.

        Follows `RFC 9110 §8.8.3 <https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3>`_, quotes
        included.
        """
        text = "\n".join((str(self.number), self.content_digest, *parts))
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
