"""Name pairs: is it one person, place or organisation, or two? By hand, over many origins, hard ones included.

    python -m bench.quality.names            the table
    python -m bench.quality.names --wrong    also each pair of the development half that is judged wrong

The judge was made with the development half in view, which grew whenever new pairs showed something; the held-out half
was written before the judge, and is only counted.
Needs no data. Beside it stand what others commonly do, and our judge without its tables of known names, which shows
how far rules carry with names nobody listed.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from anyascii import anyascii

from bench.quality.table import Row, show
from worker.stages.names.same import same_by_spelling, same_name

GOAL = 0.97
ENOUGH_ALIKE = 0.85  # of the share of common characters; the best of the limits tried on the development half
_HERE = Path(__file__).parent
_HALVES = {"development": "name_pairs.development.txt", "held out": "name_pairs.held_out.txt"}

Judge = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are of one entity."""

    origin: str
    is_same: bool
    one: str
    other: str


def measure(data: Path | None = None) -> list[Row]:  # noqa: ARG001 - these pairs are the program's own
    """The share of pairs judged right, for each half and, over both, for each origin."""
    rows: list[Row] = []
    both: list[Pair] = []
    for half, name in _HALVES.items():
        pairs = read_pairs(_HERE / name)
        both += pairs
        others = {what: share_right(judge, pairs) for what, judge in OTHERS.items()}
        note = f"{len(pairs)} pairs, {len({pair.origin for pair in pairs})} origins"
        rows.append(Row(f"name pairs, {half} half", share_right(same_name, pairs), GOAL, others, note=note))
    rows += [
        Row(f"name pairs, {origin}", share_right(same_name, pairs), note=f"{len(pairs)} pairs, both halves")
        for origin, pairs in sorted(_by_origin(both).items())
    ]
    return rows


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs: origin | verdict | one | other, the verdict = or !."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    fields = ([field.strip() for field in line.split("|")] for line in lines)
    return [Pair(origin, verdict == "=", one, other) for origin, verdict, one, other in fields]


def share_right(judge: Judge, pairs: Iterable[Pair]) -> float:
    """The share of pairs that a judge judges right."""
    right = [judge(pair.one, pair.other) == pair.is_same for pair in pairs]
    return sum(right) / len(right)


def same_in_lower_case(one: str, other: str) -> bool:
    """The least that anyone does."""
    return one.lower() == other.lower()


def similar_tokens(one: str, other: str) -> bool:
    """Latin letters, words sorted, share of common characters: what fuzzy matching calls token-sort ratio."""
    mine, theirs = (" ".join(sorted(anyascii(name).lower().split())) for name in (one, other))
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= ENOUGH_ALIKE


def similar_token_sets(one: str, other: str) -> bool:
    """The same, where the words that only one of the names has do not count: token-set ratio."""
    mine, theirs = (set(anyascii(name).lower().split()) for name in (one, other))
    common = " ".join(sorted(mine & theirs))
    whole = [f"{common} {' '.join(sorted(words - (mine & theirs)))}".strip() for words in (mine, theirs)]
    pairs = [(common, whole[0]), (common, whole[1]), (whole[0], whole[1])]
    ratios = [SequenceMatcher(None, first, second, autojunk=False).ratio() for first, second in pairs if first]
    return max(ratios, default=0.0) >= ENOUGH_ALIKE


OTHERS: dict[str, Judge] = {
    "lower case": same_in_lower_case,
    "token sort": similar_tokens,
    "token set": similar_token_sets,
    "ours without tables": same_by_spelling,
}


def _by_origin(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.origin].append(pair)
    return found


def main() -> None:
    show(measure(None))
    if "--wrong" in sys.argv[1:]:
        for pair in read_pairs(_HERE / _HALVES["development"]):
            if same_name(pair.one, pair.other) != pair.is_same:
                print("one" if pair.is_same else "two", pair.origin, pair.one, pair.other, sep=" | ")


if __name__ == "__main__":
    main()
