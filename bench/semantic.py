"""What sentence vectors cost, and how near the rounded model stays to the exact one.

    python -m bench.semantic                  on the titles and texts of seeds/world
    python -m bench.semantic articles.jsonl   on so many of that file's, `title` and `text` on each line

CPU milliseconds, memory and seconds of this process on one thread. Figures from a busy machine compare only with others
from the same run.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import distribution
from itertools import islice
from pathlib import Path
from statistics import mean, median

from seeds.world import load_world
from worker.semantic.graph import build
from worker.semantic.load import load_embedder
from worker.semantic.minilm import MiniLm
from worker.semantic.weights import PACKAGE, model_files, read_tensors
from worker.stages.vector import Vector, cosine, passage

MOST = 200
WARM_UP = 5
STATUS = Path("/proc/self/status")  # Linux only; elsewhere memory is not measured


def main() -> None:
    titles, passages = _texts(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    with tempfile.TemporaryDirectory() as folder:
        before = _resident_megabytes()
        print(f"{'first load, with making the graph':44}{_seconds(lambda: _loaded(folder)):8.2f} s CPU")
        print(f"{'later load':44}{_seconds(lambda: _loaded(folder)):8.2f} s CPU")
        print(f"{'on disk':44}{sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6:8.1f} MB")
        rounded = _loaded(folder)
    _show_cost("title", titles, rounded)
    _show_cost("passage", passages, rounded)
    if before:
        print(f"{'resident memory, all of this loaded':44}{_resident_megabytes() - before:8.0f} MB more than before")
    _show_likeness(titles, passages, rounded)


def _loaded(folder: str) -> MiniLm:
    embedder = load_embedder(Path(folder), required=True)
    assert isinstance(embedder, MiniLm)
    return embedder


def _texts(path: Path | None) -> tuple[Sequence[str], Sequence[str]]:
    articles = list(islice(_lines(path) if path else _demo(), MOST))
    titles = [title for title, _ in articles if title]
    return titles, [passage(title, text) for title, text in articles]


def _demo() -> Iterator[tuple[str, str]]:
    for article in load_world().articles:
        yield article.title, article.text


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("title") or "", row.get("text") or ""


def _show_cost(what: str, texts: Sequence[str], embedder: MiniLm) -> None:
    embedder.embed(texts[:WARM_UP])
    tokens = mean(len(embedder.tokens(text)) for text in texts)
    single = [_seconds(partial(embedder.embed, [text])) * 1000 for text in texts]
    together = _seconds(lambda: [embedder.embed(texts[start : start + 20]) for start in range(0, len(texts), 20)])
    print(f"{what + ', one at a time':44}{median(single):8.2f} ms, {tokens:.0f} tokens on average")
    print(f"{what + ', twenty at a time':44}{together * 1000 / len(texts):8.2f} ms")


def _show_likeness(titles: Sequence[str], passages: Sequence[str], rounded: MiniLm) -> None:
    files = model_files(distribution(PACKAGE))
    exact = MiniLm(rounded.name, build(read_tensors(files.weights), in_floats=True), files.tokenizer)
    for what, texts in (("titles", titles), ("passages", passages)):
        likeness = sorted(map(cosine, rounded.embed(texts), exact.embed(texts)))
        print(f"{'cosine to the model in floats, ' + what:44}{median(likeness):8.4f} median, {likeness[0]:.4f} lowest")
        print(f"{'error of the cosine of two, ' + what:44}{_error(rounded.embed(texts), exact.embed(texts)):8.4f}")
    seconds = _seconds(lambda: exact.embed(titles))
    print(f"{'title, by the model in floats':44}{seconds * 1000 / len(titles):8.2f} ms")


def _error(rounded: Sequence[Vector], exact: Sequence[Vector]) -> float:
    """By how much the cosine of two neighbours changes, on average."""
    pairs = range(len(exact) - 1)
    return mean(abs(cosine(rounded[at], rounded[at + 1]) - cosine(exact[at], exact[at + 1])) for at in pairs)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _resident_megabytes() -> float:
    if not STATUS.exists():
        return 0.0
    (line,) = [line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
