"""The hostile server itself: each attack does what it says, and ends. Asked through raw sockets, which mind nothing."""

import re
import socket
import time
import zlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from bench.hostile import ATTACKS, HostileServer
from bench.hostile.exchange import Limits
from bench.hostile.wellmade import NEIGHBOUR_AFTER, NEIGHBOUR_BEFORE

SHORT = Limits(seconds=0.3, most_bytes=2_000_000, beat=0.01)

TAKE_ALL_THEIR_TIME = {
    "drip-body", "drip-chunks", "drip-headers", "silent", "silent-after-headers", "length-too-long",
}  # fmt: skip

SAYS = {
    # wire
    "drip-body": rb"Content-Length: 1048576\r\n.*\r\n\r\nx{5,100}$",
    "drip-chunks": rb"chunked\r\n.*\r\n\r\n(1\r\nx\r\n){5,100}$",
    "drip-headers": rb"200 OK\r\n(X-Number-\d+: 1\r\n){5,100}$",
    "endless-body": rb"\r\n\r\n<p>.{2000000}",
    "endless-chunks": rb"\r\n\r\n10000\r\nx{65536}\r\n10000\r\n",
    "endless-headers": rb"200 OK\r\n(X-Number-\d+: 1\r\n){10000,}$",
    "silent": rb"^$",
    "silent-after-headers": rb"Content-Length: 100\r\nConnection: close\r\n\r\n$",
    "huge-header": rb"X-Huge: x{10485760}\r\n",
    "many-headers": rb"X-99999: 1\r\n",
    "many-interim-answers": rb"^(HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n){100}",
    "chunk-extension": rb"\r\n5;x{100000}\r\nhello\r\n0\r\n\r\n$",
    "chunk-size-not-a-number": rb"\r\n\r\nZZ\r\nhello",
    "chunk-size-negative": rb"\r\n\r\n-5\r\nhello",
    "chunk-size-huge": rb"\r\n\r\nF{17}\r\nhello$",
    "closes-at-once": rb"^$",
    "closes-halfway": rb"\r\n\r\n<\?xml.*(?<!</rss>)$",
    "length-too-short": rb"Content-Length: 10\r\n.*</rss>$",
    "length-too-long": rb"Content-Length: 1073741824\r\n.*</rss>$",
    "length-not-a-number": rb"Content-Length: plenty\r\n.*</rss>$",
    "two-lengths": rb"Content-Length: 5\r\nContent-Length: 500\r\n",
    "without-status-line": rb"^<html>",
    "tls-garbage": rb"^\x15\x03\x03\x00\x02\x02\x46",
    "gzip-bomb": rb"Content-Encoding: gzip\r\n.*\r\n\r\n\x1f\x8b",
    "gzip-of-gzip": rb"Content-Length: \d{4}\r\nContent-Encoding: gzip, gzip\r\n.*\r\n\r\n\x1f\x8b",
    "gzip-cut": rb"Content-Encoding: gzip\r\n.*\r\n\r\n\x1f\x8b",
    "gzip-in-name-only": rb"Content-Encoding: gzip\r\n.*\r\n\r\n<\?xml",
    "brotli": rb"Content-Encoding: br\r\n",
    "chained-encodings": rb"Content-Encoding: (gzip, ){499}gzip\r\n",
    "redirect-loop": rb"302 Found\r\nLocation: http://127.0.0.1:\d+/redirect-loop\r\n",
    "redirect-chain": rb"302 Found\r\nLocation: http://127.0.0.1:\d+/redirect-chain/1\r\n",
    "redirect-file": rb"Location: file:///etc/passwd\r\n",
    "redirect-gopher": rb"Location: gopher://127.0.0.1:6379/",
    "redirect-mapped-address": rb"Location: http://\[::ffff:169.254.169.254\]/",
    "redirect-canary": rb"Location: http://127.0.0.2:\d+/secret\r\n",
    "redirect-without-location": rb"301 Moved Permanently\r\nContent-Length: 0\r\nConnection: close\r\n\r\n$",
    "redirect-endless-body": rb"Location: http://127.0.0.1:\d+/well\r\n.*x{1000000}",
    "not-modified-unasked": rb"^HTTP/1.1 304 ",
    "status-401": rb"^HTTP/1.1 401 ",
    "status-403": rb"^HTTP/1.1 403 ",
    "status-404": rb"^HTTP/1.1 404 ",
    "status-410": rb"^HTTP/1.1 410 ",
    "status-429": rb"^HTTP/1.1 429 (?!.*Retry-After)",
    "status-500": rb"^HTTP/1.1 500 ",
    "status-503": rb"^HTTP/1.1 503 (?!.*Retry-After)",
    "status-999": rb"^HTTP/1.1 999 ",
    "status-429-seconds": rb"^HTTP/1.1 429 .*Retry-After: 120\r\n",
    "status-429-date": rb"^HTTP/1.1 429 .*Retry-After: \w{3}, .* GMT\r\n",
    "status-503-seconds": rb"^HTTP/1.1 503 .*Retry-After: 120\r\n",
    "status-503-date": rb"^HTTP/1.1 503 .*Retry-After: \w{3}, .* GMT\r\n",
    # feeds
    "billion-laughs": rb'<!ENTITY j "(&i;){10}">.*jumps &j;',
    "quadratic-entities": rb'<!ENTITY a "x{100000}">.*?jumps (&a;){10000}',
    "external-entity-file": rb'<!ENTITY a SYSTEM "file:///etc/passwd">.*&a;',
    "external-entity-canary": rb'<!ENTITY a SYSTEM "http://127.0.0.2:\d+/entity">.*&a;',
    "external-dtd-canary": rb'<!DOCTYPE rss SYSTEM "http://127.0.0.2:\d+/rss.dtd">',
    "parameter-entity-canary": rb'<!ENTITY % more SYSTEM "http://127.0.0.2:\d+/more.dtd">\n%more;',
    "doctype-backslash": rb'\n<!ENTITY a "\\g<nobody>',
    "reference-surrogate": rb"&#xD800;",
    "reference-beyond": rb"&#x110000;",
    "reference-huge": rb"&#99999999999;",
    "reference-nul": rb"jumps &#0;",
    "nul": rb"jumps \x00",
    "gml-srs-name": rb"srsName='urn:EPSG:north'",
    "slow-author": rb"<author>a@(a\.){31000}!",
    "many-entries": rb"jumps 999<",
    "huge-feed": rb"&lt;p&gt;.{100000,110000}</content:encoded>",
    "nested-tags": rb"(<a>){100000}(</a>){100000}",
    "many-attributes": rb' a99999="1">',
    "unclosed": rb"(?<!</rss>)$",
    "one-guid": rb"(<guid>same</guid>.*){5}",
    "no-guid-no-link": rb"<item>(?!.*<guid>)(?!.*<item>.*<link>)",
    "new-guids": rb"asked-1-item-4",
    "odd-dates": rb"2120 .*1970 .*0000-00-00.*99999-01-01.*31 Feb",
    "wrong-charset": rb"utf-8.*\xfcber die Br\xfccke",
    "utf16-as-utf8": rb'charset=utf-8.*e\x00n\x00c\x00o\x00d\x00i\x00n\x00g\x00=\x00"\x00u\x00t\x00f\x00-\x008',
    "charset-unknown": rb'charset=x-klingon.*encoding="x-klingon"',
    "charset-unicode-escape": rb"charset=unicode_escape.*\\x3cscript\\x3e",
    "charset-rot13": rb"charset=rot13.*whzcf nebhaq",
    "charset-zlib": rb"charset=zlib\r\n.*\r\n\r\nx\x9c",
    "charset-idna": rb"charset=idna.*x{100000}",
    "script-titles": rb"jumps &lt;script&gt;.*<!\[CDATA\[jumps <img src=x onerror",
    "javascript-links": rb"<link>javascript:alert.*<link>data:text/html",
    "svg-links": rb"xlink:href=&quot;javascript:.*&lt;animate",
    "page-for-feed": rb"Content-Type: text/html.*<html",
    "empty-feed": rb"Content-Length: 0\r\n",
    "picture-for-feed": rb"rss\+xml.*\x89PNG",
    "nested-json": rb"jsonfeed.*\[{100000}$",
    # pages
    "nested-div": rb"(<div>){1000}<p>",
    "nested-b": rb"(<b>){1000}<p>(?!.*</b>)",
    "nested-tables": rb"(<table><tr><td>){500}<p>",
    "flat-paragraphs": rb"(<p>word</p>\n){50000}",
    "one-line": rb"(word ){1000000}",
    "one-word": rb"a{5000000}",
    "many-page-attributes": rb" data-99999=1>",
    "many-meta-tags": rb"(<meta name=author content=Somebody>){100000}",
    "many-links": rb'(<a href="/here">there</a> ){100000}',
    "huge-json-ld": rb'"articleBody": "(word ){800000}"',
    "broken-json-ld": rb'"headline": "Harb</script>',
    "nested-json-ld": rb"\[{100000}\]{100000}</script>",
    "empty-page": rb"Content-Length: 0\r\n",
    "only-script": rb"<div id=root></div><script>",
    "meta-refresh": rb"url=http://127.0.0.2:\d+/refresh",
    "zip-for-page": rb"text/html.*\r\n\r\nPK",
    "pdf-for-page": rb"text/html.*\r\n\r\n%PDF",
    "picture-for-page": rb"text/html.*\r\n\r\n\x89PNG",
    "gzip-for-page": rb"^(?!.*Content-Encoding).*\r\n\r\n\x1f\x8b",
    "page-in-wrong-charset": rb"charset=utf-8.*\xdcber die Br\xfccke",
    "page-in-unknown-charset": rb"charset=x-klingon\r\n",
    "page-in-utf16": rb"charset=utf-8.*<\x00h\x00t\x00m\x00l\x00",
    "nul-page": rb"<title>Har\x00bour.*har\x00bour",
    "references-page": rb"&#0; &#xD800; &#x110000; &#99999999999;",
}
"""For each attack what must be in all that it sent, headers and all."""


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer(limits=SHORT) as server:
        yield server


def ask(url: str) -> bytes:
    """Everything that comes until the server ends the connection."""
    received = bytearray()
    with connect(url) as connection:
        while part := connection.recv(1 << 20):
            received += part
    return bytes(received)


def connect(url: str) -> socket.socket:
    """A connection over which the request has gone out."""
    to = urlsplit(url)
    connection = socket.create_connection((to.hostname, to.port), timeout=10)
    connection.sendall(f"GET {to.path} HTTP/1.1\r\nHost: {to.netloc}\r\nX-Asker: test\r\n\r\n".encode())
    return connection


def body(url: str) -> bytes:
    return ask(url).partition(b"\r\n\r\n")[2]


def test_each_attack_has_a_row_here() -> None:
    assert set(SAYS) == set(ATTACKS)


@pytest.mark.parametrize("name", SAYS)
def test_it_does_what_it_says_and_ends_by_itself(server: HostileServer, name: str) -> None:
    start = time.monotonic()
    sent = ask(server.url(name))
    seconds = time.monotonic() - start

    assert re.search(SAYS[name], sent, re.DOTALL), sent[:300]
    assert (seconds > SHORT.seconds * 0.9) >= (name in TAKE_ALL_THEIR_TIME)
    if ATTACKS[name].kind != "wire":
        assert sent.startswith(b"HTTP/1.1 200 OK\r\n")


def test_nobody_was_led_anywhere_by_a_socket_that_only_reads(server: HostileServer) -> None:
    ask(server.url("redirect-canary"))
    assert server.canary.visits == []


def test_the_chain_of_redirects_ends_at_a_good_feed(server: HostileServer) -> None:
    url = server.url("redirect-chain")
    for _ in range(6):
        found = re.search(rb"Location: (\S+)", ask(url))
        assert found
        url = found[1].decode()
    assert NEIGHBOUR_AFTER.encode() in ask(url)


def test_the_bomb_is_good_gzip_of_a_gigabyte(server: HostileServer) -> None:
    packed = body(server.url("gzip-bomb"))
    assert len(packed) < 1_100_000
    assert int.from_bytes(packed[-4:], "little") == 2**30  # the length that gzip itself states
    unpacker = zlib.decompressobj(wbits=31)
    assert len(unpacker.decompress(packed, 50_000_000)) == 50_000_000
    inner = zlib.decompressobj(wbits=31).decompress(body(server.url("gzip-of-gzip")))
    assert inner == packed


def test_guids_are_new_at_each_request(server: HostileServer) -> None:
    url = server.url("new-guids")
    first, second = (re.findall(rb"<guid.*?</guid>", body(url)) for _ in range(2))
    assert len(set(first + second)) == 10


def test_a_retry_after_date_lies_ahead(server: HostileServer) -> None:
    answer = ask(server.url("status-503-date")).decode()
    found = re.search(r"Retry-After: (.*)\r", answer)
    assert found
    assert 60 < parsedate_to_datetime(found[1]).timestamp() - time.time() <= 120


@pytest.mark.parametrize(
    "name", [name for name, attack in ATTACKS.items() if attack.kind == "feed" and "reference" in name]
)
def test_trouble_sits_between_good_entries(server: HostileServer, name: str) -> None:
    sent = body(server.url(name)).decode()
    assert sent.index(NEIGHBOUR_BEFORE) < sent.index("jumps") < sent.index(NEIGHBOUR_AFTER)


def test_what_is_beside_the_attacks_is_in_good_order(server: HostileServer) -> None:
    assert body(server.well()).count(b"<item>") == 2
    assert b"<h1>Notice before</h1>" in body(f"{server.base}/article/before")
    assert f"<link>{server.url('nested-div')}</link>".encode() in body(server.feed_of("nested-div"))
    assert ask(f"{server.base}/robots.txt").startswith(b"HTTP/1.1 404")


def test_requests_are_written_down(server: HostileServer) -> None:
    ask(server.url("status-403"))
    assert server.requests[-1].path == "/status-403"
    assert server.requests[-1].headers["x-asker"] == "test"


def test_a_name_that_is_no_attack_is_an_error(server: HostileServer) -> None:
    with pytest.raises(KeyError):
        server.url("drip-boddy")


def test_the_canary_writes_down_who_comes() -> None:
    with HostileServer() as server:
        assert ask(f"{server.canary.base}/secret").endswith(b"SECRET")
        assert [visit.split(b"\r\n")[0] for visit in server.canary.visits] == [b"GET /secret HTTP/1.1"]


@pytest.mark.parametrize("name", ["silent", "drip-headers", "endless-body"])
def test_what_goes_on_ends_with_the_server(name: str) -> None:
    with HostileServer() as server:
        connection = connect(server.url(name))
        if name != "silent":
            assert connection.recv(1)
        start = time.monotonic()
    with connection:
        try:
            while connection.recv(1 << 20):
                pass
        except ConnectionError:
            pass
    assert time.monotonic() - start < 5


def test_it_answers_many_at_once(server: HostileServer) -> None:
    waiting = [connect(server.url("silent")) for _ in range(20)]
    assert NEIGHBOUR_AFTER.encode() in ask(server.well())
    for connection in waiting:
        connection.close()
