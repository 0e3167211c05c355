"""The stories with labelled facts: enough of them, well-formed, and measured."""

from pathlib import Path

import pytest

from bench.quality import facts
from bench.quality.facts import DEVELOPMENT, HELD_OUT, MUST_TELL, NEW, STATUSES, LabelledStory, read_half, read_story

HALVES = {half: read_half(half) for half in (DEVELOPMENT, HELD_OUT)}
STORIES = [story for stories in HALVES.values() for story in stories]
ARTICLES = [(story, article) for story in STORIES for article in story.articles]
OTHER_LANGUAGES = {"tr", "uk", "es", "fr", "de"}

TWO_OUTLETS = """# a head
differ | number killed | open | 14 = a | 19/nineteen = b
trap | number injured | one outlet's own later figure | 30 = a | 41 = c

=== a | Post | en | 2025-03-04 09:00 | alert
Ferry sinks off Oru
! A ferry [sank off Oru] on Tuesday, and 14 people were killed.
+ The injured number 30.
=== b | Herald | en | 2025-03-04 10:00 | alert
Ferry toll
! [Nineteen people were killed] when a ferry sank off Oru, the coastguard said.
- It rained.
=== c | Post | en | 2025-03-04 15:00 |
More hurt
+ The number of injured rose to 41.
=== d | Wire | en | 2025-03-04 16:00 | | copy of c
More hurt
= The number of injured rose to 41.
=== a2 | Post | en | 2025-03-04 17:00 | alert | revises a
Ferry sinks off Oru
! A ferry sank off Oru on Tuesday, and [15 people were killed].
= The injured number 30.
"""


@pytest.fixture
def ferry(tmp_path: Path) -> LabelledStory:
    file = tmp_path / "ferry.txt"
    file.write_text(TWO_OUTLETS, encoding="utf-8")
    return read_story(file)


def test_stories_and_articles_are_many_and_the_halves_even() -> None:
    assert [len(stories) for stories in HALVES.values()] == [13, 13]
    assert len(ARTICLES) >= 150
    assert not {story.name for story in HALVES[DEVELOPMENT]} & {story.name for story in HALVES[HELD_OUT]}


def test_the_held_out_half_says_that_it_is() -> None:
    files = (facts.STORIES / HELD_OUT).glob("*.txt")
    assert all(file.read_text(encoding="utf-8").startswith("# HELD OUT") for file in files)


def test_several_stories_in_each_half_have_articles_in_other_languages() -> None:
    for stories in HALVES.values():
        assert sum(any(one.language in OTHER_LANGUAGES for one in story.articles) for story in stories) >= 4


def test_articles_have_the_length_of_short_news_and_stand_in_order_of_time() -> None:
    assert [(s.name, a.id) for s, a in ARTICLES if not 60 <= len(a.text.split()) <= 160] == []
    for story in STORIES:
        times = [one.published for one in story.articles]
        assert times == sorted(set(times)), story.name


def test_every_value_stands_in_each_article_that_is_said_to_give_it() -> None:
    for story in STORIES:
        by_id = {one.id: one for one in story.articles}
        for difference in (*story.differ, *story.traps):
            assert len(difference.values) > 1, (story.name, difference.about)
            for value in difference.values:
                for name in value.articles:
                    said = f"{by_id[name].title}\n{by_id[name].text}"
                    assert any(facts._holds(said, wording) for wording in value.wordings), (story.name, value, name)


def test_statuses_are_known_and_every_kind_is_met() -> None:
    statuses = [one.note for stories in HALVES.values() for story in stories for one in story.differ]
    assert set(statuses) == set(STATUSES)


def test_a_copy_has_nothing_new_and_the_first_article_opens_an_alert() -> None:
    assert all(not line.is_new for _, one in ARTICLES if one.copy_of for line in one.lines)
    assert all(not one.opens_alert for _, one in ARTICLES if one.copy_of)
    assert all(story.articles[0].opens_alert for story in STORIES)
    assert all(one.opens_alert for _, one in ARTICLES if any(line.label == MUST_TELL for line in one.lines))


def test_two_stories_have_a_revision() -> None:
    assert len([one for _, one in ARTICLES if one.revises]) >= 2


def test_a_file_is_read_as_its_format_says(ferry: LabelledStory) -> None:
    first, other, _, copy, revision = ferry.articles
    assert [line.label for line in first.lines] == [MUST_TELL, NEW]
    assert first.lines[0].text == "A ferry sank off Oru on Tuesday, and 14 people were killed."
    assert first.lines[0].must == "sank off Oru"
    assert (copy.copy_of, revision.revises, revision.revision) == ("c", "a", 2)
    assert revision.number == first.number != other.number
    assert ferry.differ[0].values[1].wordings == ("19", "nineteen")


def test_what_is_found_is_paired_with_what_is_labelled(ferry: LabelledStory) -> None:
    found = facts.differing(facts.follow(ferry))
    paired = facts.pair(ferry, found)
    assert (len(paired.right), paired.missed, paired.wrong) == (1, (), ())
    assert len(facts.pair(ferry, [*found, *found]).wrong) == 1  # what is found twice is told twice
    assert facts.pair(ferry, []).missed == ferry.differ


def test_a_trap_that_is_found_is_wrong(ferry: LabelledStory) -> None:
    found = facts.differing(facts.follow(ferry))
    none_labelled = LabelledStory(ferry.name, (), ferry.differ, ferry.articles)
    paired = facts.pair(none_labelled, found)
    assert (paired.right, paired.missed) == ((), ())
    assert facts.is_found(none_labelled, none_labelled.traps[0], paired.wrong[0])


def test_a_line_without_a_label_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text("# head\n\n=== a | Post | en | 2025-03-04 09:00 |\nTitle\n? A sentence.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not a label"):
        read_story(file)


def test_of_the_second_batch_every_other_story_is_only_counted() -> None:
    seen, unseen = ({story.name for story in read_half(half)} for half in (facts.SECOND_SEEN, facts.SECOND_UNSEEN))
    assert len(seen) == len(unseen) > 0
    assert not seen & unseen
    assert facts.SECOND_UNSEEN not in facts.DERIVED_FROM


def test_two_stories_are_measured_and_their_errors_listed() -> None:
    stories = HALVES[DEVELOPMENT][:2]
    rows = facts.rows("two stories", stories)
    with_goal = [row for row in rows if row.goal is not None]
    assert len(with_goal) == 5
    assert all(row.ours is not None and row.ours >= 0 for row in with_goal)
    assert any(line.startswith("called new") for story in stories for line in facts.errors(story))
