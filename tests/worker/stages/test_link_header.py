"""The Link header: who pushes a feed, and under which address."""

import time

import pytest

from worker.stages.link_header import MAX_CHARS, Announced, announced

FEED = "https://news.example/rss/world.xml"
HUB = "https://hub.example/"
OWN = "https://news.example/rss"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f'<{HUB}>; rel="hub", <{OWN}>; rel="self"', Announced(HUB, OWN)),
        (f"<{OWN}>;rel=self,<{HUB}>;rel=hub", Announced(HUB, OWN)),  # bare, without blanks, the other way round
        (f'<{HUB}>; REL="HUB"', Announced(HUB, "")),
        (f'<{HUB}>; rel="preconnect hub"', Announced(HUB, "")),  # several relations in one
        (f'<{HUB}>; rel="github"', Announced()),  # a word that merely holds it
        (f'<{HUB}>; rev="hub"', Announced()),
        (f"<{HUB}>", Announced()),
        (f'<{HUB}>; rel="next"; rel="hub"', Announced()),  # RFC 8288, 3.3: all but the first are ignored
        ('</hub>; rel="hub", <>; rel="self"', Announced("https://news.example/hub", FEED)),  # seen from the feed
        ('<//hub.example>; rel="hub"', Announced("https://hub.example", "")),
        ('<https://hub.example/a,b;c>; rel="hub"', Announced("https://hub.example/a,b;c", "")),  # both stand in URLs
        (f'<{HUB}>; title="a \\", b; rel=self"; rel="hub"', Announced(HUB, "")),  # a quoted quote, comma and semicolon
        (f'<{HUB}> ; rel = "hub" ; crossorigin', Announced(HUB, "")),  # blanks around; a parameter without a value
        (f'<{HUB}>; rel="hub"; anchor="https://other.example/"', Announced()),  # about another page
        (f'<{HUB}>; rel="hub"; anchor="/rss/world.xml"', Announced(HUB, "")),  # about this one
        (f'<http://hub.example/>; rel="hub", <{HUB}>; rel="hub"', Announced(HUB, "")),  # https is favoured
        ('<http://a.example/>; rel="hub", <http://b.example/>; rel="hub"', Announced("http://a.example/", "")),
        ('<javascript:alert(1)>; rel="hub", <file:///etc/passwd>; rel="self"', Announced()),
        ('<https://[broken>; rel="hub"', Announced()),
        (f'nonsense, <{HUB}>; rel="hub"', Announced(HUB, "")),
        (f'<unclosed; rel="hub", <{HUB}>; rel="hub"', Announced(HUB, "")),
        (f'<{HUB}>; rel="hub', Announced()),  # a quote that is never closed
        ("", Announced()),
        (",;,<>;,", Announced()),
    ],
)
def test_a_hub_is_announced_by_the_link_header(header: str, expected: Announced) -> None:
    assert announced(header, FEED) == expected


@pytest.mark.parametrize("piece", ["<", "<>", "<a>;", ";", '"', "\\", '<a>;a="\\', " ", ",", "<a> ", '<a>;rel="hub",'])
def test_a_header_made_to_be_slow_is_read_at_once(piece: str) -> None:
    began = time.process_time()
    assert isinstance(announced(piece * 100_000, FEED), Announced)
    assert time.process_time() - began < 1


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    assert announced(" " * MAX_CHARS + f'<{HUB}>; rel="hub"', FEED) == Announced()
