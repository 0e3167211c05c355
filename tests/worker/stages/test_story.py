import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.aliases import NO_ALIASES
from worker.stages.background import idf_of
from worker.stages.names import Name, find_names
from worker.stages.story import (
    Choice,
    Profile,
    StoryProfile,
    add,
    choose,
    counted_keys,
    index_keys,
    likeness,
    open_story,
    probe_keys,
    profile,
    remove,
    sound_keys,
)
from worker.stages.story.evidence import Compared
from worker.stages.vector import Vector, vector_of

NOON = datetime(2025, 11, 19, 12, tzinfo=UTC)


def read(
    title: str, text: str = "", language: str = "en", when: datetime = NOON, vector: Vector | None = None
) -> Profile:
    return profile(title, text, find_names(title, text, language, NO_ALIASES), language, when, vector=vector)


def kept(story: StoryProfile) -> StoryProfile:
    """The story as it is read back."""
    return StoryProfile.from_json(story.id, json.loads(json.dumps(story.to_json())))


unseen = idf_of({}, 0, "en")


class Archive:
    """Stories and document frequencies as they grow, one article at a time."""

    def __init__(self) -> None:
        self.stories: dict[int, StoryProfile] = {}
        self.frequencies: Counter[str] = Counter()
        self.read = 0

    def idf_of(self, key: str) -> float:
        return idf_of(self.frequencies, self.read, "en")(key)

    def place(self, article: Profile) -> int:
        choice = choose(article, list(self.stories.values()), self.idf_of)
        story = len(self.stories) if choice.story is None else choice.story
        known = self.stories.get(story)
        self.stories[story] = add(known, article) if known else open_story(story, article)
        self.frequencies.update(counted_keys(article))
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
NEXT_VISIT = """\
Volodymyr Zelenskiy is back in the Turkish capital. He and Recep Tayyip Erdoğan spoke of grain ships and of a
gas line under the sea, and signed a paper on drones that will be built near Ankara. No round of negotiations
with Moscow is planned, the two said; the Kremlin had no comment. Zelenskiy leaves for Athens on Friday."""
WITH_ENVOY = TALKS + " Envoy Steve Witkoff may join them in Istanbul, where the last round was held."
OTHER_TALKS = """President Volodymyr Zelensky signed a contract for fighter jets in Paris on Wednesday. He and Emmanuel
Macron visited a hangar where the first of the aircraft was shown. France will train pilots and mechanics
for three years. The price was kept secret. Opposition deputies asked Macron who would pay, and whether the
factory could deliver in time."""
FERRY = """A ferry hit the eastern pier at Port Ellery on Wednesday morning and fourteen passengers were hurt. The
captain of the Sula Dawn said the engines did not answer. Divers looked at the hull while islanders waited
for the spare boat, and the harbour master, Agnes Rowe, closed the berth until an inspector had seen the
damage to the piles."""


ROOF_FALL = """\
A fall of roof has cut off nine miners in the Zaria pit at Kostrava. Chief engineer Taras Holub said that knocking had
been heard on a water pipe. Oksana Melnyk, whose husband leads the shift, waited at the old north shaft."""
ROOF_FALL_IN_UKRAINIAN = """\
Усіх дев'ятьох гірників, яких завал відрізав у шахті в Костраві, підняли на поверхню в середу вранці. Головний інженер
Тарас Голуб сказав, що троє мають легкі травми. Оксана Мельник зустріла чоловіка біля ствола."""


# --- Choosing ---


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


def test_reports_in_two_languages_meet_in_three_names_that_few_know() -> None:
    long_text = " ".join(f"word{place} Person{place} Family{place}." for place in range(30))  # many names besides
    story = open_story(7, read("Ferry hits pier", f"{FERRY} {long_text}"))
    text = "Feribot Port Ellery'de iskeleye çarptı. Kaptan motorların çalışmadığını söyledi. Agnes Rowe bilgi verdi. "
    near, later = (
        read("Sula Dawn kazası", text + "Sula Dawn çekildi.", "tr", NOON + timedelta(days=days)) for days in (1, 30)
    )
    assert choose(near, [story], unseen).story == 7
    assert choose(later, [story], unseen).story is None


def test_names_in_two_scripts_are_found_and_joined_by_their_sound() -> None:
    story = open_story(7, read("Nine miners cut off at Kostrava", ROOF_FALL))
    article = read("Гірників шахти підняли на поверхню", ROOF_FALL_IN_UKRAINIAN, "uk", NOON + timedelta(days=1))
    assert set(probe_keys(article, unseen)) & set(index_keys(story, unseen))
    assert choose(article, [story], unseen).story == 7


def test_a_rare_word_joins_short_reports_whether_or_not_it_is_seen_to_be_a_name() -> None:
    first = read("Straitline stops all sailings", "Straitline, which sails to the Corran Islands, stopped its ferries.")
    later = read("Islanders wait for milk", "The boats of Straitline stayed in port. The Corran council hired a craft.")
    compared = Compared.of(later, unseen)
    assert compared.shared_rare(open_story(1, first)) >= 2


def test_the_names_that_all_reports_have_are_not_rare() -> None:
    story = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    assert Compared.of(read("Zelensky buys jets in Paris", OTHER_TALKS), unseen).shared_rare(story) == 0


def test_a_day_hardly_counts_and_a_month_nearly_as_much_as_a_year() -> None:
    story = open_story(1, read("", FERRY))
    same, next_day, month, year = (
        Compared.of(read("", FERRY, when=NOON + timedelta(days=days)), unseen).with_story(story).gap
        for days in (0, 1, 30, 365)
    )
    assert same == 0
    assert next_day < 0.1
    assert 0.9 < month < year < 1


def test_a_full_text_without_spaces_is_no_headline() -> None:
    assert read("東京で地震", "東京で強い地震があった。" * 30, "ja").words > 150
    assert read("Ferry hits pier", FERRY).words == len(f"Ferry hits pier {FERRY}".split(" "))


def test_one_name_in_common_does_not_join_two_languages() -> None:
    archive = Archive()
    story = archive.place(read("Zelensky buys jets in Paris", OTHER_TALKS))
    article = read("Zelenskiy Ankara'da", TALKS_IN_TURKISH, "tr")
    assert choose(article, [archive.stories[story]], archive.idf_of).story is None


@pytest.mark.parametrize(
    ("days", "joins"),
    [
        (0, True),
        (3, True),
        (100, False),  # the next visit, which would have been part of the first one on its days
        (-3, True),  # a late arrival about the days before
        (-100, False),
    ],
)
def test_a_story_without_coverage_stops_attracting_articles(days: int, joins: bool) -> None:
    story = open_story(7, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    article = read("Drones and grain ships", NEXT_VISIT, when=NOON + timedelta(days=days))
    assert (choose(article, [story], unseen).story == 7) is joins


def test_rare_names_revive_a_story_after_weeks() -> None:
    story = open_story(7, read("Ferry hits pier at Port Ellery", FERRY))
    article = read(
        "Port Ellery ferry: engines were not serviced",
        "The engines of the Sula Dawn had not been serviced for a year when the ferry hit the eastern pier at Port "
        "Ellery and fourteen passengers were hurt, an inspector has found. Harbour master Agnes Rowe said that the "
        "berth would stay closed until the piles were mended. The captain is back at sea.",
        when=NOON + timedelta(days=40),
    )
    assert choose(article, [story], unseen).story == 7


def test_the_days_within_a_long_story_are_all_near() -> None:
    article = read("List in hand, president lands", SAME_TALKS, when=NOON + timedelta(days=100))
    story = open_story(7, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    assert choose(article, [replace(story, last=NOON + timedelta(days=140))], unseen).story == 7


def test_the_likeliest_of_several_stories_is_chosen() -> None:
    talks = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    jets = open_story(2, read("Zelensky buys jets in Paris", OTHER_TALKS))
    assert choose(read("", SAME_TALKS), [jets, talks], unseen).story == 1


def test_two_stories_that_an_article_is_surely_of_are_shown() -> None:
    again = read("Zelensky in Ankara to ask for ceasefire", TALKS)
    stories = [open_story(1, again), open_story(2, again), open_story(3, read("", FERRY))]
    choice = choose(again, stories, unseen)
    assert {choice.story, *choice.also} == {1, 2}


def test_a_choice_says_why() -> None:
    talks = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS))
    choice = choose(read("", SAME_TALKS), [talks], unseen)
    assert 1 >= choice.score >= choice.threshold
    assert {"volodymyr zelensky", "ankara"} <= set(choice.shared)
    refused = choose(read("", FERRY), [talks], unseen)
    assert refused.story is None
    assert 0 <= refused.score < refused.threshold


def test_without_candidates_a_story_is_opened() -> None:
    choice = choose(read("", FERRY), [], unseen)
    assert choice == Choice(None, 0.0, choice.threshold, ())
    assert 0 < choice.threshold < 1


def test_vectors_join_what_shares_no_word() -> None:
    north, nearly, east = (vector_of("m", numbers) for numbers in ([1.0, 0.1], [1.0, 0.0], [0.0, 1.0]))
    story = open_story(1, read("Fed raises rates by a quarter point", vector=north))
    headline = "American central bank hikes borrowing costs"
    assert choose(read(headline), [story], unseen).story is None
    assert choose(read(headline, vector=east), [story], unseen).story is None
    assert choose(read(headline, vector=nearly), [story], unseen).story == 1


def test_vectors_of_another_model_are_passed_over() -> None:
    story = open_story(1, read("", TALKS, vector=vector_of("old", [1.0, 0.0])))
    article = read("", SAME_TALKS, vector=vector_of("new", [1.0, 0.0]))
    assert choose(article, [story], unseen) == choose(read("", SAME_TALKS), [open_story(1, read("", TALKS))], unseen)
    grown = add(story, article)  # goes on with the new model
    assert grown.vector is not None
    assert grown.vector.model == "new"


@pytest.mark.parametrize("one", ["", "😀", "東京で地震", "وصل الرئيس", "\x00", "1 2 3", "a" * 100_000, "Ä " * 5_000])
def test_any_text_is_compared_without_error(one: str) -> None:
    story = kept(open_story(1, read("", TALKS)))
    assert choose(read(one, one), [story, kept(open_story(2, read("", "")))], unseen).story is None


def test_the_same_pages_in_chinese_are_one_story() -> None:
    text = "东京湾周三上午发生强烈地震，数十栋房屋受损，消防部门正在搜救。"
    assert choose(read("", text, "zh"), [open_story(1, read("东京湾地震", text, "zh"))], unseen).story == 1


# --- Likeness of stories ---


def test_stories_of_one_event_are_more_alike_than_others() -> None:
    one, same, other = (
        open_story(place, read("", text)) for place, text in enumerate([TALKS, SAME_TALKS, OTHER_TALKS])
    )
    assert 1 >= likeness(one, same, unseen) > 1.5 * likeness(one, other, unseen)
    assert likeness(one, one, unseen) == pytest.approx(1.0)
    assert likeness(one, open_story(9, read("")), unseen) == 0


# --- What is added up, and written down ---


def test_removing_an_article_undoes_adding_it() -> None:
    vector = vector_of("m", [1.0, 0.0])
    story = open_story(1, read("Zelensky in Ankara to ask for ceasefire", TALKS, vector=vector_of("m", [0.0, 1.0])))
    article = read("Zelensky lands with 250 names", SAME_TALKS, vector=vector)
    restored = remove(kept(add(story, article)), Profile.from_json(json.loads(json.dumps(article.to_json()))))
    for part in ("terms", "names", "title", "numbers", "languages"):
        assert getattr(restored, part) == pytest.approx(getattr(story, part), abs=0.02)
    assert restored.articles == 1
    assert choose(article, [restored], unseen).score == pytest.approx(choose(article, [story], unseen).score, abs=0.01)


def test_a_story_spans_its_articles() -> None:
    story = open_story(1, read("", TALKS))
    grown = add(
        add(story, read("", SAME_TALKS, when=NOON + timedelta(days=2))), read("", TALKS, when=NOON - timedelta(days=1))
    )
    assert (grown.first, grown.last, grown.articles) == (NOON - timedelta(days=1), NOON + timedelta(days=2), 3)


def test_what_is_kept_is_read_back() -> None:
    article = read("Zelensky in Ankara with 250 names", TALKS, vector=vector_of("m", [0.6, 0.8]))
    assert Profile.from_json(json.loads(json.dumps(article.to_json()))) == article
    story = open_story(3, article)
    back = kept(story)
    assert kept(back) == back
    assert back.terms == pytest.approx(story.terms, abs=0.01)
    assert (back.first, back.languages, back.numbers) == (story.first, {"en": 1.0}, {"250": 1.0})


def test_a_story_of_many_articles_stays_small() -> None:
    story = open_story(1, read("", TALKS, vector=vector_of("m", [1.0] * 384)))
    for place in range(40):
        words = " ".join(f"word{place}x{index} Name{place}y{index} {place}{index}" for index in range(40))
        story = kept(add(story, read(words[:80], words)))
    sizes = [len(part) for part in (story.terms, story.names, story.title, story.numbers)]
    assert sum(sizes) <= 360
    assert len(json.dumps(story.to_json())) < 8_000


def test_words_of_most_articles_outlast_those_of_one() -> None:
    story = open_story(1, read("", FERRY))
    for place in range(50):
        once = " ".join(f"word{place}x{index}" for index in range(30))
        story = add(story, read("", f"{FERRY} {once}"))
    assert {"pier", "captain", "ferry"} & {key.replace("fery", "ferry") for key in story.terms} >= {"pier", "captain"}


def test_a_revision_may_empty_a_story() -> None:
    article = read("", FERRY)
    empty = kept(remove(open_story(1, article), article))
    assert (empty.articles, dict(empty.terms), dict(empty.names)) == (0, {}, {})
    assert choose(article, [empty], unseen).story is None


# --- Keys ---


def test_the_strongest_words_and_names_are_probed_and_listed() -> None:
    article = read("Zelensky in Ankara to ask for ceasefire", TALKS)

    def weigh(key: str) -> float:
        return 0.01 if key in ("winter", "n:ankara") else 5.0

    probed = probe_keys(article, weigh)
    assert len(probed) == 16
    assert not {"winter", "n:ankara"} & set(probed)
    assert set(probed) <= {*counted_keys(article), *sound_keys(article)}
    listed = index_keys(open_story(1, article), weigh)
    assert set(probed) <= set(listed)
    assert len(listed) <= 24


def test_the_keys_of_an_article_are_bounded() -> None:
    names = [Name(f"person{i} family{i}", f"Person{i} Family{i}", "person", 1, False) for i in range(10_000)]
    article = profile("", " ".join(f"word{i}a" for i in range(20_000)), names, "en", NOON)
    assert len(counted_keys(article)) <= 80
    assert len(sound_keys(article)) <= 4


def test_a_capital_also_names_its_country() -> None:
    assert "turkey" in read("", "They met in Ankara yesterday.").names


def test_full_and_short_reports_share_the_last_name() -> None:
    full, short = read("", "It was Volodymyr Zelensky."), read("", "Nobody asked Zelensky.")
    assert "zelensky" in full.names.keys() & short.names.keys()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("34 hurt, 2,500 moved", {"34", "2500"}),
        ("2.500 Menschen, 4,5 Prozent", {"2500", "4.5"}),  # as German writes them
        ("In 2025, 3 of them", set()),  # years and small numbers are in every report
        ("F16 and 16A and x34", set()),
        ("1" * 5_000 + " 12", {"12"}),
    ],
)
def test_figures_are_told_from_years_and_small_numbers(text: str, numbers: set[str]) -> None:
    assert read("", text).numbers == numbers
