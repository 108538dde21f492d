"""An answer as a reader sends it: in frames of some size, all but the last of which say ``more``."""

from typing import BinaryIO, Final

from werkzaam.confinement.frames import write_frame

PIECE_BYTES: Final = 1 << 18
"""A frame that is not the last has at least so many bytes; the last may have fewer."""


class TooLarge(Exception):
    """The answer has more bytes than were asked for at most."""


class Pieces:
    """What an answer is written to: it goes out in frames of some size, and waits for the other side."""

    def __init__(self, writing: BinaryIO, most_bytes: int | None) -> None:
        self._writing = writing
        self._left = most_bytes
        self._held = bytearray()

    def write(self, data: bytes, /) -> int:
        """Take ``data``. Raises TooLarge."""
        self._held += data
        if len(self._held) >= PIECE_BYTES:
            self._send(more=True)
        return len(data)

    def flush(self) -> None:
        """The engine asks; a frame goes out once it is full."""

    def end(self) -> None:
        """Send what is left, as the last frame. Raises TooLarge."""
        self._send(more=False)

    def _send(self, *, more: bool) -> None:
        if self._left is not None:
            self._left -= len(self._held)
            if self._left < 0:
                raise TooLarge
        write_frame(self._writing, {"more": True} if more else {}, bytes(self._held))
        self._held.clear()
