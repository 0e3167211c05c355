"""Write `territories.txt`: the countries' names in many languages, from the CLDR data that Babel packages.

python -m bench.tables.territories > worker/stages/names/data/territories.txt
"""

import re

from babel import Locale

_LANGUAGES = """
en de fr es it pt nl pl cs sk uk ru be bg sr sr_Latn hr sl el tr az ar fa he hi zh zh_Hant ja ko vi id hu ro sv da nb
fi et lv lt ca ka hy
"""
_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "HK", "MO"])  # the last two stand among the places
_SHORTEST_LATIN = 4  # Vietnamese Anh, Duc and Y are other things elsewhere
_HEAD = """\
# Countries and territories in many languages. The first name of a line, the English one, stays.
# Data: Unicode CLDR, as packaged by Babel; Unicode License v3 (https://www.unicode.org/license.txt).
# Made by bench/tables/territories.py.
"""


def main() -> None:
    print(_HEAD, end="")
    english = Locale.parse("en").territories
    for code in sorted(english):
        if _CODE.fullmatch(code) and code not in _NO_COUNTRIES:
            print(", ".join(names_of(code)))


def names_of(code: str) -> list[str]:
    """The names of a territory, each once."""
    found: dict[str, None] = {}
    for language in _LANGUAGES.split():
        name = Locale.parse(language).territories.get(code, "").split(" (")[0].replace(",", "")
        if not name.isascii() or len(name) >= _SHORTEST_LATIN:
            found[name] = None
    found.pop("", None)
    return list(found)


if __name__ == "__main__":
    main()
