"""What an attack is, and the table of them all. The attacks themselves stand in `wire`, `feeds` and `pages`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bench.hostile.exchange import Exchange

Kind = Literal["wire", "feed", "page"]
"""wire: an answer that is wrong as HTTP, or as an answer. feed, page: good HTTP, and the trouble is in the body."""

Answer = Callable[[Exchange], None]


@dataclass(frozen=True, slots=True)
class Attack:
    """One way to be a nuisance. Its `name` is its path, `does` a sentence for people."""

    name: str
    kind: Kind
    does: str
    answer: Answer


ATTACKS: dict[str, Attack] = {}
"""All attacks by name, in the order they are written down."""


def attack(kind: Kind) -> Callable[[Answer], Answer]:
    """Put a function into the table. Its name, with dashes, is the attack's name; its docstring says what it does."""

    def enter(answer: Answer) -> Answer:
        name = answer.__name__.replace("_", "-").strip("-")
        add(Attack(name, kind, (answer.__doc__ or "").strip(), answer))
        return answer

    return enter


def add(new: Attack) -> None:
    if not new.does or new.name in ATTACKS:
        raise ValueError(f"{new.name} does not say what it does, or is there already")
    ATTACKS[new.name] = new
