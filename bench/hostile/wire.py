"""Answers that are wrong as HTTP, too slow, too long, packed to flood, or that lead somewhere else."""

import gzip
import itertools
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache, partial

from bench.hostile.attack import Attack, add, attack
from bench.hostile.exchange import RSS, Exchange
from bench.hostile.wellmade import well_feed

MEBIBYTE = 2**20
BOMB_BYTES = 2**30  # what the bomb unpacks to
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
CHAIN_LENGTH = 6
WAIT_SECONDS = 120  # in every Retry-After

# --- Slow and endless ---


@attack("wire")
def drip_body(exchange: Exchange) -> None:
    """Announces a megabyte and sends it one byte at each beat."""
    exchange.begin(f"Content-Type: {RSS}", f"Content-Length: {MEBIBYTE}")
    exchange.drip(itertools.repeat(b"x"))


@attack("wire")
def drip_chunks(exchange: Exchange) -> None:
    """Sends an endless body in chunks of one byte, one at each beat."""
    exchange.begin("Transfer-Encoding: chunked")
    exchange.drip(itertools.repeat(b"1\r\nx\r\n"))


@attack("wire")
def drip_headers(exchange: Exchange) -> None:
    """Sends one header at each beat and never comes to the body."""
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    exchange.drip(b"X-Number-%d: 1\r\n" % number for number in itertools.count())


@attack("wire")
def endless_body(exchange: Exchange) -> None:
    """Sends a body without a length as fast as it can."""
    exchange.stream(itertools.repeat(b"<p>and so on</p>" * 4096))


@attack("wire")
def endless_chunks(exchange: Exchange) -> None:
    """Sends chunk after chunk as fast as it can; the last one never comes."""
    exchange.begin("Transfer-Encoding: chunked")
    _send_all(exchange, itertools.repeat(b"10000\r\n%s\r\n" % (b"x" * 65_536)))


@attack("wire")
def endless_headers(exchange: Exchange) -> None:
    """Sends header after header as fast as it can."""
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    _send_all(exchange, (b"X-Number-%d: 1\r\n" % number for number in itertools.count()))


@attack("wire")
def silent(exchange: Exchange) -> None:
    """Takes the request and says nothing."""
    exchange.wait()


@attack("wire")
def silent_after_headers(exchange: Exchange) -> None:
    """Sends the headers and then nothing."""
    exchange.begin("Content-Length: 100")
    exchange.wait()


# --- Too much before the body ---


@attack("wire")
def huge_header(exchange: Exchange) -> None:
    """Sends one header of ten megabytes."""
    exchange.begin(f"X-Huge: {'x' * 10 * MEBIBYTE}", "Content-Length: 0")


@attack("wire")
def many_headers(exchange: Exchange) -> None:
    """Sends a hundred thousand headers."""
    exchange.begin(*(f"X-{number}: 1" for number in range(100_000)), "Content-Length: 0")


@attack("wire")
def many_interim_answers(exchange: Exchange) -> None:
    """Says `103 Early Hints` again and again before any answer."""
    _send_all(exchange, itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100))


# --- Broken framing ---


@attack("wire")
def chunk_extension(exchange: Exchange) -> None:
    """Puts a hundred thousand bytes of extension behind a chunk's size."""
    exchange.begin("Transfer-Encoding: chunked")
    exchange.send(b"5;%s\r\nhello\r\n0\r\n\r\n" % (b"x" * 100_000))


@attack("wire")
def chunk_size_not_a_number(exchange: Exchange) -> None:
    """Writes ZZ for a chunk's size."""
    exchange.begin("Transfer-Encoding: chunked")
    exchange.send(b"ZZ\r\nhello\r\n0\r\n\r\n")


@attack("wire")
def chunk_size_negative(exchange: Exchange) -> None:
    """Writes -5 for a chunk's size."""
    exchange.begin("Transfer-Encoding: chunked")
    exchange.send(b"-5\r\nhello\r\n0\r\n\r\n")


@attack("wire")
def chunk_size_huge(exchange: Exchange) -> None:
    """Announces a chunk of more bytes than there are, sends five and closes."""
    exchange.begin("Transfer-Encoding: chunked")
    exchange.send(b"FFFFFFFFFFFFFFFFF\r\nhello")


@attack("wire")
def closes_at_once(exchange: Exchange) -> None:
    """Closes the connection without an answer."""
    exchange.connection.close()


@attack("wire")
def closes_halfway(exchange: Exchange) -> None:
    """Closes after half of the body it announced."""
    body = well_feed(exchange.base)
    exchange.begin(f"Content-Type: {RSS}", f"Content-Length: {len(body)}")
    exchange.send(body[: len(body) // 2])


@attack("wire")
def length_too_short(exchange: Exchange) -> None:
    """Announces ten bytes and sends a whole feed."""
    exchange.begin(f"Content-Type: {RSS}", "Content-Length: 10")
    exchange.send(well_feed(exchange.base))


@attack("wire")
def length_too_long(exchange: Exchange) -> None:
    """Announces a gigabyte, sends a feed and leaves the connection open."""
    exchange.begin(f"Content-Type: {RSS}", f"Content-Length: {2**30}")
    exchange.send(well_feed(exchange.base))
    exchange.wait()


@attack("wire")
def length_not_a_number(exchange: Exchange) -> None:
    """Announces a length that is no number."""
    exchange.begin(f"Content-Type: {RSS}", "Content-Length: plenty")
    exchange.send(well_feed(exchange.base))


@attack("wire")
def two_lengths(exchange: Exchange) -> None:
    """Announces two lengths that differ."""
    exchange.begin(f"Content-Type: {RSS}", "Content-Length: 5", "Content-Length: 500")
    exchange.send(well_feed(exchange.base))


@attack("wire")
def without_status_line(exchange: Exchange) -> None:
    """Answers with the page alone, as HTTP 0.9 did."""
    exchange.send(b"<html><body>This is all there is.</body></html>")


@attack("wire")
def tls_garbage(exchange: Exchange) -> None:
    """Answers a plain request as a TLS server does: with an alert record, then bytes without meaning."""
    exchange.send(b"\x15\x03\x03\x00\x02\x02\x46" + bytes(range(256)) * 4)


# --- Packed ---


@attack("wire")
def gzip_bomb(exchange: Exchange) -> None:
    """Sends a megabyte of gzip that unpacks to a gigabyte."""
    exchange.answer(_bomb(), RSS, "Content-Encoding: gzip")


@attack("wire")
def gzip_of_gzip(exchange: Exchange) -> None:
    """Sends a few kilobytes of gzip in gzip that unpack to a gigabyte."""
    exchange.answer(_packed_bomb(), RSS, "Content-Encoding: gzip, gzip")


@attack("wire")
def gzip_cut(exchange: Exchange) -> None:
    """Sends the first half of a feed in gzip, in good order otherwise."""
    packed = gzip.compress(well_feed(exchange.base))
    exchange.answer(packed[: len(packed) // 2], RSS, "Content-Encoding: gzip")


@attack("wire")
def gzip_in_name_only(exchange: Exchange) -> None:
    """Says that a plain feed is gzip."""
    exchange.answer(well_feed(exchange.base), RSS, "Content-Encoding: gzip")


@attack("wire")
def brotli(exchange: Exchange) -> None:
    """Labels its body as brotli, which nobody asked for."""
    exchange.answer(b"\x8b\x02\x80hello\x03", RSS, "Content-Encoding: br")


@attack("wire")
def chained_encodings(exchange: Exchange) -> None:
    """Says that its body was packed five hundred times."""
    exchange.answer(b"hello", RSS, "Content-Encoding: " + ", ".join(["gzip"] * 500))


# --- Leading elsewhere ---


@attack("wire")
def redirect_loop(exchange: Exchange) -> None:
    """Redirects to itself."""
    exchange.redirect(exchange.url("redirect-loop"))


@attack("wire")
def redirect_chain(exchange: Exchange) -> None:
    """Redirects six times, then serves a good feed."""
    step = int(exchange.step or 0)
    if step < CHAIN_LENGTH:
        exchange.redirect(exchange.url(f"redirect-chain/{step + 1}"))
    else:
        exchange.answer(well_feed(exchange.base), RSS)


@attack("wire")
def redirect_file(exchange: Exchange) -> None:
    """Redirects to a file of the machine that asks."""
    exchange.redirect("file:///etc/passwd")


@attack("wire")
def redirect_gopher(exchange: Exchange) -> None:
    """Redirects to a gopher address, which would let it write to any server."""
    exchange.redirect("gopher://127.0.0.1:6379/_FLUSHALL")


@attack("wire")
def redirect_mapped_address(exchange: Exchange) -> None:
    """Redirects to a cloud's metadata address, written as IPv6. Only named: nothing may be sent there."""
    exchange.redirect("http://[::ffff:169.254.169.254]/latest/meta-data/")


@attack("wire")
def redirect_canary(exchange: Exchange) -> None:
    """Redirects to another address on loopback, where somebody notes who comes."""
    exchange.redirect(f"{exchange.elsewhere}/secret")


@attack("wire")
def redirect_without_location(exchange: Exchange) -> None:
    """Redirects without saying where to."""
    exchange.begin("Content-Length: 0", status="301 Moved Permanently")


@attack("wire")
def redirect_endless_body(exchange: Exchange) -> None:
    """Redirects to a good feed, with a body that never ends."""
    exchange.begin(f"Location: {exchange.base}/well", status="302 Found")
    _send_all(exchange, itertools.repeat(b"x" * 65_536))


# --- Statuses ---


@attack("wire")
def not_modified_unasked(exchange: Exchange) -> None:
    """Answers 304 to a request that named nothing it knows."""
    exchange.begin(status="304 Not Modified")


def _answer_status(exchange: Exchange, status: str, retry_after: Callable[[], str] | None = None) -> None:
    headers = [f"Retry-After: {retry_after()}"] if retry_after else []
    exchange.answer(status.encode(), "text/plain", *headers, status=status)


def _date() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=WAIT_SECONDS), usegmt=True)


for _status in (
    "401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "429 Too Many Requests",
    "500 Internal Server Error", "503 Service Unavailable", "999 Whatever",
):  # fmt: skip
    add(Attack(f"status-{_status[:3]}", "wire", f"Answers {_status}.", partial(_answer_status, status=_status)))

for _status in ("429 Too Many Requests", "503 Service Unavailable"):
    for _form, _wait in (("seconds", lambda: str(WAIT_SECONDS)), ("date", _date)):
        add(
            Attack(
                f"status-{_status[:3]}-{_form}",
                "wire",
                f"Answers {_status} with a Retry-After of two minutes, as {_form}.",
                partial(_answer_status, status=_status, retry_after=_wait),
            )
        )


def _send_all(exchange: Exchange, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        exchange.send(piece)


@cache
def _bomb() -> bytes:
    """A gigabyte of zeros as gzip (RFC 1952).

    After a full flush the packer starts as if anew, so one packed mebibyte can be repeated; packing it all takes
    seconds.
    """
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    zeros = bytes(MEBIBYTE)
    block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(BOMB_BYTES // MEBIBYTE):
        checksum = zlib.crc32(zeros, checksum)
    end = packer.flush() + checksum.to_bytes(4, "little") + (BOMB_BYTES % 2**32).to_bytes(4, "little")
    return GZIP_HEAD + block * (BOMB_BYTES // MEBIBYTE) + end


@cache
def _packed_bomb() -> bytes:
    return gzip.compress(_bomb())
