"""Memory that was freed, given back to the system: glibc keeps it, a piece for every few threads."""

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
_MOST_ARENAS: Final = 2


def keep_little() -> None:
    """Let all threads share two arenas from now on (`mallopt(3)
    <https://man7.org/linux/man-pages/man3/mallopt.3.html>`_). Without glibc it does nothing."""
    if sys.platform.startswith("linux"):
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt:
            mallopt(_ARENA_MAX, _MOST_ARENAS)


def give_back() -> None:
    """Give back what is free now (`malloc_trim(3)
    <https://man7.org/linux/man-pages/man3/malloc_trim.3.html>`_). Without glibc it does nothing."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
