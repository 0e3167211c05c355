"""One file: a feed, how it is to be served, and what is expected of who reads it.

    <!--
    Header:      Content-type: application/xml; charset=utf-8
    Description: item title
    Expect:      not bozo and entries[0]['title'] == u'Example'
    -->

The comment may be in any encoding, as the feed is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "feeds"
"""Where the files are unless somebody says otherwise: beside the project, not in it."""
CODECS = {"utf-8": 1, "utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2, "cp037": 1}
"""Encodings of the comment, with the bytes of a character in each. Those like ASCII count as UTF-8."""

_HEADER = re.compile(r"^\s*Header:\s*([^:\n]+):[ \t]*(.*?)\s*$", re.MULTILINE)
_EXPECT = re.compile(r"^\s*Expect:[ \t]*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Quirk:
    """`name` is the file's path within its folder. Header names are lower-case."""

    name: str
    body: bytes
    headers: Mapping[str, str]
    expects: str
    codec: str

    @property
    def longer_body(self) -> bytes:
        """Another body that says the same: a line break follows it."""
        return self.body + "\n".encode(self.codec)


def read_folder(folder: Path) -> Sequence[Quirk]:
    """All files in and under it, in the order of their names."""
    files = sorted(folder.rglob("*.xml"))
    return [read_quirk(file.relative_to(folder).as_posix(), file.read_bytes()) for file in files]


def read_quirk(name: str, body: bytes) -> Quirk:
    codec, comment = _comment(body)
    headers = {header.strip().lower(): value for header, value in _HEADER.findall(comment)}
    expects = _EXPECT.search(comment)
    return Quirk(name, body, headers, expects[1] if expects else "", codec)


def _comment(body: bytes) -> tuple[str, str]:
    for codec, width in CODECS.items():
        begin = body.find("<!--".encode(codec))
        if begin >= 0 and begin % width == 0:
            return codec, body[begin:].decode(codec, "replace").partition("-->")[0]
    return "utf-8", ""
