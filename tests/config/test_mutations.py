"""Whatever stands in a file, loading it ends with the file or with a ConfigError: never with another exception."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.schema import FOLDER
from config.sources import load_sources
from config.topics import load_topics
from tests.config.written import ENVIRON, write

TOPICS = (FOLDER.parent / "topics.example.yaml").read_bytes()
SOURCES = (FOLDER.parent / "sources.example.yaml").read_bytes()

# What YAML, our own rules or Python's conversions give a meaning to.
TELLING = [
    *(": ", "- ", "? ", "|\n ", ">\n  ", "\t", "\n\t", "\r", "[", "]", "{", "}", ",", "#", " #", "'", '"', "|", "||"),
    *("&a ", "*a", "a: &a [*a]\n", "<<: ", "!", "!!", "!<", "!%zz ", "!!int ", "!!float ", "!!binary ", "!!set "),
    *("---\n", "...\n", "%YAML 1.1\n---\n", "%YAML 1.9\n---\n", "%YAML 3.0\n---\n", "%TAG ! a\n", "%", "@", "`"),
    *("\\", "\\x", "\\0", "\\ud800", '"\\UFFFFFFFF"'),
    *("~", "null", "true", "no", ".inf", ".nan", "-", "0", "1e999", "0x1F", "0o17", "2026-02-31", "12:30:45"),
    *("${", "${A}", "$$", "../..", "Europe", "http://", "http://[", "é", "😀", "\ufeff", "\x00", "\x85", "\u2028"),
    "9" * 5000,
    "[" * 300,
    "- " * 300,
]
WORDS = ["topics", "name", "query", "channels", "aliases", "a", " ", "  ", "\n"]
BYTES = st.one_of(st.sampled_from(TELLING).map(str.encode), st.binary(min_size=1, max_size=3))


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """The file with up to four places overwritten, cut out, or written into."""
    content = original
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        end = begin + draw(st.sampled_from([0, 0, 1, 2, 10, 80]))
        content = content[:begin] + draw(st.one_of(st.just(b""), BYTES)) + content[end:]
    return content


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(TOPICS))
def test_a_topics_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp(), content)
    with suppress(ConfigError):
        for topic in load_topics(path, environ=ENVIRON).topics:
            assert topic.query_place.line <= content.count(b"\n") + content.count(b"\r") + 1
            topic.place_in_query(99, 99)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(SOURCES))
def test_a_sources_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp(), content)
    with suppress(ConfigError):
        load_sources(path)


@settings(max_examples=200, deadline=None)
@example("a: !<")
@example("%TAG ! x\n--- !a b")
@example("a: !%zz b")
@given(st.lists(st.sampled_from(TELLING + WORDS), max_size=12).map("".join))
def test_no_text_at_all_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = write(tmp_path_factory.getbasetemp(), content)
    with suppress(ConfigError):
        load_topics(path, environ=ENVIRON)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    for load in (load_topics, load_sources):
        with pytest.raises(ConfigError):
            load(tmp_path)
