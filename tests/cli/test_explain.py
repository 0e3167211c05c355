"""`explain`: why an article matched or not, for people and for machines."""

from collections.abc import Sequence

import pytest

from cli.failure import MISUSED
from tests.cli import ferry
from tests.cli.command import Row, Storytrail
from tests.cli.ferry import LINES, TOPIC, TOPICS
from tests.cli.test_look import change

ORIGIN, COPY, ELSEWHERE = map(str, (ferry.ORIGIN, ferry.COPY, ferry.ELSEWHERE))
ACCOUNT = {
    *("article", "url", "topic", "version", "matches", "by", "reason", "filters", "query", "following", "examples"),
    *("stored", "changed", "alerts", "no_alert", "origin", "mark"),
}
CLAUSE = {"clause", "holds", "decisive", "why", "hits", "parts"}
CAKES = "  - {name: Cakes, query: cake AND -jam, languages: [en], follow: false}\n"


@pytest.fixture(scope="module")
def kitchen(archive: Storytrail) -> Storytrail:
    """The archive, with a topic that came after it."""
    archive.follows(TOPICS + CAKES)
    return archive


def rows(storytrail: Storytrail, *words: str) -> Sequence[Row]:
    return storytrail.does("explain", *words, "--json").rows


def test_each_topic_is_an_object(kitchen: Storytrail) -> None:
    marlow, cakes = rows(kitchen, ORIGIN)
    assert set(marlow) == set(cakes) == ACCOUNT
    assert (marlow["url"], marlow["topic"], marlow["matches"], marlow["by"]) == (ORIGIN, TOPIC, True, "query")
    assert set(marlow["query"]) == CLAUSE
    assert marlow["stored"]["receipt"]["hits"]
    assert [alert["reason"] for alert in marlow["alerts"]] == ["first"]
    assert (cakes["topic"], cakes["matches"], cakes["by"], cakes["stored"]) == ("Cakes", False, None, None)


def test_an_id_does_as_well_as_an_address_and_one_topic_may_be_asked_for(kitchen: Storytrail) -> None:
    (row,) = rows(kitchen, ELSEWHERE, "--topic", "Cakes")
    assert rows(kitchen, str(row["article"]), "--topic", "Cakes") == [row]
    assert row["reason"] == "excluded by jam: “jam” in the text"
    assert row["filters"] == [{"what": "language", "lets_in": True, "why": "language en is among en"}]
    assert [part["clause"] for part in row["query"]["parts"] if part["decisive"]] == ["NOT jam"]


def test_a_copy_says_what_its_origin_did(kitchen: Storytrail) -> None:
    marlow, _ = rows(kitchen, COPY)
    assert marlow["origin"].endswith("which matched by its words")
    assert marlow["no_alert"].endswith("it says what its origin said")


def test_people_read_a_heading_for_each_topic_its_clauses_and_the_receipt(kitchen: Storytrail) -> None:
    told = kitchen.does("explain", ORIGIN).out.splitlines()
    assert "Tarn Times: Ferry Osprey hits quay at Marlow" in told[0]
    assert f"{TOPIC}: matches by its words" in told
    assert any(line.startswith("Cakes: does not match: ") for line in told)
    assert any(line.strip().startswith("receipt of ") and line.endswith(": Ferry, Marlow") for line in told)
    assert any("“Marlow”: text 44–50, sentence 1" in line for line in told)
    assert any(line.strip().startswith("alert 1 (first), log: sent") for line in told)


def test_of_many_topics_those_are_told_that_have_to_do_with_it(storytrail: Storytrail) -> None:
    more = "".join(f"  - {{name: Topic {number}, query: nothing{number}}}\n" for number in range(30))
    storytrail.follows(TOPICS + more)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    told = storytrail.does("explain", ORIGIN).out
    assert f"{TOPIC}: matches" in told
    assert "Topic 7" not in told
    assert "30 other topics it has nothing to do with" in told
    assert len(rows(storytrail, ORIGIN)) == 31
    assert "Topic 7: does not match: no word nothing7" in storytrail.does("explain", ORIGIN, "--topic", "Topic 7").out


def test_an_address_that_is_not_stored_is_told_with_those_near_it(kitchen: Storytrail) -> None:
    done = kitchen("explain", ORIGIN.replace("osprey-hits", "osprey-hit"))
    assert (done.code, done.out) == (1, "")
    assert f"did you mean {ORIGIN}\n" in done.err
    done = kitchen("explain", "4711")
    assert (done.code, done.out) == (1, "")
    assert done.err == "there is no article 4711: storytrail articles shows them with their ids\n"


def test_an_unknown_topic_is_told_with_the_nearest(kitchen: Storytrail) -> None:
    done = kitchen("explain", ORIGIN, "--topic", "Cake")
    assert (done.code, done.err) == (MISUSED, "unknown topic `Cake`; did you mean `Cakes`?\n")


def test_what_was_never_read_cannot_be_explained(storytrail: Storytrail) -> None:
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    change(storytrail, "UPDATE article SET state = 'quarantined', revision = 0, last_error = 'timed out' WHERE id = 1")
    done = storytrail("explain", "1")
    assert (done.code, done.err) == (1, "article 1 cannot be explained: it is in quarantine: timed out\n")


def test_without_topics_it_says_so(storytrail: Storytrail) -> None:
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    assert "there are no topics" in storytrail.does("explain", ORIGIN).out
    assert rows(storytrail, ORIGIN) == []
