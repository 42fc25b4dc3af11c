"""A process without a network: the second lock, should a query ever get past the guard."""

import ctypes
import os
import struct
import sys
from typing import NamedTuple

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0001  # refused as EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
# Numbers from here on are those of x32, a second way to each call.
_X32 = 0x4000_0000


class _Machine(NamedTuple):
    """A processor by its audit number, with the numbers of the calls that open a socket: socket and io_uring_setup."""

    audit: int
    socket: int
    ring: int


_MACHINES = {"x86_64": _Machine(0xC000_003E, 41, 425), "aarch64": _Machine(0xC000_00B7, 198, 425)}


def seal() -> bool:
    """Takes the network from this process and the threads it will start, for good; False where the platform cannot.

    Linux only, without any privilege (seccomp(2)). To be called before the first thread starts.
    """
    machine = _MACHINES.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None:
        return False
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, machine.audit),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, machine.socket),
        (_EQUAL, 1, 0, machine.ring),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(program, len(program))
    told = struct.pack("@HP", len(steps), ctypes.addressof(held))
    library = ctypes.CDLL(None)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SECCOMP, _FILTER, told, 0, 0) == 0)
