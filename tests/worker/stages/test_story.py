from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.aliases import NO_ALIASES
from worker.stages.keywords import idf
from worker.stages.names import find_names
from worker.stages.story import (
    Choice,
    Profile,
    StoryProfile,
    add,
    choose,
    from_index,
    open_story,
    probe_terms,
    profile,
    remove,
    threshold_for,
    to_index,
)

NOON = datetime(2025, 11, 19, 12, tzinfo=UTC)


def read(title: str, text: str = "", language: str = "en", when: datetime = NOON) -> Profile:
    return profile(title, text, find_names(title, text, language, NO_ALIASES), language, when)


def unseen(_: str) -> float:
    return idf(0, 0)


class Archive:
    """Stories and document frequencies as they grow, one article at a time."""

    def __init__(self) -> None:
        self.stories: dict[int, StoryProfile] = {}
        self.frequencies: Counter[str] = Counter()
        self.read = 0

    def idf_of(self, key: str) -> float:
        return idf(self.frequencies[key], self.read)

    def place(self, article: Profile) -> int:
        choice = choose(article, list(self.stories.values()), self.idf_of)
        story = len(self.stories) if choice.story is None else choice.story
        known = self.stories.get(story)
        self.stories[story] = add(known, article) if known else open_story(story, article)
        self.frequencies.update(to_index(article).keys())
        self.read += 1
        return story


TALKS = """President Volodymyr Zelensky landed in Ankara on Wednesday to ask for a ceasefire. He will meet Recep Tayyip
Erdogan, who offered to host a new round of negotiations with Moscow. Zelensky wants an exchange of
prisoners before the winter. The Kremlin said it would send no delegation to Ankara. Erdogan's office spoke
of a plan for the Black Sea ports."""
SAME_TALKS = """\
Ukraine's leader arrived in the Turkish capital with a list of captured soldiers. Volodymyr Zelenskiy told
reporters that Recep Tayyip Erdoğan could bring Moscow back to the negotiations. The Kremlin declined to
send anyone to Ankara. A ceasefire at sea, and ports left alone in the winter, would be a beginning,
Zelenskiy said; prisoners first."""
TALKS_IN_TURKISH = """\
Ukrayna lideri Volodimir Zelenskiy çarşamba günü Ankara'ya geldi. Recep Tayyip Erdoğan ile esir takasını
görüşecek olan Zelenskiy, Steve Witkoff'un da masada olmasını istedi. Kremlin heyet göndermedi. Erdoğan,
İstanbul'da yeni bir tur için hazır olduklarını söyledi. Limanlar ve kış öncesinde ateşkes de konuşuldu.
Görüşme iki saat sürdü."""
WITH_ENVOY = TALKS + " Envoy Steve Witkoff may join them in Istanbul, where the last round was held."
OTHER_TALKS = """President Volodymyr Zelensky signed a contract for fighter jets in Paris on Wednesday. He and Emmanuel
Macron visited a hangar where the first of the aircraft was shown. France will train pilots and mechanics
for three years. The price was kept secret. Opposition deputies asked Macron who would pay, and whether the
factory could deliver in time."""
FERRY = """A ferry hit the eastern pier at Port Ellery on Wednesday morning and fourteen passengers were hurt. The
captain of the Sula Dawn said the engines did not answer. Divers looked at the hull while islanders waited
for the spare boat, and the harbour master, Agnes Rowe, closed the berth until an inspector had seen the
damage to the piles."""


def test_two_reports_of_one_event_in_other_words_are_one_story() -> None:
    archive = Archive()
    assert archive.place(read("Zelensky in Ankara to ask for ceasefire", TALKS)) == archive.place(
        read("List in hand, Ukraine's president lands in Turkey", SAME_TALKS)
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Zelensky buys jets in Paris", OTHER_TALKS),  # the same man on the same day
        ("Ferry hits pier at Port Ellery", FERRY),
    ],
)
def test_another_event_is_another_story(title: str, text: str) -> None:
    archive = Archive()
    assert archive.place(read("Zelensky in Ankara to ask for ceasefire", TALKS)) != archive.place(read(title, text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zelensky arrives in Ankara for talks with Erdogan", "Zelenskyy, Erdoğan meet in Ankara", True),
        ("Zelensky arrives in Ankara for talks with Erdogan", "Turkey hosts Zelenskiy for urgent talks", True),
        ("Zelensky arrives in Ankara for talks with Erdogan", "Zelensky in Madrid for talks with Sanchez", False),
        ("Erdogan arrives in Baku for talks with Aliyev", "Zelensky in Madrid for talks with Sanchez", False),
        ("Ferry hits pier at Port Ellery", "Fourteen hurt as ferry strikes Port Ellery pier", True),
        ("Ferry hits pier at Port Ellery", "Central bank cuts rate to three percent", False),
    ],
)  # fmt: skip
def test_headlines_alone_are_told_apart(one: str, other: str, same: bool) -> None:
    archive = Archive()
    archive.frequencies.update({"arrive": 400, "talk": 700, "peace": 300})
    archive.read = 10_000
    assert (archive.place(read(one)) == archive.place(read(other))) is same


def test_reports_in_two_languages_meet_in_several_rare_names() -> None:
    archive = Archive()
    story = archive.place(read("Zelensky in Ankara to ask for ceasefire", WITH_ENVOY))
    article = read("Zelenskiy Ankara'da", TALKS_IN_TURKISH, "tr")
    choice = choose(article, [archive.stories[story]], archive.idf_of)
    assert choice.story == story
    assert {"steve witkof", "kremlin", "istanbul"} <= set(choice.shared)


def test_one_name_in_common_does_not_join_two_languages() -> None:
    archive = Archive()
    story = archive.place(read("Zelensky buys jets in Paris", OTHER_TALKS))
    article = read("Zelenskiy Ankara'da", TALKS_IN_TURKISH, "tr")
    assert choose(article, [archive.stories[story]], archive.idf_of).story is None


def test_names_alone_do_not_join_reports_in_one_language() -> None:
    names = {"ada quill": 1.0, "bo reed": 1.0, "cy marsh": 1.0}
    article = Profile({f"apple{i}": 1.0 for i in range(30)}, names, NOON, 300, "en")
    others = {f"pear{i}": 1.0 for i in range(30)}
    in_other_language = StoryProfile(1, others, names, 1, NOON, NOON, {"tr": 1.0})
    assert choose(article, [in_other_language], unseen).story == 1
    # Half of the likeness is to be had by names, so the words must bear the other half.
    quiet = StoryProfile(
        2, {**others, "apple1": 0.1}, {**names, **{f"n{i}": 1.0 for i in range(6)}}, 1, NOON, NOON, {"en": 1.0}
    )
    assert choose(article, [quiet], unseen).story is None


@pytest.mark.parametrize(
    ("days", "joins"),
    [
        (0, True),
        (3, True),
        (14, False),
        (-3, True),  # a late arrival about the days before
        (-14, False),
    ],
)
def test_a_story_without_coverage_stops_attracting_articles(days: int, joins: bool) -> None:
    story = open_story(7, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    article = read("List in hand, president lands", SAME_TALKS, when=NOON + timedelta(days=days))
    assert (choose(article, [story], unseen).story == 7) is joins


def test_the_days_within_a_long_story_are_all_near() -> None:
    article = read("List in hand, president lands", SAME_TALKS, when=NOON + timedelta(days=20))
    story = open_story(7, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    covered = StoryProfile(7, story.terms, story.names, 1, NOON, NOON + timedelta(days=40), story.languages)
    assert choose(article, [covered], unseen).story == 7


def test_the_nearest_of_several_stories_is_chosen() -> None:
    talks = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    jets = open_story(2, read("Zelensky buys jets in Paris", OTHER_TALKS))
    assert choose(read("", SAME_TALKS), [jets, talks], unseen).story == 1


def test_a_choice_says_why() -> None:
    talks = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    choice = choose(read("", SAME_TALKS), [talks], unseen)
    assert choice.score >= choice.threshold
    assert {"volodymyr zelensky", "ankara"} <= set(choice.shared)
    refused = choose(read("", FERRY), [talks], unseen)
    assert refused.story is None
    assert refused.score < refused.threshold


def test_without_candidates_a_story_is_opened() -> None:
    assert choose(read("", FERRY), [], unseen) == Choice(None, 0.0, threshold_for(read("", FERRY).words), ())


@pytest.mark.parametrize("words", [0, 5, 15, 60, 250, 5_000])
def test_the_threshold_rises_with_length_between_headline_and_full_text(words: int) -> None:
    assert threshold_for(15) <= threshold_for(words) <= threshold_for(250)
    assert threshold_for(60) < threshold_for(120)


@pytest.mark.parametrize("text", ["", "😀", "東京で地震", "وصل الرئيس"])
def test_an_article_of_few_words_is_compared_without_error(text: str) -> None:
    story = open_story(1, read("", TALKS))
    assert choose(read(text, text), [story, open_story(2, read("", ""))], unseen).story is None


def test_removing_an_article_undoes_adding_it() -> None:
    story = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    article = read("", SAME_TALKS)
    restored = remove(add(story, article), article)
    assert restored.terms == pytest.approx(dict(story.terms))
    assert restored.names == pytest.approx(dict(story.names))
    assert (restored.articles, restored.languages) == (1, story.languages)


def test_a_story_spans_its_articles() -> None:
    story = open_story(1, read("", TALKS))
    grown = add(
        add(story, read("", SAME_TALKS, when=NOON + timedelta(days=2))), read("", TALKS, when=NOON - timedelta(days=1))
    )
    assert (grown.first, grown.last, grown.articles) == (NOON - timedelta(days=1), NOON + timedelta(days=2), 3)


def test_the_index_gives_back_what_was_put_in() -> None:
    article = read("Zelensky in Ankara to ask for ceasefire", TALKS)
    story = from_index(3, to_index(article), 1, NOON, NOON)
    assert (story.terms, story.names, story.languages) == (article.terms, article.names, {"en": 1.0})


def weigh_less(*common: str) -> Callable[[str], float]:
    return lambda key: 0.1 if key in common else 5.0


def test_probe_terms_are_the_rarest_words_and_names() -> None:
    article = read("Zelensky in Ankara to ask for ceasefire", TALKS)
    every = set(to_index(article)) - {"l:en"}
    found = probe_terms(article, weigh_less("winter", "n:ankara"), top=len(every) - 2)
    assert set(found) == every - {"winter", "n:ankara"}


def test_a_capital_also_names_its_country() -> None:
    assert "turkey" in read("", "They met in Ankara yesterday.").names


def test_full_and_short_reports_share_the_last_name() -> None:
    full, short = read("", "It was Volodymyr Zelensky."), read("", "Nobody asked Zelensky.")
    assert full.names.keys() & short.names.keys() == {"zelensky"}
