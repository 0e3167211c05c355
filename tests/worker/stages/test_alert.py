"""Which alerts an article gives rise to, by what was told before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.alert import QUIET, REASONS, USUAL_REASONS, Alert, Occasion, Passed, Told, carrying, decide
from worker.stages.facts import find_facts, with_statements
from worker.stages.facts.correction import find_correction, find_report_correction
from worker.stages.facts.disagreement import Disagreement, Statement, find_disagreements
from worker.stages.facts.opening import lead_sentence

ALL = frozenset(REASONS)
LEAD = "A gas tank blew up in a street of Izmir early on Tuesday."
TEXT = (
    f"{LEAD} The blast killed 14 people. Some 60 people were injured. Three hospitals took them in. Nobody knows why."
)


def occasion(text: str = TEXT, article: int = 1, disagreements: tuple[Disagreement, ...] = ()) -> Occasion:
    return Occasion(
        topic="Izmir",
        story=7,
        article=article,
        revision=1,
        is_copy=False,
        title="Blast in Izmir",
        text=text,
        facts=with_statements(find_facts("Blast in Izmir", text, "en", year=2025), text),
        disagreements=disagreements,
    )


def told_by(*alerts: Alert) -> Told:
    """What readers know after these alerts, as storage keeps it."""
    return Told(
        reasons=frozenset(alert.reason for alert in alerts),
        fact_keys=frozenset(key for alert in alerts for key in alert.told_facts),
        fact_texts=tuple(sentence for alert in alerts for sentence in alert.new),
        disagreement_slots=slots(alerts, "disagreement"),
        settled_slots=slots(alerts, "settled"),
    )


def slots(alerts: tuple[Alert, ...], reason: str) -> frozenset[str]:
    return frozenset(d.slot for alert in alerts if alert.reason == reason for d in alert.disagreements)


def differing() -> tuple[Disagreement, ...]:
    texts = {1: "The blast killed 14 people.", 2: "The blast killed 19 people."}
    statements = [
        Statement(article, f"outlet {article}", datetime(2025, 11, 19, article, tzinfo=UTC), fact)
        for article, text in texts.items()
        for fact in find_facts("", text, "en", year=2025)
    ]
    return find_disagreements(statements)


def reasons(alerts: tuple[Alert, ...]) -> list[str]:
    return [alert.reason for alert in alerts]


def test_the_first_match_tells_the_lead_and_what_is_news_beside_it() -> None:
    [alert] = decide(occasion(), Told(), ALL)
    assert alert.reason == "first"
    assert alert.new[0] == LEAD
    assert {"The blast killed 14 people.", "Some 60 people were injured."} <= set(alert.new)


def test_all_facts_of_the_first_article_count_as_told() -> None:
    [first] = decide(occasion(), Told(), ALL)
    same = occasion("Firemen left Izmir. The explosion there left 14 people dead, and 60 hurt.", article=2)
    assert decide(same, told_by(first), ALL) == ()


def test_a_new_figure_is_a_new_fact() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("Firemen left the street on Tuesday evening. The blast in Izmir killed 19 people.", article=2)
    [alert] = decide(later, told_by(first), ALL)
    assert alert.reason == "new-fact"
    assert alert.new[0] == "The blast in Izmir killed 19 people."  # the figure before the lead
    assert decide(later, told_by(first, alert), ALL) == ()  # told once


def test_a_report_without_new_facts_raises_nothing() -> None:
    [first] = decide(occasion(), Told(), ALL)
    assert decide(occasion("The mayor of Izmir thanked the firemen for their work.", 2), told_by(first), ALL) == ()


def test_background_raises_nothing() -> None:
    [first] = decide(occasion(), Told(), ALL)
    dull = "Nobody in the street slept. The street is narrow."
    text = f"{LEAD} {dull}\nSome 4,300,000 people live in Izmir.\nThe mayor weighs 51 kilos."
    assert decide(occasion(text, article=2), told_by(first), ALL) == ()


def test_background_is_not_told_beside_news() -> None:
    [first] = decide(occasion(), Told(), ALL)
    old = "His grandmother had always sold flowers and tea in the garden of the old inn by the gate of the village."
    text = f"{LEAD} Nobody slept.\n{old}\nThe blast killed 19 people."
    [alert] = decide(occasion(text, article=2), told_by(first), ALL)
    assert alert.new[0] == "The blast killed 19 people."
    assert not {LEAD, old} & set(alert.new)  # the lead was told before


def test_a_lower_toll_is_no_news() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("Two of the firemen have stayed there. The blast in Izmir killed 12 people.", 2)
    assert all("12" not in text for alert in decide(later, told_by(first), ALL) for text in alert.new)


def test_a_title_is_not_told_beside_the_sentence_that_says_the_same() -> None:
    text = "At least 19 people died in the street, the mayor said."
    facts = find_facts("19 die in Izmir", text, "en", year=2025)
    [alert] = decide(replace(occasion(text), facts=facts), Told(), frozenset(["new-fact"]))
    assert alert.new == (text,)


def test_a_sentence_about_somebody_it_does_not_name_is_told_with_the_name() -> None:
    text = "Envoy Steve Hale is awaited. On Tuesday a source said that he was not expected."
    [alert] = decide(occasion(text), Told(), frozenset(["new-fact"]))
    assert alert.new[0] == "Hale: On Tuesday a source said that he was not expected."


def test_a_topic_that_wants_only_new_facts_gets_its_first_as_one() -> None:
    [alert] = decide(occasion(), Told(), frozenset(["new-fact"]))
    assert alert.reason == "new-fact"


def test_a_topic_that_wants_nothing_gets_nothing() -> None:
    assert decide(occasion(disagreements=differing()), Told(), frozenset()) == ()


def test_a_copy_may_be_the_first_and_nothing_else() -> None:
    copy = replace(occasion(disagreements=differing()), is_copy=True)
    assert reasons(decide(copy, Told(), ALL)) == ["first"]
    assert decide(copy, Told(reasons=frozenset(["first"])), ALL) == ()


def test_a_disagreement_is_told_once_for_what_it_is_about() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("The blast killed 19 people.", 2, differing())
    [alert] = decide(later, told_by(first), ALL)
    assert alert.reason == "disagreement"  # and not a new fact as well: the disagreement tells the figure
    assert alert.disagreements == differing()
    assert alert.new == ("The blast killed 19 people.",)
    third = occasion("The blast killed 19 people.", 3, differing())
    assert decide(third, told_by(first, alert), ALL) == ()


def test_a_disagreement_is_told_with_the_rest_of_its_articles_news() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("The blast killed 19 people. Police arrested 12 people.", 2, differing())
    [alert] = decide(later, told_by(first), ALL)
    assert alert.reason == "disagreement"
    assert alert.new == ("The blast killed 19 people.", "Police arrested 12 people.")
    assert decide(later, told_by(first, alert), ALL) == ()
    [alone] = decide(later, told_by(first), ALL - {"new-fact"})
    assert alone.new == ("The blast killed 19 people.",)


def settled() -> tuple[Disagreement, ...]:
    return tuple(replace(each, status="settled") for each in differing())


def test_what_was_told_to_differ_is_told_to_be_settled_once() -> None:
    [first] = decide(occasion(), Told(), ALL)
    [differs] = decide(occasion("The blast killed 19 people.", 2, differing()), told_by(first), ALL)
    later = occasion("The hospital said that the blast killed 19 people, as others had said.", 3, settled())
    [alert] = decide(later, told_by(first, differs), ALL)
    assert alert.reason == "settled"
    assert alert.disagreements == settled()
    assert decide(replace(later, article=4), told_by(first, differs, alert), ALL) == ()


def test_what_is_settled_before_it_was_told_to_differ_is_no_disagreement() -> None:
    [first] = decide(occasion(), Told(), ALL)
    assert "disagreement" not in reasons(decide(occasion("Rain fell.", 2, settled()), told_by(first), ALL))


def test_after_a_long_quiet_news_revives_a_story() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("A court in Izmir charged the owner of the gas tank on Monday.", article=2)
    quiet = [replace(later, quiet=QUIET - timedelta(seconds=1)), replace(later, quiet=QUIET)]
    assert [reasons(decide(each, told_by(first), ALL)) for each in quiet] == [["new-fact"], ["revival"]]
    assert reasons(decide(quiet[1], told_by(first), ALL - {"revival"})) == ["new-fact"]
    assert decide(replace(occasion(), article=3, quiet=QUIET), told_by(first), ALL) == ()  # it says nothing new


def test_an_outlet_that_only_says_the_same_is_a_new_origin_once() -> None:
    [first] = decide(occasion(), Told(), ALL)
    same = replace(occasion(TEXT, article=2), outlet="Herald")
    told = replace(told_by(first), outlets=frozenset(["Post"]))
    [alert] = decide(same, told, ALL)
    assert alert.reason == "new-origin"
    assert decide(same, told, frozenset(USUAL_REASONS)) == ()
    assert decide(same, replace(told, outlets=frozenset(["Post", "Herald"])), ALL) == ()
    assert decide(replace(same, article=9), told, ALL)[0].key == alert.key


def test_who_wants_no_disagreements_is_told_the_figure_as_a_new_fact() -> None:
    [first] = decide(occasion(), Told(), ALL)
    later = occasion("The blast killed 19 people.", 2, differing())
    assert reasons(decide(later, told_by(first), ALL - {"disagreement"})) == ["new-fact"]


def revised(text: str) -> Occasion:
    return replace(occasion(text), revision=2, correction=find_correction(TEXT, text))


def test_a_revision_that_changes_a_figure_is_a_correction_and_no_new_fact() -> None:
    [first] = decide(occasion(), Told(), ALL)
    [alert] = decide(revised(TEXT.replace("14", "19")), told_by(first), ALL)
    assert alert.reason == "correction"
    assert alert.new == ("The blast killed 19 people.",)
    assert alert.correction is not None
    assert [(change.before, change.after) for change in alert.correction.changes] == [
        ("The blast killed 14 people.", "The blast killed 19 people.")
    ]


def test_a_withdrawn_sentence_matters_when_it_was_told() -> None:
    [first] = decide(occasion(), Told(), ALL)
    assert reasons(decide(revised(TEXT.replace(LEAD, "")), told_by(first), ALL)) == ["correction"]
    assert decide(revised(TEXT.replace(" Nobody knows why.", "")), told_by(first), ALL) == ()


def test_who_was_told_nothing_has_nothing_corrected() -> None:
    assert reasons(decide(revised(TEXT.replace("14", "19")), Told(), ALL)) == ["first"]


@pytest.mark.parametrize(
    ("changed", "reason", "is_same"),
    [
        ({"article": 2}, "first", True),  # once for topic and story
        ({"story": 8}, "first", False),
        ({"topic": "Other"}, "first", False),
        ({"article": 2}, "new-fact", False),  # for each article
        ({"revision": 3}, "new-fact", False),  # and each of its revisions
        ({"article": 2}, "disagreement", True),  # for each thing
        ({"revision": 3}, "correction", False),  # for each revision
    ],
)
def test_a_key_is_made_of_what_makes_an_alert_unique(changed: dict[str, object], reason: str, is_same: bool) -> None:
    wanted, told = frozenset([reason]), Told(reasons=frozenset(["digest"]))
    base = replace(revised(TEXT.replace("14", "19")), disagreements=differing())
    [one] = decide(base, told, wanted)
    [other] = decide(replace(base, **changed), told, wanted)  # type: ignore[arg-type]  # a table of fields
    assert one.reason == reason
    assert (one.key == other.key) is is_same
    assert len(one.key) == 64
    assert int(one.key, 16)


def test_names_that_run_together_make_different_keys() -> None:
    one, other = replace(occasion(), topic="a", story=11), replace(occasion(), topic="a1", story=1)
    assert decide(one, Told(), ALL)[0].key != decide(other, Told(), ALL)[0].key


def test_an_alert_has_at_most_five_sentences() -> None:
    text = " ".join(f"A blast on road {'I' * n} killed {n + 20} people." for n in range(1, 9))
    [alert] = decide(occasion(text), Told(), frozenset(["new-fact"]))
    assert len(alert.new) == 5
    assert {f"killed|exactly|{n + 20}" for n in range(1, 9)} <= set(alert.told_facts)  # all of them count as told


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (f"IZMIR\n{LEAD} More follows.", LEAD),  # a dateline of its own
        (f"Published: 19 November 2025 Wednesday . The Herald\n{LEAD}", LEAD),  # figures are no words
        ("Updated: 19 Nov.\nBreaking news\n" + LEAD, LEAD),
        ("“We are safe and we thank everybody,” she said. More.", "“We are safe and we thank everybody,” she said."),
        ("Too short.", "the title"),
        ("", "the title"),
    ],
)
def test_the_lead_is_the_first_sentence_that_says_something(text: str, lead: str) -> None:
    assert lead_sentence("the title", text) == lead


ARREST = "Police arrested 3 people over the blast on Wednesday, the ministry said."
RISEN = "The blast killed 19 people, the ministry said."


def passed(text: str, article: int = 2) -> Passed:
    return Passed(article, "Post", "Blast in Izmir", occasion(text).facts)


def test_the_next_alert_carries_what_was_new_and_woke_nobody() -> None:
    [first] = decide(occasion(), Told(), ALL)
    alerts = decide(occasion(RISEN, article=3), told_by(first), ALL)
    [alert] = carrying(alerts, [passed(ARREST)], told_by(first))
    assert alert.new == (*alerts[0].new, f"Post: {ARREST}")
    [later] = decide(occasion("The blast killed 23 people.", article=4), told_by(first, alert), ALL)
    assert carrying([later], [passed(ARREST)], told_by(first, alert)) == (later,)  # once


def test_what_an_alert_tells_itself_is_not_carried_beside_it() -> None:
    [first] = decide(occasion(), Told(), ALL)
    alerts = decide(occasion(f"{RISEN} {ARREST}", article=3), told_by(first), ALL)
    assert carrying(alerts, [passed(ARREST), passed(RISEN)], told_by(first)) == alerts


def test_two_earlier_articles_with_the_same_news_carry_it_once() -> None:
    [first] = decide(occasion(), Told(), ALL)
    alerts = decide(occasion(RISEN, article=3), told_by(first), ALL)
    [alert] = carrying(alerts, [passed(ARREST), passed(ARREST, article=5)], told_by(first))
    assert sum("arrested" in text for text in alert.new) == 1


def test_nothing_is_carried_where_nobody_is_woken() -> None:
    assert carrying((), [passed(ARREST)], Told()) == ()


def test_an_outlet_that_takes_back_what_was_told_corrects_it() -> None:
    [first] = decide(occasion(), Told(), ALL)
    lower = occasion("The blast killed 12 people, not 14, the ministry corrected its figure.", article=3)
    found = find_report_correction(lower.facts, occasion().facts)
    [alert] = decide(replace(lower, correction=found), told_by(first), ALL)
    assert alert.reason == "correction"
    assert alert.correction is not None
    [change] = alert.correction.changes
    assert (change.before, change.after) == ("The blast killed 14 people.", lower.text)
    unseen = replace(told_by(first), fact_texts=(LEAD,))
    assert "correction" not in reasons(decide(replace(lower, correction=found), unseen, ALL))  # was not told
