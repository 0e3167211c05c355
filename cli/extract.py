"""`storytrail extract`: what would be read from one page."""

from pathlib import Path

from cli.log import set_up_logging
from cli.show import complain, json_lines, out, say
from worker.stages.clean import clean
from worker.stages.extract import Extracted, Given, extract_given, extract_page, extract_plain
from worker.stages.language import identify

TEXT = ".txt"


def run_extract(file: Path, url: str, *, as_json: bool) -> None:
    set_up_logging("error", "text")
    extracted = _extract(file, url or file.resolve().as_uri())
    cleaned = clean(extracted.text, title=extracted.title)
    found = {
        "title": extracted.title,
        "authors": list(extracted.authors),
        "published": extracted.published,
        "language": identify(extracted.title, cleaned.text, declared=extracted.language),
        "text": cleaned.text,
        "method": extracted.method,
    }
    if as_json:
        json_lines([found])
    else:
        _print(extracted, str(found["language"]), cleaned.text)
    if not cleaned.text:
        complain(f"{file}: no article text was found in it")


def _extract(file: Path, url: str) -> Extracted:
    raw = file.read_bytes()
    if file.suffix.lower() == TEXT:
        return extract_given(extract_plain(raw, url))
    return extract_page(raw, Given(url=url))


def _print(extracted: Extracted, language: str, text: str) -> None:
    values = {
        "title": extracted.title,
        "authors": ", ".join(extracted.authors),
        "published": str(extracted.published or ""),
        "language": language,
        "method": extracted.method,
    }
    for name, value in values.items():
        out.print(f"[bold]{name:10}[/bold]", end="")
        say(value or "–")
    if text:
        say("\n" + text)
