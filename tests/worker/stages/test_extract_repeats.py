import pytest

from worker.stages.extract.repeats import without_repeats

TITLES = ("Ferry stopped in port", "Crack in hull: night ferry held")
AUTHORS = ("Ann Lee", "Олена Коваль", "Reuters")
NEWS = (
    "The night ferry to the islands was stopped on Wednesday.",
    "Ann Lee, 43, was the first to see the crack.",  # the same name, but not at an end of the text
    *(f"Some {number} passengers were taken to hotels." for number in range(340, 347)),
    "They will sail on Thursday, Ann Lee was told.",
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("Ferry stopped in port",), ()),
        (("FERRY STOPPED IN PORT!",), ()),
        (("Islands: Crack in hull: night ferry held", "Ann Lee"), ()),
        ((), ("Ann Lee has written about the sea for ten years.", "Олена Коваль – кореспондентка газети.")),
        ((), ("Our correspondent Ann Lee reports from the islands.",)),
    ],
)
def test_lines_that_repeat_titles_or_tell_of_the_authors_are_dropped(
    above: tuple[str, ...], below: tuple[str, ...]
) -> None:
    assert without_repeats("\n".join((*above, *NEWS, *below)), TITLES, AUTHORS) == "\n".join(NEWS)


@pytest.mark.parametrize(
    "lines",
    [
        ("Ferry stopped in port.", *NEWS),  # a sentence that has served as title
        ("The captain who was to sail her for the very last time found his ferry stopped in port", *NEWS),
        ("Ferry stopped in port",),  # nothing else is left
        (*NEWS, "Reuters could not reach the captain."),  # an agency is no person with a biography
        (*NEWS, "The captain, whom nobody but the harbour master knew by name, told Ann Lee that he would sail."),
        ("",),
    ],
)
def test_other_lines_stay(lines: tuple[str, ...]) -> None:
    assert without_repeats("\n".join(lines), TITLES, AUTHORS) == "\n".join(lines)


def test_nothing_is_known_of_a_page_without_titles_and_authors() -> None:
    assert without_repeats("\n".join(NEWS), ("", "Now"), ()) == "\n".join(NEWS)
