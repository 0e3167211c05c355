"""Reports whose story is known: headlines, whole articles, the demo's world, and stories written for the tests.

Where a set comes from the development data, its files are read there and nothing of them is kept here, but for
EVENTS: which of the unlabelled articles report one event, as found by reading their titles.
"""

import csv
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from seeds.world import load_world
from worker.stages.aliases import NO_ALIASES
from worker.stages.clean import clean
from worker.stages.names import find_names
from worker.stages.story import Profile, profile
from worker.stages.vector import Embedder

WRITTEN = Path(__file__).parents[2] / "tests" / "worker" / "stages" / "stories"
TO_DERIVE, HELD_OUT = "derive", "held_out"  # the folders of WRITTEN
FIRST_SIGHT = "first_sight"  # another, measured only after all was learned; nothing was changed for it
SEEDS_DAY = datetime(2025, 11, 19, 12, tzinfo=UTC)
UNLABELLED = ""  # the story of a report that may be of any
SEEDS = "ankara-talks"  # the demo tells of the same visit under this name: together they are one story
ALIEN = "-"  # of a report that is of none of those that are counted
OPENING = 700  # characters of a text that are embedded with its title

# Numbers of lines of the articles. One event between two strokes.
EVENTS = """
1 10 14/41 52/13 28/29 32/56 71/91 106/100 105 110 114 116/102 107 117 154/176 185 199/188 190/206 207 211/229 239/
231 240/271 275/276 279 286 301/317 319 340/338 341 346/383 387/402 423/429 437/451 455 464 471 476 480/456 462 463/
477 479/494 506/511 528/560 562 565/579 590 594/610 632/620 621/625 635/656 674 677/688 689 692/705 728 738/
730 732 734 739 743 748/747 752 755/784 787/793 795/804 810 811 812 815 820/845 846/851 859/873 883/876 878/881 891/
890 899 913/940 946/945 947 948/955 968/1003 1011 1018 1023/1014 1028/1030 1036/1066 1103/1078 1086 1096/1105 1106/
1123 1132/1140 1142 1156/1173 1195/1183 1188 1190/1185 1189 1204/1211 1214 1219 1220 1222 1226/
1237 1241 1256 1257 1263 1275 1277/1253 1255 1261/1284 1285/1292 1294 1298 1304/1293 1295 1300 1303 1307 1313/1321 1332
"""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready to be grouped, and the story that it is of."""

    story: str
    profile: Profile
    title: str
    text: str

    def at(self, when: datetime) -> "Report":
        """The same at another time."""
        return replace(self, profile=replace(self.profile, when=when))


Reports = Sequence[Report]


def report(story: str, title: str, text: str, language: str, when: datetime) -> Report:
    """A report as the pipeline would make it, its text being clean."""
    names = find_names(title, text, language, NO_ALIASES)
    return Report(story, profile(title, text, names, language, when), title, text)


def headlines(data: Path) -> Reports:
    """News headlines in the order of their times: those of one story came in within seconds."""
    with gzip.open(data / "headlines" / "headlines.csv.gz", "rt", encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: int(row["timestamp_ms"]))
    return [
        report(row["story"], row["title"].replace("\\", ""), "", "en", _moment(row["timestamp_ms"])) for row in rows
    ]


def articles(data: Path) -> Reports:
    """Whole articles, in the order of their dates; labelled where they are of one of EVENTS."""
    story_of = {int(line): f"event {lines.split()[0]}" for lines in EVENTS.split("/") for line in lines.split()}
    with gzip.open(data / "articles" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_article(row, story_of.get(line, UNLABELLED)) for line, row in enumerate(rows)]


def seeds(folder: Path) -> Reports:
    """The reports of one event in a folder of plain texts: the title is the first line."""
    found = [file.read_text(encoding="utf-8").partition("\n") for file in sorted(folder.glob("*.txt"))]
    return [report(SEEDS, title, clean(text, title=title).text, "en", SEEDS_DAY) for title, _, text in found]


def world() -> Reports:
    """The articles of the demo but for the copies, which are folded before anything is grouped."""
    return [
        report(article.story, article.title, article.text, article.language, article.published)
        for article in load_world().articles
        if article.copy_of is None
    ]


def written(part: str, folder: Path = WRITTEN) -> Reports:
    """The stories written for the tests, one in each file, in the order of their times."""
    found = [one for file in sorted((folder / part).glob("*.txt")) for one in _written(file)]
    return sorted(found, key=lambda one: one.profile.when)


def embedded(reports: Reports, embedder: Embedder) -> Reports:
    """The same with sentence vectors."""
    vectors = embedder.embed([f"{one.title}. {one.text[:OPENING]}" if one.text else one.title for one in reports])
    return [
        replace(one, profile=replace(one.profile, vector=vector)) for one, vector in zip(reports, vectors, strict=True)
    ]


# --- Other orders and times ---


def shuffled(reports: Reports, seed: int = 0) -> Reports:
    """In another order: what comes in a burst in a set comes mixed in life."""
    mixed = list(reports)
    Random(seed).shuffle(mixed)  # noqa: S311 -- no secret
    return mixed


def undated(reports: Reports, seed: int = 0) -> Reports:
    """In another order, and all of one time."""
    return [one.at(SEEDS_DAY) for one in shuffled(reports, seed)]


def in_days_of(others: Reports, days: int = 10) -> Callable[[Reports], Reports]:
    """A function that moves reports, one after the other, to within so many days of the times of `others`."""
    times = sorted(one.profile.when for one in others)
    first, span = times[0] - timedelta(days=days), times[-1] - times[0] + timedelta(days=2 * days)
    return lambda reports: [one.at(first + span * place / len(reports)) for place, one in enumerate(reports)]


def as_aliens(reports: Reports) -> Reports:
    """Reports among which others are to be found."""
    return [replace(one, story=ALIEN) for one in reports]


def titles(reports: Reports) -> Reports:
    """The same with nothing but their titles."""
    return [report(one.story, one.title, "", one.profile.language, one.profile.when) for one in reports]


def in_order(*sets: Reports) -> Reports:
    """Several sets as one, in the order of their times."""
    return sorted((one for reports in sets for one in reports), key=lambda one: one.profile.when)


def _article(row: dict[str, str], story: str) -> Report:
    when = datetime.fromisoformat(row["published"]).replace(hour=12, tzinfo=UTC)
    return report(story, row["title"], clean(row["text"], title=row["title"]).text, "en", when)


def _written(file: Path) -> Iterator[Report]:
    """Each report begins with "=== outlet · language · time" and its title in a line of its own."""
    for piece in file.read_text(encoding="utf-8").split("=== ")[1:]:
        head, title, text = piece.split("\n", 2)
        _, language, when = head.split(" · ")
        yield report(file.stem, title, text.strip(), language, datetime.fromisoformat(when))


def _moment(milliseconds: str) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
