import pytest

from worker.stages.extract.agreement import agreed

LEAD = "A crack keeps the islanders in the harbour."
NEWS = (
    "The night ferry to the islands was stopped on Wednesday after inspectors found a crack in its hull.",
    "Some 340 passengers were taken to hotels, the harbour master said, and a smaller ship will sail on Thursday.",
    "The company called the inspection a formality. The union of seamen said it had warned of the crack in May.",
)
BODY = " ".join(NEWS)
JAPANESE = ("夜行フェリーは水曜日、船体に亀裂が見つかったため運航を停止した。", "乗客三百四十人はホテルに移された。")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (NEWS, NEWS),
        # After the last line that both hold, nothing is the article's.
        ((*NEWS, "Write to the newsroom and tell us what you saw."), NEWS),
        ((NEWS[0], "- Islands: Ten days without bread", *NEWS[1:]), NEWS),
        ((NEWS[0], "Get all the news of the islands every morning, before the first boat sails.", *NEWS[1:]), NEWS),
        # It mostly lacks the standfirst and headings.
        ((LEAD, NEWS[0], "A warning in May", *NEWS[1:]), (LEAD, NEWS[0], "A warning in May", *NEWS[1:])),
    ],
)
def test_lines_that_the_outlets_own_text_lacks_are_dropped(lines: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert agreed("\n".join(lines), BODY) == "\n".join(kept)


@pytest.mark.parametrize(
    "body",
    [
        "",
        NEWS[0],  # a summary, or the part before a wall
        BODY + " The ferry has sailed for forty years and was to be sold next year, its captain told a court. " * 3,
        "Another article, about bread, which does not come to the islands any more.",
        "…",
    ],
)
def test_another_text_is_no_witness(body: str) -> None:
    text = "\n".join((*NEWS, "Write to the newsroom and tell us what you saw."))
    assert agreed(text, body) == text


def test_characters_are_counted_where_words_are_not_parted() -> None:
    assert agreed("\n".join((*JAPANESE, "会員登録すると続きを読むことができます。")), "".join(JAPANESE)) == "\n".join(
        JAPANESE
    )


@pytest.mark.timeout(10)
def test_long_texts_are_compared_in_bounded_time() -> None:
    long = "\n".join(f"line {number} of the ferry's log book" for number in range(20_000))
    assert agreed(long, long) == long
