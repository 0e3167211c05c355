"""What it costs to load many topics: a folder of files of many people, in processes of their own, as workers start."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.topics import SUFFIX
from worker.topics import LiveTopics

IN_A_FILE = 1_000


@dataclass(frozen=True, slots=True)
class Loading:
    """CPU seconds from the files to the index, and the process's memory afterwards, the program's own included."""

    seconds: float
    topics: int
    mebibytes: float


def write_folder(folder: Path, queries: Sequence[str]) -> None:
    """Files of a thousand topics each, as their owners write them; JSON's quotes are YAML's as well."""
    for number, start in enumerate(range(0, len(queries), IN_A_FILE)):
        topics = [
            f"  - name: Story {at}\n    query: {json.dumps(query)}\n    languages: [en]\n    alert: {{to: [log]}}\n"
            for at, query in enumerate(queries[start : start + IN_A_FILE])
        ]
        (folder / f"desk-{number}{SUFFIX}").write_text("topics:\n" + "".join(topics), encoding="utf-8")


def load_in_new_process(folder: Path, kept: Path) -> Loading:
    command = [sys.executable, "-m", "bench.topics.loading", str(folder), str(kept)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    return Loading(**json.loads(done.stdout.splitlines()[-1]))  # the log stands above it


def seconds_to_take_a_change(topics: LiveTopics, folder: Path, clock: list[float]) -> float:
    """One topic of one file is written anew while the process runs."""
    file = min(folder.iterdir())
    file.write_text(file.read_text(encoding="utf-8").replace("Story 7\n", "Story seven\n"), encoding="utf-8")
    os.utime(file, (1e9, 1e9))  # a time that it has not had, however fast this is
    clock[0] += 60
    before = time.process_time()
    found = topics.current()
    seconds = time.process_time() - before
    assert f"{file.stem}/Story seven" in found.by_name
    return seconds


def main() -> None:
    before = time.process_time()
    topics = LiveTopics(Path(sys.argv[1]), required=True, kept=Path(sys.argv[2])).current()
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "topics": len(topics.by_name), "mebibytes": memory}))


if __name__ == "__main__":
    main()
