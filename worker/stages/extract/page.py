"""A fetched page in, an article out: trafilatura for the text, the page's own claims for everything else.

An article is never dropped here. Where the page gives no text, a plainer method is tried, then the feed's own text,
and `method` says which it was. Setting an article aside for want of text is for the caller to decide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, baseline
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from worker.stages.extract import metadata
from worker.stages.extract.characters import admit, decode, one_line
from worker.stages.extract.dates import Stamp, read_stamp
from worker.stages.extract.fragment import text_of, without_runs
from worker.stages.extract.people import names
from worker.stages.extract.values import Extracted, Given, Method

MAX_PAGE_BYTES = 5_000_000
MAX_TAGS = 10_000  # three times the largest news page seen; the extractor's time grows faster than the page
MAX_TEXT_CHARACTERS = 400_000
ENOUGH_CHARACTERS = 120  # a text below this may be a teaser or a notice, so the next method is tried too

_PARAGRAPH = 60
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{15}")  # scripts that say as much in fewer characters
_JSON_LD = '//script[contains(@type, "ld+json")]'
_OPENING_TAG = re.compile(r"<[a-zA-Z]")
# What the parser and the extractor raise on broken pages. Not Exception: a task's time limit is raised inside this
# code too, and must come through.
_BROKEN_PAGE = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)

Found = tuple[str, Method]


def extract_page(body: bytes, given: Given, *, content_type: str = "") -> Extracted:
    """Read a page. `content_type` is the HTTP header, whose charset counts unless the bytes say otherwise."""
    tree = _parse(body, content_type)
    if tree is None:
        return extract_given(given)
    claims = metadata.read(tree)
    title = metadata.title(claims, given)
    authors = metadata.authors(claims, given)
    published = metadata.published(claims, given)
    if not (title and authors and published):  # guessing costs as much time as reading the text
        guess = _guess(tree, given.url)
        title, authors, published = title or guess.title, authors or guess.authors, published or guess.published
    text, method = _first_enough(_texts(tree, given))
    return Extracted(
        title=title,
        authors=authors,
        published=published.moment if published else None,
        language=metadata.language(claims, given),
        outlet=metadata.outlet(claims, given),
        text=text,
        method=method,
    )


def extract_given(given: Given) -> Extracted:
    """Read what was given without a page: the text handed in, else the feed's content or summary."""
    claims = metadata.NO_CLAIMS
    published = metadata.published(claims, given)
    text, method = _first_enough(_texts_given(given))
    return Extracted(
        title=metadata.title(claims, given),
        authors=metadata.authors(claims, given),
        published=published.moment if published else None,
        language=metadata.language(claims, given),
        outlet=metadata.outlet(claims, given),
        text=text,
        method=method,
    )


def _parse(body: bytes, content_type: str) -> HtmlElement | None:
    markup = without_runs(admit(decode(body[:MAX_PAGE_BYTES], content_type)))
    beyond = next(islice(_OPENING_TAG.finditer(markup), MAX_TAGS, None), None)
    try:
        return load_html(markup[: beyond.start()] if beyond else markup)
    except _BROKEN_PAGE:
        return None


def _texts(tree: HtmlElement, given: Given) -> Iterator[Found]:
    """The article's text by each method, the best first; each is worked out only when it is asked for."""
    yield _main_text(tree, given.url, fast=True), "page"
    yield _main_text(tree, given.url, fast=False), "page"
    yield _plainer_text(tree), "page-baseline"
    yield from _texts_given(given)


def _texts_given(given: Given) -> Iterator[Found]:
    yield admit(given.text[:MAX_TEXT_CHARACTERS]).strip(), "given"
    yield text_of(given.html), "feed"


def _first_enough(texts: Iterator[Found]) -> Found:
    """The first text that is long enough and reads like prose; if none is, the one with most prose, or the longest."""
    found = []
    for text, method in texts:
        prose = _prose(text)
        if prose >= max(ENOUGH_CHARACTERS, len(text) // 2):
            return text[:MAX_TEXT_CHARACTERS], method
        if text:
            found.append((prose, len(text), text[:MAX_TEXT_CHARACTERS], method))
    return max(found, key=lambda each: each[:2])[2:] if found else ("", "none")


def _prose(text: str) -> int:
    """The characters in lines of a paragraph's length: what stands in short lines may be a menu, not an article."""
    return sum(len(line) for line in text.split("\n") if len(line) >= _PARAGRAPH or _DENSE.search(line))


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


@dataclass(frozen=True, slots=True)
class _Guess:
    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None


def _guess(tree: HtmlElement, url: str) -> _Guess:
    """What trafilatura makes of the page's looks, for what nobody declared: bylines, dates in the address and text."""
    try:
        found = extract_metadata(tree, url)
    except _BROKEN_PAGE:
        return _Guess()
    return _Guess(
        title=one_line(found.title or "", metadata.LONGEST_TITLE),
        authors=names([found.author or ""]),
        published=read_stamp(found.date or ""),
    )
