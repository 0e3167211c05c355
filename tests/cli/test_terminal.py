"""At a terminal, in a pipe, in another alphabet: the real command, Python and all."""

import os
import re
import signal
import subprocess
import sys

import pytest

from tests.cli.command import Storytrail, wait_until
from tests.cli.ferry import ARTICLES, LINES, TOPICS
from tests.repository import ROOT
from tests.site import Site

UKRAINIAN = '{"url": "https://a.example/1", "title": "Чапля повернулася", "text": "Чапля повернулася до ставка."}'


def test_a_bar_shows_progress_to_a_person(storytrail: Storytrail) -> None:
    done = storytrail.at_a_terminal("ingest", storytrail.write("ferry.jsonl", LINES))
    assert done.code == 0, done.told
    assert re.search(r"reading.*━.*\d/5", done.out)
    assert "5 articles" in done.out
    assert "reading: " not in done.out


def test_lines_show_progress_to_a_log(storytrail: Storytrail) -> None:
    done = storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES), "--json")
    assert [line for line in done.err.splitlines() if line.startswith("reading")] == [
        f"reading: {number} of 5" for number in range(1, 6)
    ]
    assert len(done.rows) == len(ARTICLES)


def test_long_work_shows_ten_lines_to_a_log(storytrail: Storytrail) -> None:
    many = "".join(f'{{"url": "https://a.example/{number}", "text": "Number {number}."}}\n' for number in range(60))
    done = storytrail.does("ingest", storytrail.write("many.jsonl", many))
    read = [line for line in done.err.splitlines() if line.startswith("reading")]
    assert 10 <= len(read) <= 11
    assert read[-1] == "reading: 60 of 60"


def test_a_poll_shows_each_step(storytrail: Storytrail, site: Site) -> None:
    storytrail.settings["STORYTRAIL_ALLOW_PRIVATE_NETWORKS"] = "127.0.0.0/8"
    storytrail.does("sources", "add", site.url("/"))
    done = storytrail.does("poll", "--all")
    assert done.err == "polling: 1 of 1\n"
    assert done.out == "1 source: 0 new articles, 0 new stories, 0 alerts\n"


def test_text_is_wrapped_for_a_terminal_and_addresses_are_not(storytrail: Storytrail) -> None:
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", storytrail.at_a_terminal("alerts", columns=40).out).splitlines()
    assert all(len(line) <= 40 for line in shown if "http" not in line)
    addresses = [line.strip() for line in shown if "http" in line]
    assert addresses
    assert all(address in {article["url"] for article in ARTICLES} for address in addresses)


@pytest.mark.parametrize("command", ["stories", "articles", "articles --json", "sources export", "--help"])
def test_a_reader_that_leaves_is_left_in_peace(command: str, storytrail: Storytrail) -> None:
    """As `storytrail stories | head -1` does."""
    storytrail.does("migrate")
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *command.split()],
        cwd=storytrail.folder,
        env={"PYTHONPATH": str(ROOT), **storytrail.settings},
        stdout=writes,
        stderr=subprocess.PIPE,
    )
    os.close(writes)
    assert done.stderr == b""
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("command", ["stories", "articles", "ingest lines.jsonl", "--help"])
def test_a_terminal_without_the_letters_gets_escapes(command: str, storytrail: Storytrail) -> None:
    storytrail.does("ingest", storytrail.write("lines.jsonl", UKRAINIAN))
    done = storytrail.really(*command.split(), environment={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0, done.told
    assert (done.out + done.err).isascii()
    assert ("\\u0427" in done.out) == (command in ("stories", "articles"))


def test_json_is_json_in_every_encoding(storytrail: Storytrail) -> None:
    storytrail.does("ingest", storytrail.write("lines.jsonl", UKRAINIAN))
    (row,) = storytrail.really("articles", "--json", environment={"PYTHONIOENCODING": "latin-1"}).rows
    assert row["title"] == "Чапля повернулася"


def test_an_interrupt_ends_a_command_quietly(storytrail: Storytrail, site: Site) -> None:
    """The feed says nothing, so the command is still at it when Ctrl-C comes."""
    storytrail.settings["STORYTRAIL_ALLOW_PRIVATE_NETWORKS"] = "127.0.0.0/8"
    site.stalls("/silent.xml")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
    running = storytrail.begins("sources", "add", site.url("/silent.xml"))
    signal.signal(signal.SIGINT, before)
    wait_until(lambda: bool(site.asked("/silent.xml")))
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == ""
    assert "Traceback" not in err
