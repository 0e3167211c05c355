import pytest

from bench.quality import story_sets as sets
from bench.quality.stories import Archive, b_cubed, measure
from worker.stages.story import Profile, counted_keys, sound_keys


@pytest.mark.parametrize(
    ("found", "known", "precision", "recall"),
    [
        ([0, 0, 1, 1], "aabb", 1.0, 1.0),
        ([0, 0, 0, 0], "aabb", 0.5, 1.0),  # all in one
        ([0, 1, 2, 3], "aabb", 1.0, 0.5),  # each by itself
        ([0, 0, 0], ["a", "a", sets.UNLABELLED], 1.0, 1.0),  # one that may be of any story does no harm
    ],
)
def test_b_cubed_is_what_its_authors_define(
    found: list[int], known: list[str], precision: float, recall: float
) -> None:
    assert b_cubed(found, list(known)) == (precision, recall, 2 * precision * recall / (precision + recall))


def test_only_stories_listed_under_the_keys_of_an_article_are_candidates() -> None:
    first, *others = sets.written(sets.TO_DERIVE)
    archive = Archive()
    archive.put(first.profile, 0)
    stranger = next(one for one in others if not _keys(one.profile) & _keys(first.profile))
    assert [story.id for story in archive.candidates(first.profile)] == [0]
    assert archive.candidates(stranger.profile) == []


def _keys(profile: Profile) -> set[str]:
    return {*counted_keys(profile), *sound_keys(profile)}


def test_without_data_the_table_says_so_and_measures_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.quality.stories.load_embedder", lambda _: None)
    written, absent = measure(None)
    assert written.ours is not None
    assert absent.ours is None
    assert "not measured" in absent.note
