"""Comparing what is not words: hosts, addresses and languages. Used by `site:`, `lang:` and a topic's filters."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def host_of(site: str) -> str:
    """The host, lower case, without "www." and port, of a host or an address; "" when there is none."""
    address = site.strip() if _SCHEME.match(site.strip()) else f"//{site.strip()}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # such as an unfinished [::1
        return ""
    return host.rstrip(".").removeprefix("www.")


def is_on_site(host: str, site: str) -> bool:
    """Is the host that site or a part of it? news.example.org is on example.org; badexample.org is not."""
    wanted = host_of(site)
    return bool(wanted) and (host == wanted or host.endswith("." + wanted))


def is_language(language: str, wanted: str) -> bool:
    """Is the language the wanted one? en-GB is en; en is not en-GB."""
    have, want = (code.lower().replace("_", "-") for code in (language, wanted))
    return have == want or have.startswith(want + "-")
