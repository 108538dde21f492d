"""How much of an upload is read. Every limit has a finding or a refusal of its own."""

from typing import Final

MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MOST_CELL_CHARACTERS: Final = 32 * 1024
MOST_ITEMS: Final = 200
MOST_IDENTIFIER_CHARACTERS: Final = 100
MOST_FINDINGS: Final = 3_000
MOST_FINDINGS_ALIKE: Final = 500
MOST_VALUE_CHARACTERS: Final = 1_000
MOST_TITLE_CHARACTERS: Final = 100
MOST_SUGGESTIONS: Final = 500
SECONDS: Final = 60.0
MEMORY_BYTES: Final = 1 << 30
MOST_REPLY_BYTES: Final = 64 << 20
