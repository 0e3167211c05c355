"""Every attack as the page of an article: it ends in time and in little memory, the article is read with what can be
had of it and says what could not, and the article after it is read.
"""

import re

import pytest

from bench.hostile import ATTACKS
from bench.hostile.wellmade import SENTENCES
from storage.tables import ArticleState
from tests.hostile.conftest import Neighbour, Tell
from tests.hostile.elsewhere import Elsewhere
from tests.hostile.measure import Cost
from tests.hostile.through import poll_now, work_on
from tests.pipeline.pipeline import Pipeline

FIRST_SENTENCE = SENTENCES.partition(". ")[0]

WHOLE = "$"
IN_TIME = "127.0.0.1 did not finish its answer in time"
BROKE_OFF = "127.0.0.1 broke off its answer: "
NOTHING = "no article was found on the page"
STOPPED = "the page could not be read: parsing took longer than 10 s and was stopped"
LONG = "the page was read up to its 10,000th element"

SAYS = {
    # wire
    "drip-body": IN_TIME,
    "drip-chunks": IN_TIME,
    "drip-headers": IN_TIME,
    "endless-body": "the page was fetched up to",
    "endless-chunks": "the page was fetched up to",
    "endless-headers": BROKE_OFF,
    "silent": IN_TIME,
    "silent-after-headers": IN_TIME,
    "huge-header": BROKE_OFF,
    "many-headers": BROKE_OFF,
    "many-interim-answers": IN_TIME,
    "chunk-extension": NOTHING,
    "chunk-size-not-a-number": BROKE_OFF,
    "chunk-size-negative": BROKE_OFF,
    "chunk-size-huge": BROKE_OFF,
    "closes-at-once": BROKE_OFF,
    "closes-halfway": BROKE_OFF,
    "length-too-short": NOTHING,
    "length-too-long": IN_TIME,
    "length-not-a-number": BROKE_OFF,
    "two-lengths": BROKE_OFF,
    "without-status-line": BROKE_OFF,
    "tls-garbage": BROKE_OFF,
    "gzip-bomb": ".* made to flood",
    "gzip-of-gzip": "the server packed its answer as gzip, gzip",
    "gzip-cut": "the page broke off after",
    "gzip-in-name-only": "the server sent gzip that cannot be unpacked",
    "brotli": "the server packed its answer as br",
    "chained-encodings": "the server packed its answer as gzip, gzip, gzip",
    "redirect-loop": ".* redirects more than 5 times",
    "redirect-chain": ".* redirects more than 5 times",
    "redirect-file": "only http and https are fetched, not 'file:",
    "redirect-gopher": "only http and https are fetched, not 'gopher:",
    "redirect-mapped-address": ".* leads to .*, which is not a public address",
    "redirect-canary": "127.0.0.2 leads to 127.0.0.2, which is not a public address",
    "redirect-without-location": "the server answered 301",
    "redirect-endless-body": NOTHING,  # it leads to a feed
    "not-modified-unasked": "the server answered 304",
    "status-401": "the server answered 401",
    "status-403": "the server answered 403",
    "status-404": "the server answered 404",
    "status-410": "the server answered 410",
    "status-429": "the server answered 429",
    "status-500": "the server answered 500",
    "status-503": "the server answered 503",
    "status-999": "the server answered 999",
    "status-429-seconds": "the server answered 429",
    "status-429-date": "the server answered 429",
    "status-503-seconds": "the server answered 503",
    "status-503-date": "the server answered 503",
    # pages
    "nested-div": WHOLE,
    "nested-b": WHOLE,
    "nested-tables": WHOLE,
    "flat-paragraphs": f"{LONG}|{STOPPED}",
    "one-line": f".*the text was kept up to 150,000 characters|{STOPPED}",
    "one-word": f".*the text was kept up to 150,000 characters|{STOPPED}",
    "many-page-attributes": WHOLE,
    "many-meta-tags": LONG,
    "many-links": f"{LONG}|{STOPPED}",
    "huge-json-ld": WHOLE,
    "broken-json-ld": WHOLE,
    "nested-json-ld": WHOLE,
    "empty-page": "the page is empty",
    "only-script": NOTHING,
    "meta-refresh": NOTHING,
    "zip-for-page": "the page is a ZIP archive, which is not read",
    "pdf-for-page": "the page is a PDF document, which is not read",
    "picture-for-page": "the page is a picture, which is not read",
    "gzip-for-page": "the page is a gzip archive, which is not read",
    "page-in-wrong-charset": WHOLE,
    "page-in-unknown-charset": WHOLE,
    "page-in-utf16": WHOLE,
    "nul-page": WHOLE,
    "references-page": WHOLE,
}
"""For each attack what its article says of it, as a pattern; WHOLE for what does no harm."""


def test_each_attack_that_a_page_can_make_has_a_row() -> None:
    assert set(SAYS) == {name for name, attack in ATTACKS.items() if attack.kind != "feed"}


@pytest.mark.parametrize("name", SAYS)
def test_a_hostile_page_is_left_in_time_and_its_article_says_why(
    pipeline: Pipeline, elsewhere: Elsewhere, neighbour: Neighbour, tells: Tell, name: str
) -> None:
    outlet, report = neighbour(f"page-{name}")
    pipeline.polls(elsewhere.feed_of(name), outlet.feed_url)
    poll_now(pipeline, elsewhere.feed_of(name))
    poll_now(pipeline, outlet.feed_url)
    hostile, good = (pipeline.article(url) for url in (elsewhere.attack(name), outlet.url(report)))

    with Cost(pipeline.runtime.confined) as cost:
        work_on(pipeline, hostile)
    work_on(pipeline, good)

    tells(f"article {name}", cost)
    cost.is_bearable()
    article, good = (pipeline.article(url) for url in (elsewhere.attack(name), outlet.url(report)))
    says = ", ".join(filter(None, (article.page_error, article.cut)))
    assert (article.state, article.last_error) == (ArticleState.DONE, "")
    assert article.title in (name, "Harbour notices")  # as its feed has it, or JSON-LD
    assert re.match(SAYS[name], says), says
    assert FIRST_SENTENCE in article.text or SAYS[name] != WHOLE
    assert "\0" not in article.text
    assert (good.state, report.text in good.text) == (ArticleState.DONE, True)
