"""The world holds what the demo promises: enough outlets, stories, languages, copies, contradictions."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations

import pytest

from seeds.world import SUMMARY_CHARACTERS, Article, FeedKind, World

SHINGLE_WORDS = 5
COPY_AT_LEAST = 0.3
INDEPENDENT_BELOW = 0.1
DATELINE = re.compile(r"^[A-Z/ ]+(, [\w ]+)? \(Meridian Wire\)\W")


@cache
def shingles(article: Article) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", article.text.lower())
    return {tuple(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1)}


def containment(one: Article, other: Article) -> float:
    """Shared shingles over those of the smaller text."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / min(len(first), len(second))


def article(world: World, label: str) -> Article:
    return next(article for article in world.articles if article.label == label)


def copies(world: World) -> list[Article]:
    return [article for article in world.articles if article.copy_of]


def story(world: World, name: str) -> list[Article]:
    return [article for article in world.articles if article.story == name]


def test_there_are_outlets_enough_with_templates_of_their_own(world: World) -> None:
    assert len(world.outlets) >= 10
    assert len({outlet.template for outlet in world.outlets}) == len(world.outlets)


def test_every_kind_of_feed_is_used_by_two_outlets(world: World) -> None:
    kinds = Counter(outlet.feed for outlet in world.outlets)
    assert set(kinds) == set(FeedKind)
    assert min(kinds.values()) >= 2


def test_there_are_articles_enough_over_three_days(world: World) -> None:
    days = Counter(article.published.astimezone(UTC).date() for article in world.articles)
    assert sum(days.values()) >= 85
    assert set(days) == {date(2025, 11, day) for day in (18, 19, 20)}
    assert min(days.values()) >= 20


def test_nine_stories_are_told_by_several_outlets(world: World) -> None:
    outlets_by_story = {
        name: {article.outlet for article in story(world, name)}
        for name, articles in Counter(article.story for article in world.articles).items()
        if articles >= 5
    }
    assert len(outlets_by_story) >= 9
    assert all(len(outlets) >= 2 for outlets in outlets_by_story.values())


def test_two_languages_besides_english_have_articles_enough(world: World) -> None:
    languages = Counter(article.language for article in world.articles)
    assert languages.keys() == {"en", "tr", "uk"}
    assert min(languages["tr"], languages["uk"]) >= 6


def test_the_ankara_story_runs_over_three_days_in_every_spelling(world: World) -> None:
    articles = story(world, "ankara-talks")
    everything = "\n".join(article.text for article in articles)
    assert len({article.outlet for article in articles}) >= 7
    assert len({article.published.date() for article in articles}) == 3
    for spelling in ("Zelensky", "Zelenskiy", "Zelenskyy", "Зеленський", "Erdogan", "Erdoğan", "Ердоган"):
        assert re.search(rf"\b{spelling}\b", everything), spelling


@pytest.mark.parametrize(
    "statements",
    [
        {  # killed in the night's strikes, two of them on the same morning
            "meridian/strikes-kill-19-before-ankara-visit": "killed 19 people",
            "northgate/zelensky-lands-in-ankara": "At least 20 people died",
            "meridian/zelenskiy-erdogan-open-talks": "overnight bombardment to 25",
            "svitanok/pidsumky-ankary": "щонайменше 26 людей",
            "world-sketch/after-ankara-zelenskyy-hosts-us-army": "missile strike at 28",
        },
        {  # whether the American envoy attends
            "daily-lantern/witkoff-set-for-ankara": "will take part as well",
            "meridian/zelenskiy-to-travel-to-turkey": "nothing had been confirmed",
            "northgate/zelensky-lands-in-ankara": "is not coming",
        },
        {  # how many are on the list of prisoners
            "meridian/zelenskiy-leaves-ankara": "1,200 people",
            "kopru/ankara-gorusmesi-ardindan": "yaklaşık 1.000 ismin",
        },
        {  # hurt on the ferry
            "meridian/ferry-strikes-pier-at-port-ellery": "at least 14 people",
            "daily-lantern/ferry-crash-passengers-thrown": "At least 21 people",
            "meridian/ferry-captain-says-engines-did-not-answer": "raised to 17 from 14",
            "old-courier/ferry-came-in-too-fast": "has 19 names",
        },
        {  # its speed
            "meridian/ferry-captain-says-engines-did-not-answer": "nine knots",
            "old-courier/ferry-came-in-too-fast": "twelve knots",
            "northgate/bridge-unit-blamed-in-ferry-inquiry": "as eight knots",
        },
        {  # passengers still in hospital, on the same day
            "harbour-post/passenger-dies-after-ferry-crash": "Four others are still",
            "northgate/bridge-unit-blamed-in-ferry-inquiry": "Three of the injured remained",
        },
        {  # told to stay indoors
            "meridian/fire-at-anstey-point-refinery": "About 900 people",
            "northgate/anstey-fire-residents-told-to-stay-in": "covered 1,200 people",
        },
        {"meridian/bank-of-marenia-cuts-rate": "by 0.6 percent", "open-ledger/marenia-cut-analysis": "by 0.9 percent"},
        {
            "open-ledger/tolland-says-price-too-low": "at least 700p",
            "meridian/halderman-raises-quenby-offer": "720 pence",
        },
        {
            "long-field/torrin-skink-found-alive": "twelve skinks",
            "world-sketch/the-lizard-that-came-back": "14 living skinks",
        },
        {"meridian/fernley-recalls-soft-cheese": "22,000 packs", "open-ledger/fernley-recall-cost": "26,000 packs"},
    ],
)
def test_outlets_contradict_each_other(world: World, statements: dict[str, str]) -> None:
    assert [label for label, words in statements.items() if words not in article(world, label).text] == []
    assert len({article(world, label).story for label in statements}) == 1


def test_copies_are_labelled_and_begin_with_a_dateline(world: World) -> None:
    assert len(copies(world)) >= 8
    assert len({copy.outlet for copy in copies(world)}) >= 4
    assert [copy.label for copy in copies(world) if not DATELINE.match(copy.text)] == []


def test_a_copy_follows_its_origin_and_shares_its_text(world: World) -> None:
    for copy in copies(world):
        origin = article(world, copy.copy_of or "")
        assert origin.copy_of is None
        assert timedelta() < copy.published - origin.published < timedelta(hours=3), copy.label
        assert copy.story == origin.story
        assert containment(copy, origin) >= COPY_AT_LEAST, copy.label


def test_copies_are_cut(world: World) -> None:
    for copy in copies(world):
        origin = article(world, copy.copy_of or "")
        assert len(shingles(copy) & shingles(origin)) < 0.8 * len(shingles(origin)), copy.label


def test_independent_reports_are_worded_independently(world: World) -> None:
    for one, other in combinations(world.articles, 2):
        if (
            other.label not in (one.copy_of, one.label)
            and one.label != other.copy_of
            and one.copy_of != (other.copy_of or 0)
        ):
            assert containment(one, other) < INDEPENDENT_BELOW, (one.label, other.label)


def test_one_article_is_corrected_a_day_later(world: World) -> None:
    (corrected,) = [article for article in world.articles if article.revision]
    revision = corrected.revision
    assert revision is not None
    assert "14 people were injured aboard" in corrected.text
    assert "17 people were injured aboard" in revision.text
    assert "Correction" in revision.paragraphs[-1].text
    assert corrected.as_of(revision.at - timedelta(seconds=1)) is corrected
    later = corrected.as_of(revision.at)
    assert (later.title, later.updated, later.published) == (revision.title, revision.at, corrected.published)


def test_lookalikes_are_not_part_of_what_they_resemble(world: World) -> None:
    lookalikes = [article for article in world.articles if article.lookalike]
    assert len(lookalikes) >= 9
    assert all(article.story != article.lookalike for article in lookalikes)
    assert {article.lookalike for article in lookalikes} <= {article.story for article in world.articles}


def test_texts_have_the_length_of_news(world: World) -> None:
    lengths = sorted(len(article.text.split()) for article in world.articles)
    assert 90 <= lengths[0] <= 150
    assert lengths[-1] >= 500
    assert 180 <= lengths[len(lengths) // 2] <= 300


def test_addresses_and_titles_are_unique(world: World) -> None:
    assert len({article.path for article in world.articles}) == len(world.articles)
    assert len({article.title for article in world.articles}) == len(world.articles)


def test_articles_come_in_the_order_of_publication(world: World) -> None:
    moments = [article.published for article in world.articles]
    assert moments == sorted(moments)
    assert moments[0] > datetime(2025, 11, 18, tzinfo=UTC)


def test_a_summary_is_the_lead_cut_at_a_word(world: World) -> None:
    for each in world.articles:
        lead = each.paragraphs[0].text.split()
        words = each.summary.removesuffix(" …").split()
        assert words == lead[: len(words)], each.label
        assert len(each.summary) <= SUMMARY_CHARACTERS + len(" …")
