"""Servers that lie, flood and stall, on the wire itself: each is left in time, and none costs much memory.

What can be made sense of is taken as it was meant; the rest is an error of the moment, since servers get repaired. In
each case the door goes on working.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from tests.site import Site
from tests.worker.fetch.conftest import LOOPBACK
from worker.errors import TransientError
from worker.fetch.door import Door, DoorPolicy
from worker.fetch.target import AddressError

PATIENCE = 10.0  # seconds, for what is over in one on a machine that is not busy with other things
MEMORY = 64 * 2**20

OK = b"HTTP/1.1 200 OK\r\n"
TWO = b"Content-Length: 2\r\n\r\nok"
CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = b"\x1f\x8b\x08" + bytes(7) + b"\x00\xff\xff\x00\x00"  # and then 65,535 bytes as they are


def shortened(raw: bytes) -> str:
    """What a test case is called."""
    return ascii(raw[:60])


@contextmanager
def little_cost() -> Iterator[None]:
    """In time and memory. The site's own memory counts in, so it must send in pieces."""
    began = time.monotonic()
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"".join(b"X-%d: y\r\n" % number for number in range(100)) + TWO,
        OK + b"X-Long: " + b"y" * 64_000 + b"\r\n" + TWO,
        OK + b"X: y\r\n" * 10_000 + TWO,
        OK + b"X: y\r\n" + b" and more\r\n" * 1000 + TWO,  # one header on many lines, as was once allowed
        OK + "X: Grüße\r\n".encode() + TWO,
        OK + b"X: Gr\xfc\xdfe\r\n" + TWO,
        b"HTTP/1.1 200\r\n" + TWO,  # no reason
        b"HTTP/1.0 200 OK\r\n" + TWO,
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",  # bare line feeds
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50 + OK + TWO,
        OK + b"\r\nok",  # the end of the connection is the end of the body
        OK + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",  # the chunks count
        CHUNKS + b"2;" + b"x" * 100_000 + b"\r\nok\r\n0\r\n\r\n",
        CHUNKS + b"1\r\no\r\n1\r\nk\r\n0\r\nX-Trailer: y\r\n\r\n",
    ],
    ids=shortened,
)
def test_what_can_be_made_sense_of_is_taken(site: Site, door: Door, raw: bytes) -> None:
    site.plays("/", says(raw))
    with little_cost():
        assert door.get(site.url("/")).body == b"ok"


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"X-Long: " + b"y" * 200_000 + b"\r\n" + TWO,
        OK + b"X-Long: " + b"y" * 10_000_000 + b"\r\n" + TWO,
        OK + b"X: y\r\n" * 100_000 + TWO,
        CHUNKS + b"2\r\nok\r\n0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",  # after the body
        CHUNKS + b"2;" + b"x" * 1_000_000 + b"\r\nok\r\n0\r\n\r\n",
        CHUNKS + b"FFFFFFFFFFFFFFFFFFF\r\nok",
        CHUNKS + b"-2\r\nok\r\n0\r\n\r\n",
        CHUNKS + b"two\r\nok\r\n0\r\n\r\n",
        CHUNKS + b"2\r\nok\r\n",  # and no last chunk
        OK + b"Content-Length: 3\r\n\r\nok",
        OK + b"Content-Length: 99999999999999999999\r\n\r\nok",
        OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nok",
        OK + b"Content-Length: -2\r\n\r\nok",
        OK + b"Content-Length: two\r\n\r\nok",
        OK + b"Content-Length: 2\r\nContent-Length: 1\r\n\r\nok",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        OK + b"X: a\x00b\r\n" + TWO,
        OK + b"this is no header\r\n" + TWO,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\nok",
        b"HTTP/1.1 99999 Hm\r\n" + TWO,
        b"HTTP/1.1 -1 Hm\r\n" + TWO,
        b"ICY 200 OK\r\n" + TWO,
        b"<html>ok</html>",
        b"\r\n" * 100_000,
        b"\x00" * 300_000,
        b"\x16\x03\x01\x00\x05hello",  # TLS where none was asked for
    ],
    ids=shortened,
)
def test_the_rest_is_an_error_of_the_moment(site: Site, door: Door, raw: bytes) -> None:
    site.plays("/", says(raw))
    with little_cost(), pytest.raises(TransientError, match="broke off"):
        door.get(site.url("/"))
    assert len(site.requests) == 1
    site.serves("/next", "fine")
    assert door.get(site.url("/next")).body == b"fine"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (CHUNKS, b"1;" + b"x" * 60_000 + b"\r\no\r\n"),  # much on the wire, next to nothing in the body
        (CHUNKS, b"1\r\no\r\n" * 5000),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
    ],
    ids=shortened,
)
def test_a_flood_of_next_to_nothing_is_left_in_time(site: Site, hasty_door: Door, head: bytes, piece: bytes) -> None:
    site.plays("/", repeats(site, head, piece))
    with little_cost(), pytest.raises(TransientError, match="in time"):
        hasty_door.get(site.url("/"))


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"H"),  # a status line that never ends
        (OK + b"X: ", b"y"),
        (OK + b"Content-Encoding: gzip\r\n\r\n" + GZIP, b"x"),
        (CHUNKS, b"0"),  # the size of a chunk
        (CHUNKS + b"2;", b"x"),
        (CHUNKS + b"2\r\nok\r\n0\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 999\r\n\r\n", b"x"),
    ],
    ids=shortened,
)
def test_a_trickle_is_left_in_time(site: Site, hasty_door: Door, head: bytes, piece: bytes) -> None:
    site.plays("/", repeats(site, head, piece, pause=0.03))
    with little_cost(), pytest.raises(TransientError, match="in time"):
        hasty_door.get(site.url("/"))


def test_an_endless_body_costs_no_more_than_its_limit(site: Site) -> None:
    site.plays("/", repeats(site, OK + b"\r\n", b"x" * 65536))
    with Door(DoorPolicy("t", allow_networks=LOOPBACK)) as door, little_cost():
        answer = door.get(site.url("/"))
    assert (len(answer.body), answer.truncated) == (10 * 2**20, True)


# Answers that reach beyond themselves


@pytest.mark.parametrize(
    "surplus",
    [
        b" and more",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",  # meant to be taken for the next answer
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"\r\n",
    ],
)
@pytest.mark.parametrize("head", [OK + TWO, b"HTTP/1.1 304 Not Modified\r\n\r\n", CHUNKS + b"2\r\nok\r\n0\r\n\r\n"])
def test_what_comes_after_an_answer_is_not_the_next_answer(site: Site, door: Door, head: bytes, surplus: bytes) -> None:
    site.plays("/", says(head + surplus, and_stays=True))
    site.serves("/next", "next")
    for _ in range(3):
        assert door.get(site.url("/")).status in (200, 304)
        assert door.get(site.url("/next")).body == b"next"


def test_an_answer_that_ends_where_it_should_leaves_the_connection_open(site: Site, door: Door) -> None:
    """Without this, the test above could pass because no connection is ever used twice."""
    site.plays("/", says(OK + TWO, and_stays=True))
    for _ in range(3):
        door.get(site.url("/"))
    assert len({request.client for request in site.requests}) == 1


# Where to?


def test_of_several_places_one_is_gone_to(site: Site, door: Door) -> None:
    site.plays("/", says(b"HTTP/1.1 302 Found\r\n" + b"Location: /a\r\n" * 500 + b"Location: /b\r\n" + TWO))
    for path in ["/a", "/b"]:
        site.serves(path, path)
    answer = door.get(site.url("/"))
    assert answer.body in (b"/a", b"/b")
    assert len(answer.hops) == 1
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    "location",
    [b"http://[", b"http://a b/", b"\\\\evil.example\\", b"data:,x", b"/" + b"x" * 60_000],
    ids=shortened,
)
def test_a_place_that_is_none_is_not_gone_to(site: Site, door: Door, location: bytes) -> None:
    site.plays("/", says(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n" + TWO))
    with little_cost(), pytest.raises(AddressError):
        door.get(site.url("/"))
    assert len(site.requests) == 1


def test_a_page_that_wants_to_be_left_for_another_is_an_answer(site: Site, door: Door) -> None:
    site.serves("/", "here", headers={"Refresh": "0; url=/there", "Location": "/there", "Link": "</there>; rel=next"})
    answer = door.get(site.url("/"))
    assert (answer.body, answer.hops) == (b"here", ())
    assert not site.asked("/there")


# What the servers do


def says(raw: bytes, *, and_stays: bool = False) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = not and_stays
        for start in range(0, len(raw), 65536):
            handler.wfile.write(raw[start : start + 65536])

    return play


def repeats(site: Site, head: bytes, piece: bytes, *, pause: float = 0.0) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not site.waits(pause):
            handler.wfile.write(piece)

    return play
