"""Lists of sources in and out."""

import pytest

from worker.stages.opml import Listed, OpmlError, read_opml, write_opml


def test_a_list_survives_being_written_and_read() -> None:
    listed = (
        Listed("https://a.example/feed?x=1&y=2", 'Grüße <b> & "co"'),
        Listed("http://127.0.0.1:8080/rss", "Зеленський"),
    )
    assert read_opml(write_opml(listed)) == listed


def test_folders_are_flattened_and_each_address_is_listed_once() -> None:
    raw = b"""<?xml version="1.0"?><opml version="1.0"><body>
      <outline text="World">
        <outline text="A" type="rss" xmlUrl="https://a.example/"/>
        <outline text="Europe"><outline text="B" type="rss" xmlUrl="https://b.example/"/></outline>
      </outline>
      <outline text="A again" type="rss" xmlUrl="https://a.example/"/>
    </body></opml>"""
    assert read_opml(raw) == (Listed("https://a.example/", "A"), Listed("https://b.example/", "B"))


def test_only_web_addresses_are_taken() -> None:
    raw = b"""<opml version="2.0"><body><outline type="rss" text="x" xmlUrl="javascript:alert(1)"/>
      <outline type="rss" text="y" xmlUrl="file:///etc/passwd"/></body></opml>"""
    assert read_opml(raw) == ()


def test_a_file_on_this_machine_is_not_read_through_an_entity() -> None:
    raw = b"""<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]>
      <opml version="2.0"><body><outline type="rss" text="&a;" xmlUrl="https://a.example/"/></body></opml>"""
    assert read_opml(raw) == (Listed("https://a.example/", "&a;"),)


@pytest.mark.parametrize("raw", [b"", b"https://a.example/feed", b"<html><body>hello</body></html>", b"\xff\xfe\x00"])
def test_other_files_are_refused(raw: bytes) -> None:
    with pytest.raises(OpmlError):
        read_opml(raw)


def test_an_empty_list_is_a_list() -> None:
    assert read_opml(write_opml([])) == ()


def test_a_source_without_a_title_is_shown_by_its_address() -> None:
    assert read_opml(write_opml([Listed("https://a.example/")])) == (
        Listed("https://a.example/", "https://a.example/"),
    )
