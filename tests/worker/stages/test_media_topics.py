import time

import pytest

from worker.stages.keywords import term_counts
from worker.stages.media_topics import MOST, MediaTopic, media_topics
from worker.stages.media_topics.cues import CUES
from worker.stages.media_topics.scheme import MEDIA_TOPICS
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import stopwords

SPORT, CRIME, HEALTH, WEATHER, POLITICS = (f"medtop:{n}000000" for n in ("15", "02", "07", "17", "11"))


def topics(title: str, text: str, language: str) -> dict[str, MediaTopic]:
    return {topic.id: topic for topic in media_topics(term_counts(title, text, language))}


@pytest.mark.parametrize(
    ("title", "text", "language", "expected"),
    [
        ("Keeper saves penalty", "The goalkeeper of the football team won the match for his league side.", "en", SPORT),
        ("Man held over robbery", "Police arrested a suspect; a prosecutor said the trial would follow.", "en", CRIME),
        ("Krankenhaus voll", "Die Ärzte der Klinik haben zu viele Patienten mit dem Virus.", "de", HEALTH),
        ("Tempête en Bretagne", "Météo : la tempête apporte de la pluie et du vent, la neige suivra.", "fr", WEATHER),
        ("El fiscal acusa", "El juez escuchó al fiscal; el acusado sigue en la cárcel, dijo la policía.", "es", CRIME),
        ("Maçı takım kazandı", "Futbol takımı ligde maçı kazandı, kaleci gol yemedi.", "tr", SPORT),
        ("Парламент голосує", "Депутати парламенту голосують, президент і міністри чекають на вибори.", "uk", POLITICS),
        ("Парламент голосует", "Депутаты парламента голосуют, президент и министры ждут выборов.", "ru", POLITICS),
    ],
)
def test_each_language_has_words_that_speak_for_a_topic(title: str, text: str, language: str, expected: str) -> None:
    assert next(iter(topics(title, text, language))) == expected


def test_a_topic_says_because_of_which_words_it_is_given() -> None:
    topic = topics("Keeper saves penalty", "The goalkeeper of the football team won the match.", "en")[SPORT]
    assert topic.name == "sport"
    assert {"goalkeeper", "football"} <= set(topic.because)
    assert 0 < topic.score <= 2


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("", "", "en"),
        ("A quiet lane", "There is a bench below the old tree, and a kettle on it.", "en"),
        ("", "The goalkeeper sat on a bench below the old tree, near the quiet lane.", "en"),  # one word is too few
        ("Umdlalo", "goalkeeper football match", "zu"),  # no table
        ("\x00\u202e😀", "123 456", "en"),
    ],
)
def test_where_nothing_is_clear_there_is_no_topic(title: str, text: str, language: str) -> None:
    assert media_topics(term_counts(title, text, language)) == ()


def test_an_article_has_at_most_three_topics() -> None:
    everything = " ".join(cues.replace("|", " ").replace("*", "") for cues in CUES["en"].values())
    assert len(media_topics(term_counts("", everything, "en"))) <= MOST


@pytest.mark.parametrize("language", CUES)
def test_the_table_of_a_language_has_every_topic_and_no_stop_word(language: str) -> None:
    table = CUES[language]
    assert {f"medtop:{topic}000000" for topic in table} == set(MEDIA_TOPICS)
    assert all(strong and plain for strong, _, plain in (cues.partition("|") for cues in table.values()))
    # A beginning of two letters would be the beginning of too much.
    assert not [cue for cues in table.values() for cue in cues.split() if cue.endswith("*") and len(cue) < 4]
    # A stop word is in no article's words.
    assert not {fold(cue) for cues in table.values() for cue in cues.split()} & stopwords(language)


def test_hostile_text_has_its_topics_in_bounded_time() -> None:
    before = time.process_time()
    media_topics(term_counts("football " * 10_000, ("goalkeeper " + "x" * 90 + " ") * 2_000, "en"))
    assert time.process_time() - before < 2
