"""A seccomp filter that takes the network and new programs away from this process (Linux only).

Classic BPF over ``prctl``, see `seccomp(2) <https://man7.org/linux/man-pages/man2/seccomp.2.html>`_.
Calls on the list fail with EPERM; on another architecture or kernel nothing is installed.
"""

import ctypes
import errno
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4

# architecture -> (audit number, first call number of a foreign call table or 0, refused calls, and
# those that start programs): socket, connect, accept, sendto, sendmsg, bind, listen, socketpair,
# ptrace, accept4, sendmmsg, process_vm_readv, process_vm_writev, io_uring_setup; execve, execveat
_REFUSED: dict[str, tuple[int, int, tuple[int, ...], tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        0x40000000,
        (41, 42, 43, 44, 46, 49, 50, 53, 101, 288, 307, 310, 311, 425),
        (59, 322),
    ),
    "aarch64": (
        0xC00000B7,
        0,
        (198, 203, 202, 206, 211, 200, 201, 199, 117, 242, 269, 270, 271, 425),
        (221, 281),
    ),
}


def install(*, programs: bool = False) -> bool:
    """Refuse sockets and new programs from now on, in every thread. Returns whether it took effect.

    With ``programs`` new programs may start; they inherit the filter, so they have no sockets either.
    """
    known = _REFUSED.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, foreign, calls, starting = known
    program = _program(architecture, foreign, calls if programs else calls + starting)
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    outcome: int = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0)
    return outcome == 0


def _program(architecture: int, foreign: int, calls: tuple[int, ...]) -> bytes:
    """The filter as BPF instructions of eight bytes each."""
    checks = len(calls) + (1 if foreign else 0)
    lines = [
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_OFFSET),
        (_JUMP_IF_EQUAL, 0, checks + 2, architecture),
        (_LOAD_WORD, 0, 0, _NUMBER_OFFSET),
    ]
    if foreign:
        lines.append((_JUMP_IF_AT_LEAST, len(calls) + 1, 0, foreign))
    for place, call in enumerate(calls):
        lines.append((_JUMP_IF_EQUAL, len(calls) - place, 0, call))
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
