"""What a page says of itself, and which of its many tags to believe.

Tags contradict one another: the same page names one headline to search engines, another to readers of social media,
and a third above its text. The order of belief is written out in `title`, `authors`, `published`; nothing is guessed
from the text here.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, time
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from worker.stages.extract import jsonld
from worker.stages.extract.characters import one_line
from worker.stages.extract.dates import Precision, Stamp, is_same_day, read_stamp
from worker.stages.extract.people import names, names_somebody, outlet_key, without_outlets
from worker.stages.extract.values import Given
from worker.stages.text.fold import fold

LONGEST_TITLE = 500
LONGEST_DESCRIPTION = 1000
MOST_HEADINGS = 20
MOST_BYLINES, LONGEST_BYLINE = 20, 120

_AUTHOR_TAGS = (
    *("author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "dcsext.author", "byl", "og:article:author", "articleauthor", "cxenseparse:author"),
)
_DATE_TAGS = (
    *("article:published_time", "og:article:published_time", "datepublished", "og:published_time", "publish-date"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate"),
    *("cxenseparse:recs:publishtime", "date"),
)
_DESCRIPTION_TAGS = ("og:description", "description", "twitter:description")
_OUTLET_TAGS = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SIGNED = (
    '//*[@rel="author" or @itemprop="author" or contains(@class, "author") or contains(@class, "byline")]'
    '[not(contains(@class, "comment") or ancestor::a or ancestor::aside or ancestor::*[contains(@class, "teaser")])]'
)
_SEPARATOR = re.compile(r"\s+[|–—•·»*-]+\s+|\s*\|\s*")
_STYLE = re.compile(r"</?(?:a|b|br|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?=[-_]|$)")


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything the page claims, each kind of tag apart and as written."""

    described: jsonld.Described
    tags: dict[str, tuple[str, ...]]  # meta tags: name, property or itemprop in lower case -> contents
    page_title: str
    headings: tuple[str, ...]
    language: str
    bylines: tuple[str, ...] = ()  # "By Ann Lee", where readers see it

    def first(self, *tags: str) -> str:
        return next((self.tags[tag][0] for tag in tags if tag in self.tags), "")


NO_CLAIMS = Claims(described=jsonld.Described(), tags={}, page_title="", headings=(), language="")


def read(tree: HtmlElement) -> Claims:
    """Collect a page's claims about itself."""
    titles = tree.xpath("//head/title | /html/title")
    return Claims(
        described=jsonld.read(tree),
        tags=_tags(tree),
        page_title=titles[0].text_content() if titles else "",
        headings=tuple(" ".join(heading.itertext()) for heading in tree.xpath("//h1")[:MOST_HEADINGS]),
        language=tree.get("lang") or "",
        bylines=tuple(islice(_bylines(tree), 1)),  # those below are of other articles
    )


def title(claims: Claims, given: Given) -> str:
    """The headline as its editor wrote it.

    JSON-LD and OpenGraph mostly agree. Where they differ, one of them was written for search engines, and that one
    is repeated in <title>; so the other is taken, unless the feed's own title confirms it. Without them: the feed, a
    heading that <title> confirms, the only heading, <title>.
    """
    own = outlets(claims, given)
    structured = _cut(claims.described.headline, own)
    social = _cut(claims.first("og:title"), own) or _cut(claims.first("twitter:title"), own)
    fed = _cut(given.title, own)
    searched = _cut(claims.page_title, own)
    headings = [_cut(heading, own) for heading in claims.headings]
    if structured and social:
        return _editors_choice(structured, social, fed, searched, headings)
    confirmed = [heading for heading in headings if _is_among(heading, [searched])]
    only = headings if len(headings) == 1 else []
    return next((one for one in (structured, social, fed, *confirmed, *only, searched, *headings) if one), "")


def _editors_choice(structured: str, social: str, fed: str, searched: str, headings: list[str]) -> str:
    if _is_among(fed, [structured, social]):
        return fed
    if _is_among(searched, [structured]) != _is_among(searched, [social]):
        return social if _is_among(searched, [structured]) else structured
    return next((heading for heading in headings if _is_among(heading, [structured, social])), structured)


def authors(claims: Claims, given: Given) -> tuple[str, ...]:
    """The people who wrote it: from JSON-LD, else meta tags, else a byline that readers see, else the feed.

    The outlet's own name is dropped beside people, and a source that names only the outlet gives way to one that
    names people; where nobody does, the outlet has signed the article itself and stands.
    """
    own = outlets(claims, given)
    said = [names(claims.described.authors), *(names(claims.tags.get(tag, ())) for tag in _AUTHOR_TAGS)]
    said += [names(claims.bylines), names(given.authors)]
    people = next((people for each in said if (people := without_outlets(each, own))), ())
    return people or next((each for each in said if each), ())


def published(claims: Claims, given: Given) -> Stamp | None:
    """When it was first published: by JSON-LD, else meta tags, else the feed.

    A source that adds a time, or a zone, to the same day outranks one before it that lacks it.
    """
    written = [claims.described.published, *(value for tag in _DATE_TAGS for value in claims.tags.get(tag, ()))]
    stamps = [stamp for each in written if each and (stamp := read_stamp(each))]
    return _most_precise([*stamps, *_stamps_given(given)])


def language(claims: Claims, given: Given) -> str:
    """Two letters, as the page or the feed declares it, or ""."""
    said = (claims.described.language, claims.language, claims.first("og:locale", "content-language"), given.language)
    return next((match.group() for each in said if (match := _LANGUAGE.match(each.strip().lower()))), "")


def descriptions(claims: Claims) -> tuple[str, ...]:
    """What the page says of its article in a sentence or two, each as it is written."""
    said = (claims.described.description, *(claims.first(tag) for tag in _DESCRIPTION_TAGS))
    return tuple(dict.fromkeys(each for one in said if (each := one_line(_unescaped(one), LONGEST_DESCRIPTION))))


def titles(claims: Claims, given: Given) -> tuple[str, ...]:
    """Everything that the page gives as its title, the outlet's name cut: what stands above a text may be any of it."""
    own = outlets(claims, given)
    said = (claims.described.headline, claims.first("og:title"), claims.first("twitter:title"), claims.page_title)
    return tuple(dict.fromkeys(each for one in (*said, *claims.headings) if (each := _cut(one, own))))


def outlet(claims: Claims, given: Given) -> str:
    """The outlet's name: the site's own, else its publisher in JSON-LD, else what the source is called."""
    said = (claims.first("og:site_name"), *claims.described.publishers[:1], given.outlet)
    return next((name for each in said if (name := one_line(_unescaped(each), LONGEST_TITLE))), "")


def outlets(claims: Claims, given: Given) -> frozenset[str]:
    """The keys of all names by which the outlet goes, its host among them."""
    host = _host(given.url)
    labels = [label for label in host.split(".")[:-1] if len(label) > len("co")]
    said = [given.outlet, host, *labels, *claims.described.publishers]
    said += [value for tag in _OUTLET_TAGS for value in claims.tags.get(tag, ())]
    return frozenset(key for each in said if (key := outlet_key(each)))


def _most_precise(stamps: list[Stamp]) -> Stamp | None:
    """The most precise of those that agree with the first on the day."""
    if not stamps:
        return None
    agreeing = [stamp for stamp in stamps if is_same_day(stamp.moment, stamps[0].moment)]
    return max(agreeing, key=lambda stamp: stamp.precision)


def _stamps_given(given: Given) -> list[Stamp]:
    """The feed's date. At midnight sharp it is taken for a bare date, which many feeds pad with zeros."""
    if given.published is None:
        stamp = read_stamp(given.published_raw)
        return [stamp] if stamp else []
    moment = given.published if given.published.tzinfo else given.published.replace(tzinfo=UTC)
    return [Stamp(moment, Precision.DAY if moment.time() == time() else Precision.ZONED)]


def _tags(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, content in _named(tree):
        found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _named(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content") or ""
        if name and content.strip():
            yield name, content
    for element in tree.xpath('//*[@itemprop="datePublished"][@datetime]'):
        yield "datepublished", element.get("datetime")


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """Short texts that are marked as naming the author and begin with "By"; those of readers' comments are not."""
    for element in tree.xpath(_SIGNED)[:MOST_BYLINES]:
        written = " ".join("".join(element.itertext()).split())
        if len(written) <= LONGEST_BYLINE and names_somebody(written):
            yield written


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": the address is somebody else's to judge
        return ""


def _cut(written: str, own: frozenset[str]) -> str:
    """A title on one line, without the outlet's name and what follows it: "Fire in Kyiv | World | The Post"."""
    text = one_line(_STYLE.sub("", _unescaped(written)), LONGEST_TITLE)
    for separator in _SEPARATOR.finditer(text):
        following = _SEPARATOR.split(text[separator.end() :])[0]
        if _is_outlet(following, own):
            return text[: separator.start()]
    return text


def _unescaped(written: str) -> str:
    """With its references resolved. Cut before: Python refuses a reference of thousands of digits."""
    return html.unescape(written[: 4 * LONGEST_TITLE])


def _is_outlet(segment: str, own: frozenset[str]) -> bool:
    """Whether a title's segment is the outlet's name, perhaps with its domain or an addition: "AP News", "BILD.de"."""
    key = outlet_key(segment)
    return any(key == name or (len(name) > 2 and key.startswith(name) and len(key) <= 2 * len(name)) for name in own)


def _is_among(one: str, others: list[str]) -> bool:
    return bool(one) and _words(one) in [_words(other) for other in others]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text) or text)
