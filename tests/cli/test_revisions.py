"""`revisions`: what was changed in an article, for people and for machines."""

import json
import re

import pytest

from tests.cli.command import Storytrail

URL = "https://tarn.example/osprey-hits-quay"
INJURED = "The coastguard said 14 people were injured aboard the Osprey."
CORRECTED = "The coastguard said 17 people were injured aboard the Osprey."
FOG = "The ferry Osprey ran into the north quay of Marlow on Tuesday morning in thick fog."
DIVERS = "Divers looked at the hull in the afternoon, and found a tear of two metres."
HARBOUR = "The harbour of Marlow was closed until the evening."
FIRST = {"url": URL, "title": "Ferry hits quay", "text": f"{FOG} {INJURED} {HARBOUR}", "outlet": "Tarn Times"}
SECOND = {**FIRST, "title": "Ferry hits quay, 17 injured", "text": f"{FOG} {CORRECTED} {HARBOUR}"}
THIRD = {**SECOND, "text": f"{FOG} {CORRECTED} {DIVERS}"}


def ingest(storytrail: Storytrail, *versions: dict[str, str]) -> None:
    for version in versions:
        storytrail.does("ingest", storytrail.write("tarn.jsonl", json.dumps(version)))


@pytest.fixture
def changed(storytrail: Storytrail) -> Storytrail:
    """An archive with an article that was changed twice."""
    ingest(storytrail, FIRST, SECOND, THIRD)
    return storytrail


def test_each_change_is_an_object(changed: Storytrail) -> None:
    first, second = changed.does("revisions", "1", "--json").rows
    assert list(first) == [
        *("article", "url", "number", "replaced", "title_before", "title_after", "removed", "added", "changed")
    ]
    assert (first["article"], first["url"], first["number"]) == (1, URL, 1)
    assert (first["title_before"], first["title_after"]) == (FIRST["title"], SECOND["title"])
    assert (first["removed"], first["added"]) == ([], [])
    assert first["changed"] == [{"before": INJURED, "after": CORRECTED}]
    assert (second["number"], second["removed"], second["added"], second["changed"]) == (2, [HARBOUR], [DIVERS], [])
    assert first["replaced"] < second["replaced"]


def test_people_see_what_went_and_what_came(changed: Storytrail) -> None:
    lines = changed.does("revisions", "1").out.splitlines()
    assert lines[:2] == ["1  Tarn Times: Ferry hits quay, 17 injured", f"    {URL}"]
    assert [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", line) for line in lines[2:]] == [
        "",
        "WHEN  1 sentence changed",
        "    - Ferry hits quay",
        "    + Ferry hits quay, 17 injured",
        f"    - {INJURED}",
        f"    + {CORRECTED}",
        "",
        "WHEN  1 sentence added, 1 sentence removed",
        f"    - {HARBOUR}",
        f"    + {DIVERS}",
    ]


def test_at_a_terminal_they_are_coloured(changed: Storytrail) -> None:
    shown = changed.at_a_terminal("revisions", "1").out
    assert re.search(rf"\x1b\[31m *- {re.escape(INJURED)}", shown)
    assert re.search(rf"\x1b\[32m *\+ {re.escape(CORRECTED)}", shown)


@pytest.mark.parametrize("named", [URL, f"{URL}?utm_source=x", URL.replace("https://", "http://www.")])
def test_an_article_is_known_by_its_address(changed: Storytrail, named: str) -> None:
    assert len(changed.does("revisions", named, "--json").rows) == 2


def test_an_article_that_was_not_changed_says_so(storytrail: Storytrail) -> None:
    ingest(storytrail, FIRST)
    assert storytrail.does("revisions", "1", "--json").out == ""
    assert "it says what it said" in storytrail.does("revisions", "1").out


@pytest.mark.parametrize("named", ["2", "9" * 40, "https://tarn.example/elsewhere", "no such thing"])
def test_an_unknown_article_is_an_error(changed: Storytrail, named: str) -> None:
    done = changed("revisions", named)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"there is no article {named}: ")
