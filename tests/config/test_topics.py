from pathlib import Path

import pytest

from config.alerting import Budget
from config.places import Place
from config.topics import SourceChoice, Topic, load_topics
from tests.config.written import ENVIRON, refused, refused_topics, topics

DESIGN = """\
aliases:
  - [Zelensky, Zelenskiy, Zelenskyy, Зеленський]
channels:
  desk:  {apprise: "${DESK_URL}"}
  audit: {webhook: "https://example.org/hook", secret: "${AUDIT_SECRET}"}
topics:
  - name: Ankara talks
    query: (Zelensky OR Ukraine) AND (Ankara OR Turkey OR Erdogan) AND (talks OR peace)
    like: [https://example.org/1, 42]
    follow: false
    languages: [en, NO]
    sources: {except: [Example.com]}
    alert:
      to: [desk, audit]
      on: [first, correction]
      at_most: 6/day
      quiet: {from: "22:00", to: "07:00", zone: Europe/Kyiv}
"""


def topic(folder: Path, written: str, above: str = "") -> Topic:
    """A topic called a, with these lines under its name."""
    return topics(folder, f"{above}topics:\n  - name: a\n    {written}\n").topics[0]


def topic_refused(folder: Path, written: str) -> list[str]:
    return [
        problem.removeprefix("topics.yaml:")
        for problem in refused_topics(folder, f"topics:\n  - name: a\n    query: b\n    {written}\n")
    ]


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    file = topics(tmp_path, DESIGN)
    (ankara,) = file.topics
    assert file.aliases == (("Zelensky", "Zelenskiy", "Zelenskyy", "Зеленський"),)
    assert list(file.channels) == ["log", "desk", "audit"]
    assert ankara.name == "Ankara talks"
    assert ankara.like == ("https://example.org/1", "42")
    assert not ankara.follow
    assert ankara.languages == ("en", "no")
    assert ankara.sources is not None
    assert ankara.sources.excluded == ("example.com",)
    assert ankara.alert.to == ("desk", "audit")
    assert ankara.alert.on == ("first", "correction")
    assert ankara.alert.at_most == Budget(6, 86_400)


def test_a_name_and_a_query_are_enough(tmp_path: Path) -> None:
    least = topic(tmp_path, "query: b")
    assert (least.query, least.like, least.follow, least.languages, least.sources) == ("b", (), True, (), None)
    assert least.alert.to == ("log",)


def test_how_long_a_story_is_followed_may_be_said(tmp_path: Path) -> None:
    said = [
        topic(tmp_path, f"query: b\n    follow: {written}") for written in ("true", "{}", "{quiet_days: 7}", "false")
    ]
    assert [(each.follow, each.quiet_days) for each in said] == [(True, None), (True, None), (True, 7), (False, None)]
    assert said[0].version == said[1].version == topic(tmp_path, "query: b").version


def test_examples_do_instead_of_a_query(tmp_path: Path) -> None:
    assert topic(tmp_path, "like: [7]").query is None


def test_a_key_without_a_value_counts_as_not_given(tmp_path: Path) -> None:
    file = topics(tmp_path, "aliases:\nchannels:\ntopics:\n  - name: a\n    query: b\n    languages:\n    alert:\n")
    assert file.topics[0].languages == ()


def test_a_missing_file_has_no_topics_unless_it_is_required(tmp_path: Path) -> None:
    file = load_topics(tmp_path / "topics.yaml", required=False)
    assert (file.topics, list(file.channels)) == ((), ["log"])
    assert refused(lambda: load_topics(tmp_path / "topics.yaml"), tmp_path) == ["topics.yaml does not exist"]


def test_all_problems_are_told_together_in_order_of_line(tmp_path: Path) -> None:
    content = """\
aliases:
  - [Kyiv]
chanels: {}
channels:
  desk: {apprise: "${NOT_SET}"}
topics:
  - query: b
  - name: Talks
    query: b
    query: c
    folow: true
    languages: [ua]
    alert:
      to: [dek]
      on: [fist]
  - name: talks
"""
    assert refused_topics(tmp_path, content) == [
        "topics.yaml:2:5 must list at least 2",
        "topics.yaml:3:1 unknown key `chanels`; did you mean `channels`?",
        "topics.yaml:5:20 NOT_SET is not set in the environment (nor is NOT_SET_FILE)",
        "topics.yaml:7:5 needs `name`",
        "topics.yaml:10:5 key `query` stands already on line 9",
        "topics.yaml:11:5 unknown key `folow`; did you mean `follow`?",
        "topics.yaml:12:17 is not a language code of ISO 639-1; did you mean `uk`?",
        "topics.yaml:14:12 unknown channel `dek`; did you mean `desk`?",
        "topics.yaml:15:12 must be first, new-fact, disagreement, settled, correction, new-origin, "
        "revival or quiet-source; did you mean `first`?",
        "topics.yaml:16:5 a topic needs `query`, or examples under `like`",
        "topics.yaml:16:11 this name stands already on line 8",
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("follow: yes", "4:13 must be true, false or such as {quiet_days: 30}"),
        ("follow: 30", "4:13 must be true, false or such as {quiet_days: 30}"),
        ("follow: {quiet_days: 0}", "4:26 must be at least 1"),
        ("follow: {quiet_days: 30d}", "4:26 must be a whole number"),
        ("follow: {quiet_days: 99999}", "4:26 must be at most 3650"),
        ("follow: {quiet_day: 30}", "4:14 unknown key `quiet_day`; did you mean `quiet_days`?"),
        ("like: http://x", "4:11 must be a list"),
        ("like: [true]", "4:12 must be text: put it in quotes"),
        ("languages: [eng]", "4:17 must be a two-letter language code of ISO 639-1, such as en, uk or tr"),
        ("sources: {}", "4:14 needs either `only` or `except`"),
        ("sources: {only: [a.org], except: [b.org]}", "4:14 needs either `only` or `except`"),
        ("sources: {only: []}", "4:21 must list at least 1"),
        ("sources: {only: ['https://a.org']}", "4:22 must be a host alone, such as example.com"),
        ("sources: {only: ['a b']}", "4:22 must be a host, such as example.com"),
        ("sources: [a.org]", "4:14 must be a mapping (`key: value`), not a list"),
        ("alert: {to: []}", "4:17 must list at least 1"),
        ("alert: {to: [5]}", "4:18 must be text: put it in quotes"),
        ("alert: {at_most: 6}", "4:22 must be a number of alerts per hour, day or week, such as 6/day"),
        ("alert: {quiet: {from: '22:00', to: '07:00'}}", "4:20 needs `zone`"),
        (
            "alert: {quiet: {from: '22:00', to: '07:00', zone: Europe/Kyyiv}}",
            "4:55 must be the name of a time zone, such as Europe/Kyiv; did you mean `Europe/Kyiv`?",
        ),
    ],
)
def test_what_a_topic_cannot_hold_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    assert topic_refused(tmp_path, written) == [problem]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("''", "must not be empty"),
        ("' '", "must not be empty"),
        ("2024", "must be text: put it in quotes"),
        ("[a]", "must be text, not a list"),
        ("'a\n\n   b'", "must be one line without tabs"),
        pytest.param("a" * 101, "must be at most 100 characters long", id="101 characters"),
    ],
)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    assert refused_topics(tmp_path, f"topics:\n- name: {name}\n  query: b\n") == [f"topics.yaml:2:9 {problem}"]


@pytest.mark.parametrize("written", ["query: ' '", "query:", "query: ''", "like: []"])
def test_a_topic_that_could_match_nothing_is_refused(tmp_path: Path, written: str) -> None:
    assert refused_topics(tmp_path, f"topics:\n- name: a\n  {written}\n") == [
        "topics.yaml:2:3 a topic needs `query`, or examples under `like`"
    ]


def test_a_spelling_stands_in_one_group(tmp_path: Path) -> None:
    assert refused_topics(tmp_path, "aliases:\n- [Kyiv, Kiev]\n- [Київ, kiev]\n") == [
        "topics.yaml:3:10 this spelling stands already on line 2"
    ]


@pytest.mark.parametrize("content", ["text", "- a", "5", "[]"])
def test_what_is_no_topics_file_is_refused(tmp_path: Path, content: str) -> None:
    (problem,) = refused_topics(tmp_path, content)
    assert problem.startswith("topics.yaml:1:1 must be a mapping (`key: value`)")


def test_a_place_in_the_query_is_a_place_in_the_file(tmp_path: Path) -> None:
    plain = topic(tmp_path, "query: talks AND (peace")
    assert (plain.query_place, plain.place_in_query(1, 11)) == (Place(3, 12), Place(3, 22))
    block = topic(tmp_path, "query: |\n      talks AND\n        (peace")
    assert (block.query_place, block.place_in_query(2, 3)) == (Place(4, 7), Place(5, 9))
    folded = topic(tmp_path, "query: >\n      talks AND\n      (peace")
    assert folded.query == "talks AND (peace\n"
    assert folded.place_in_query(1, 11) == Place(5, 7)


def test_without_a_query_the_topic_is_the_place(tmp_path: Path) -> None:
    assert topic(tmp_path, "like: [7]").query_place == Place(2, 5)


def test_the_version_changes_with_what_decides_a_match(tmp_path: Path) -> None:
    versions = [
        topic(tmp_path, "query: b").version,
        topic(tmp_path, "query: c").version,
        topic(tmp_path, "query: b\n    like: [7]").version,
        topic(tmp_path, "query: b\n    follow: false").version,
        topic(tmp_path, "query: b\n    follow: {quiet_days: 7}").version,
        topic(tmp_path, "query: b\n    languages: [en]").version,
        topic(tmp_path, "query: b\n    sources: {only: [a.org]}").version,
        topic(tmp_path, "query: b\n    sources: {except: [a.org]}").version,
        topic(tmp_path, "query: b", above="aliases: [[Kyiv, Kiev]]\n").version,
    ]
    assert len(set(versions)) == len(versions)


def test_the_version_stays_with_all_else(tmp_path: Path) -> None:
    first = topic(tmp_path, "query: b\n    languages: [en, uk]", above="aliases: [[A, B], [C, D]]\n")
    second = topic(
        tmp_path,
        "query: 'b'   # the same\n    alert: {at_most: 1/day}\n    languages: [uk, en]",
        above="channels: {x: {log: true}}\naliases: [[D, C], [B, A]]\n",
    )
    assert first.version == second.version


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("example.com", True),
        ("www.Example.com", True),
        ("news.example.com", True),
        # The end of another name is not a domain above it.
        ("notexample.com", False),
        ("example.com.evil.org", False),
        ("example.org", False),
    ],
)
def test_a_choice_of_sources_includes_subdomains(host: str, allowed: bool) -> None:
    assert SourceChoice.model_validate({"only": ("example.com",)}).allows(host) is allowed
    assert SourceChoice.model_validate({"except": ("example.com",)}).allows(host) is not allowed


def test_a_topics_file_is_read_the_same_from_the_process_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "topics.yaml"
    path.write_text(DESIGN)
    assert load_topics(path) == topics(tmp_path, DESIGN)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("7", "7"),
        ("'007'", "7"),  # one id, however it is written
        ("²", "²"),  # a digit to Python, and no id: an address that nobody has
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_an_example_is_an_id_or_an_address(tmp_path: Path, written: str, label: str) -> None:
    assert topic(tmp_path, f"like: [{written}]").like == (label,)
