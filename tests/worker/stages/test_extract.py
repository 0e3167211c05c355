import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from worker.stages.extract import Given, extract_given, extract_page
from worker.stages.extract.characters import admit, decode
from worker.stages.extract.dates import Precision, find_date, find_dated_weekday, read_stamp
from worker.stages.extract.fragment import text_of
from worker.stages.extract.page import MAX_PAGE_BYTES, MAX_TAGS, MAX_TEXT_CHARACTERS
from worker.stages.extract.people import names
from worker.stages.extract.values import Extracted

ADDRESS = "https://news.harbour-herald.example/2025/11/19/ferry"
PARAGRAPHS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said, and a smaller ship will sail on Thursday.",
    "The company called the inspection a formality. The union of seamen said it had warned of the crack in May.",
)
NOON = datetime(2025, 11, 19, 12, 30, tzinfo=timezone(timedelta(hours=2)))


def page(head: str = "", body: str = "", *, lang: str = "en") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
    return (
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'>{head}</head>"
        f"<body>{menu}{body}<article>{text}</article><footer>About us</footer></body></html>"
    ).encode()


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def read(raw: bytes, **known: object) -> Extracted:
    return extract_page(raw, Given(url=ADDRESS, **known))  # type: ignore[arg-type]  # a test's shorthand


def test_the_text_is_the_article_without_menus_and_footers() -> None:
    found = read(page())
    assert found.text.split("\n") == list(PARAGRAPHS)
    assert found.method == "page"


def test_the_same_page_gives_the_same_article_every_time() -> None:
    raw = page(json_ld(headline="Ferry stopped"))
    first, *later = (read(raw) for _ in range(3))
    assert first.text
    assert later == [first, first]


@pytest.mark.parametrize(
    ("head", "body", "known", "title"),
    [
        ("<title>Ferry stopped</title>", "", "", "Ferry stopped"),
        (
            "<title>Ferry stopped | Harbour Herald</title>" + meta("og:site_name", "Harbour Herald"),
            "",
            "",
            "Ferry stopped",
        ),
        # The outlet is known from the address alone, and a section follows it.
        ("<title>Ferry stopped - Harbour-Herald - Islands</title>", "", "", "Ferry stopped"),
        # A bar inside a headline is no separator from an outlet.
        ("<title>BUDGET | Ferry stopped</title>", "", "", "BUDGET | Ferry stopped"),
        (meta("og:title", "Tom &amp;amp; Ann sail"), "", "", "Tom & Ann sail"),
        (json_ld(headline="Ferry <i>Aurora</i> stopped"), "", "", "Ferry Aurora stopped"),
        # Where JSON-LD and OpenGraph differ, the one that <title> repeats was written for search engines.
        (
            json_ld(headline="Cracked") + meta("og:title", "Ferry crack") + "<title>Ferry crack</title>",
            "",
            "",
            "Cracked",
        ),
        (
            json_ld(headline="Ferry crack") + meta("og:title", "Cracked") + "<title>Ferry crack</title>",
            "",
            "",
            "Cracked",
        ),
        # The feed confirms the other one.
        (
            json_ld(headline="Ferry crack") + meta("og:title", "Cracked") + "<title>Cracked</title>",
            "",
            "Cracked!",
            "Cracked!",
        ),
        # Neither is in <title>: the heading that readers see decides.
        (json_ld(headline="Ferry crack") + meta("og:title", "Cracked"), "<h1>Cracked</h1>", "", "Cracked"),
        # Without any of the two: the feed, then a heading that <title> confirms.
        ("<title>Ferry</title>", "<h1>Subscribe</h1>", "Ferry stopped", "Ferry stopped"),
        ("<title>Ferry stopped</title>", "<h1>Subscribe</h1><h1>Ferry stopped</h1>", "", "Ferry stopped"),
        ("", "<h1>Ferry stopped</h1>", "", "Ferry stopped"),
        # A long head is no run of nested elements to be thinned out.
        (meta("x", "y") * 40 + meta("og:title", "Ferry stopped") + meta("x", "y") * 40, "", "", "Ferry stopped"),
    ],
)
def test_the_title_is_the_editors_headline(head: str, body: str, known: str, title: str) -> None:
    assert read(page(head, body), title=known).title == title


@pytest.mark.parametrize(
    ("head", "known", "authors"),
    [
        (json_ld(author={"@type": "Person", "name": "Ann Lee"}), (), ("Ann Lee",)),
        (json_ld(author=["Ann Lee", {"name": ["Bo Ek"]}, [{"name": "AFP"}]]), (), ("Ann Lee", "Bo Ek", "AFP")),
        (json_ld(author={"@type": "Person", "byline": "Ann Lee"}), (), ("Ann Lee",)),
        # The author is described in another node, and referred to by its id.
        (
            json_ld(author={"@id": "#a"}, editor={"@type": "Person", "@id": "#a", "name": "Ann Lee"}),
            (),
            ("Ann Lee",),
        ),
        # A source that names only the outlet gives way to one that names people.
        (
            json_ld(author="Harbour Herald", publisher={"name": "Harbour Herald"}) + meta("author", "Ann Lee"),
            (),
            ("Ann Lee",),
        ),
        # Nobody else signs: the outlet stands.
        (json_ld(author="Harbour Herald", publisher={"name": "Harbour Herald"}), (), ("Harbour Herald",)),
        (meta("article:author", "https://social.example/herald"), ("Ann Lee",), ("Ann Lee",)),
        (meta("author", "Ann Lee"), ("Feed Name",), ("Ann Lee",)),
        (meta("author", "news.harbour-herald.example"), ("Feed Name",), ("Feed Name",)),
    ],
)
def test_authors_are_people_from_the_source_most_to_be_believed(
    head: str, known: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    assert read(page(head), authors=known).authors == authors


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ('<p class="article-author">von Ann Lee, Insel</p>', ("Ann Lee", "Insel")),
        ('<span class="byline">By <a rel="author" href="/ann">Ann Lee</a></span>', ("Ann Lee",)),
        ('<p class="byline">By our own staff</p>', ("Feed Name",)),
        ('<p class="author">19 November</p>', ("Feed Name",)),
        ('<a href="/bread"><h3>Bread</h3><p class="byline">By Bo Ek</p></a>', ("Feed Name",)),  # of another article
        ('<p class="comment-author">By Bo Ek</p>', ("Feed Name",)),
    ],
)
def test_a_byline_that_readers_see_is_believed_before_the_feed(byline: str, authors: tuple[str, ...]) -> None:
    assert read(page(body=byline), authors=("Feed Name",)).authors == authors


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Von Felix Schröder und Jörg Sol, dpa", ("Felix Schröder", "Jörg Sol", "dpa")),
        ("Ann Lee; Bo Ek | Cy Day", ("Ann Lee", "Bo Ek", "Cy Day")),
        ("Ann Lee, Political Editor", ("Ann Lee",)),
        ("ann@herald.example Ann Lee (Kyiv) https://herald.example/ann", ("Ann Lee",)),
        # "von" and "de" inside a name, a surname of two halves
        ("Ursula von der Au", ("Ursula von der Au",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("José Ortega y Ana de la Cruz", ("José Ortega", "Ana de la Cruz")),
        ("Автор: Олена Коваль та Іван Бойко", ("Олена Коваль", "Іван Бойко")),
        ("Ann Lee and ANN LEE", ("Ann Lee",)),
        ("admin", ()),
        ("", ()),
        ("朝日 太郎", ("朝日 太郎",)),
    ],
)
def test_bylines_are_split_into_names(byline: str, people: tuple[str, ...]) -> None:
    assert names([byline]) == people


@pytest.mark.parametrize(
    ("head", "known", "published"),
    [
        (json_ld(datePublished="2025-11-19T12:30:00+02:00"), None, NOON),
        (meta("article:published_time", "2025-11-19T12:30:00+0200"), None, NOON),
        # JSON-LD is believed before the meta tag, and both before the feed.
        (
            json_ld(datePublished="2025-11-19T12:30:00+02:00") + meta("date", "2025-11-18T01:00:00Z"),
            NOON.replace(day=20),
            NOON,
        ),
        # A bare date is midnight UTC, unless another source adds the time on the same day.
        (json_ld(datePublished="2025-11-19"), None, datetime(2025, 11, 19, tzinfo=UTC)),
        (json_ld(datePublished="2025-11-19"), NOON, NOON),
        (json_ld(datePublished="2025-11-19"), NOON.replace(day=22), datetime(2025, 11, 19, tzinfo=UTC)),
        # A time without a zone gives way to one with it.
        (json_ld(datePublished="2025-11-19T12:30:00") + meta("article:published_time", NOON.isoformat()), None, NOON),
        ("", NOON, NOON),
        # Nobody declares it: it stands in the address.
        ("", None, datetime(2025, 11, 19, tzinfo=UTC)),
    ],
)
def test_the_date_keeps_the_best_precision_that_is_said(head: str, known: datetime | None, published: datetime) -> None:
    found = read(page(head), published=known).published
    assert found == published
    assert found is not None
    assert found.utcoffset() == published.utcoffset()


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        ("2025-11-19T12:30:00.123456789Z", datetime(2025, 11, 19, 12, 30, tzinfo=UTC), Precision.ZONED),
        ("Wed, 19 Nov 2025 12:30:00 GMT", datetime(2025, 11, 19, 12, 30, tzinfo=UTC), Precision.ZONED),
        ("1763555400", datetime(2025, 11, 19, 12, 30, tzinfo=UTC), Precision.ZONED),
        ("2025-11-19 12:30", datetime(2025, 11, 19, 12, 30, tzinfo=UTC), Precision.CLOCK),
        ("November 19, 2025", datetime(2025, 11, 19, tzinfo=UTC), Precision.DAY),
    ],
)
def test_stamps_for_machines_are_read(written: str, moment: datetime, precision: Precision) -> None:
    stamp = read_stamp(written)
    assert stamp is not None
    assert (stamp.moment, stamp.precision) == (moment, precision)


@pytest.mark.parametrize("written", ["", "soon", "0000-00-00", "99999-01-01", "2025-02-31", "1066-10-14", "9" * 400])
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_stamp(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "19 November 2025",
            "19th of November, 2025",
            "Nov. 19, 2025",
            "19.11.2025",
            "2025-11-19",
            "19. November 2025",
        ),
        *("19 novembre 2025", "19 de noviembre de 2025", "19 Kasım 2025", "19 листопада 2025", "19 ноября 2025 года"),
        *("2025年11月19日", "2025년 11월 19일"),
    ],
)
def test_dates_in_words_are_read_in_many_languages(written: str) -> None:
    assert str(find_date(f"Ankara, {written}, evening")) == "2025-11-19"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The ferry was stopped on Wednesday, November 19, 2025.", "2025-11-19"),
        # A year is named nearby, and with it the weekday is right.
        ("The ferry was stopped on Wednesday, November 19, as in the storms of 2025.", "2025-11-19"),
        # The weekday proves the year wrong: it is that of another event.
        ("The ferry was stopped on Wednesday, November 19, as in the storms of 2022.", "None"),
        ("The ferry was stopped on Wednesday, November 19.", "None"),
        ("The treaty of 19 November 2025 was signed.", "None"),
    ],
)
def test_a_date_in_a_sentence_counts_only_with_its_weekday(sentence: str, day: str) -> None:
    assert str(find_dated_weekday(sentence)) == day


def test_what_the_page_itself_calls_it_is_kept_apart_from_what_the_feed_says() -> None:
    found = read(page("<title>Ferry stopped</title>", "<h1>Ferry stopped</h1>"), title="Ferry held in port")
    assert (found.title, found.own_title) == ("Ferry held in port", "Ferry stopped")
    assert read(page(), title="Ferry held in port").own_title == ""


@pytest.mark.parametrize(
    ("raw", "text", "cut"),
    [
        (page(), "", ""),
        (page(body="<i></i>" * MAX_TAGS), "", f"up to its {MAX_TAGS:,}th element"),
        (page() + b" " * MAX_PAGE_BYTES, "", f"up to {MAX_PAGE_BYTES:,} bytes"),
        (b"", "A word. " * MAX_TEXT_CHARACTERS, f"up to {MAX_TEXT_CHARACTERS:,} characters"),
    ],
)
def test_what_is_left_out_for_its_size_is_said(raw: bytes, text: str, cut: str) -> None:
    found = read(raw, text=text)
    assert cut in found.cut
    assert bool(cut) == bool(found.cut)
    assert len(found.text) <= MAX_TEXT_CHARACTERS


def test_language_and_outlet_are_taken_as_declared() -> None:
    found = read(page(meta("og:site_name", "Harbour Herald"), lang="en-GB"), language="de", outlet="Herald feed")
    assert (found.language, found.outlet) == ("en", "Harbour Herald")
    bare = read(page(lang=""), language="de-AT", outlet="Herald feed")
    assert (bare.language, bare.outlet) == ("de", "Herald feed")


@pytest.mark.parametrize(
    ("raw", "known", "method"),
    [
        (page(), {}, "page"),
        (b"", {"html": f"<p>{PARAGRAPHS[0]}</p>"}, "feed"),
        (b"", {"text": PARAGRAPHS[0]}, "given"),
        (b"", {}, "none"),
        # The page says less than the feed: a wall, or a text that only a browser would load.
        (b"<html><body><p>Please log in.</p></body></html>", {"html": " ".join(PARAGRAPHS)}, "feed"),
        # Only a browser would show its text, but JSON-LD holds it: the plainer method.
        (
            f"<html><body>{json_ld(articleBody=' '.join(PARAGRAPHS))}<div id=app></div></body></html>".encode(),
            {},
            "page-baseline",
        ),
        (b'{"status": "ok"}', {"html": PARAGRAPHS[0] * 2}, "feed"),
    ],
)
def test_an_article_is_never_dropped_and_the_method_is_recorded(raw: bytes, known: dict[str, str], method: str) -> None:
    found = read(raw, title="Ferry stopped", **known)
    assert found.method == method
    assert bool(found.text) == (method != "none")
    assert found.title == "Ferry stopped"


def test_what_the_page_says_elsewhere_is_held_against_its_text() -> None:
    lead = "A crack as long as a hand keeps 340 people in the harbour of the islands."
    head = meta("og:title", "Ferry held in port") + meta("og:description", lead)
    shown = f"<h1>Ferry held in port</h1><h2 class='dek'>{lead}</h2>"
    raw = page(head, shown).replace(b"</article>", b"<p>Write to us what you saw.</p></article>")
    said = raw.replace(b"</head>", json_ld(articleBody=" ".join(PARAGRAPHS)).encode() + b"</head>")
    assert read(said).text.split("\n") == [lead, *PARAGRAPHS]
    assert read(raw).text.split("\n") == [lead, *PARAGRAPHS, "Write to us what you saw."]


def test_a_shorter_text_by_a_plainer_method_does_not_replace_a_table() -> None:
    rows = "".join(f"<tr><td>{place}</td><td>Ferry {place}</td><td>{place * 7}</td></tr>" for place in range(60))
    raw = f"<html><body><article><p>{PARAGRAPHS[0]}</p><table>{rows}</table></article></body></html>".encode()
    assert "Ferry 59" in read(raw).text


def test_a_box_taken_out_does_not_cost_the_article() -> None:
    box = '<div class="related-articles"><p>Union calls for a strike of all the seamen of the islands.</p></div>'
    assert read(page(body=box)).text == read(page()).text


def test_a_summary_in_json_ld_does_not_replace_the_pages_own_text() -> None:
    found = read(page(json_ld(headline="Ferry", articleBody="The ferry was stopped. " * 8)))
    assert PARAGRAPHS[2] in found.text


def test_a_menu_is_not_taken_for_the_article() -> None:
    menu = "".join(f"<div><a href='/{number}'>Council department {number}</a></div>" for number in range(150))
    raw = f"<html><body><div>{menu}</div><div><pre>{' '.join(PARAGRAPHS)}</pre></div></body></html>".encode()
    assert "department 77" not in read(raw, html=" ".join(PARAGRAPHS)).text


ARTICLE = b"<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS).encode() + b"</body></html>"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\0" * 1000, id="nothing but NUL"),
        pytest.param(bytes(range(256)) * 5000, id="not text at all"),
        pytest.param(b"<html><body>" + b"<p>short</p>" * 50_000, id="50,000 paragraphs"),
        pytest.param(b"<html><body><p>" + b"word " * 1_000_000, id="5 MB in one paragraph"),
        pytest.param(b"<a" * 1_000_000, id="nothing but tags"),
        pytest.param(b"<!--" * 500_000, id="comments never closed"),
        pytest.param(
            b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + ARTICLE, id="deep JSON-LD"
        ),
        pytest.param(b"<meta name=author content='" + b"a@a." * 20_000 + b"!'>" + ARTICLE, id="an endless author"),
        pytest.param(b"<title>&#xD800;&#x110000;&#99999999999;</title>" + ARTICLE, id="impossible characters"),
        pytest.param(b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>&b;" + ARTICLE, id="entities"),
    ],
)
def test_pages_made_to_hurt_are_read_in_bounded_time_and_nothing_is_lost(raw: bytes) -> None:
    found = read(raw, title="Ferry stopped", html=PARAGRAPHS[0] * 2)
    assert found.text
    assert len(found.text) <= 500_000
    assert admit(found.title) == found.title


@pytest.mark.parametrize("tag", ["div", "b"])
def test_ten_thousand_nested_elements_do_not_hide_the_article(tag: str) -> None:
    raw = b"<html><body>" + f"<{tag} class='x'>".encode() * 10_000 + ARTICLE
    assert PARAGRAPHS[1] in read(raw).text


def test_nul_inside_a_page_does_not_cut_its_text() -> None:
    assert read(page().replace(b"ferry", b"fer\0ry")).text == read(page()).text


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("Zürich".encode(), "", "Zürich"),
        ("Zürich".encode("utf-8-sig"), "", "Zürich"),
        ("Zürich".encode("utf-16"), "", "Zürich"),
        ("Zürich".encode("cp1252"), "", "Zürich"),
        # Declared as windows-1252 but valid UTF-8: the bytes know better.
        ("Zürich".encode(), "text/html; charset=windows-1252", "Zürich"),
        ("Київ".encode("cp1251"), "text/html; charset=windows-1251", "Київ"),
        (b"<meta charset='koi8-u'>" + "Київ".encode("koi8-u"), "", "<meta charset='koi8-u'>Київ"),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),  # what is called Latin-1 is mostly windows-1252
        ("東京".encode("shift_jis"), "shift_jis", "東京"),
        ("東京".encode("iso-2022-jp"), "iso-2022-jp", "東京"),
        ("Zürich".encode()[:2], "", "Z�"),  # a size limit cut a character in two
        # Codecs that are no character sets could smuggle markup past a filter.
        (b"uryyb", "rot13", "uryyb"),
        (rb"\x3cb\x3e", "unicode_escape", r"\x3cb\x3e"),
        (b"hello", "x-klingon", "hello"),
    ],
)
def test_bytes_become_text_whatever_is_declared(raw: bytes, declared: str, text: str) -> None:
    assert decode(raw, declared) == text


@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("a\0b\x07c\x85d", "abc\nd"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("Selbst\u00adbestimmung", "Selbstbestimmung"),  # a soft hyphen would split the word for search
        ("abc\u202ecba", "abccba"),  # shown backwards, it hides what it says
        ("می\u200cخواهم 👩\u200d🚒", "می\u200cخواهم 👩\u200d🚒"),  # joiners belong to the words
        ("Erdog\u0306an", "Erdoğan"),
    ],
)
def test_only_characters_that_every_store_can_hold_are_let_in(text: str, admitted: str) -> None:
    assert admit(text) == admitted


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One &amp; two.</p><p>Three<br>four.</p>", "One & two.\nThree\nfour."),
        ("No markup, 3 < 4.", "No markup, 3 < 4."),
        ("<p>Text</p><script>x()</script><style>p{}</style>tail", "Text\ntail"),
        ("<b>Bold</b> and <a href='x'>link</a>", "Bold and link"),
        ("<!-- hidden -->shown <p>", "shown"),
        ("<div>" * 400 + "deep", "deep"),
        ("", ""),
    ],
)
def test_html_in_feeds_becomes_paragraphs(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_an_entry_without_a_page_is_an_article_too() -> None:
    found = extract_given(
        Given(
            url=ADDRESS,
            title="Ferry &amp; crack",
            html=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>",
            authors=("By Ann Lee",),
            published_raw="Wed, 19 Nov 2025 12:30:00 +0200",
            language="en-GB",
            outlet="Harbour Herald",
        )
    )
    assert found == Extracted(
        title="Ferry & crack",
        authors=("Ann Lee",),
        published=NOON,
        language="en",
        outlet="Harbour Herald",
        text="\n".join(PARAGRAPHS[:2]),
        method="feed",
    )
