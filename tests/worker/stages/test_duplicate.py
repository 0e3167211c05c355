import re
from datetime import UTC, datetime, timedelta

import pytest

from worker.stages.duplicate import Judgement, Piece, fingerprint, judge

MORNING = datetime(2025, 11, 19, 6, tzinfo=UTC)

# One wire report, and an independent one of the same event.
WIRE = """
The night ferry Aurora was stopped in the harbour of Port Ellis on Wednesday after inspectors found a crack as long
as a hand below its waterline. The harbour master ordered all 340 passengers off the ship and had them taken to three
hotels in the town. A smaller vessel, the Halcyon, will sail in its place on Thursday morning, but it has room for only
half of them. The company that owns both ships called the inspection a formality and said the crack was known since
the summer. The union of seamen answered that it had warned of the damage in May and that nobody had listened. The
ministry of transport wants to see the papers of all seven ferries that serve the islands before the weekend. Farmers
on the outer islands said that fresh milk would have to be poured away if no ship came within two days. The Aurora was
built in 1987 and was to be replaced next year by a ship that is still without an engine.
"""
INDEPENDENT = """
Hundreds of islanders spent the night in Port Ellis because their ferry failed a safety check. Divers who looked at the
hull of the Aurora on Wednesday reported damage under the waterline, the harbour office confirmed. Among those stranded
were a school class and a bride on the way to her wedding. A replacement leaves on Thursday, yet travellers complained
that seats were handed out by lot. The seamen's union accuses the owner of ignoring a warning given in spring; the
owner denies that there was any danger. An opposition deputy asked why a ship nearly forty years old was still at sea.
"""
WORDS = WIRE.split()
CUT_TO_A_THIRD = " ".join(WORDS[: len(WORDS) * 35 // 100])
SENTENCES = re.split(r"(?<=\.)\s+", WIRE.strip())


def piece(number: int, text: str, *, outlet: str = "", hours: int = 0, credit: str = "") -> Piece:
    return Piece(number, outlet or f"Outlet {number}", MORNING + timedelta(hours=hours), text, credit)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(WIRE, id="whole"),
        pytest.param("PORT ELLIS, Nov 19 (Quay Wire) - " + WIRE.upper(), id="dateline added, in capitals"),
        pytest.param(CUT_TO_A_THIRD, id="first third"),
        pytest.param(" ".join(SENTENCES[::2]), id="every other sentence"),
        pytest.param(INDEPENDENT + " ".join(SENTENCES[:5]), id="embedded in a story of its own"),
    ],
)
def test_a_copy_points_to_its_origin_and_shares_a_band_with_it(copy: str) -> None:
    verdict = judge(piece(2, copy, hours=3), [piece(1, WIRE)])
    assert verdict.copy_of == 1
    assert 0.4 <= verdict.share <= 1.0
    assert verdict.becomes_copy == ()
    assert set(fingerprint(copy).bands) & set(fingerprint(WIRE).bands)


def test_independent_reports_of_one_event_are_not_copies() -> None:
    assert judge(piece(2, INDEPENDENT, hours=3), [piece(1, WIRE)]) == Judgement()


@pytest.mark.parametrize(
    ("new", "known", "verdict"),
    [
        # Published earlier, though it came later: the stored one becomes the copy.
        (piece(2, WIRE), piece(1, WIRE, hours=1), Judgement(share=1.0, becomes_copy=(1,))),
        # The same moment: the lower number was first seen.
        (piece(2, WIRE), piece(1, WIRE), Judgement(copy_of=1, share=1.0)),
        # The stored one credits the new one's outlet: a copier that was faster than the agency's own page.
        (
            piece(2, WIRE, outlet="Quay Wire", hours=2),
            piece(1, WIRE, credit="Quay Wire"),
            Judgement(share=1.0, becomes_copy=(1,)),
        ),
        (piece(2, WIRE, credit="AFP"), piece(1, WIRE, outlet="AFP News", hours=2), Judgement(copy_of=1, share=1.0)),
        # Both credit a third: time decides.
        (piece(2, WIRE, credit="AFP", hours=1), piece(1, WIRE, credit="AFP"), Judgement(copy_of=1, share=1.0)),
        # An outlet's own article under a second address
        (piece(2, WIRE, outlet="Herald", hours=1), piece(1, WIRE, outlet="Herald"), Judgement(copy_of=1, share=1.0)),
        # The article itself is among the candidates when it is read again.
        (piece(2, WIRE), piece(2, WIRE), Judgement()),
    ],
)
def test_the_origin_is_found_by_evidence(new: Piece, known: Piece, verdict: Judgement) -> None:
    assert judge(new, [known]) == verdict


def test_a_copy_points_to_one_origin_the_most_alike() -> None:
    half = " ".join(SENTENCES[: len(SENTENCES) // 2])
    known = [piece(1, half + INDEPENDENT), piece(2, WIRE, hours=1), piece(3, INDEPENDENT)]
    assert judge(piece(4, WIRE, hours=3), known[:1]).copy_of == 1
    assert judge(piece(4, WIRE, hours=3), known).copy_of == 2


def test_there_are_no_chains() -> None:
    older, newer = piece(1, WIRE), piece(3, CUT_TO_A_THIRD, hours=5)
    verdict = judge(piece(2, WIRE, hours=2), [older, newer])
    assert verdict.copy_of == 1
    assert verdict.becomes_copy == ()


def test_an_origin_that_comes_late_gathers_all_its_copies() -> None:
    verdict = judge(piece(9, WIRE), [piece(5, CUT_TO_A_THIRD, hours=1), piece(4, WIRE, hours=2), piece(3, INDEPENDENT)])
    assert verdict == Judgement(share=1.0, becomes_copy=(4, 5))


@pytest.mark.parametrize(
    ("text", "other", "is_copy"),
    [
        ("Ferry stopped in Port Ellis, officials say.", "Ferry stopped in Port Ellis, officials say!", True),
        ("Ferry stopped in Port Ellis, officials say.", "Ferry stopped in Port Ellis, officials say so.", False),
        ("Ferry stopped in Port Ellis, officials say.", "Ferry stopped in Port Ellis, officials say. " + WIRE, False),
        ("", "", False),  # nothing is not the same as nothing
    ],
)
def test_very_short_texts_must_be_equal(text: str, other: str, *, is_copy: bool) -> None:
    verdict = judge(piece(2, text, hours=1), [piece(1, other)])
    assert (verdict.copy_of == 1) is is_copy
    assert (fingerprint(text).digest == fingerprint(other).digest) is (is_copy or text == other)


def test_the_digest_does_not_see_case_diacritics_and_punctuation() -> None:
    assert fingerprint("Erdoğan’s ferry – stopped!").digest == fingerprint("ERDOGAN'S FERRY, STOPPED").digest
    assert fingerprint("Ferry stopped").digest != fingerprint("Ferry sails").digest


def test_bands_are_stored_numbers_that_never_change() -> None:
    found = fingerprint(WIRE)
    assert found.words == len(re.findall(r"\w+", WIRE))
    assert len(found.bands) == len(set(found.bands)) == 64
    assert all(-(2**63) <= band < 2**63 for band in found.bands)
    assert fingerprint(WIRE) == found
    # Bands in the database meet only bands of the same make: a change here needs a migration.
    stored = (6688680812387317994, -456449203158091956)
    assert fingerprint("one two three four five six seven eight nine ten").bands[:2] == stored


def test_unrelated_texts_share_no_band_and_short_ones_have_none() -> None:
    assert fingerprint("Only seven words are in this text.").bands == ()
    assert not set(fingerprint(WIRE).bands) & set(fingerprint(INDEPENDENT).bands)


@pytest.mark.parametrize(
    "text", ["東京で地震があり、気象庁は津波注意報を出した。" * 3, "🚢 " * 50, "\u202e\ud800 x", "a" * 200_000]
)
def test_texts_of_any_script_have_a_fingerprint(text: str) -> None:
    assert len(fingerprint(text).digest) == 64


def test_japanese_copies_are_found_without_spaces_between_words() -> None:
    text = "検査官が船体に亀裂を見つけたため、島へ向かう夜行フェリーは水曜日に運航を停止した。乗客はホテルに移された。"
    assert judge(piece(2, text[:50], hours=1), [piece(1, text)]).copy_of == 1
