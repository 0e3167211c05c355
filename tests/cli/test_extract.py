"""`storytrail extract`: a page, a text, and what is neither."""

import pytest

from tests.cli.command import Storytrail
from tests.cli.test_ingest import PAGE, TEXT


def test_a_page_is_read(storytrail: Storytrail) -> None:
    path = storytrail.write("page.html", PAGE)
    (row,) = storytrail.does("extract", path, "--url", "https://tarn.example/bakery", "--json").rows
    assert row["title"] == "Bakery opens at dawn"
    assert row["published"] == "2025-11-17T06:00:00+00:00"
    assert row["language"] == "en"
    assert row["text"].startswith("The bakery in Quay Street")


def test_a_text_is_read(storytrail: Storytrail) -> None:
    (row,) = storytrail.does("extract", storytrail.write("heron.txt", TEXT), "--json").rows
    assert row["title"] == "Heron returns to the mill pond"
    assert row["authors"] == ["Ida Holm"]


def test_people_see_it_under_headings(storytrail: Storytrail) -> None:
    shown = storytrail.does("extract", storytrail.write("page.html", PAGE)).out.splitlines()
    assert shown[0].split(maxsplit=1) == ["title", "Bakery opens at dawn"]
    assert [line.split()[0] for line in shown[:5]] == ["title", "authors", "published", "language", "method"]
    assert "The bakery in Quay Street" in shown[6]


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\xff\xfe\x80rubbish", b"%PDF-1.7", b"<html>", b"<div>" * 2000], ids=range(5)
)
def test_rubbish_has_no_text_and_says_so(content: bytes, storytrail: Storytrail) -> None:
    """Not a failure: an empty text is what there is to read in it."""
    path = storytrail.write("page.html", content)
    done = storytrail.does("extract", path, "--json")
    assert [row["text"] for row in done.rows] == [""]
    assert done.err == f"{path}: no article text was found in it\n"


def test_a_page_that_is_not_there_is_wrong_usage(storytrail: Storytrail) -> None:
    assert storytrail("extract", "page.html").code == 2


def test_nothing_is_stored(storytrail: Storytrail) -> None:
    storytrail.does("extract", storytrail.write("page.html", PAGE))
    assert not storytrail.data.exists()
