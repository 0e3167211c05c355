"""lemon24/reader, called as its documentation does, in one thread.

    /path/to/python lemon24_reader.py FOLDER URLS_FILE

Runs by itself under an interpreter that can import reader, and imports nothing of Storytrail.
"""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    folder, urls = Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8").split()
    reader = import_module("reader").make_reader(str(folder / "reader.sqlite"))  # by name: it is not installed with us
    told("start")
    for url in urls:
        reader.add_feed(url)
    told("add")
    reader.update_feeds(workers=1)
    told("cold")
    reader.update_feeds(workers=1, scheduled=False)  # without it, feeds that are not due yet would be passed over
    told("unchanged")
    told(str(reader.get_entry_counts().total))
    reader.close()


def told(phase: str) -> None:
    print(phase, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
