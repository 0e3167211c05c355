"""`storytrail extract`: what would be read from one page."""

from pathlib import Path

from cli.show import json_lines, out
from worker.stages.clean import clean
from worker.stages.extract import Given, extract_page
from worker.stages.language import identify


def run_extract(file: Path, url: str, *, as_json: bool) -> None:
    extracted = extract_page(file.read_bytes(), Given(url=url or file.resolve().as_uri()))
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
        return
    for name in ("title", "authors", "published", "language", "method"):
        out.print(f"[bold]{name}[/bold]  ", end="")
        out.print(", ".join(extracted.authors) if name == "authors" else str(found[name] or "–"), markup=False)
    out.print()
    out.print(cleaned.text, markup=False)
