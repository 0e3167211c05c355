"""The child's side: `python -m worker.confine.child PARENT SECONDS MIB` does one job after the other until told.

PARENT is the process that started it; SECONDS and MIB are what one job may take.

It ends when its input does, as happens when its parent dies in whatever way. Where a fork of the parent holds a copy of
the pipe, the input goes on; so while it waits it also looks whether its parent is still there. (The kernel could
signal the parent's death, but counts the end of the thread that started the child as that.) A child whose parent dies
during a job ends after it; if the job never ends, its processor time does.
"""

import logging
import os
import resource
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from importlib import import_module
from typing import Any, NoReturn

from worker.confine.form import form_of
from worker.confine.frame import HEADER, LEFT_IDLE, MAX_ANSWER_BYTES, Kind
from worker.confine.limits import Allowance, OwnLimits
from worker.confine.memory import Memory

MAX_JOBS = 2_000
MAX_GROWTH_BYTES = 300 * 2**20
LOOK_SECONDS = 5.0  # between two looks whether the parent is still there
IDLE_SECONDS = 600.0  # after which it ends and gives its memory back; the next call starts another
MAX_REASON_CHARACTERS = 500

_READ_BYTES = 64 * 1024


class ParentGoneError(Exception):
    """Nobody is left to work for."""


class Pipes:
    """Where requests come from and answers go. Every wait looks now and then whether the parent is still there."""

    def __init__(self, requests: int, answers: int, parent: int) -> None:
        self._requests, self._answers, self._parent = requests, answers, parent
        os.set_blocking(answers, False)

    def read(self) -> bytearray | None:
        """One request, header and all; None when there was none for long. Raises ParentGoneError.

        No other can follow before this one is answered, so nothing is read too far.
        """
        if not self._is_ready(self._requests, select.POLLIN, IDLE_SECONDS):
            return None
        first = self._some()
        while len(first) < HEADER.size:
            first += self._some()
        *_, text_size, body_size = HEADER.unpack_from(first)
        taken = bytearray(HEADER.size + text_size + body_size)
        taken[: len(first)] = first
        rest = memoryview(taken)[len(first) :]
        while rest:
            count = os.readv(self._requests, [rest])
            if count == 0:
                raise ParentGoneError
            rest = rest[count:]
        return taken

    def write(self, kind: Kind, serial: int, text: bytes = b"", *, is_last: bool = False) -> None:
        """One answer. Raises ParentGoneError."""
        rest = memoryview(HEADER.pack(kind, is_last, serial, len(text), 0) + text)
        while rest:
            try:
                rest = rest[os.write(self._answers, rest) :]
            except BlockingIOError:
                self._is_ready(self._answers, select.POLLOUT, LOOK_SECONDS)
            except BrokenPipeError:
                raise ParentGoneError from None

    def _some(self) -> bytes:
        read = os.read(self._requests, _READ_BYTES)
        if not read:
            raise ParentGoneError
        return read

    def _is_ready(self, descriptor: int, event: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(descriptor, event)
        waited = 0.0
        while not poll.poll(LOOK_SECONDS * 1000):
            waited += LOOK_SECONDS
            if os.getppid() != self._parent:
                raise ParentGoneError
            if waited >= seconds:
                return False
        return True


class Server:
    """Answers requests until the input ends, the parent is gone, or it is time for a fresh process."""

    def __init__(self, pipes: Pipes, allowance: Allowance) -> None:
        self._pipes = pipes
        self._memory = Memory(os.getpid())
        self._limits = OwnLimits(allowance, self._memory)
        self._functions: dict[str, Callable[..., Any]] = {}
        self._jobs = 0
        self._is_worn = False
        self._resident = 0  # bytes, after the last import

    def serve(self) -> int:
        """Answer until it is time to end; the exit code to end with. Raises ParentGoneError."""
        while True:
            taken = self._pipes.read()
            if taken is None:
                return LEFT_IDLE
            self._answer(taken)
            if self._is_worn:
                return 0

    def _answer(self, taken: bytearray) -> None:
        kind, _, serial, text_size, _ = HEADER.unpack_from(taken)
        end = HEADER.size + text_size
        name, _, arguments = bytes(taken[HEADER.size : end]).partition(b"\n")
        body = bytes(memoryview(taken)[end:])
        taken.clear()  # or the body would be kept twice during the job
        if kind == Kind.LOAD:
            self._answer_load(name.decode(), serial)
        else:
            self._answer_run(name.decode(), arguments, body, serial)

    def _answer_load(self, name: str, serial: int) -> None:
        try:
            self._functions[name] = function = _imported(name)
            form_of(function)
        except Exception as error:
            self._pipes.write(Kind.FAILED, serial, _told(error))
        else:
            self._pipes.write(Kind.DONE, serial)
        self._resident = self._resident_now()

    def _answer_run(self, name: str, arguments: bytes, body: bytes, serial: int) -> None:
        self._jobs += 1
        self._limits.tighten()
        kind, text = _done(self._functions[name], body, arguments)
        if not self._limits.loosen():
            kind, text = Kind.OUT_OF_MEMORY, b""
        # After many jobs, or with memory that does not come back, a fresh process is better. After one that memory
        # was refused to, what was imported meanwhile may be in pieces.
        grown = self._resident_now() - self._resident > MAX_GROWTH_BYTES
        self._is_worn = kind is Kind.OUT_OF_MEMORY or grown or self._jobs >= MAX_JOBS
        self._pipes.write(kind, serial, text, is_last=self._is_worn)

    def _resident_now(self) -> int:
        taken = self._memory.taken()
        return taken.resident if taken else 0


def _done(function: Callable[..., Any], body: bytes, arguments: bytes) -> tuple[Kind, bytes]:
    """Do the job. Whatever it raises becomes an answer, exits among them."""
    form = form_of(function)
    try:
        text = form.write_result(function(body, **form.read_arguments(arguments)))
    except MemoryError:
        return Kind.OUT_OF_MEMORY, b""
    except BaseException as error:
        return Kind.FAILED, _told(error)
    return (Kind.DONE, text) if len(text) <= MAX_ANSWER_BYTES else (Kind.TOO_LARGE, b"")


def _told(error: BaseException) -> bytes:
    """The error's type and message."""
    try:
        message = str(error)
    except Exception:
        message = ""  # it is as broken as what raised it
    return f"{type(error).__name__}\n{message[:MAX_REASON_CHARACTERS]}".encode("utf-8", "replace")


def _imported(name: str) -> Callable[..., Any]:
    module, _, path = name.partition(":")
    found: Any = reduce(getattr, path.split("."), import_module(module))
    return found  # type: ignore[no-any-return] # the parent names functions only


def _taken_over(parent: int) -> Pipes:
    """Take standard input and output away from everyone else: what a library prints goes to standard error."""
    pipes = Pipes(os.dup(0), os.dup(1), parent)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return pipes


def main() -> NoReturn:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a page that crashes the parser should not fill the disk as well
    logging.disable()  # libraries complain of bad pages; what matters is in the answer
    parent, seconds, memory_mib = sys.argv[1:]
    code = 0
    with suppress(ParentGoneError):
        code = Server(_taken_over(int(parent)), Allowance(float(seconds), int(memory_mib))).serve()
    os._exit(code)  # without the interpreter's goodbyes, which take long in a large process


if __name__ == "__main__":
    main()
