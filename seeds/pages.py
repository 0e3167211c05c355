"""The pages of the demo's outlets: articles, home pages and the list of outlets, as HTML text.

Each outlet has a template of its own in `world/templates`. Encoding and serving are the site's business.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from seeds.world import FOLDER, Article, Outlet

RELATED = 3
NOTICE = "Written to demonstrate Storytrail. This is not real news."  # no word of it may tie articles together
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}


class Pages:
    """Writes pages with links that begin with `base_url`."""

    def __init__(self, base_url: str, templates: Path = FOLDER / "templates") -> None:
        self._base_url = base_url
        self._environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters["day"] = _day
        self._environment.filters["json_ld"] = _json_ld
        self._environment.filters["people"] = _people

    def article(self, outlet: Outlet, article: Article, others: tuple[Article, ...]) -> str:
        """The article's page; it points to what the outlet published before it, so that later news changes nothing."""
        before = [other for other in others if other.published < article.published]
        return self._render(outlet.template, outlet=outlet, article=article, related=before[-RELATED:])

    def home(self, outlet: Outlet, articles: tuple[Article, ...]) -> str:
        return self._render("home.html", outlet=outlet, articles=articles[::-1])

    def index(self, outlets: tuple[Outlet, ...]) -> str:
        return self._render("index.html", outlets=outlets)

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(base=self._base_url, notice=NOTICE, **values)


def _day(moment: datetime, language: str) -> str:
    """18 November 2025, 18 Kasım 2025, 18 листопада 2025."""
    return f"{moment.day} {_MONTHS[language].split()[moment.month - 1]} {moment.year}"


def _people(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


def _json_ld(data: Any) -> Markup:
    """JSON for a script element, in which "</" would end the element early."""
    return Markup(json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/"))  # noqa: S704 - escaped above
