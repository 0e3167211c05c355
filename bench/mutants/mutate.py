"""How an original is broken: by some of many small operations, chosen by a random generator that is given.

The operations know what feeds are made of (tags, attributes, numbers, references, charsets), because what is broken
at random everywhere is mostly refused at the first byte and reaches nothing behind it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from bench.mutants.corpus import Kind, Original
from bench.mutants.tokens import CHARSETS, MONOTONOUS, NAMES, NO_CHARSETS, TOKENS

T = TypeVar("T")

MAX_BYTES = 400_000
GENTLE_SHARE = 0.4
"""Of mutants that are mostly well-formed still, so that they reach what reads only those."""
ODD_SHARE = 0.2
"""How often such a one comes under other circumstances than the usual, beside how often others do."""
OPERATIONS, OF_OPERATIONS = (1, 2, 3, 4, 6, 10), (6, 6, 4, 2, 1, 1)  # how many, and how often so many

_TAG = re.compile(rb"<[^<>]{1,200}>")
_NAME = re.compile(rb"(?<=[<:/])[A-Za-z][A-Za-z0-9]{1,20}")
_VALUE = re.compile(rb"""(?<=[=: ])["'][^"'<>]{0,200}["']""")  # of an attribute, or of JSON
_NUMBER = re.compile(rb"[0-9]+")
_TEXT = re.compile(rb"(?<=>)[^<>]{1,400}(?=<)")
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ITEM = re.compile(rb"<(item|entry|url|sitemap|article)\b.{0,4000}?</\1>", re.DOTALL | re.IGNORECASE)

CONTENT_TYPES: Sequence[str] = (
    "",
    "text/xml",
    "application/xml",
    "application/rss+xml; charset=utf-8",
    "application/atom+xml;charset=ISO-8859-1",
    "text/xml; charset=us-ascii",
    "text/html; charset=windows-1252",
    "application/json",
    "text/plain; charset=utf-16",
    'application/xml; charset="unicode_escape"',
    "text/xml; charset=x-klingon",
    "text/xml; charset=",
    "application/octet-stream",
    ";;; charset=\x00;=",
    "text/xml; charset=zlib",
    "a" * 2000,
)
URLS: Sequence[str] = (
    "https://news.example/feeds/world.xml",
    "http://news.example",
    "https://news.example:8443/f?a=<b>&c=d#e",
    "https://xn--d1acpjx3f.example/%D0%BC.xml",
    "http://[2001:db8::1]/feed",
    "https://news.example/a b/\u00e9.xml",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """What a server might send, and how it would be taken. `made` says how it was made."""

    body: bytes
    kind: Kind
    url: str
    content_type: str
    is_truncated: bool
    max_entries: int
    made: str


Operation = Callable[[Random, bytes, Sequence[Original]], bytes]


def numbered(seed: int, number: int, corpus: Sequence[Original]) -> Mutant:
    """Mutant `number` of `seed`: always the same, as long as the corpus is."""
    return _made(Random(f"{seed}/{number}"), corpus)  # noqa: S311 - breaks feeds, protects nothing


def _made(random: Random, corpus: Sequence[Original]) -> Mutant:
    original = random.choice(corpus)
    body, made = original.body, [original.name]
    is_gentle = random.random() < GENTLE_SHARE
    for _ in range(random.choices(OPERATIONS, OF_OPERATIONS)[0]):
        operation = random.choice(_GENTLE if is_gentle else _ALL)
        body = operation(random, body, corpus)[:MAX_BYTES]
        made.append(operation.__name__.strip("_"))
    odds = ODD_SHARE if is_gentle else 1.0
    return Mutant(
        body,
        kind=_seldom(random, original.kind, list(Kind), 0.1 * odds),
        url=_seldom(random, URLS[0], URLS, 0.1 * odds),
        content_type=_seldom(random, CONTENT_TYPES[0], CONTENT_TYPES, 0.5 * odds),
        is_truncated=_seldom(random, False, [True], 0.05 * odds),
        max_entries=_seldom(random, 2000, [1, 3], 0.1 * odds),
        made=" ".join(made),
    )


def _seldom(random: Random, usual: T, others: Sequence[T], share: float) -> T:
    return random.choice(others) if random.random() < share else usual


# Bytes


def _flip_bits(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    changed = bytearray(body)
    for _ in range(random.choice([1, 1, 2, 5, 20]) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _change_bytes(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    changed = bytearray(body)
    for _ in range(random.choice([1, 2, 10]) if changed else 0):
        changed[random.randrange(len(changed))] = random.choice(b"<>&;\"'=/!-[]?# \n\0\x80\xc3\xffAa0")
    return bytes(changed)


def _delete(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    start, end = _span(random, body)
    return body[:start] + body[end:]


def _duplicate(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    start, end = _span(random, body)
    return body[:end] + body[start:end] * random.choice([1, 1, 3, 10]) + body[end:]


def _move(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    start, end = _span(random, body)
    return _put_in(random, body[:start] + body[end:], body[start:end])


def _truncate(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def _behead(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return body[min(len(body), random.randrange(200)) :]


def _insert_token(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _put_in(random, body, random.choice(TOKENS))


def _insert_token_in_text(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """Where a value stands, rather than anywhere."""
    found = _one(random, random.choice([_TEXT, _VALUE]), body)
    if found is None:
        return body
    place = random.randrange(found.start() + 1, found.end() + 1) if found.end() - found.start() > 1 else found.end()
    return body[:place] + random.choice(TOKENS) + body[place:]


def _insert_bytes(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _put_in(random, body, random.randbytes(random.randint(1, 40)))


# Structure


def _splice(random: Random, body: bytes, corpus: Sequence[Original]) -> bytes:
    """The beginning of one and the end of another."""
    other = random.choice(corpus).body
    return body[: _boundary(random, body)] + other[_boundary(random, other) :]


def _graft(random: Random, body: bytes, corpus: Sequence[Original]) -> bytes:
    """An item of another in the midst of it."""
    found = _one(random, _ITEM, random.choice(corpus).body)
    place = _boundary(random, body)
    return body[:place] + found[0] + body[place:] if found else body


def _repeat_item(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    found = _one(random, _ITEM, body)
    return body[: found.end()] + found[0] * random.choice([1, 2, 30, 200]) + body[found.end() :] if found else body


def _swap_tags(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    tags = list(_TAG.finditer(body))
    if len(tags) < 2:
        return body
    first, second = sorted(random.sample(tags, 2), key=lambda tag: tag.start())
    return b"".join(
        (body[: first.start()], second[0], body[first.end() : second.start()], first[0], body[second.end() :])
    )


def _drop_tag(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _replace_one(random, _TAG, body, lambda _tag: b"")


def _rename(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _replace_one(random, _NAME, body, lambda _name: random.choice(NAMES))


def _rename_all(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """All elements of one name, beginnings and ends."""
    found = _one(random, _NAME, body)
    return re.sub(rb"(?<=[<:/])" + found[0] + rb"\b", random.choice(NAMES), body) if found else body


def _change_case(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _replace_one(random, _TAG, body, bytes.swapcase)


def _nest(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """One element inside itself many times, closed or not."""
    name = random.choice(NAMES)
    depth, place = random.choice([2, 20, 60, 300, 5000]), _boundary(random, body)
    end = b"</" + name + b">" if random.random() < 0.5 else b""
    return body[:place] + (b"<" + name + b">") * depth + b"x" + end * depth + body[place:]


def _blow_up_attributes(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    count = random.choice([1, 10, 300, 3000])
    made = b"".join(b' a%d="%d"' % (number, number) for number in range(count))
    added = random.choice([made, b' a="' + b"x" * (count * 20) + b'"', random.choice(TOKENS)])
    return _replace_one(random, _TAG, body, lambda tag: tag[:-1] + added + tag[-1:])


def _swell(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """A text of thousands of the same."""
    piece = random.choice(random.choice([MONOTONOUS, TOKENS]))
    many = piece * (random.choice([50, 1000, 30_000]) // len(piece))
    pattern = random.choice([_TEXT, _TEXT, _VALUE])
    return _replace_one(random, pattern, body, lambda text: text[:1] + many + text[1:])


# Values


def _change_number(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    values = [b"0", b"-1", b"99999999999999999999", b"1" * 5000, b"1.5", b"00", b"2147483648", b"\xd9\xa3", b"x"]
    return _replace_one(random, _NUMBER, body, lambda _number: random.choice(values))


def _change_text(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _replace_one(random, _TEXT, body, lambda _text: random.choice(TOKENS))


def _write_text(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """A text put in so that it is well-formed."""
    return _replace_one(random, _TEXT, body, lambda _text: _escaped(random.choice(TOKENS)))


def _write_value(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """The same of an attribute."""
    return _replace_one(random, _VALUE, body, lambda _value: b'"' + _escaped(random.choice(TOKENS)) + b'"')


def _change_value(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    return _replace_one(random, _VALUE, body, lambda value: value[:1] + random.choice(TOKENS) + value[-1:])


def _swap_texts(random: Random, body: bytes, corpus: Sequence[Original]) -> bytes:
    """The text of another feed in the place of one."""
    found = _one(random, _TEXT, random.choice(corpus).body)
    return _replace_one(random, _TEXT, body, lambda text: found[0] if found else text)


def _name_charset(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    charset = random.choice([*CHARSETS, *NO_CHARSETS]).encode()
    rest = re.sub(rb"^\s*<\?xml[^>]*>", b"", body)
    return b'<?xml version="1.0" encoding="' + charset + b'"?>' + rest


def _recode(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """Another charset than it says."""
    text = body.decode("utf-8", "surrogateescape" if random.random() < 0.2 else "replace")
    return text.encode(random.choice(CHARSETS), "replace")


def _escape(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """A stretch of it escaped once more, as markup in feeds often is."""
    start, end = _span(random, body)
    return body[:start] + _escaped(body[start:end]) + body[end:]


def _escape_text(random: Random, body: bytes, _corpus: Sequence[Original]) -> bytes:
    """A text escaped once more."""
    return _replace_one(random, _TEXT, body, _escaped)


def _escaped(text: bytes) -> bytes:
    """As XML writes it, without what XML cannot hold."""
    text = _NO_XML.sub(b"", text.decode("utf-8", "replace").encode())
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b'"', b"&quot;")


# Places


def _span(random: Random, body: bytes) -> tuple[int, int]:
    """A stretch, mostly a short one."""
    start = random.randrange(len(body) + 1)
    return start, min(len(body), start + random.choice([1, 2, 8, 40, 200, 2000]))


def _boundary(random: Random, body: bytes) -> int:
    """Before a tag, if there is one."""
    found = _one(random, _TAG, body)
    return found.start() if found else random.randrange(len(body) + 1)


def _put_in(random: Random, body: bytes, piece: bytes) -> bytes:
    place = _boundary(random, body) if random.random() < 0.3 else random.randrange(len(body) + 1)
    return body[:place] + piece + body[place:]


def _one(random: Random, pattern: re.Pattern[bytes], body: bytes) -> re.Match[bytes] | None:
    """One of the places where the pattern is found: the next one from anywhere, or the first."""
    start = random.randrange(len(body) + 1)
    return pattern.search(body, start) or pattern.search(body)


def _replace_one(random: Random, pattern: re.Pattern[bytes], body: bytes, by: Callable[[bytes], bytes]) -> bytes:
    found = _one(random, pattern, body)
    return body[: found.start()] + by(found[0]) + body[found.end() :] if found else body


_GENTLE: Sequence[Operation] = (
    _write_text, _write_text, _write_value, _change_number, _swap_texts, _swap_texts, _graft, _repeat_item,
    _rename_all, _escape_text,
)  # fmt: skip
_ALL: Sequence[Operation] = (
    *_GENTLE,
    *(_flip_bits, _change_bytes, _delete, _duplicate, _move, _truncate, _behead),
    *([_insert_token] * 3), *([_insert_token_in_text] * 5), _insert_bytes,
    *(_splice, _splice, _swap_tags, _swap_tags, _drop_tag, _drop_tag, _rename, _rename, _change_case),
    *(_nest, _blow_up_attributes, _swell),
    *(_change_text, _change_text, _change_value, _change_value, _name_charset, _recode, _escape),
)  # fmt: skip
