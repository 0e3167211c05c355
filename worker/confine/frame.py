"""What goes over the pipes between a process and its child: one frame there, one back.

    │ kind │ is_last │ serial │ text length │ body length │ text … │ body … │

A request's text is a function's name, a line break and its arguments; its body is the bytes to work on. An answer's
text is the result or what went wrong; it has no body. The serial number of the request comes back with the answer.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct("!B?III")
MAX_ANSWER_BYTES = 32 * 2**20
LEFT_IDLE = 75  # the exit code of a child that ended because nobody had needed it for long


class Kind(IntEnum):
    """Requests: LOAD (import the function) and RUN. The others are answers."""

    LOAD = 1
    RUN = 2
    DONE = 3
    FAILED = 4
    OUT_OF_MEMORY = 5
    TOO_LARGE = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_last`: the child has ended itself after it. The text of FAILED is the error's type and message, in lines."""

    kind: Kind
    text: bytes | bytearray
    is_last: bool
