"""Counted numbers: one table of what counts, one of what looks like it and does not."""

import pytest

from worker.stages.facts.counts import Count, find_counts, find_lone_death, said_in, says_it_rose


def read(sentence: str, language: str = "en") -> list[tuple[float, str, str]]:
    return [(count.value, count.qualifier, count.slot) for count in find_counts(sentence, language, 2025)]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("At least 20 people were killed.", [(20, "at least", "killed")]),
        ("Overnight strikes killing 19 people shook the town.", [(19, "exactly", "killed")]),
        ("The blast killed nineteen miners.", [(19, "exactly", "killed")]),
        ("Twenty-three passengers were hurt.", [(23, "exactly", "injured")]),
        ("More than 2,500 residents were evacuated.", [(2500, "at least", "evacuated")]),
        ("As many as 40 hikers are missing.", [(40, "up to", "missing")]),
        ("Police detained about 150 protesters.", [(150, "about", "arrested")]),
        ("Divers rescued 12 sailors.", [(12, "exactly", "rescued")]),
        ("Two hundred people were displaced.", [(200, "exactly", "evacuated")]),
        ("The storm claimed 19 lives.", [(19, "exactly", "killed")]),
        ("One person was killed.", [(1, "exactly", "killed")]),
        # each number goes to its own word
        ("19 dead, 60 injured after fire", [(19, "exactly", "killed"), (60, "exactly", "injured")]),
        ("Fire killed 19, injured 60", [(19, "exactly", "killed"), (60, "exactly", "injured")]),
        ("19 were killed and 60 were wounded.", [(19, "exactly", "killed"), (60, "exactly", "injured")]),
        # the new figure of a rising toll, not the old one
        ("The death toll rose from 14 to 19.", [(19, "exactly", "killed")]),
        # a part is not the whole
        ("Nineteen people, including three children, were killed.", [(19, "exactly", "killed")]),
        ("19 of the 40 passengers died.", [(19, "exactly", "killed")]),
        # things are counted beside the dead
        ("600 drones killed two people in 20 provinces.",
         [(600, "exactly", "count:drones"), (2, "exactly", "killed"), (20, "exactly", "count:provinces")]),
        ("He was at two mosques that lost their lives to fire.", []),
        ("Another vessel sank; three of the injured remained in hospital.", []),
        ("Among the dead were three children.", []),
        ("One, a man of 68 with a head injury, was in intensive care.", []),  # neither a number nor an age
        # nor is an early count that the sentence itself replaces
        ("Early counts spoke of 19 dead; by evening officials said 25.", [(25, "exactly", "killed")]),
        ("The first count of injured was 14.", [(14, "exactly", "injured")]),  # it stands alone
        # who says it is not who died
        ("He died during an interrogation, according to two sources.", []),
        # sums, shares and other counts are named after what they are of
        ("Leaders discussed a €140 billion (£121 billion) loan.", [(140e9, "exactly", "money:eur:loan")]),
        ("A deal worth $2.5bn was signed.", [(2.5e9, "exactly", "money:usd:deal")]),
        ("Turnout was 45.2 percent.", [(45.2, "exactly", "percent:turnout")]),
        ("He agreed to buy up to 100 French-made fighter jets.", [(100, "up to", "count:jets")]),
        ("It holds more than 2,500 Ukrainians.", [(2500, "at least", "count:ukrainians")]),
        ("It paid $ 5 million.", [(5e6, "exactly", "money:usd:cost")]),
        ("It paid A$5 million.", [(5e6, "exactly", "money:aud:cost")]),  # not every dollar is American
        ("It bid 690 pence a share.", [(6.9, "exactly", "money:gbp:share")]),
        ("It bid 690p a share.", [(6.9, "exactly", "money:gbp:share")]),
        ("It offered 2.1 billion pounds.", [(2.1e9, "exactly", "money:gbp:offered")]),
        ("It cost two million four hundred thousand dollars.", [(2.4e6, "exactly", "money:usd:cost")]),
        ("Turnout was 61 percent, and it rained.", [(61, "exactly", "percent:turnout")]),
        # measures, in one unit of their kind, are of what is named beside them
        ("The queue is ten miles long.", [(16093.44, "exactly", "length:queue")]),
        ("It was travelling at 94 kilometres an hour.", [(94, "exactly", "speed:speed")]),
        # what it should have been is not what it was
        ("Where it ought to have been making 5 km/h, it was making 12 km/h.", [(12, "exactly", "speed:speed")]),
        ("The spill released 900 tonnes of oil.", [(900_000, "exactly", "mass:oil")]),
        ("A 6.8-magnitude earthquake struck Silmar.", [(6.8, "exactly", "magnitude")]),
        ("The ferry was 71 metres from the pier.", []),  # of nothing that readers ask for
        # spans that last
        ("He was sentenced to six years in prison.", [(6 * 525_949, "exactly", "span:prison")]),
        ("The siege lasted three days.", [(3 * 1_440, "exactly", "span:lasted")]),
        ("He will miss the rest of the season.", [(1e9, "exactly", "span:out")]),  # longer than any
        # known things are counted by one name, and few of them too
        ("About 400 lorries were waiting.", [(400, "about", "count:trucks")]),
        ("Four trucks were stuck.", [(4, "exactly", "count:trucks")]),
        ("He began a six-year sentence.", [(6 * 525_949, "exactly", "span:prison")]),
        ("The four trucks were stuck.", []),  # told of before
        ("The count of 14 dead was an error.", []),
        ("Seven workers were missing, not 11.", [(7, "exactly", "missing")]),
        ("It has a 1080p screen.", []),  # no price
        # a year that counts people
        ("The quake killed 2000 people.", [(2000, "exactly", "killed")]),
        # the article's own year is no other time, nor is the one a record is measured by
        ("In 2025 the city evacuated 300 people.", [(300, "exactly", "evacuated")]),
        ("The strike killed 19, the deadliest since 2023.", [(19, "exactly", "killed")]),
    ],
)  # fmt: skip
def test_what_counts_is_read(sentence: str, counts: list[tuple[float, str, str]]) -> None:
    assert read(sentence) == counts


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks began on 19 November.",
        "They met on November 19, 2025.",
        "The war has gone on since 2022.",
        "Olena Moroz, 45, was killed.",
        "A 19-year-old was injured.",
        "He was aged 45 when he died.",
        "Flight 370 is missing.",
        "The 20-point plan was rejected.",
        "It was the 19th death.",  # an ordinal
        "Call 0312 555 01 99 if someone is missing.",
        "Three days later the siege ended.",
        "He left after six years in prison.",
        "No one was killed.",
        "One of the two sides left.",
        "In the 2022 attack, 30 people were killed.",  # another event
        "The invasion that began in February 2022 has killed 14,000 people.",
        "Last year 30 people were killed there.",
        "The rate was 21 gun deaths per 100,000 people in 2017.",
        "",
    ],
)
def test_what_only_looks_like_a_count_is_left_out(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("language", "sentence", "counts"),
    [
        ("fr", "Au moins 20 personnes ont été tuées.", [(20, "at least", "killed")]),
        ("fr", "Le bilan est passé de 14 à 19 morts, dont trois enfants.", [(19, "exactly", "killed")]),
        ("fr", "La ville a évacué 2 500 habitants.", [(2500, "exactly", "evacuated")]),  # a space groups thousands
        ("es", "El ataque dejó 19 muertos y 60 heridos.", [(19, "exactly", "killed"), (60, "exactly", "injured")]),
        ("es", "Más de 1.200 personas fueron evacuadas.", [(1200, "at least", "evacuated")]),  # so does a point
        ("tr", "En az 20 kişi öldü, 60 kişi yaralandı.", [(20, "at least", "killed"), (60, "exactly", "injured")]),
        ("tr", "Yaralılar arasında bir Türk vatandaşı da var.", []),  # a part again
        ("tr", "Patlamada 20’den fazla kişi hayatını kaybetti.", [(20, "at least", "killed")]),  # said after it
        (
            "uk",
            "Загинули щонайменше 20 людей, п’ятеро зникли.",
            [(20, "at least", "killed"), (5, "exactly", "missing")],
        ),
        ("uk", "Збитки склали 2,5 млрд євро.", [(2.5e9, "exactly", "money:eur:damage")]),
        ("de", "Fünfundzwanzig Menschen wurden verletzt.", [(25, "exactly", "injured")]),
        ("de", "Der Konzern investiert 850 Millionen Euro.", [(850e6, "exactly", "money:eur:investment")]),
        ("it", "Almeno dodici persone sono morte.", [(12, "at least", "killed")]),
        ("pt", "O incêndio deixou 12 mortos.", [(12, "exactly", "killed")]),
        ("ru", "Погибли двести пятьдесят человек.", [(250, "exactly", "killed")]),  # parts of one number
        ("pl", "Zginęło siedem osób.", [(7, "exactly", "killed")]),
        ("nl", "Bij de brand zijn 23 mensen gewond geraakt.", [(23, "exactly", "injured")]),
        ("es", "Unos novecientos camiones esperan.", [(900, "about", "count:trucks")]),
        ("es", "La cola alcanza 16 kilómetros.", [(16_000, "exactly", "length:queue")]),
        ("xx", "19 people were killed.", [(19, "exactly", "killed")]),  # unknown: read as English
    ],
)
def test_other_languages_are_read_by_their_own_words(
    language: str, sentence: str, counts: list[tuple[float, str, str]]
) -> None:
    assert read(sentence, language) == counts


@pytest.mark.parametrize(
    ("sentence", "is_death"),
    [
        ("Passenger, 68, dies two days after ferry crash", True),
        ("Man killed in Izmir blast", True),
        ("Police officer found dead at home", True),
        ("A passenger who was injured when the ferry struck the pier has died, the hospital said.", True),
        ("A 68-year-old man died on Tuesday.", True),
        ("A woman was killed when a wall fell.", True),
        # who kills is not who dies
        ("Man killed three in Izmir", False),
        ("A soldier killed three people.", False),
        # more than one, or none
        ("Second passenger dies", False),
        ("No passenger died.", False),
        ("Passengers died in the crash.", False),
        # one of whom was told before; any at all; another time
        ("The passenger has died.", False),
        ("When a child dies, a town grieves.", False),
        ("In 2019 a man died there.", False),
        ("A man died there last year.", False),
    ],
)
def test_a_single_death_is_read_without_a_number(sentence: str, is_death: bool) -> None:
    assert (find_lone_death(sentence, "en", 2025) is not None) is is_death


def test_a_single_death_is_read_in_languages_with_words_for_it_only() -> None:
    assert find_lone_death("A woman was killed when a wall fell.", "tr", 2025) is None


@pytest.mark.parametrize(
    ("sentence", "rose"),
    [
        ("The number of injured was raised to 17 from 14.", True),
        ("Rescuers raised the number of people killed to 25.", True),
        ("The number of people killed reached 26.", True),
        ("Le bilan est passé de 14 à 19 morts.", True),
        ("Can kaybının 26'ya çıktığını bildirdi.", True),
        ("Кількість загиблих зросла до 26.", True),
        ("At least 20 people died.", False),
        ("Thirteen passengers were hurt.", False),  # holds "passe", no French word
        ("They raised money for 20 people.", False),
    ],
)
def test_a_sentence_that_announces_a_new_count_is_known(sentence: str, rose: bool) -> None:
    assert says_it_rose(sentence) is rose


def test_without_the_articles_year_every_year_is_another() -> None:
    assert find_counts("In 2025 the city evacuated 300 people.", "en") == ()


def test_a_hedge_in_the_same_clause_is_noted() -> None:
    [feared, sure] = find_counts("Some 30 people are feared dead, and 12 were injured.", "en")
    assert (feared.slot, feared.hedged, feared.qualifier) == ("killed", True, "about")
    assert (sure.slot, sure.hedged) == ("injured", False)


def test_a_count_says_where_it_stands() -> None:
    sentence = "A storm killed 19 people."
    [count] = find_counts(sentence, "en")
    assert isinstance(count, Count)
    assert sentence[count.start : count.end] == "19"


@pytest.mark.parametrize("word", ["İki yüz", "iki yüz", "İKİ YÜZ", "iki YÜZ"])
def test_turkish_capitals_are_the_same_number(word: str) -> None:
    """Python makes two characters of a small İ, and a pattern that ignores case takes I, İ, ı and i for one letter."""
    (count,) = find_counts(f"{word} kişi öldü.", "tr", 2025)
    assert (count.slot, count.value) == ("killed", 200)


def test_a_turkish_number_without_its_dots_does_not_break_reading() -> None:
    (count,) = find_counts("KIRK kişi öldü.", "tr", 2025)
    assert count.value == 40


@pytest.mark.parametrize(
    ("sentence", "slot", "value", "said"),
    [
        ("He was sentenced to six years in prison.", "span:prison", 6 * 525_949.0, "six years"),
        ("La cola alcanza 16 kilómetros.", "length:queue", 16_000.0, "16 kilómetros"),
        ("He was sentenced to six years in prison.", "span:prison", 7 * 525_949.0, ""),  # it says no such thing
    ],
)
def test_a_measure_is_shown_as_its_sentence_writes_it(sentence: str, slot: str, value: float, said: str) -> None:
    assert said_in(sentence, slot, value) == said
