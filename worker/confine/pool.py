"""The children of one process, shared by its threads."""

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from worker.confine.errors import NoChildError
from worker.confine.form import form_of
from worker.confine.frame import Kind
from worker.confine.limits import Allowance
from worker.confine.process import ChildProcess, GoneError, Job, failed, unreadable

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE_SECONDS = 60.0
PACKAGES = ("worker.stages",)  # they are pure, so it makes no difference where they are called


class Confined:
    """Calls pure functions in child processes, each call within `seconds` and `memory_mib`.

    At most `children` calls run at a time; a thread waits up to `patience` seconds for its turn. Children are started
    when they are needed and kept. One that was stopped is replaced at the next call. After `close` all begins anew.
    """

    def __init__(
        self,
        *,
        seconds: float = 10.0,
        memory_mib: int = 512,
        children: int = 2,
        patience: float = PATIENCE_SECONDS,
        packages: tuple[str, ...] = PACKAGES,
    ) -> None:
        self._allowance = Allowance(seconds, memory_mib)
        self._patience, self._packages, self._limit = patience, packages, children
        self._begin()
        _all.add(self)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(self._limit)
        self._children: set[ChildProcess] = set()
        self._idle: list[ChildProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(
        self, function: Callable[Concatenate[bytes, P], R], body: bytes, /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What `function(body, …)` gives. Raises ConfinedError, or NoChildError when it was not tried at all.

        The function is one of a module of `worker.stages`, its arguments and result are values with type hints.
        """
        form = form_of(function)
        job = Job(_name_of(function, self._packages), form.write_arguments(args, kwargs), body)
        with self._turn():
            while True:
                with suppress(GoneError):  # only a kept child can be gone, and then it is not kept any more
                    result: R = self._run(job, form.read_result)
                    return result

    def start(self, *functions: Callable[Concatenate[bytes, ...], object]) -> None:
        """Have a child ready that knows these functions, so that the first call need not wait for it."""
        names = [_name_of(function, self._packages) for function in functions]
        with self._turn(), self._lent(names[0] if names else "") as child:
            for name in names:
                child.load(name)

    def close(self) -> None:
        """End all children. A call under way in another thread raises NoChildError."""
        with self._lock:
            idle, self._idle = self._idle, []
            lent = self._children.difference(idle)
            self._children.difference_update(idle)
        for child in lent:
            child.kill()  # its pipes are closed by the thread that has it
        for child in idle:
            child.end()

    def _forget(self) -> None:
        for child in self._children:
            child.forget()
        self._begin()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise NoChildError(f"no parser was free within {self._patience:g} s")
        turns = self._turns
        try:
            yield
        finally:
            turns.release()

    def _run(self, job: Job, read: Callable[[bytes | bytearray], R]) -> R:
        with self._lent(job.name) as child:
            answer = child.run(job)
            if answer.kind is Kind.DONE:
                try:
                    return read(answer.text)
                except ValueError as error:
                    raise unreadable() from error
        raise failed(answer)

    @contextmanager
    def _lent(self, name: str) -> Iterator[ChildProcess]:
        """A child for one job. Kept after it, unless anything went wrong: nobody knows then what it is doing."""
        child = self._kept(name) or self._new()
        is_well = False
        try:
            yield child
            is_well = not child.has_ended
        finally:
            if is_well:
                self._keep(child)
            else:
                self._drop(child)

    def _kept(self, name: str) -> ChildProcess | None:
        """One that waits, and of those one that knows the function; the others then fall idle and end."""
        with self._lock:
            if not self._idle:
                return None
            knowing = (child for child in reversed(self._idle) if child.has_loaded(name))
            child = next(knowing, self._idle[-1])
            self._idle.remove(child)
            return child

    def _new(self) -> ChildProcess:
        child = ChildProcess(self._allowance)
        with self._lock:
            self._children.add(child)
        return child

    def _keep(self, child: ChildProcess) -> None:
        child.is_kept = True
        with self._lock:
            self._idle.append(child)

    def _drop(self, child: ChildProcess) -> None:
        with self._lock:
            self._children.discard(child)
        child.end()


@lru_cache(maxsize=256)
def _name_of(function: Callable[..., object], packages: tuple[str, ...]) -> str:
    module, path = function.__module__, function.__qualname__
    if "<" in path or not any(f"{module}.".startswith(f"{package}.") for package in packages):
        raise ValueError(f"{module}:{path} is not a function of {' or '.join(packages)}")
    return f"{module}:{path}"


_all: "weakref.WeakSet[Confined]" = weakref.WeakSet()


def _forget_all() -> None:
    """A fork has copies of the pipes. Closed at once, they end with the process whose children these are."""
    for confined in list(_all):
        confined._forget()  # noqa: SLF001 -- of its own module


os.register_at_fork(after_in_child=_forget_all)
