"""What the bytes of a page are when they are no text: a document, an archive, a picture.

Only what is served instead of articles out there, by the first bytes; the rest is left to decoding, which never fails.
"""

_BEGINNINGS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),  # the newer office documents are one, too
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
)
_FILM = b"ftyp"  # from the fifth byte on


def no_text(body: bytes) -> str:
    """What it is, in words; empty for what may be a page."""
    if body[4:8] == _FILM:
        return "a film"
    return next((name for beginning, name in _BEGINNINGS if body.startswith(beginning)), "")
