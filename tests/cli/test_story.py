"""`story`: one story for people and for machines, and putting stories in order by command."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from cli.story import MOST_LINES, _picture, _who_knew_first
from tests.cli.command import Row, Storytrail
from tests.cli.ferry import ARTICLES, LINES, TOPIC, TOPICS


@pytest.fixture
def filled(storytrail: Storytrail) -> Storytrail:
    """An archive that a test may change."""
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


def story_of(storytrail: Storytrail, number: int) -> str:
    """The id of the story that this article of the ferry is in."""
    rows = storytrail.does("articles", "--json").rows
    return str(next(row["story"] for row in rows if row["url"] == ARTICLES[number]["url"]))


def articles_of(storytrail: Storytrail, story: str) -> set[int]:
    (row,) = [row for row in storytrail.does("stories", "--json").rows if str(row["id"]) == story]
    return {article["id"] for article in row["articles"]}


def shown(storytrail: Storytrail, story: str) -> Row:
    (row,) = storytrail.does("story", "show", story, "--json").rows
    return row


def test_a_story_is_an_object(archive: Storytrail) -> None:
    story = story_of(archive, 0)
    row = shown(archive, story)
    assert list(row) == [
        *("id", "title", "summary", "standing", "first", "last", "origins", "articles", "chapters", "days", "timeline")
    ]
    assert (str(row["id"]), row["standing"], row["origins"], row["articles"]) == (story, "closed", 3, 4)
    assert 1 <= len(row["summary"]) <= 3
    for sentence in row["summary"]:
        said_by = ARTICLES[sentence["article"] - 1]  # they were read in this order
        assert sentence["text"] in str(said_by["text"])
        assert sentence["outlet"] == said_by["outlet"]
    assert row["days"] == [{"day": "2025-11-18", "articles": 3}, {"day": "2025-11-19", "articles": 1}]
    (chapter,) = row["chapters"]
    assert (chapter["origins"], chapter["articles"], len(chapter["reports"])) == (3, 4, 3)
    first = chapter["reports"][0]
    assert (first["outlet"], [copy["outlet"] for copy in first["carried_by"]]) == ("Tarn Times", ["Morning Mail"])


def test_people_see_who_carries_it_and_when_it_was_reported(archive: Storytrail) -> None:
    story = story_of(archive, 0)
    lines = archive.does("story", "show", story).out.splitlines()
    assert lines[0].startswith(f"{story}  ")
    assert lines[1] == "    closed; 2025-11-18 09:00 to 2025-11-19 08:00, 3 origins, 1 copy"
    assert "    2025-11-18  ███ 3" in lines
    assert "    2025-11-19  █ 1" in lines
    assert "        also carried by Morning Mail (2)" in lines
    assert not any("Chapter" in line for line in lines)  # there is but one


def test_each_fact_of_a_story_names_the_outlet_that_had_it_first(archive: Storytrail) -> None:
    facts = shown(archive, story_of(archive, 0))["timeline"]
    assert all(list(fact) == ["text", "first", "later"] for fact in facts)
    injured = next(fact for fact in facts if "14 people" in fact["text"])
    assert (injured["first"]["outlet"], injured["first"]["at"][:16]) == ("Tarn Times", "2025-11-18T09:00")
    assert all(fact["first"]["outlet"] != "Morning Mail" for fact in facts)  # a copy states nothing of its own


def test_people_see_what_several_outlets_had_and_how_much_later() -> None:
    first = {"outlet": "Post", "article": 1, "at": datetime(2025, 3, 4, 5, tzinfo=UTC)}
    later = [
        {"outlet": "Herald", "article": 2, "seconds": 25 * 60},
        {"outlet": "Echo", "article": 3, "seconds": 86_400},
    ]
    shared = {"text": "Nine died.", "first": first, "later": later}
    alone = {"text": "It burned.", "first": first, "later": []}
    assert list(_who_knew_first([alone, shared])) == [
        "- 2025-03-04 05:00  Post: Nine died.",
        "    later: Herald +25 min, Echo +24 h",
        "and 1 more fact; --json lists all",
    ]
    assert list(_who_knew_first([alone])) == []
    assert len(list(_who_knew_first([shared] * (MOST_LINES + 2)))) == 2 * MOST_LINES + 1


def test_silence_is_told_in_a_line_and_a_terminal_without_such_signs_gets_a_picture_too() -> None:
    monday = date(2026, 3, 2)
    days = [(monday, 60), (monday + timedelta(1), 1), (monday + timedelta(5), 30)]
    assert list(_picture(days, "#")) == [
        f"2026-03-02  {'#' * 30} 60",
        "2026-03-03  # 1",
        "            3 quiet days",
        f"2026-03-07  {'#' * 15} 30",
    ]
    assert list(_picture([], "#")) == []


def test_a_long_story_is_drawn_by_weeks() -> None:
    monday = date(2026, 3, 2)
    days = [*((monday + timedelta(n), 2) for n in range(42)), (monday + timedelta(70), 1)]
    first, *_, last_week, silence, end = _picture(days, "#")
    assert (first, last_week) == (f"2026-03-02  {'#' * 14} 14", f"2026-04-06  {'#' * 14} 14")
    assert (silence.strip(), end) == ("4 quiet weeks", "2026-05-11  # 1")


def test_a_long_story_is_shown_in_chapters_with_its_quiet_days(storytrail: Storytrail) -> None:
    inquiry = {**ARTICLES[3], "published": "2025-12-09T08:00:00Z"}
    storytrail.does("ingest", storytrail.write("lines.jsonl", f"{json.dumps(ARTICLES[0])}\n{json.dumps(inquiry)}\n"))
    one, other = (str(row["story"]) for row in storytrail.does("articles", "--json").rows)
    if one != other:
        storytrail.does("story", "merge", one, other)
    lines = storytrail.does("story", "show", one).out.splitlines()
    assert [line.split(":")[0].strip() for line in lines if "Chapter" in line] == ["Chapter 1", "Chapter 2"]
    assert any(line.strip() == "20 quiet days" for line in lines)


def test_a_merge_is_told_and_its_ids_still_work(filled: Storytrail) -> None:
    ferry, cake = story_of(filled, 0), story_of(filled, 4)
    keep, gone = sorted((ferry, cake), key=int)
    done = filled.does("story", "merge", gone, keep)
    assert done.out == f"story {gone} is part of story {keep} now; storytrail story undo 1 takes it back\n"
    assert articles_of(filled, keep) == {1, 2, 3, 4, 5}
    done = filled.does("story", "show", gone, "--json")
    assert done.err == f"story {gone} is part of story {keep} now\n"
    assert str(done.rows[0]["id"]) == keep


def test_a_merge_is_undone(filled: Storytrail) -> None:
    ferry, cake = story_of(filled, 0), story_of(filled, 4)
    before = filled.does("stories", "--json").rows
    (row,) = filled.does("story", "merge", ferry, cake, "--json").rows
    assert list(row) == ["id", "kind", "at", "by", "story", "other", "articles", "undone"]
    assert (row["kind"], row["by"], row["undone"]) == ("merge", "person", None)
    filled.does("story", "undo", str(row["id"]))
    assert filled.does("stories", "--json").rows == before
    assert filled("story", "undo", str(row["id"])).code == 1


def test_articles_are_split_off_with_their_copies(filled: Storytrail) -> None:
    story = story_of(filled, 0)
    done = filled.does("story", "split", story, "1")
    made = story_of(filled, 0)
    assert made != story
    assert done.out == f"2 articles of story {story} are story {made} now; storytrail story undo 1 takes it back\n"
    assert articles_of(filled, made) == {1, 2}
    assert filled.does("alerts", "--topic", TOPIC, "--json").rows
    filled.does("story", "undo", "1")
    assert articles_of(filled, story) == {1, 2, 3, 4}
    assert filled.does("story", "show", made).err == f"story {made} is part of story {story} now\n"
    filled.does("doctor")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "99"), "there is no story 99"),
        (("show", str(2**63 - 1)), f"there is no story {2**63 - 1}"),
        (("merge", "1", "99"), "there is no story 99"),
        (("merge", "1", "1"), "1 and 1 are one story already"),
        (("split", "1", "99"), "not in story 1: article 99"),
        (("split", "1", "2"), "article 2 is a copy of article 1 and goes where that goes: name 1"),
        (("undo", "99"), "there is no change 99"),
        (("changes", "99"), "there is no story 99"),
        (("suggest", "99"), "there is no story 99"),
    ],
)
def test_what_cannot_be_done_is_told(archive: Storytrail, words: tuple[str, ...], told: str) -> None:
    done = archive("story", *words)
    assert (done.code, done.out, done.err) == (1, "", f"{told}\n")


@pytest.mark.parametrize("words", [("show", "one"), ("show", "0"), ("split", "1"), ("undo", str(2**63))])
def test_wrong_usage_is_told_apart(archive: Storytrail, words: tuple[str, ...]) -> None:
    assert archive("story", *words).code == 2


def test_what_was_changed_is_listed(filled: Storytrail) -> None:
    assert filled.does("story", "changes").out == "nothing was merged or split\n"
    ferry, cake = sorted((story_of(filled, 0), story_of(filled, 4)), key=int)
    filled.does("story", "merge", ferry, cake)
    filled.does("story", "undo", "1")
    made = str(filled.does("story", "split", ferry, "1", "--json").rows[0]["other"])
    newest, oldest = filled.does("story", "changes").out.splitlines()
    assert newest.endswith(f"split {made} off {ferry}, 2 articles, by person")
    assert f"merge {cake} into {ferry}, 1 article, by person, undone 2" in oldest
    assert [row["id"] for row in filled.does("story", "changes", cake, "--json").rows] == [1]
    assert [row["id"] for row in filled.does("story", "changes", "--most", "1", "--json").rows] == [2]


def test_a_story_of_one_piece_is_left_whole(archive: Storytrail) -> None:
    story = story_of(archive, 0)
    assert archive.does("story", "suggest", story).out == f"story {story} is of one piece\n"
    assert archive.does("story", "suggest", story, "--json").rows == [{"id": int(story), "parts": []}]


CAKES = (
    "Plum cake with sugar and butter. Beat four eggs with sugar, stir in flour and melted butter, and lay the plums on "
    "the mixture. The cake is done when the plums have sunk into it, after forty minutes in a round tin.",
    "A tin of butter cake for Sunday. Eggs, sugar, flour and butter in equal parts make this cake. Fold the flour in "
    "last, so that the mixture keeps its air, and serve the cake with plum jam or with cream.",
)


def test_a_story_that_is_two_is_told_how_to_split(storytrail: Storytrail) -> None:
    cakes = [{**ARTICLES[4], "url": f"https://mail.example/{n}", "text": text} for n, text in enumerate(CAKES)]
    lines = [ARTICLES[0], ARTICLES[2], ARTICLES[3], ARTICLES[4], *cakes]
    storytrail.does("ingest", storytrail.write("lines.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    first, *others = sorted({row["story"] for row in storytrail.does("articles", "--json").rows})
    for other in others:
        storytrail.does("story", "merge", str(first), str(other))

    (row,) = storytrail.does("story", "suggest", str(first), "--json").rows
    titles = [{article["title"] for article in part} for part in row["parts"]]
    assert sorted(map(len, titles)) == [1, 3]
    assert {ARTICLES[4]["title"]} in titles
    *_, command = storytrail.does("story", "suggest", str(first)).out.splitlines()
    assert command.startswith(f"storytrail story split {first} ")
    storytrail.does(*command.split()[1:])
    assert storytrail.does("story", "suggest", str(first), "--json").rows[0]["parts"] == []
