"""Who stated a fact first, and how much later the others followed."""

from datetime import UTC, datetime, timedelta

from worker.stages.facts import find_facts, with_statements
from worker.stages.facts.timeline import Reported, timeline

START = datetime(2025, 3, 4, 5, tzinfo=UTC)


def report(outlet: str, hours: int, text: str, article: int = 0) -> list[Reported]:
    facts = with_statements(find_facts("", text, "en", year=2025), text)
    return [Reported(fact, outlet, article or hours, START + timedelta(hours=hours)) for fact in facts]


def test_each_fact_has_its_first_outlet_and_the_lag_of_the_others() -> None:
    reported = [
        *report("Herald", 3, "Nine people lost their lives when the ferry burned near Skarn."),
        *report("Post", 1, "Nine people were killed when the ferry burned near Skarn."),
        *report("Post", 5, "Nine people died when the ferry burned near Skarn."),
    ]
    [line] = timeline(reported)
    assert (line.outlet, line.when, line.text) == ("Post", START + timedelta(hours=1), reported[1].fact.text)
    assert [(one.outlet, one.lag) for one in line.followers] == [("Herald", timedelta(hours=2))]  # each outlet once


def test_another_figure_is_another_fact() -> None:
    lines = timeline(
        report("Post", 1, "Nine people were killed when the ferry burned near Skarn.")
        + report("Herald", 2, "Twelve people were killed when the ferry burned near Skarn.")
    )
    assert [line.outlet for line in lines] == ["Post", "Herald"]


def test_what_is_denied_is_another_fact() -> None:
    lines = timeline(
        report("Post", 1, "The owner of the ferry closed the harbour office in Skarn.")
        + report("Herald", 2, "The owner of the ferry has not closed the harbour office in Skarn.")
    )
    assert len(lines) == 2


def test_the_order_of_the_input_does_not_matter() -> None:
    reported = report("Post", 1, "The ferry burned near Skarn. Divers searched the cabins of the ferry.") + report(
        "Herald", 2, "Divers searched the cabins of the burned ferry."
    )
    assert timeline(reported) == timeline(reversed(reported))


def test_nothing_has_no_timeline() -> None:
    assert timeline([]) == ()
