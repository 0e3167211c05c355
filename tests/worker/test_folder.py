"""A watched folder: all that is put there is found once, whatever else lies there and whenever it is looked at."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.errors import PermanentError, TransientError
from worker.files import FileReader
from worker.folder import Found, Limits, folder_address, folder_at, look_in
from worker.given import found_item
from worker.stages.address import address_hash
from worker.stages.extract import Extracted, Given, extract_page

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SOME = Limits()


def text(day: int, said: str = "The ferry sails again.") -> str:
    return f"The ferry\n\nPublished: {day} February 2026\n\n{said}\n"


def page(day: int) -> str:
    return f'<meta property="article:published_time" content="2026-02-{day:02}T08:00:00Z"><p>The ferry sails again.'


def line(number: int, **more: object) -> str:
    return json.dumps({"url": f"https://tarn.example/{number}", "text": f"Ferry {number}", **more}) + "\n"


class Inbox:
    """A folder, somebody who puts files there, and the memory of the looks at it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory: Mapping[str, Any] = {}
        self.now = NOW
        folder.mkdir()

    def gets(self, name: str, content: str | bytes, seconds_ago: float = 60.0) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.dates(path, seconds_ago)

    def grows(self, name: str, content: str, seconds_ago: float = 60.0) -> None:
        with (self.folder / name).open("a") as file:
            file.write(content)
        self.dates(self.folder / name, seconds_ago)

    def dates(self, path: Path, seconds_ago: float) -> Path:
        moment = self.now.timestamp() - seconds_ago
        os.utime(path, (moment, moment))
        return path

    def waits(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def looks(self, **options: Any) -> Found:
        """Look; the memory goes through JSON, as it does in the database."""
        found = look_in(self.folder, self.memory, self.now, **options)
        self.memory = json.loads(json.dumps(found.memory))
        return found

    def finds(self, **options: Any) -> list[str]:
        """The names of the items that a look finds: those of files, or the ends of addresses."""
        return names(self.looks(**options))


def names(found: Found) -> list[str]:
    return [item.listed.url.rpartition("/")[2] for item in found.items]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox")


# --- What is found ---


def test_what_lies_there_is_found_however_deep_and_in_order_of_publication(inbox: Inbox) -> None:
    inbox.gets("a.txt", text(20))
    inbox.gets("2026/february/b.HTM", page(18))
    inbox.gets("c.jsonl", line(1, published="2026-02-21") + line(2, published="2026-02-19") + line(3))
    found = inbox.looks()
    assert names(found) == ["b.HTM", "2", "a.txt", "1", "3"]
    assert (found.note, found.more, found.waits) == ("", False, False)
    assert [item.body is not None for item in found.items] == [True, False, False, False, False]


def test_a_second_look_finds_nothing(inbox: Inbox) -> None:
    inbox.gets("a.txt", text(20))
    inbox.gets("c.jsonl", line(1))
    first = inbox.looks()
    second = inbox.looks()
    assert len(first.items) == 2
    assert second == Found((), first.memory)


def test_a_file_that_changed_is_found_again(inbox: Inbox) -> None:
    inbox.gets("a.txt", text(20))
    inbox.gets("b.txt", text(21))
    first = inbox.looks()
    inbox.gets("a.txt", text(20, "The ferry sank again."), seconds_ago=30)
    second = inbox.looks()
    assert names(second) == ["a.txt"]
    (before, after) = (next(i.listed for i in look.items if i.listed.url.endswith("a.txt")) for look in (first, second))
    assert before.uid == after.uid
    assert before.content_digest != after.content_digest


def test_a_file_that_was_only_touched_says_the_same(inbox: Inbox) -> None:
    inbox.gets("a.txt", text(20))
    inbox.gets("b.html", page(21))
    first = inbox.looks()
    inbox.gets("a.txt", text(20), seconds_ago=30)
    inbox.gets("b.html", page(21), seconds_ago=30)
    assert inbox.looks().items == first.items


def test_a_file_that_is_gone_is_forgotten(inbox: Inbox) -> None:
    path = inbox.gets("a.jsonl", line(1) + "no json\n")
    assert inbox.finds() == ["1"]
    path.unlink()
    found = inbox.looks()
    assert (found.memory, found.note) == ({}, "")


@pytest.mark.parametrize(
    "name",
    ["a.txt.part", "a.txt.tmp", "a.txt~", "a.html.crdownload", ".a.txt", ".a.txt.swp", ".git/a.txt", "a.png", "txt"],
)
def test_what_is_unfinished_hidden_or_of_another_kind_is_left_alone(inbox: Inbox, name: str) -> None:
    inbox.gets(name, text(20))
    assert inbox.looks() == Found((), {})


def test_it_is_the_article_that_the_command_ingests(inbox: Inbox) -> None:
    """So that a file that was ingested and then lies there adds nothing, and the other way round."""
    files = [inbox.gets("a b#1.txt", text(20)), inbox.gets("b.html", page(21)), inbox.gets("c.jsonl", line(1))]
    pieces = [piece for file in files for piece in FileReader(NOW).pieces(file)]
    ingested = [found_item(piece.item, NOW) for piece in pieces if piece.item]
    assert len(ingested) == 3
    assert sorted(inbox.looks().items, key=lambda item: item.listed.url) == sorted(
        ingested, key=lambda item: item.listed.url
    )


def test_outlet_and_language_stand_in_where_a_file_does_not_say_them(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", line(1, outlet="Tarn Times", language="de") + line(2))
    found = inbox.looks(outlet="Clippings", language="en")
    assert [(item.listed.given["outlet"], item.listed.given["language"]) for item in found.items] == [
        ("Tarn Times", "de"),
        ("Clippings", "en"),
    ]


@pytest.mark.parametrize("name", ["inbox", "a b", "a#b?c%20d", "їжак", os.fsdecode(b"caf\xe9")])
def test_a_folder_is_found_again_by_its_address(tmp_path: Path, name: str) -> None:
    url = folder_address(tmp_path / "x" / ".." / name)
    assert url.isascii()
    assert folder_at(url) == tmp_path / name


def test_a_folder_has_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert folder_address(Path("inbox/")) == folder_address(tmp_path / "inbox")
    assert address_hash(folder_address(Path("inbox"))) != address_hash(folder_address(Path("Inbox")))


def test_a_name_that_is_no_unicode_harms_nothing(inbox: Inbox) -> None:
    inbox.gets(os.fsdecode(b"caf\xe9.txt"), text(20))
    inbox.gets(os.fsdecode(b"th\xe9.txt"), "")
    found = inbox.looks()
    assert names(found) == ["caf%E9.txt"]
    assert found.note == "could not be taken: th\\xe9.txt: is empty"
    json.dumps(found.memory).encode()  # no database takes half a surrogate pair
    assert "\\ud" not in json.dumps(found.memory)
    assert inbox.finds() == []


# --- Files that are being written ---


def test_a_file_that_was_just_written_to_is_left_for_the_next_look(inbox: Inbox) -> None:
    inbox.gets("a.txt", text(20), seconds_ago=1)
    found = inbox.looks()
    assert (found.items, found.waits, found.more) == ((), True, False)
    inbox.gets("a.txt", text(20, "Now it is whole."), seconds_ago=0)
    assert inbox.finds() == []
    inbox.waits(5)
    found = inbox.looks()
    assert (names(found), found.waits) == (["a.txt"], False)


@pytest.mark.parametrize("seconds_ago", [1.0, -1.0, -3600.0])
def test_a_clock_that_is_ahead_keeps_no_file_out(inbox: Inbox, seconds_ago: float) -> None:
    """As on a shared disk: the file is the same at two looks, so nobody is writing it."""
    inbox.gets("a.txt", text(20), seconds_ago)
    assert inbox.finds() + inbox.finds() + inbox.finds() == ["a.txt"]


def test_a_file_that_changes_while_it_is_read_is_left(inbox: Inbox) -> None:
    path = inbox.gets("a.html", page(20))

    def writes_meanwhile(body: bytes, given: Given, *, content_type: str = "") -> Extracted:
        inbox.gets("a.html", page(21) + "<p>More.", seconds_ago=10)
        return extract_page(body, given, content_type=content_type)

    found = inbox.looks(extract=writes_meanwhile)
    assert (found.items, found.waits) == ((), True)
    (item,) = inbox.looks().items
    assert item.listed.published == datetime(2026, 2, 21, 8, tzinfo=UTC)
    assert path.exists()


# --- Files that cannot be taken ---


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.txt", "", "is empty"),
        ("bad.html", b"\x7fELF\0\0\0\0\0\0\1", "is not text"),
        ("bad.txt", "x" * 5_001, "is larger than 0.00477 MiB"),
        ("bad.jsonl", line(1).rstrip() * 500 + "\n", "line 1: is larger than 0.00477 MiB"),
        ("bad.jsonl", "\n{}\n", "line 2: the line needs `url`"),
        ("bad.jsonl", "[1]\n{}\n\n{]\n", "line 1: the line must be a mapping (`key: value`), not a list, and 2 more"),
        ("bad.jsonl", b'{"url": "\xff"}\n', "line 1: not UTF-8"),
        ("bad.jsonl", f'{{"url": {"1" * 4_990}}}\n', "line 1: holds a number that is too long"),
        ("bad.jsonl", '"', "line 1: not JSON: Unterminated string starting at at column 1"),  # without a line break
    ],
)
def test_a_bad_file_is_told_at_each_look_and_holds_up_no_other(
    inbox: Inbox, name: str, content: str | bytes, told: str
) -> None:
    inbox.gets(name, content, seconds_ago=100)
    inbox.gets("good.txt", text(20))
    limits = Limits(file_bytes=5_000)
    found = inbox.looks(limits=limits)
    assert (names(found), found.note) == (["good.txt"], f"could not be taken: {name}: {told}")
    found = inbox.looks(limits=limits)
    assert (found.items, found.note, found.more, found.waits) == (
        (),
        f"could not be taken: {name}: {told}",
        False,
        False,
    )

    inbox.gets(name, line(1) if name.endswith("jsonl") else text(21), seconds_ago=30)
    found = inbox.looks(limits=limits)
    assert (len(found.items), found.note) == (1, "")


def test_a_bad_file_is_not_read_again_until_it_changes(inbox: Inbox) -> None:
    inbox.gets("bad.txt", " " * 100)
    inbox.looks()
    inbox.gets("bad.txt", text(20).ljust(100)[:100])  # the same size and time
    assert inbox.finds() == []


def test_many_bad_files_are_counted(inbox: Inbox) -> None:
    for number in range(7):
        inbox.gets(f"{number}.txt", "")
    told = inbox.looks().note
    assert told == "could not be taken: 0.txt: is empty; 1.txt: is empty; 2.txt: is empty; and 4 more"
    inbox.gets("3.txt", text(20), seconds_ago=30)
    assert inbox.looks().note == told.replace("4", "3")


def test_a_long_or_broken_name_does_not_spoil_the_note(inbox: Inbox) -> None:
    inbox.gets("\n\x1b[31m" + "x" * 230 + ".txt", "")
    note = inbox.looks().note
    assert len(note) < 300
    assert note.isprintable()


def test_lines_that_are_large_together_are_no_large_line(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", "".join(line(number) for number in range(50)))
    assert len(inbox.looks(limits=Limits(file_bytes=100)).items) == 50


def test_a_file_of_lines_has_a_limit_too(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", line(1) * 3)
    found = inbox.looks(limits=Limits(lines_bytes=100))
    assert (found.items, found.note) == ((), "could not be taken: a.jsonl: is larger than 9.54e-05 MiB")


def test_a_pipe_is_told_and_not_waited_for(inbox: Inbox) -> None:
    os.mkfifo(inbox.folder / "pipe.txt")
    os.mkfifo(inbox.folder / "pipe.jsonl")
    found = inbox.looks()
    assert found.items == ()
    assert found.note.count("is not a file that can be read to its end") == 2


def test_what_cannot_be_opened_is_tried_at_each_look(inbox: Inbox) -> None:
    """It may be opened later without a change of the file, as when a right is given."""
    (inbox.folder / "a.txt").symlink_to("later.txt")
    assert inbox.looks().note == "could not be taken: a.txt: No such file or directory"
    assert inbox.looks().note == "could not be taken: a.txt: No such file or directory"
    inbox.gets("later.txt", text(20))
    found = inbox.looks()
    assert (set(names(found)), found.note) == ({"later.txt"}, "")


@pytest.mark.parametrize("link", ["link.txt", "link.jsonl", "link"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(inbox: Inbox, link: str) -> None:
    outside = inbox.folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(text(20))
    (inbox.folder / link).symlink_to(outside if link == "link" else outside / "secret.txt")
    found = inbox.looks()
    assert (found.items, found.note) == ((), f"could not be taken: {link}: is a link that leads out of the folder")


def test_a_link_that_stays_inside_is_its_target(inbox: Inbox) -> None:
    target = inbox.gets("below/a.txt", text(20))
    (inbox.folder / "link.txt").symlink_to(target)
    (inbox.folder / "round").symlink_to(inbox.folder)
    found = inbox.looks()
    assert {item.listed.url for item in found.items} == {target.as_uri()}
    assert found.note == ""


def test_a_folder_that_is_a_link_is_looked_into(inbox: Inbox) -> None:
    target = inbox.gets("a.txt", text(20))
    link = inbox.folder.parent / "link"
    link.symlink_to(inbox.folder)
    assert [item.listed.url for item in look_in(link, {}, NOW).items] == [target.as_uri()]


@pytest.mark.parametrize("what", ["nothing", "a file"])
def test_a_folder_that_cannot_be_read_is_an_error_that_may_pass(inbox: Inbox, what: str) -> None:
    inbox.gets("a.txt", text(20))
    with pytest.raises(TransientError, match=r"the folder .* cannot be read: (No such file|Not a directory)"):
        look_in(inbox.folder / ("b" if what == "nothing" else "a.txt"), {}, NOW)


# --- Files of lines ---


def test_of_lines_that_were_added_only_those_are_found(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", line(1) + "no json\n" + line(2))
    assert inbox.finds() == ["1", "2"]
    inbox.grows("a.jsonl", line(3) + "\n" + "nor this\n", seconds_ago=30)
    found = inbox.looks()
    assert names(found) == ["3"]
    assert found.note == "could not be taken: a.jsonl: line 2: not JSON: Expecting value at column 1, and 1 more"


def test_lines_of_which_one_changed_are_all_found(inbox: Inbox) -> None:
    """Even if the file is as long as before."""
    inbox.gets("a.jsonl", line(1) + line(2) + "no json\n")
    inbox.looks()
    inbox.gets("a.jsonl", line(3) + line(2) + "no jsan\n", seconds_ago=30)
    found = inbox.looks()
    assert names(found) == ["3", "2"]
    assert found.note == "could not be taken: a.jsonl: line 3: not JSON: Expecting value at column 1"


def test_a_file_that_never_comes_to_rest_is_read_up_to_its_last_whole_line(inbox: Inbox) -> None:
    whole, half = line(2)[:20], line(2)[20:]
    inbox.gets("a.jsonl", line(1) + whole, seconds_ago=0)
    found = inbox.looks()
    assert (names(found), found.note, found.waits) == (["1"], "", True)
    inbox.waits(1)
    inbox.grows("a.jsonl", half + line(3), seconds_ago=0)
    found = inbox.looks()
    assert (names(found), found.waits) == (["2", "3"], False)


def test_half_a_line_at_rest_is_told_and_taken_when_it_is_whole(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", line(1) + line(2)[:20])
    found = inbox.looks()
    assert (names(found), found.waits) == (["1"], False)
    assert "a.jsonl: line 2: not JSON" in found.note
    inbox.grows("a.jsonl", line(2)[20:], seconds_ago=30)
    found = inbox.looks()
    assert (names(found), found.note) == (["2"], "")


def test_the_last_line_needs_no_line_break(inbox: Inbox) -> None:
    inbox.gets("a.jsonl", line(1) + line(2).rstrip())
    assert inbox.finds() == ["1", "2"]
    assert inbox.finds() == []
    inbox.grows("a.jsonl", "\n" + line(3), seconds_ago=30)
    assert inbox.finds() == ["2", "3"]  # the second says the same: storing it changes nothing


# --- Limits ---


def all_looks(inbox: Inbox, limits: Limits, **options: Any) -> Iterator[Found]:
    """Looks until there is no more; never more looks than there are things to find."""
    for _ in range(30):
        found = inbox.looks(limits=limits, **options)
        yield found
        if not found.more:
            return
    pytest.fail("it never ends")


def some_of_each(inbox: Inbox) -> set[str]:
    for number in range(5):
        inbox.gets(f"{number}.txt", text(number + 1))
    inbox.gets("a.jsonl", "".join(line(number) for number in range(10, 20)))
    return {*(f"{number}.txt" for number in range(5)), *map(str, range(10, 20))}


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        (Limits(files=2), 11),
        (Limits(items=3), 3),
        (Limits(items=1), 1),
        (Limits(bytes=1), 1),
        (Limits(seconds=0.0), 1),
        (Limits(files=1, items=4, bytes=100), 4),
    ],
)
def test_what_is_beyond_a_limit_is_found_at_the_next_look(inbox: Inbox, limits: Limits, most: int) -> None:
    there = some_of_each(inbox)
    looks = list(all_looks(inbox, limits))
    found = [name for look in looks for name in names(look)]
    assert len(looks) > 1
    assert max(len(look.items) for look in looks) <= most
    assert sorted(found) == sorted(there)


def test_the_longest_unchanged_come_first(inbox: Inbox) -> None:
    for name, age in (("c.txt", 300), ("a.txt", 200), ("b.txt", 200)):
        inbox.gets(name, text(20), seconds_ago=age)
    assert [names(look) for look in all_looks(inbox, Limits(files=1))] == [["c.txt"], ["a.txt"], ["b.txt"]]


def test_time_is_watched_between_files_and_between_lines(inbox: Inbox) -> None:
    some_of_each(inbox)
    seconds = count()
    found = inbox.looks(limits=Limits(seconds=5), clock=lambda: next(seconds))
    assert found.more
    assert 0 < len(found.items) <= 5


def test_files_beyond_the_most_are_told(inbox: Inbox) -> None:
    for number in range(5):
        inbox.gets(f"{number}.txt", text(number + 1))
    found = inbox.looks(limits=Limits(entries=3))
    assert names(found) == ["0.txt", "1.txt", "2.txt"]
    assert (
        found.note == "could not be taken: inbox/: holds more than 3 files and folders; those beyond are not looked at"
    )


def test_what_is_tried_at_each_look_does_not_keep_others_out(inbox: Inbox) -> None:
    for number in range(5):
        (inbox.folder / f"{number}.txt").symlink_to("nowhere.txt")
    inbox.gets("z.txt", text(20))
    assert inbox.finds(limits=Limits(files=1)) == ["z.txt"]


# --- Pages that break what looks for their date ---


def failing(error: Exception) -> Callable[..., Extracted]:
    def extract(body: bytes, given: Given, *, content_type: str = "") -> Extracted:
        raise error

    return extract


def test_a_page_that_breaks_extraction_is_taken_without_its_date(inbox: Inbox) -> None:
    inbox.gets("a.html", page(20))
    inbox.gets("b.jsonl", line(1, html=page(20), text=""))
    found = inbox.looks(extract=failing(PermanentError("took more than 10 s")))
    assert [item.listed.published for item in found.items] == [None, None]
    assert inbox.finds() == []


def test_a_page_that_could_not_be_looked_at_is_left(inbox: Inbox) -> None:
    inbox.gets("a.html", page(20))
    inbox.gets("b.jsonl", line(1, html=page(20), text=""))
    found = inbox.looks(extract=failing(TransientError("no child was free")))
    assert (found.items, found.waits) == ((), True)
    assert len(inbox.looks().items) == 2


# --- Whatever happens ---

WHOLE, GROWING = ("a.txt", "b.txt", "below/c.txt"), ("d.jsonl", "below/e.jsonl")
EVENT = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(WHOLE), st.booleans()),
    st.tuples(st.just("add"), st.sampled_from(GROWING), st.booleans()),
    st.tuples(st.just("begin"), st.sampled_from(GROWING), st.booleans()),
    st.tuples(st.just("edit"), st.sampled_from(GROWING), st.booleans()),
    st.tuples(st.just("spoil"), st.sampled_from([*WHOLE, *GROWING]), st.booleans()),
    st.tuples(st.just("remove"), st.sampled_from([*WHOLE, *GROWING]), st.booleans()),
    st.tuples(st.just("look"), st.just(""), st.booleans()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENT, max_size=25))
def test_in_the_end_the_last_version_of_everything_was_found(events: Sequence[tuple[str, str, bool]]) -> None:
    with TemporaryDirectory() as folder:
        world = _World(Inbox(Path(folder) / "inbox"))
        for what, name, is_fresh in events:
            getattr(world, what)(name, is_fresh)
        world.comes_to_rest()
        assert {url: said for url, said in world.found.items() if url in world.expected()} == world.expected()
        assert world.inbox.looks().items == ()


class _World:
    """Files as they are written, and what the looks found of them: for each address what it said last."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.contents: dict[str, str] = {}
        self.found: dict[str, str] = {}
        self._numbers = count(1)

    def write(self, name: str, is_fresh: bool) -> None:
        self._put(name, f"Version {next(self._numbers)} of it.", is_fresh)

    def add(self, name: str, is_fresh: bool) -> None:
        self._put(name, self.contents.get(name, "") + line(next(self._numbers)), is_fresh)

    def begin(self, name: str, is_fresh: bool) -> None:
        """The first half of a line, to which `add` gives a second that does not fit."""
        self._put(name, self.contents.get(name, "") + line(next(self._numbers))[:15], is_fresh)

    def edit(self, name: str, is_fresh: bool) -> None:
        self._put(name, self.contents.get(name, "").replace("Ferry", "Train", 1), is_fresh)

    def spoil(self, name: str, is_fresh: bool) -> None:
        self._put(name, " \n", is_fresh)

    def remove(self, name: str, _is_fresh: bool) -> None:
        if self.contents.pop(name, None) is not None:
            (self.inbox.folder / name).unlink()

    def look(self, _name: str = "", _is_fresh: bool = False) -> Found:
        found = self.inbox.looks(limits=Limits(files=2, items=3))
        self.found |= {item.listed.url: item.listed.given["text"] for item in found.items}
        return found

    def comes_to_rest(self) -> None:
        self.inbox.waits(60)
        while self.look().more:
            pass

    def expected(self) -> dict[str, str]:
        said: dict[str, str] = {}
        for name, content in self.contents.items():
            path = self.inbox.folder / name
            if name in WHOLE and content.strip():
                said[path.as_uri()] = content
            if name in GROWING:
                items = [piece.item for piece in FileReader(NOW).pieces(path) if piece.item]
                said |= {item.given.url: item.given.text for item in items}
        return said

    def _put(self, name: str, content: str, is_fresh: bool) -> None:
        self.inbox.waits(1)
        self.contents[name] = content
        self.inbox.gets(name, content, seconds_ago=0 if is_fresh else 2.5)
