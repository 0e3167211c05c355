import time

import pytest

from worker.stages.aliases import NO_ALIASES, Aliases
from worker.stages.names import MAX_NAMES, Name, find_names


def names_of(text: str, title: str = "", language: str = "en", aliases: Aliases = NO_ALIASES) -> dict[str, Name]:
    return {name.key: name for name in find_names(title, text, language, aliases)}


def keys_of(text: str, title: str = "", language: str = "en") -> set[str]:
    return set(names_of(text, title, language))


def test_mentions_of_one_name_are_joined_and_counted() -> None:
    text = "They praised Mireille Okonkwo on Monday. Okonkwo smiled. Later Okonkwo left, and Mireille Okonkwo's dog."
    name = names_of(text)["mireile okonkwo"]
    assert (name.shown, name.count) == ("Mireille Okonkwo", 4)


def test_the_most_mentioned_name_comes_first() -> None:
    text = "People in Oslo like Bergen. Many left Bergen for Oslo, since Oslo is warmer."
    assert [name.key for name in find_names("", text, "en", NO_ALIASES)] == ["oslo", "bergen"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They saw Barack Obama and then Michelle Obama. Nobody asked what Obama thought.",
         {"barack obama", "michele obama", "obama"}),  # two who share a name: the short form is nobody's
        ("It was Recep Tayyip Erdogan who spoke. Critics of Tayyip Erdogan and of Recep Erdogan heard Erdogan.",
         {"recep tayip erdogan"}),  # shortened in the middle and at the front
        ("The Bank of America opened in America.", {"bank of america", "united states"}),  # a place in another's name
        ("He joined the European Medicines Agency. The EMA was glad.", {"european medicines agency"}),
        ("Here President Dorn said no. They heard Dorn, saw Dorn, and feared Dorn. Then came Ilse Dorn, his niece.",
         {"dorn", "ilse dorn"}),  # named short, with a title, long before somebody else's full name
        ("They met Ilse Dorn. Then President Dorn said no. They feared Dorn, Dorn, Dorn. His name is Otto Dorn.",
         {"dorn", "ilse dorn", "otto dorn"}),  # his full name, given late, makes it no clearer
        ("They met Ella Houston. Nobody asked Houston.", {"ella houston"}),  # a city too, but she was named
        ("They met Ella Houston in Houston.", {"ella houston", "houston"}),
        ("Donald J. Trump spoke. Later Donald Trump left, and Trump slept.", {"donald trump"}),  # an initial
        ("Critics call Germany Richard Alder's home. Friends met Richard Alder there.", {"germany", "richard alder"}),
    ],
)  # fmt: skip
def test_names_are_joined_only_where_one_can_be_short_for_the_other(text: str, expected: set[str]) -> None:
    assert keys_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # "до" is "to" in Ukrainian, though it reads as a particle of Portuguese names
        ("Після візиту Володимира Зеленського до Анкари настала тиша.", "uk", {"volodymyr zelensky", "ankara"}),
        ("They met Maria do Rosario there.", "en", {"maria do rosario"}),
        # cases need no "of"
        ("Його зустрів президент Туреччини Реджеп Ердоган.", "uk", {"turkey", "redzhep erdogan"}),
        ("Приїхав посланник США Стів Горн.", "uk", {"united states", "stiv gorn"}),
        ("Чекали на підсумки. Підсумки Анкари невтішні.", "uk", {"ankara"}),
        ("Вони спитали: «Я винен?»", "uk", set()),  # "I", a capital and no name
        ("Dün akşam eski Ukrayna Devlet Başkanı geldi.", "tr", {"ukraine"}),  # a title with nobody behind it
        # a case ending ends a Turkish name
        ("Dün akşam Zelenskiy'nin Ankara temasları sürdü.", "tr", {"volodymyr zelensky", "ankara"}),
        ("Dün akşam O'Brien Ankara'ya geldi.", "tr", {"obrien ankara"}),  # an apostrophe without one does not
    ],
)
def test_neighbouring_names_are_told_apart_by_language(text: str, language: str, expected: set[str]) -> None:
    assert keys_of(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("The guest was Zelensky himself.", "en", "volodymyr zelensky"),
        ("The guest was Zelenskiy himself.", "en", "volodymyr zelensky"),
        ("The guest was Zelenskyy himself.", "en", "volodymyr zelensky"),
        ("До міста приїхав Зеленський із дружиною.", "uk", "volodymyr zelensky"),
        ("Усі слухали Зеленського й мовчали.", "uk", "volodymyr zelensky"),  # genitive
        ("Dün akşam Zelenskiy'nin uçağı indi.", "tr", "volodymyr zelensky"),  # a suffix after the apostrophe
        ("Gestern kam Wolodymyr Selenskyj nach Berlin.", "de", "volodymyr zelensky"),
        ("Wczoraj w Warszawie widziano Zełenskiego.", "pl", "volodymyr zelensky"),
        ("Včera tam byl s Donaldem Tuskem.", "cs", "donald tusk"),  # every word in its case
        ("The guest was Erdoğan himself.", "en", "recep tayip erdogan"),
        ("Dün akşam herkes Erdoğan'ı dinledi.", "tr", "recep tayip erdogan"),
        ("Усі слухали Ердогана й мовчали.", "uk", "recep tayip erdogan"),
        ("The guest was Plimsollski himself.", "en", "plimsolsky"),  # known to nobody
        ("The guest was Plimsollskiy himself.", "en", "plimsolsky"),
    ],
)
def test_spellings_share_a_key(text: str, language: str, key: str) -> None:
    assert key in keys_of(text, language=language)


@pytest.mark.parametrize(
    ("form", "language", "key"),
    [
        ("Kiev", "en", "kyiv"),
        ("Kyiv", "en", "kyiv"),
        ("Києві", "uk", "kyiv"),  # locative
        ("Türkiye", "en", "turkey"),
        ("Туреччині", "uk", "turkey"),
        ("Warszawie", "pl", "warsaw"),
        ("Unkarissa", "fi", "hungary"),
        ("München", "de", "munich"),
        ("Θεσσαλονίκη", "el", "thesaloniky"),
        ("U.S.", "en", "united states"),
        ("USA", "en", "united states"),
        ("United States", "en", "united states"),
        ("Burma", "en", "myanmar"),
        ("EU", "en", "european union"),
    ],
)
def test_places_and_organisations_have_one_key_for_their_other_names(form: str, language: str, key: str) -> None:
    assert keys_of(f"talks about {form} went on", language=language) == {key}


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("It was President Volodymyr Zelensky.", "volodymyr zelensky", "person"),
        ("It was foreign minister Ayla Demir.", "ayla demir", "person"),  # the title in lower case
        ("A deal is near, Ayla Demir said on Friday.", "ayla demir", "person"),  # who speaks
        ("Nobody expected this in Ternopil.", "ternopil", "place"),
        ("A strike began in the Netherlands.", "netherlands", "place"),
        ("They blamed the Ministry of Health.", "ministry of health", "organisation"),
        ("They blamed the Department of Justice.", "department of justice", "organisation"),  # a title word within
        ("Shares of Halderman Holdings Ltd fell.", "halderman", "organisation"),  # by the word its key leaves out,
        ("They blamed NATO again.", "nato", "organisation"),
        ("They blamed Plimsoll again.", "plimsol", ""),  # nothing tells
    ],
)
def test_kinds_come_from_evidence(text: str, key: str, kind: str) -> None:
    assert names_of(text)[key].kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Ukrainian President Volodymyr Zelensky.", {"volodymyr zelensky"}),
        ("It was U.S. Trade Representative Jane Alder.", {"united states", "jane alder"}),
        ("It was White House Press Secretary Jane Alder.", {"white house", "jane alder"}),
        ("It was Secretary of State Jane Alder.", {"jane alder"}),
        ("It was President of Ukraine Jane Alder.", {"ukraine", "jane alder"}),
        ("It was Supreme Court Justice Jane Alder.", {"supreme court", "jane alder"}),
        ("It was the novelist Stephen King.", {"stephen king"}),  # a surname like a title
        ("The President left and the Foreign Minister stayed.", set()),  # titles alone
        ("It was Ursula von der Leyen with Mohammed bin Salman.", {"ursula von der leyen", "mohamed bin salman"}),
        ("They flew Turkish Airlines with a Turkish friend.", {"turkish airlines"}),
        ("They met Turks, Russians and an American on Monday in May.", set()),
        ("They met Theresa May on Tuesday.", {"theresa may"}),  # a month that is a surname
        ("They met Jan Plimsoll on Tuesday.", {"jan plimsol"}),  # and one that, cut short, is a given name
        ("They spoke of Canada-US trade.", {"canada", "united states"}),
        ("They spoke of the Trump-Putin talks.", {"donald trump", "vladimir putin"}),
        ("They spoke to the US Senate.", {"us senate"}),  # a place, but in an organisation's name
        ("It was Alexandria Ocasio-Cortez. Nobody asked Ocasio-Cortez.", {"alexandria ocasio cortez"}),
        ("He used an eBay account.", {"ebay"}),
        ("They left the Los Angeles office for El Paso.", {"los angeles", "el paso"}),  # articles that belong to names
        ("It was Chief of Staff Jane Alder.", {"jane alder"}),
    ],
)
def test_titles_demonyms_and_dates_are_no_names(text: str, expected: set[str]) -> None:
    assert keys_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rumours spread fast.", set()),  # a capital by place alone
        ("Rumours spread fast. Nobody believes rumours.", set()),
        ("Plimsoll lied to us. Nobody believes Plimsoll now.", {"plimsol"}),  # seen inside a sentence as well
        ("Meanwhile Plimsoll lied to us.", {"plimsol"}),
        ("Ayla Demir lied to us.", {"ayla demir"}),
        ("He said: “Rumours spread fast.”", set()),  # after an opening quote
        ("Ankara is quiet today.", {"ankara"}),  # known from the table
        ("Critics of Plimsoll lied to us.", {"plimsol"}),
        ("Ursula von der Leyen lied to us.", {"ursula von der leyen"}),
        ("It helps us, says the WHO.", {"world health organization"}),  # us is not US, who is not WHO
    ],
)
def test_the_first_word_of_a_sentence_needs_other_evidence(text: str, expected: set[str]) -> None:
    assert keys_of(text) == expected


def test_a_title_case_headline_names_only_what_the_text_shows() -> None:
    title = "Quiet Farmers Welcome Ayla Demir To Turkey As Harvest Fails"
    text = "The harvest failed, and farmers were glad that Ayla Demir came."
    found = names_of(text, title)
    assert set(found) == {"ayla demir", "turkey"}
    assert found["ayla demir"].in_title
    assert found["ayla demir"].count == 2


def test_a_headline_in_sentence_case_counts_like_the_text() -> None:
    found = names_of("", title="Farmers welcome Ayla Demir as harvest fails")
    assert found["ayla demir"].in_title


def test_a_shouted_line_has_no_acronyms() -> None:
    assert keys_of("STOP NOW AND TELL US WHO DID IT") == set()


def test_an_alias_of_the_user_comes_before_the_tables() -> None:
    aliases = Aliases([["the Chief", "Volodymyr Zelensky"], ["Rus", "Russia"]])
    found = names_of("It was Volodymyr Zelensky on Russia. Nobody asked Zelensky.", aliases=aliases)
    assert set(found) == {"the chief", "rus"}


def test_a_short_form_with_an_alias_names_the_whole() -> None:
    aliases = Aliases([["Zelenskiy", "Зеленський"]])
    assert set(names_of("It was Volodymyr Zelensky. Nobody asked Zelensky.", aliases=aliases)) == {"zelensky"}


def test_german_nouns_are_no_names() -> None:
    text = "Gestern sprach die Ministerin Ayla Demir über Brot, Arbeit und Frieden in Ankara."
    assert keys_of(text, language="de") == {"ayla demir", "ankara"}


@pytest.mark.parametrize(
    "text", ["", " ", "天气很好", "الطقس جميل", "😀 😀", "\x00\ud800", "'", "A. B.", "\u200f\u202e"]
)
def test_text_without_names_has_none(text: str) -> None:
    assert keys_of(text, title=text) == set()


def test_a_long_text_takes_time_in_proportion() -> None:
    paragraph = "Officials met Ayla Demir in Ankara on Monday. Ördek Şeker 😀 \u202eabc 習近平 Путин said nothing.\n"
    short, long = (_seconds(paragraph * times) for times in (400, 50_000))
    assert long < 60 * max(short, 0.01)  # what is beyond 200,000 characters is not looked at


def _seconds(text: str) -> float:
    start = time.process_time()
    find_names("", text, "en", NO_ALIASES)
    return time.process_time() - start


def test_ten_thousand_names_are_cut_to_the_most_mentioned() -> None:
    text = " ".join(
        f"Then nobody saw Jon{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}son." for i in range(10_000)
    )
    found = find_names("", "They saw Ankara. " * 9 + text, "en", NO_ALIASES)
    assert len(found) == MAX_NAMES
    assert found[0].key == "ankara"
