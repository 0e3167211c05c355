"""What the children of these tests are asked to do: work that fails in every way a page could make a parser fail."""

import ctypes
import os
import re
import resource
import signal
import sys
from contextlib import suppress

from lxml import etree

from worker.confine.frame import HEADER, Kind

MIB = 2**20


def echo(body: bytes) -> str:
    return body.decode()


def name_process(body: bytes) -> int:
    return os.getpid()


def name_session(body: bytes) -> int:
    return os.getsid(0)


def list_variables(body: bytes) -> tuple[str, ...]:
    return tuple(os.environ)


def core_limit(body: bytes) -> int:
    return resource.getrlimit(resource.RLIMIT_CORE)[0]


# Time


def spin(body: bytes) -> None:
    while True:
        pass


def spin_after_opening(body: bytes) -> None:
    """`body` is the path of a FIFO, whose reader then knows that the job has begun."""
    with open(body, "wb"):
        pass
    while True:
        pass


def spin_deaf(body: bytes) -> None:
    """Takes no for an answer from nobody: signals that can be ignored are, exceptions that can be caught too."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        with suppress(BaseException):
            spin(body)


def stand_still(body: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def backtrack(body: bytes) -> bool:
    """In C, and deaf to signals: each letter doubles the time."""
    return re.match(r"(a+)+$", "a" * 64 + "b") is not None


def count_in_xpath(body: bytes) -> str:
    """In libxml2: twenty thousand elements to the power of three."""
    tree = etree.fromstring(b"<a>" + b"<b/>" * 20_000 + b"</a>")
    return str(tree.xpath("count(//b[count(//b[count(//b) > 1]) > 1])"))


# Memory


def hoard(body: bytes) -> int:
    pieces = []
    while True:
        pieces.append(bytearray(b"x" * MIB))


def take_and_spin(body: bytes) -> None:
    """More than it may, but less than the system refuses: `body` says how many MiB."""
    taken = b"x" * (int(body) * MIB)
    while taken:
        pass


def ask_for_terabytes(body: bytes) -> int:
    return len(bytearray(2**42))


def hide_refusal(body: bytes) -> str:
    """As a stage does: libxml2 says of memory that it was refused only that there is an error in line 0."""
    try:
        return str(len(etree.fromstring(b"<r>" + b"<p>a</p>" * 1_000_000 + b"</r>")))
    except etree.LxmlError:
        return "there is no text"


_kept: list[bytes] = []


def keep(body: bytes) -> int:
    """Memory that does not come back: `body` says how many MiB."""
    _kept.append(b"x" * (int(body) * MIB))
    return os.getpid()


# Death


def crash(body: bytes) -> bytes:
    return ctypes.string_at(0)


def abort(body: bytes) -> None:
    os.abort()


def leave(body: bytes) -> None:
    os._exit(int(body))


def exit_politely(body: bytes) -> None:
    sys.exit("enough")


# Errors


def raise_error(body: bytes) -> None:
    raise ValueError(body.decode("utf-8", "surrogateescape"))


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


def raise_unspeakable(body: bytes) -> None:
    raise UnspeakableError


def recurse(body: bytes) -> int:
    return recurse(body) + 1


# Answers


def print_noise(body: bytes) -> str:
    print("noise")  # noqa: T201 -- as a library might
    os.write(1, b"\x03\x00" * 100)
    return sys.stdin.read() + "quiet"


def give_too_much(body: bytes) -> str:
    return "x" * (40 * MIB)


def give_halves(body: bytes) -> tuple[str, ...]:
    """Halves of surrogate pairs, as "\\ud800" in JSON makes them."""
    return ("a\ud800b", "\udfff", "whole")


def give_wrong_type(body: bytes) -> int:
    return "seven"  # type: ignore[return-value] # on purpose


def lie(body: bytes) -> int:
    """As a child that was taken over might: bytes of its own choice on every descriptor."""
    for descriptor in range(3, 12):
        with suppress(OSError):
            os.write(descriptor, body)
    return 1


def lie_about_size(body: bytes) -> int:
    return lie(HEADER.pack(Kind.DONE, False, 2, 2**32 - 1, 0))


def answer_twice(body: bytes, *, serial: int = 2) -> int:
    """An answer in the right form, and the real one after it: `body` is what the first says.

    A fresh child's second request is its first job.
    """
    return lie(HEADER.pack(Kind.DONE, False, serial, len(body), 0) + body)


def hang_up(body: bytes) -> None:
    """Close everything, and go on."""
    os.closerange(3, 12)
    spin(body)


def refuse_to_read(body: bytes) -> int:
    """Answer, and take no other request: it waits in the pipe. Two functions were loaded before."""
    answer_twice(b"\x001", serial=3)
    while True:
        pass
