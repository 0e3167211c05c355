"""The door against a site on loopback that behaves, and one that does not."""

import gzip
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import pytest

from tests.site import Site
from tests.worker.fetch.conftest import LOOPBACK
from worker.errors import PermanentError, TransientError, UncertainError
from worker.fetch.body import BodyError
from worker.fetch.door import Door, DoorPolicy, Hop, RedirectError
from worker.fetch.target import AddressError

PATIENCE = 4.0  # seconds within which a door of half a second must have given up, on a machine busy with other things


def test_a_page_comes_back_with_its_headers_in_lower_case(site: Site, door: Door) -> None:
    site.serves("/page", "Grüße", headers={"ETag": '"1"', "X-Odd": "a"})
    answer = door.get(site.url("/page"))
    assert (answer.status, answer.body.decode(), answer.url) == (200, "Grüße", site.url("/page"))
    assert answer.headers["etag"] == '"1"'
    assert answer.header("X-Odd") == "a"
    assert not answer.truncated


def test_the_door_says_who_it_is_and_offers_only_gzip(site: Site, door: Door) -> None:
    site.serves("/", "")
    door.get(site.url("/"), headers={"Accept": "application/rss+xml"})
    sent = site.requests[0].headers
    assert sent["user-agent"] == "Storytrail/0 (+tests)"
    assert sent["accept-encoding"] == "gzip, identity"
    assert sent["accept"] == "application/rss+xml"
    assert sent["host"] == f"127.0.0.1:{site.port}"


def test_an_unchanged_page_answers_304(site: Site, door: Door) -> None:
    site.serves("/feed", "x", headers={"ETag": '"7"'})
    answer = door.get(site.url("/feed"), headers={"If-None-Match": '"7"'})
    assert (answer.status, answer.body) == (304, b"")


def test_statuses_are_returned_and_not_raised(site: Site, door: Door) -> None:
    site.fails("/broken", 503, headers={"Retry-After": "120"})
    answer = door.get(site.url("/broken"))
    assert (answer.status, answer.header("retry-after"), answer.is_success) == (503, "120", False)


def test_requests_to_one_host_share_a_connection(site: Site, door: Door) -> None:
    site.serves("/a", "a")
    site.moves("/b", "/a")
    for path in ["/a", "/b", "/a"]:
        door.get(site.url(path))
    assert len({request.client for request in site.requests}) == 1


def test_a_kept_connection_that_died_is_replaced(site: Site, door: Door) -> None:
    """The server says nothing about closing, and closes: the next request must not fail for it."""
    site.plays("/", hangs_up_after(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    assert [door.get(site.url("/")).body for _ in range(3)] == [b"ok"] * 3


def test_cookies_of_one_answer_are_not_sent_with_the_next_request(site: Site, door: Door) -> None:
    site.serves("/", "", headers={"Set-Cookie": "who=you"})
    door.get(site.url("/"))
    door.get(site.url("/"))
    assert "cookie" not in site.requests[1].headers


def test_addresses_beyond_ascii_are_encoded_and_not_twice(site: Site, door: Door) -> None:
    site.serves("/caf%C3%A9?q=%C3%A4%20b", "ok")
    assert door.get(site.url("/café?q=ä%20b")).body == b"ok"


def test_one_door_serves_many_threads(site: Site, door: Door) -> None:
    paths = [f"/{number}" for number in range(40)]
    for path in paths:
        site.serves(path, path)
    with ThreadPoolExecutor(8) as threads:
        bodies = list(threads.map(lambda path: door.get(site.url(path)).body.decode(), paths))
    assert bodies == paths


def test_a_server_without_tls_is_an_error_of_the_moment(site: Site, door: Door) -> None:
    with pytest.raises(TransientError, match="no connection"):
        door.get(site.url("/").replace("http:", "https:"))


# Redirects


def test_redirects_are_followed_and_recorded(site: Site, door: Door) -> None:
    site.moves("/old", "/newer", status=301)
    site.moves("/newer", site.url("/new"), status=302)
    site.serves("/new", "here")
    answer = door.get(site.url("/old"))
    assert (answer.url, answer.body) == (site.url("/new"), b"here")
    assert answer.hops == (Hop(301, site.url("/newer")), Hop(302, site.url("/new")))


def test_five_redirects_are_followed_and_a_sixth_is_not(site: Site, door: Door) -> None:
    for step in range(6):
        site.moves(f"/{step}", f"/{step + 1}")
    site.serves("/6", "end")
    assert door.get(site.url("/1")).body == b"end"
    with pytest.raises(RedirectError):
        door.get(site.url("/0"))


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "http:\\\\127.0.0.1\\",  # browsers read these as slashes
        "http://[::1",
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(site: Site, door: Door, to: str) -> None:
    site.moves("/", to)
    with pytest.raises(AddressError):
        door.get(site.url("/"))


def test_credentials_do_not_follow_a_redirect_to_another_host(site: Site, door: Door) -> None:
    with Site() as other:
        other.serves("/", "")
        site.moves("/", other.url("/"))
        door.get(site.url("/"), headers={"Authorization": "Bearer x", "If-None-Match": '"1"', "X-Kept": "1"})
    assert site.requests[0].headers["authorization"] == "Bearer x"
    assert not {"authorization", "if-none-match"} & other.requests[0].headers.keys()
    assert other.requests[0].headers["x-kept"] == "1"


def test_a_redirect_without_a_place_to_go_is_an_answer(site: Site, door: Door) -> None:
    site.fails("/", 302)
    assert door.get(site.url("/")).status == 302


def test_a_redirect_leads_on_although_its_body_breaks_off(site: Site, door: Door) -> None:
    site.plays("/", hangs_up_after(b"HTTP/1.1 301 Moved\r\nLocation: /end\r\nContent-Length: 100\r\n\r\nhalf"))
    site.serves("/end", "end")
    assert door.get(site.url("/")).body == b"end"


def test_an_endless_redirect_body_is_not_read(site: Site, door: Door) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /end\r\n\r\n"
    site.plays("/", floods(site, head, b"x" * 65536))
    site.serves("/end", "end")
    assert door.get(site.url("/")).body == b"end"


# Limits


def test_a_body_beyond_the_limit_is_cut_and_says_so(site: Site, door: Door) -> None:
    site.serves("/", b"x" * 100_001)
    answer = door.get(site.url("/"))
    assert (len(answer.body), answer.truncated) == (100_000, True)


def test_a_caller_may_ask_for_less(site: Site, door: Door) -> None:
    site.serves("/", b"x" * 1000)
    assert len(door.get(site.url("/"), max_body_bytes=10).body) == 10


def test_an_endless_body_ends_at_the_limit(site: Site, door: Door) -> None:
    site.plays("/", floods(site, b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536))
    assert door.get(site.url("/")).truncated


def test_gzip_is_unpacked(site: Site, door: Door) -> None:
    site.serves("/", gzip.compress(b"news" * 100), headers={"Content-Encoding": "gzip"})
    assert door.get(site.url("/")).body == b"news" * 100


def test_a_bomb_is_refused(site: Site) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(40)) + packer.flush()
    site.serves("/", bomb, headers={"Content-Encoding": "gzip"})
    with Door(DoorPolicy("t", allow_networks=LOOPBACK)) as door, pytest.raises(BodyError, match="flood"):
        door.get(site.url("/"))


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", ", ".join(["gzip"] * 500)])
def test_encodings_that_were_not_offered_are_refused(site: Site, door: Door, encoding: str) -> None:
    site.serves("/", b"...", headers={"Content-Encoding": encoding})
    with pytest.raises(BodyError):
        door.get(site.url("/"))


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"what is this\r\n\r\n",
        b"",  # hangs up at once
    ],
)
def test_an_answer_that_is_not_http_is_an_error_of_the_moment(site: Site, door: Door, head: bytes) -> None:
    site.plays("/", hangs_up_after(head))
    with pytest.raises(TransientError):
        door.get(site.url("/"))


def test_a_body_that_breaks_off_is_not_taken_for_whole(site: Site, door: Door) -> None:
    site.plays("/", hangs_up_after(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))
    with pytest.raises(TransientError, match="broke off"):
        door.get(site.url("/"))


# Time


def test_a_silent_server_is_left_in_time(site: Site, hasty_door: Door) -> None:
    site.stalls("/")
    assert_leaves_in_time(lambda: hasty_door.get(site.url("/")))


def test_a_byte_at_a_time_is_left_in_time(site: Site, hasty_door: Door) -> None:
    site.plays("/", drips(site, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"))
    assert_leaves_in_time(lambda: hasty_door.get(site.url("/")))


def test_a_header_at_a_time_is_left_in_time(site: Site, hasty_door: Door) -> None:
    site.plays("/", drips(site, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"))
    assert_leaves_in_time(lambda: hasty_door.get(site.url("/")))


def test_endless_interim_answers_are_left_in_time(site: Site, hasty_door: Door) -> None:
    site.plays("/", drips(site, b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"))
    assert_leaves_in_time(lambda: hasty_door.get(site.url("/")))


def test_slow_redirects_share_one_deadline(site: Site, hasty_door: Door) -> None:
    """Each hop alone is quick enough; together they are not."""
    for step in range(5):
        site.plays(f"/{step}", moves_late(site, f"/{step + 1}", seconds=0.3))
    assert_leaves_in_time(lambda: hasty_door.get(site.url("/0")))


def test_a_resolver_that_hangs_is_left_in_time(site: Site) -> None:
    def hangs(host: str, port: int) -> list[str]:
        site.waits()
        return []

    with Door(DoorPolicy("t", timeout_seconds=0.3), resolve=hangs) as door:
        assert_leaves_in_time(lambda: door.get("http://slow.example/"))


def test_a_refused_connection_is_an_error_of_the_moment(door: Door) -> None:
    with Site() as gone:
        address = gone.url("/")
    with pytest.raises(TransientError, match="no connection"):
        door.get(address)


def test_an_unknown_name_is_an_error_of_the_moment(door: Door) -> None:
    with pytest.raises(TransientError, match="no address"):
        door.get("http://nowhere.invalid/")


# Sending


def test_a_post_brings_its_body_and_headers(site: Site, door: Door) -> None:
    site.serves("/hook", "taken", status=202)
    answer = door.post(site.url("/hook"), b'{"a":1}', headers={"Content-Type": "application/json", "webhook-id": "k"})
    assert (answer.status, answer.body) == (202, b"taken")
    asked = site.requests[0]
    assert (asked.method, asked.body, asked.headers["webhook-id"]) == ("POST", b'{"a":1}', "k")


def test_a_post_does_not_follow_redirects(site: Site, door: Door) -> None:
    site.moves("/hook", "/elsewhere", status=307)
    assert door.post(site.url("/hook"), b"x", headers={}).status == 307
    assert not site.asked("/elsewhere")


def test_a_post_that_was_taken_and_not_answered_is_uncertain(site: Site, door: Door, hasty_door: Door) -> None:
    site.stalls("/silent")
    site.plays("/hangs-up", hangs_up_after(b""))
    with pytest.raises(UncertainError):
        hasty_door.post(site.url("/silent"), b"x", headers={})
    with pytest.raises(UncertainError):
        door.post(site.url("/hangs-up"), b"x", headers={})
    assert len(site.asked("/hangs-up")) == 1  # and is never sent again by the door itself


def test_a_post_that_never_left_may_be_tried_again(door: Door) -> None:
    with Site() as gone:
        address = gone.url("/")
    with pytest.raises(TransientError):
        door.post(address, b"x", headers={})


def test_a_post_whose_answer_breaks_off_was_answered(site: Site, door: Door) -> None:
    site.plays("/", hangs_up_after(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))
    answer = door.post(site.url("/"), b"x", headers={})
    assert (answer.status, answer.truncated) == (200, True)


def test_each_post_has_a_connection_of_its_own(site: Site, door: Door) -> None:
    site.serves("/", "")
    for _ in range(3):
        door.post(site.url("/"), b"x", headers={})
    assert len({request.client for request in site.requests}) == 3


def test_a_header_with_a_line_break_is_not_sent(site: Site, door: Door) -> None:
    with pytest.raises(PermanentError):
        door.post(site.url("/"), b"", headers={"X": "a\r\nEvil: yes"})
    assert not site.requests


# Servers that misbehave


def assert_leaves_in_time(request: Callable[[], object]) -> None:
    began = time.monotonic()
    with pytest.raises(TransientError, match="in time"):
        request()
    assert time.monotonic() - began < PATIENCE


def hangs_up_after(raw: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    return play


def floods(site: Site, head: bytes, piece: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not site.waits(0):
            handler.wfile.write(piece)

    return play


def drips(site: Site, head: bytes, piece: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not site.waits(0.05):
            handler.wfile.write(piece)
            handler.wfile.flush()

    return play


def moves_late(site: Site, to: str, *, seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    def play(handler: BaseHTTPRequestHandler) -> None:
        site.waits(seconds)
        handler.wfile.write(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())

    return play
