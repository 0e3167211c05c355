"""What was taken out, put in and changed; and what is no change at all."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.stages.revision import Edit, difference, is_remnant, is_same_text, says_the_same

TITLE = "Ferry Orla runs aground off Tarn Head"
AGROUND = "The ferry Orla ran aground off Tarn Head early on Wednesday and 14 people were injured."
CORRECTED = AGROUND.replace("14", "17")
SAILED = "She had left the port of Brannock at dawn with 212 passengers on board."
LIFEBOATS = "Lifeboats from Brannock and Skelby took everybody off within two hours."
CAPTAIN = "Captain Ruth Halloran told the harbour office that the steering had failed."
INQUIRY = "Investigators of the Maritime Safety Board are expected in Brannock."
TEXT = "\n".join([AGROUND, SAILED, LIFEBOATS])
LONG = "\n".join(
    f"{sentence} It was day {day}." for day in range(4) for sentence in (AGROUND, SAILED, LIFEBOATS, CAPTAIN)
)
COOKIES = (
    "Before you go on: we and our partners store information on your device, such as cookies, and process personal "
    "data in order to show you what you may like. You can change your mind at any time."
)
WITHDRAWN = (
    "An article that stood here was withdrawn, as its account of the accident could not be confirmed. The Herald "
    "apologises to Captain Halloran, and has changed the way in which such reports are checked."
)
LONGEST_SECONDS = 4.0  # of processor time; it is about one


def edits(before: str, after: str) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in difference(TITLE, before, TITLE, after).edits]


# --- What has changed ---


def test_a_changed_figure_is_a_sentence_before_and_after() -> None:
    assert edits(TEXT, TEXT.replace("14", "17")) == [(AGROUND, CORRECTED)]


def test_what_was_put_in_and_taken_out_is_told_where_it_stands() -> None:
    before = "\n".join([AGROUND, SAILED, LIFEBOATS])
    after = "\n".join([CAPTAIN, CORRECTED, LIFEBOATS, INQUIRY])
    assert edits(before, after) == [("", CAPTAIN), (AGROUND, CORRECTED), (SAILED, ""), ("", INQUIRY)]


def test_removed_added_and_changed_are_the_edits_by_kind() -> None:
    found = difference(TITLE, "\n".join([AGROUND, SAILED]), TITLE, "\n".join([CORRECTED, INQUIRY]))
    assert (found.removed, found.added) == ((SAILED,), (INQUIRY,))
    assert found.changed == (Edit(AGROUND, CORRECTED),)


def test_the_titles_are_given_before_and_after() -> None:
    found = difference(TITLE, TEXT, f"{TITLE}, 14 injured", TEXT)
    assert (found.title_before, found.title_after, found.edits) == (TITLE, f"{TITLE}, 14 injured", ())


def test_a_sentence_that_became_another_is_paired_with_the_one_it_resembles_most() -> None:
    """Both of the later sentences are half the same; one of them is the sentence."""
    spare = "The ferry Orla ran aground off Tarn Head in the year 1987 as well, and nobody was hurt."
    assert edits(AGROUND, f"{spare} {CORRECTED}") == [("", spare), (AGROUND, CORRECTED)]


def test_a_sentence_that_says_something_else_is_not_called_changed() -> None:
    assert edits(SAILED, INQUIRY) == [(SAILED, ""), ("", INQUIRY)]


def test_one_of_two_equal_sentences_that_is_gone_is_gone() -> None:
    assert edits(f"{SAILED} {LIFEBOATS} {SAILED}", f"{SAILED} {LIFEBOATS}") == [(SAILED, "")]


def test_scripts_without_spaces_are_compared_as_well() -> None:
    before, after = "昨夜の地震で14人が負傷した。", "昨夜の地震で17人が負傷した。"
    assert edits(before, after) == [(before, after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It will cost $5 million.", "It will cost €5 million."),
        ("Growth was 3% in March.", "Growth was 3 in March."),
        ("It was -5 degrees.", "It was 5 degrees."),
        ("Updated: 19 people died.", "Updated: 20 people died."),  # begins like a stamp and is news
        ("He did resign.", "He did not resign."),
        ("Two boats came.", "Two boats came. They left."),
    ],
)
def test_what_changes_what_is_said_is_a_change(before: str, after: str) -> None:
    assert not is_same_text(before, after)
    assert difference(TITLE, before, TITLE, after).edits


# --- What has not ---


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('He said: "It was dark - too dark..."', "He said: “It was dark – too dark…”"),
        ("Lifeboats came.  Nobody was lost.", "Lifeboats\u00a0came.\n\nNobody was lost."),
        ("Lifeboats came. Nobody was lost.", "Nobody was lost. Lifeboats came."),  # moved
        ("Erdogan came, and Ivan.", "Erdoğan came and Ivan."),
        ("Heavy seas\nNobody was lost.", "Heavy seas. Nobody was lost."),
        ("At -5 degrees.", "At −5 degrees."),  # a real minus
        *((f"{line}\nNobody was lost.", "Nobody was lost.") for line in (
            "Updated 10:31", "Last updated: 4 March 2026, 10:31 GMT", "Updated 2 hours ago", "Published Wed 4 Mar 2026",
            "3 min read", "1.2k shares · 14 comments", "Aktualisiert: 04.03.2026 um 10:31 Uhr",
            "Mis à jour le 4 mars 2026 à 10h31", "Actualizado el 4 de marzo a las 10:31",
            "Güncelleme: 4 Mart 2026 10:31", "Оновлено о 10:31", "Обновлено 4 марта 2026, 10:31",
        )),
    ],
)  # fmt: skip
def test_what_says_the_same_is_no_change(before: str, after: str) -> None:
    assert is_same_text(before, after)
    assert says_the_same(TITLE, before, TITLE, after)
    assert edits(before, after) == []


def test_a_new_time_of_update_is_no_change() -> None:
    assert is_same_text(f"Updated 10:31\n{TEXT}", f"Updated 12:05\n{TEXT}")


def test_a_heading_that_repeats_the_title_is_no_sentence() -> None:
    """Where the feed calls it otherwise than the page, the page's heading may be left in its text."""
    assert edits(f"{TITLE}\n{TEXT}", TEXT) == []
    assert difference(TITLE, f"{TITLE}\n{TEXT}", "Orla aground", f"Orla aground\n{TEXT}").edits == ()


def test_another_title_is_another_version() -> None:
    assert not says_the_same(TITLE, TEXT, f"{TITLE}, 14 injured", TEXT)
    assert says_the_same(TITLE, TEXT, TITLE.upper(), TEXT)


# --- What is hardly there any more ---


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (LONG, "Subscribe to read on.", True),
        (LONG, f"{AGROUND}\nRead on with a subscription.", True),  # the teaser before a wall
        (LONG, f"{AGROUND} {SAILED}", True),  # the teaser alone
        (LONG, COOKIES, True),
        (LONG, "", True),
        (LONG, "Page not found. It may have been moved.", True),
        (LONG, WITHDRAWN, False),  # the newsroom's own word, in the article's place
        (LONG, LONG[: len(LONG) // 2], False),  # shortened
        (TEXT, AGROUND, False),  # a brief, written anew
    ],
)
def test_a_page_that_lost_most_of_its_text_to_a_wall_or_an_error_is_a_remnant(
    before: str, after: str, expected: bool
) -> None:
    assert is_remnant(before, after) is expected


# --- Whatever comes ---

sentences = st.sampled_from([AGROUND, CORRECTED, SAILED, LIFEBOATS, CAPTAIN, INQUIRY, "Updated 10:31", "…", "No."])
texts = st.lists(sentences, max_size=12).map("\n".join) | st.text(max_size=200)


@given(texts, texts)
def test_taking_the_edits_back_gives_the_earlier_text(before: str, after: str) -> None:
    found = difference("", before, "", after)
    assert bool(found.edits) != is_same_text(before, after)
    assert all(edit.before or edit.after for edit in found.edits)
    back = difference("", after, "", before)
    assert len(back.removed) == len(found.added)
    assert len(back.added) == len(found.removed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # no sentence is the same, and there are thousands
            " ".join(f"Alpha{n} bravo{n} charlie{n} delta{n} echo{n}." for n in range(4000)),
            " ".join(f"Golf{n} hotel{n} india{n} juliet{n} kilo{n}." for n in range(4000)),
        ),
        ("Nobody was lost. " * 8_000, "Nobody was hurt. " * 8_000),  # one sentence, again and again
        ("No. Yes. " * 8_000, "Yes. Yes. No. " * 6_000),
    ],
)
def test_no_text_takes_long(before: str, after: str) -> None:
    start = process_time()
    difference(TITLE, before, TITLE, after)
    assert process_time() - start < LONGEST_SECONDS
