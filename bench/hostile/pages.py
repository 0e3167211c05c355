"""Pages whose bytes arrive as they should, made to stall, to flood or to mislead who looks for an article in them."""

import gzip
import io
import json
import zipfile
from functools import cache

from bench.hostile.attack import attack
from bench.hostile.exchange import HTML, Exchange
from bench.hostile.wellmade import SENTENCES, html, paragraphs

MEGABYTE = 1_000_000


def _serve(exchange: Exchange, body: str, head: str = "") -> None:
    exchange.answer(html(body, head).encode(), HTML)


# --- Shapes that make tree walkers slow ---


@attack("page")
def nested_div(exchange: Exchange) -> None:
    """Puts its article under a thousand nested blocks."""
    _serve(exchange, "<div>" * 1_000 + paragraphs(5) + "</div>" * 1_000)


@attack("page")
def nested_b(exchange: Exchange) -> None:
    """Opens a thousand bold elements and closes none."""
    _serve(exchange, "<b>" * 1_000 + paragraphs(5))


@attack("page")
def nested_tables(exchange: Exchange) -> None:
    """Puts its article into five hundred nested tables."""
    _serve(exchange, "<table><tr><td>" * 500 + paragraphs(5) + "</td></tr></table>" * 500)


@attack("page")
def flat_paragraphs(exchange: Exchange) -> None:
    """Has fifty thousand short paragraphs, 600 KB in all."""
    _serve(exchange, "<p>word</p>\n" * 50_000)


@attack("page")
def one_line(exchange: Exchange) -> None:
    """Has one paragraph of five megabytes without a line break."""
    _serve(exchange, f"<p>{'word ' * MEGABYTE}</p>")


@attack("page")
def one_word(exchange: Exchange) -> None:
    """Has one word of five megabytes."""
    _serve(exchange, f"<p>{'a' * 5 * MEGABYTE}</p>{paragraphs(5)}")


@attack("page")
def many_page_attributes(exchange: Exchange) -> None:
    """Has a hundred thousand attributes on one element."""
    attributes = " ".join(f"data-{number}=1" for number in range(100_000))
    _serve(exchange, f"<article {attributes}>{paragraphs(5)}</article>")


@attack("page")
def many_meta_tags(exchange: Exchange) -> None:
    """Has a hundred thousand meta elements."""
    _serve(exchange, paragraphs(5), "<meta name=author content=Somebody>" * 100_000)


@attack("page")
def many_links(exchange: Exchange) -> None:
    """Has a hundred thousand links and no sentence."""
    _serve(exchange, '<a href="/here">there</a> ' * 100_000)


# --- Structured data ---


@attack("page")
def huge_json_ld(exchange: Exchange) -> None:
    """Has four megabytes of structured data."""
    article = {"@type": "NewsArticle", "headline": "Harbour notices", "articleBody": "word " * 800_000}
    _serve(exchange, paragraphs(5), _json_ld(json.dumps(article)))


@attack("page")
def broken_json_ld(exchange: Exchange) -> None:
    """Has structured data that breaks off, and some of the wrong types."""
    broken = (
        '{"@type": "NewsArticle", "headline": "Harb',
        '[[["NewsArticle"]]]',
        '{"@graph": {"headline": [1, null]}}',
    )
    _serve(exchange, paragraphs(5), "".join(map(_json_ld, broken)))


@attack("page")
def nested_json_ld(exchange: Exchange) -> None:
    """Has structured data nested a hundred thousand deep."""
    _serve(exchange, paragraphs(5), _json_ld("[" * 100_000 + "]" * 100_000))


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


# --- No article in it ---


@attack("page")
def empty_page(exchange: Exchange) -> None:
    """Answers 200 with nothing."""
    exchange.answer(b"", HTML)


@attack("page")
def only_script(exchange: Exchange) -> None:
    """Has nothing but a script that would write the article."""
    _serve(exchange, f"<div id=root></div><script>document.write({json.dumps(SENTENCES * 20)})</script>")


@attack("page")
def meta_refresh(exchange: Exchange) -> None:
    """Sends browsers on to another address on loopback, where somebody notes who comes."""
    _serve(exchange, "", f'<meta http-equiv="refresh" content="0; url={exchange.elsewhere}/refresh">')


@attack("page")
def zip_for_page(exchange: Exchange) -> None:
    """Sends a ZIP archive as a page."""
    exchange.answer(_archive(), HTML)


@attack("page")
def pdf_for_page(exchange: Exchange) -> None:
    """Sends the beginning of a PDF as a page."""
    exchange.answer(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + bytes(range(256)) * 100, HTML
    )


@attack("page")
def picture_for_page(exchange: Exchange) -> None:
    """Sends the bytes of a picture as a page."""
    exchange.answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, HTML)


@attack("page")
def gzip_for_page(exchange: Exchange) -> None:
    """Sends a page in gzip without saying so."""
    exchange.answer(gzip.compress(html(paragraphs(5)).encode()), HTML)


@cache
def _archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("article.html", html(paragraphs(200)))
    return written.getvalue()


# --- Written in another way than it says ---


@attack("page")
def page_in_wrong_charset(exchange: Exchange) -> None:
    """Says UTF-8 in both places and is Latin-1."""
    exchange.answer(
        html(f"<p>Über die Brücke ging es später.</p>{paragraphs(5)}").encode("latin-1"), f"{HTML}; charset=utf-8"
    )


@attack("page")
def page_in_unknown_charset(exchange: Exchange) -> None:
    """Says that it is written in x-klingon."""
    exchange.answer(html(paragraphs(5)).encode(), f"{HTML}; charset=x-klingon")


@attack("page")
def page_in_utf16(exchange: Exchange) -> None:
    """Says UTF-8 in both places and is UTF-16."""
    exchange.answer(html(paragraphs(5)).encode("utf-16"), f"{HTML}; charset=utf-8")


@attack("page")
def nul_page(exchange: Exchange) -> None:
    """Has zero bytes in its title and its text, which databases refuse."""
    page = html(paragraphs(5)).replace("Harbour", "Har\0bour").replace("harbour", "har\0bour")
    exchange.answer(page.encode(), HTML)


@attack("page")
def references_page(exchange: Exchange) -> None:
    """Refers to characters that do not exist."""
    _serve(exchange, f"<p>&#0; &#xD800; &#x110000; &#99999999999; {SENTENCES}</p>{paragraphs(5)}")
