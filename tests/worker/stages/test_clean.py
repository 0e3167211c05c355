import pytest

from worker.stages.clean import Dateline, clean

NEWS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said.",
)
TEXT = "\n".join(NEWS)


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to get the latest posts sent to your email.",
        "Discover more from QN24",
        "Sign up for our daily newsletter",
        "Get the Quay in your inbox. Sign up for our newsletter and never miss a ship.",
        "The morning's news before the first boat. Sign up for our free newsletter.",
        "Never miss a story: sign up to our newsletter and get the best of the week",
        "Join 20,000 readers. Get our weekly newsletter.",
        "Have a tip? Write to the newsroom.",
        "Do you have a story? Call the newsroom on 555 01.",
        "Like what you read? Support our journalism.",
        "| Front | Foreign | Court Circular |",
        "Front | Foreign | Court Circular",
        "Home » World » Islands",
        "Leave a Comment",
        "LEAVE A REPLY",
        "Your email address will not be published. Required fields are marked *",
        "Scroll to Top",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "Click to share on Telegram (Opens in new window)",
        "Read also: Union warned of the crack in May",
        "READ MORE: The ten oldest ferries still at sea",
        "Read more",
        "Related: Islands without bread",
        "Photo: Ann Lee/Quay Pictures",
        "Photo by Ann Lee",
        "(Photo by Ann Lee/Getty Images)",
        "We use cookies to give you the best experience.",
        "The post Ferry stopped appeared first on Quay Chronicle.",
        "© 2025 Quay Chronicle. All rights reserved.",
        "Advertisement",
        "3 Comments",
        "Lesen Sie auch: Risse im Rumpf",
        "Newsletter abonnieren",
        "Melden Sie sich jetzt für unseren Newsletter an.",
        "Auch interessant",
        "À lire aussi : Le ferry arrêté",
        "Laisser un commentaire",
        "Lee también: El ferry detenido",
        "Suscríbete a nuestro boletín diario",
        "Bunu da oku: Feribot durduruldu",
        "FOTOĞRAF: Ann Lee",
        "YAZDIR",  # in capitals, where the dotless i shows no difference
        "Yorum yap",
        "Bültenimize abone olun, haberler size gelsin.",
        "Читайте також: Пором зупинили",
        "Підписуйтесь на наш телеграм-канал",
        "Фото: Укрінформ",
    ],
)
def test_clutter_is_cut_wherever_it_stands(line: str) -> None:
    cleaned = clean(f"{NEWS[0]}\n\n{line}\n\n{NEWS[1]}")
    assert cleaned.text == TEXT
    assert cleaned.cut == (line,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribe to our newspaper, the editor begged his readers, or we will close.",
        "The newspaper asked people to subscribe, and 4,000 did so within a day.",
        "She asked them to leave a comment.",
        "He signed up for the newsletter and never read it.",
        "The council asked residents to sign up for the evacuation list by Friday.",
        "“Got a tip?” the detective asked her.",
        "The mayor got a tip and wrote to the newsroom, the report says.",
        "Support for the government fell to 31 percent.",
        "“Sign up for our newsletter,” the recording said, again and again.",
        "Lorne | 12:04 | 3 points",  # a row of results, not a menu
        "The ferry sails to Brannoch / Ellis / Torrin.",
        "Share prices fell by a third.",
        "Photographs by the agency show a crack as long as a hand.",
        "Read more than ten books a year, the minister told pupils.",
        "Comments by the minister were not welcome.",
        "Related companies were fined as well.",
        "Cookies were baked for the passengers.",
        "Watch what happens now, the union said.",
        "Follow the money, he said.",
        "He was paid by the Associated Press.",
        "Print newspapers lost readers again.",
        "Abonnieren wollte den Newsletter der Reederei niemand mehr, sagte der Sprecher.",
    ],
)
def test_sentences_of_the_article_are_kept(sentence: str) -> None:
    cleaned = clean(f"{NEWS[0]}\n{sentence}\n{NEWS[1]}")
    assert cleaned.text == f"{NEWS[0]}\n{sentence}\n{NEWS[1]}"
    assert cleaned.cut == ()


@pytest.mark.parametrize(
    "tail",
    [
        "Scroll to Top",
        "Leave a Comment Your email address will not be published. Required fields are marked * Scroll to Top",
        " Share this article",
    ],
)
def test_clutter_run_on_behind_the_last_sentence_is_cut(tail: str) -> None:
    cleaned = clean(TEXT + tail)
    assert cleaned.text == TEXT
    assert " ".join(cleaned.cut).strip() == tail.strip()


@pytest.mark.parametrize(
    ("first", "dateline", "rest"),
    [
        (
            "ANKARA, Nov 19 (Meridian Wire) — Talks began.",
            Dateline("ANKARA", "Meridian Wire", "Nov 19"),
            "Talks began.",
        ),
        ("Istanbul: Talks began.", Dateline("Istanbul"), "Talks began."),
        ("KYIV (Reuters) - Talks began.", Dateline("KYIV", "Reuters"), "Talks began."),
        (
            "NEW DELHI/ANKARA, Nov. 19, 2025 (AFP) - Talks",
            Dateline("NEW DELHI/ANKARA", "AFP", "Nov. 19, 2025"),
            "Talks",
        ),
        ("(Reuters) - Talks began.", Dateline("", "Reuters"), "Talks began."),
        ("WASHINGTON — “Talks began,” he said.", Dateline("WASHINGTON"), "“Talks began,” he said."),
        ("LA CROSSE, Wis. (AP) -- Talks began.", Dateline("LA CROSSE, Wis.", "AP"), "Talks began."),
        ("Berlin (dpa) – Gespräche begannen.", Dateline("Berlin", "dpa"), "Gespräche begannen."),
        ("İSTANBUL (DHA)-Görüşmeler başladı.", Dateline("İSTANBUL", "DHA"), "Görüşmeler başladı."),
        ("Madrid, 19 nov (EFE).- Empezaron.", Dateline("Madrid", "EFE", "19 nov"), "Empezaron."),
        ("КИЇВ, 19 листопада (Укрінформ) — Почалися.", Dateline("КИЇВ", "Укрінформ", "19 листопада"), "Почалися."),
        ("Rio de Janeiro, Wednesday: Talks began.", Dateline("Rio de Janeiro", "", "Wednesday"), "Talks began."),
    ],
)
def test_datelines_are_taken_out_and_kept_as_data(first: str, dateline: Dateline, rest: str) -> None:
    cleaned = clean(f"{first}\n{NEWS[1]}")
    assert cleaned.dateline == dateline
    assert cleaned.text == f"{rest}\n{NEWS[1]}"
    assert cleaned.credit == dateline.agency


@pytest.mark.parametrize(
    "first",
    [
        "Erdogan: Talks will go on.",  # a speaker, not a place
        "BREAKING: Talks began.",
        "NATO — Talks began.",
        "The talks (in Ankara) - they began on Monday - go on.",
        "Talks began - and ended.",
        "He said this: “Talks began.”",
        "In 2025: Talks began.",
        "Ankara - the capital - is cold.",  # a sentence goes on in lower case
    ],
)
def test_what_only_looks_like_a_dateline_stays(first: str) -> None:
    cleaned = clean(f"{first}\n{NEWS[1]}")
    assert cleaned.dateline is None
    assert cleaned.text.startswith(first)


@pytest.mark.parametrize(
    ("last", "credit", "kept"),
    [
        ("Source: Meridian Wire", "Meridian Wire", ""),
        ("Quelle: dpa", "dpa", ""),
        ("– AFP", "AFP", ""),
        ("(Reuters)", "Reuters", ""),
        ("© Reuters", "Reuters", ""),
        ("They will sail on Thursday. (AP)", "AP", "They will sail on Thursday."),
        ("They will sail on Thursday, told AFP.", "", "They will sail on Thursday, told AFP."),
        ("He flew to Rome (Italy)", "", "He flew to Rome (Italy)"),
    ],
)
def test_an_agency_credited_at_the_end_is_kept_as_data(last: str, credit: str, kept: str) -> None:
    cleaned = clean(f"{TEXT}\n{last}\nScroll to Top")
    assert cleaned.credit == credit
    assert cleaned.text == f"{TEXT}\n{kept}".rstrip()


def test_title_date_and_byline_above_the_text_are_cut() -> None:
    opening = "Published: 19 November 2025 Wednesday . The Quay Desk. Quay Online\nFerry Stopped!\nBy Ann Lee"
    cleaned = clean(f"{opening}\n{TEXT}", title="Ferry stopped")
    assert cleaned.text == TEXT
    assert len(cleaned.cut) == 3


def test_a_first_sentence_that_served_as_title_stays_in_the_text() -> None:
    assert clean(TEXT, title=NEWS[0]).text == TEXT
    assert clean("Ferry stopped", title="Ferry stopped").text == "Ferry stopped"


def test_a_caption_printed_twice_is_kept_once_and_lists_stay() -> None:
    caption = "The ferry Aurora in the harbour on Tuesday"
    assert clean(f"{caption}\n{caption}\n{TEXT}").text == f"{caption}\n{TEXT}"
    table = "| Ship | Built |\n| Aurora | 1987 |"
    assert clean(f"{TEXT}\n{table}").text == f"{TEXT}\n{table}"
    answers = "Will it sail?\nNo.\nWhen then?\nNo.\n- Two cabins for every family\n- Two cabins for every family"
    assert clean(answers).text == answers


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \n",
        "word " * 200_000,
        "Read also: x\n" * 20_000,
        "a" * 500_000,
        "(" * 50_000,
        ("A, " * 30_000) + "- B",
    ],
)
def test_texts_of_any_shape_are_cleaned_in_bounded_time(text: str) -> None:
    assert len(clean(text, title="x").text) <= len(text)
