"""What can be wrong with what the user wrote, and where.

One exception for the whole room: a caller prints `error.problems` and ends with exit code 2. A problem's sentence
never quotes a value, because a value may be a secret.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `file` is the path as the user gave it, or the name of an environment variable.

    Lines and columns count from 1, the column in characters.
    """

    file: str
    line: int | None
    column: int | None
    message: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place} {self.message}"


class ConfigError(Exception):
    """All problems of a file, or of the settings, in order of line."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=_in_order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _in_order(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0
