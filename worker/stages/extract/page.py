"""A fetched page in, an article out: trafilatura for the text, the page's own claims for everything else.

An article is never dropped here. Where the page gives no text, a plainer method is tried, then the feed's own text,
and `method` says which it was. Setting an article aside for want of text is for the caller to decide.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, baseline
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from worker.stages.extract import metadata
from worker.stages.extract.agreement import agreed
from worker.stages.extract.characters import admit, decode, one_line
from worker.stages.extract.dates import Stamp, read_stamp
from worker.stages.extract.formats import no_text
from worker.stages.extract.fragment import text_of, without_runs
from worker.stages.extract.lead import with_lead
from worker.stages.extract.people import names
from worker.stages.extract.prune import prune
from worker.stages.extract.repeats import without_repeats
from worker.stages.extract.values import Extracted, Given, Method

MAX_PAGE_BYTES = 5_000_000
MAX_TAGS = 10_000  # three times the largest news page seen; the extractor's time grows faster than the page
MAX_TEXT_CHARACTERS = 150_000  # a book of a hundred pages; reading it takes up to 300 bytes for each
MAX_DATA_CHARACTERS = 300_000  # of one block of JSON-LD; the extractor takes a hundred times its size in memory
ENOUGH_CHARACTERS = 120  # a text below this may be a teaser or a notice, so the next method is tried too

NO_LESS = 0.95  # of the prose of a text before it
DOUBTFUL = 0.2  # of the prose in the page's paragraphs; a text with less may be a teaser
MUCH_MORE = 1.5

NO_ARTICLE = "no article was found on the page"

_PARAGRAPH = 60
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{15}")  # scripts that say as much in fewer characters
_JSON_LD = '//script[contains(@type, "ld+json")]'
_OPENING_TAG = re.compile(r"<[a-zA-Z]")
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
# What holds paragraphs or parts of them; without these tags they stand beside each other.
_FRAME = re.compile(
    r"</?(?:table|tbody|thead|tr|td|th|div|section|span|center|font|b|i|ul|ol|li)\b[^<>]*>", re.IGNORECASE
)
# What the parser and the extractor raise on broken pages. Not Exception: a task's time limit is raised inside this
# code too, and must come through.
_BROKEN_PAGE = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)

Found = tuple[str, Method]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of an article apart from its text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None


def extract_page(body: bytes, given: Given, *, content_type: str = "") -> Extracted:
    """Read a page. `content_type` is the HTTP header, whose charset counts unless the bytes say otherwise."""
    if other := no_text(body):
        return _without_page(given, f"the page is {other}, which is not read")
    markup, cut = _within_limits(body, content_type)
    tree = _parse(markup)
    if tree is None:
        return _without_page(given, NO_ARTICLE if body.strip() else "")
    claims = metadata.read(tree)
    _drop_long_data(tree)
    told = _told(tree, claims, given)
    text, method = _text(tree, markup, claims, given, told)
    kept, cut_text = _shortened(text)
    missed = "" if method in ("page", "page-baseline") else NO_ARTICLE
    return Extracted(
        title=told.title,
        authors=told.authors,
        published=told.published.moment if told.published else None,
        language=metadata.language(claims, given),
        outlet=metadata.outlet(claims, given),
        text=kept,
        method=method,
        own_title=metadata.title(claims, replace(given, title="")),
        cut=", ".join(filter(None, (cut, cut_text, missed))),
    )


def extract_given(given: Given) -> Extracted:
    """Read what was given without a page: the text handed in, else the feed's content or summary."""
    claims = metadata.NO_CLAIMS
    published = metadata.published(claims, given)
    text, method = _first_enough(_texts_given(given))
    kept, cut = _shortened(text)
    return Extracted(
        title=metadata.title(claims, given),
        authors=metadata.authors(claims, given),
        published=published.moment if published else None,
        language=metadata.language(claims, given),
        outlet=metadata.outlet(claims, given),
        text=kept,
        method=method,
        cut=cut,
    )


def _without_page(given: Given, why: str) -> Extracted:
    extracted = extract_given(given)
    return replace(extracted, cut=", ".join(filter(None, (why, extracted.cut))))


def _within_limits(body: bytes, content_type: str) -> tuple[str, str]:
    """The markup as far as it is read, and in words what was left out."""
    markup = without_runs(admit(decode(body[:MAX_PAGE_BYTES], content_type)))
    beyond = next(islice(_OPENING_TAG.finditer(markup), MAX_TAGS, None), None)
    if beyond:
        return markup[: beyond.start()], f"the page was read up to its {MAX_TAGS:,}th element"
    return markup, f"the page was read up to {MAX_PAGE_BYTES:,} bytes" if len(body) > MAX_PAGE_BYTES else ""


def _shortened(text: str) -> tuple[str, str]:
    """The text as far as it is kept, and in words what was left out."""
    if len(text) <= MAX_TEXT_CHARACTERS:
        return text, ""
    return text[:MAX_TEXT_CHARACTERS], f"the text was kept up to {MAX_TEXT_CHARACTERS:,} characters"


def _parse(markup: str) -> HtmlElement | None:
    try:
        return load_html(markup)
    except _BROKEN_PAGE:
        return None


def _drop_long_data(tree: HtmlElement) -> None:
    """Spare the extractor what it would take long over. Its claims have been read."""
    for script in tree.xpath(_JSON_LD):
        if len(script.text or "") > MAX_DATA_CHARACTERS:
            script.text = ""


def _text(tree: HtmlElement, markup: str, claims: metadata.Claims, given: Given, told: _Told) -> Found:
    """The article's text and how it was found. What the page says in other places is held against it."""
    prune(tree)
    text, method = _first_enough(_texts(tree, markup, given))
    if method != "page":
        return text, method
    text = without_repeats(text, (told.title, *metadata.titles(claims, given)), told.authors)
    body = text_of(html.unescape(claims.described.body[:MAX_TEXT_CHARACTERS]))
    return with_lead(agreed(text, body), tree, metadata.descriptions(claims)), method


def _texts(tree: HtmlElement, markup: str, given: Given) -> Iterator[Found]:
    """The article's text by each method, the best first; each is worked out only when it is asked for."""
    yield _fast_text(tree, markup, given.url), "page"
    yield _main_text(tree, given.url, fast=False), "page"
    yield _plainer_text(tree) or _flat_text(markup), "page-baseline"
    yield from _texts_given(given)


def _texts_given(given: Given) -> Iterator[Found]:
    yield admit(given.text[: MAX_TEXT_CHARACTERS + 1]).strip(), "given"
    yield text_of(given.html), "feed"


def _first_enough(texts: Iterator[Found]) -> Found:
    """The first text that is long enough and reads like prose; if none is, the one with most prose, or the longest.

    One that has less prose than a text before it is not taken for being purer: it may lack a table.
    """
    found: list[tuple[int, int, str, Method]] = []
    for text, method in texts:
        prose = _prose(text)
        most = max((each[0] for each in found), default=0)
        if prose >= max(ENOUGH_CHARACTERS, len(text) // 2, NO_LESS * most):
            return text, method
        if text:
            found.append((prose, len(text), text, method))
    return max(found, key=lambda each: each[:2])[2:] if found else ("", "none")


def _prose(text: str) -> int:
    """The characters in lines of a paragraph's length: what stands in short lines may be a menu, not an article."""
    return sum(len(line) for line in text.split("\n") if len(line) >= _PARAGRAPH or _DENSE.search(line))


def _fast_text(tree: HtmlElement, markup: str, url: str) -> str:
    """The text in the pruned page, unless it misses most and much more is found in the page as it was.

    The extractor weighs containers against each other, and a box taken out may tip its choice to the wrong one.
    """
    text = _main_text(tree, url, fast=True)
    if _prose(text) >= DOUBTFUL * _prose("\n".join(map(_on_one_line, tree.iter("p")))):
        return text
    whole = _parse(markup)
    other = "" if whole is None else _main_text(whole, url, fast=True)
    return other if _prose(other) > MUCH_MORE * _prose(text) else text


def _on_one_line(paragraph: HtmlElement) -> str:
    return " ".join("".join(paragraph.itertext()).split())


def _main_text(tree: HtmlElement, url: str, *, fast: bool) -> str:
    try:
        document = bare_extraction(
            tree,
            url=url,
            fast=fast,
            include_comments=False,
            # With True the extractor remembers texts across calls and gives a repeated page nothing.
            deduplicate=False,
            # Its articleBody is often a summary, which would be preferred to the page's own paragraphs.
            prune_xpath=_JSON_LD,
        )
    except _BROKEN_PAGE:
        return ""
    # It may answer with a dict when asked for one; a Document is what these arguments give.
    return admit(getattr(document, "text", None) or "").strip()


def _plainer_text(tree: HtmlElement) -> str:
    try:
        return admit(baseline(tree)[1]).strip()
    except _BROKEN_PAGE:
        return ""


def _flat_text(markup: str) -> str:
    """For pages that lost their text in parsing, because it stands inside hundreds of tables or the like."""
    body = _BODY.search(markup)
    return text_of(_FRAME.sub("\n", markup[body.end() :])) if body else ""


def _told(tree: HtmlElement, claims: metadata.Claims, given: Given) -> _Told:
    """What page and feed declare; what neither does is guessed, which costs as much time as reading the text."""
    title = metadata.title(claims, given)
    authors = metadata.authors(claims, given)
    published = metadata.published(claims, given)
    if title and authors and published:
        return _Told(title, authors, published)
    guess = _guess(tree, given.url)
    return _Told(title or guess.title, authors or guess.authors, published or guess.published)


def _guess(tree: HtmlElement, url: str) -> _Told:
    """What trafilatura makes of the page's looks, for what nobody declared: bylines, dates in the address and text."""
    try:
        found = extract_metadata(tree, url)
    except _BROKEN_PAGE:
        return _Told()
    return _Told(
        title=one_line(found.title or "", metadata.LONGEST_TITLE),
        authors=names([found.author or ""]),
        published=read_stamp(found.date or ""),
    )
