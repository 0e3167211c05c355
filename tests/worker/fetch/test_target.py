"""Addresses as they are asked for. What is refused is in test_guard; here, how the rest is read."""

import pytest

from worker.fetch.target import next_target, read_target


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTP://EXAMPLE.com:80/A?b", "http://example.com/A?b"),
        ("https://example.com:443/", "https://example.com/"),
        ("https://example.com:80/", "https://example.com:80/"),  # the other scheme's port is not the default one
        ("  http://example.com/  ", "http://example.com/"),
        ("http://example.com/a b", "http://example.com/a%20b"),
        ("http://example.com/caf\u00e9?q=\u00e4%20b", "http://example.com/caf%C3%A9?q=%C3%A4%20b"),
        ("http://example.com/%41%zz", "http://example.com/%41%zz"),  # escapes are left as they are, broken ones too
        ("http://example.com/a#part", "http://example.com/a"),
        ("http://b\u00fccher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:4700:0:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
    ],
)
def test_an_address_is_read_in_one_way(written: str, read: str) -> None:
    assert read_target(written).url == read
    assert read_target(read).url == read


def test_an_origin_is_scheme_host_and_port() -> None:
    assert read_target("https://Example.com:443/a?b").origin == "https://example.com"
    assert read_target("http://[::1]:8080/a").origin == "http://[::1]:8080"


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "http://example.com/b"),
        ("b", "http://example.com/a/b"),
        ("?q", "http://example.com/a/x?q"),
        ("//other.example/b", "http://other.example/b"),
        (" https://example.com/ ", "https://example.com/"),
    ],
)
def test_a_location_is_read_from_where_it_stands(location: str, leads_to: str) -> None:
    assert next_target(read_target("http://example.com/a/x"), location).url == leads_to


@pytest.mark.parametrize(
    ("source", "target", "trusted"),
    [
        ("http://example.com/", "http://example.com/b", True),
        ("http://example.com/", "https://example.com/", True),  # feeds move to https and still answer 304
        ("https://example.com/", "http://example.com/", False),
        ("http://example.com/", "http://www.example.com/", False),
        ("http://example.com/", "http://example.com:8080/", False),
    ],
)
def test_what_was_meant_for_one_host_is_told_to_no_other(source: str, target: str, trusted: bool) -> None:
    assert read_target(target).is_as_trusted_as(read_target(source)) is trusted
