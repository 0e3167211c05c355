import math
import random

import numpy as np
import pytest

from worker.stages.vector import Centre, Vector, VectorError, cosine, is_comparable, passage, vector_of

MODEL = "test-model.1"
EAST, NORTH, UP = ([float(place == axis) for place in range(3)] for axis in range(3))


def vector(*numbers: float, model: str = MODEL) -> Vector:
    return vector_of(model, numbers)


def some_vectors(count: int, dimensions: int = 384) -> list[Vector]:
    chance = random.Random(7)  # noqa: S311 -- vectors that can be repeated
    return [vector(*(chance.gauss(0, 1) for _ in range(dimensions))) for _ in range(count)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (EAST, EAST, 1.0),
        (EAST, NORTH, 0.0),
        (EAST, [-1.0, 0.0, 0.0], -1.0),
        (EAST, [1.0, 1.0, 0.0], math.sqrt(0.5)),
        ([1e-30, 0.0, 0.0], [1e30, 0.0, 0.0], 1.0),  # only the direction counts
    ],
)
def test_the_cosine_is_that_of_the_angle(one: list[float], other: list[float], expected: float) -> None:
    assert cosine(vector(*one), vector(*other)) == pytest.approx(expected, abs=1e-6)
    assert cosine(vector(*other), vector(*one)) == cosine(vector(*one), vector(*other))


def test_rounding_to_bytes_changes_a_cosine_by_less_than_a_thousandth() -> None:
    one, other = (np.random.default_rng(seed).normal(size=384) for seed in (1, 2))
    exact = float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
    assert cosine(vector_of(MODEL, one), vector_of(MODEL, other)) == pytest.approx(exact, abs=1e-3)
    assert cosine(vector_of(MODEL, one), vector_of(MODEL, one)) == pytest.approx(1.0, abs=1e-6)


def test_what_was_written_is_read_back_the_same() -> None:
    (one,) = some_vectors(1)
    assert Vector.from_text(one.to_text()) == one
    assert hash(Vector.from_text(one.to_text())) == hash(one)
    assert len(one.to_text()) == len(MODEL) + 1 + 512
    assert vector_of(MODEL, one.unit) == one  # bringing it to its own length again changes nothing
    centre = Centre.of(one, 0.5)
    assert Centre.from_text(centre.to_text()) == centre


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no colon",
        "model:",  # no numbers
        ":AAEC",  # no model
        "a model:AAEC",
        "model:AAE",  # cut short
        "model:AA EC",
        "model:ÄÖÜ",
        "model:AAAA",  # zeros point nowhere
        "m" * 65 + ":AAEC",
        "model:" + "AAEC" * 6_000,  # more dimensions than any model has
    ],
)
def test_a_text_that_is_no_vector_is_refused(text: str) -> None:
    with pytest.raises(VectorError):
        Vector.from_text(text)


@pytest.mark.parametrize("sums", ["AAEC", "AADAfw==", "AACAfw=="], ids=["three bytes", "not a number", "infinite"])
def test_a_text_that_is_no_centre_is_refused(sums: str) -> None:
    with pytest.raises(VectorError):
        Centre.from_text(f"{MODEL}:{sums}")


@pytest.mark.parametrize("numbers", [[], [0.0, 0.0], [math.nan, 1.0], [math.inf, 1.0]])
def test_numbers_without_a_direction_are_refused(numbers: list[float]) -> None:
    with pytest.raises(VectorError):
        vector(*numbers)


def test_vectors_of_two_models_are_never_compared() -> None:
    ours, theirs = vector(*EAST), vector(*EAST, model="test-model.2")
    for compare in (
        lambda: cosine(ours, theirs),
        lambda: cosine(Centre.of(ours), theirs),
        lambda: Centre.of(ours).add(theirs),
        lambda: Centre.of(ours).remove(theirs),
    ):
        with pytest.raises(VectorError, match=r"test-model.1.*test-model.2"):
            compare()
    with pytest.raises(VectorError, match="3 and 2 dimensions"):
        cosine(ours, vector(1.0, 0.0))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (vector(*EAST), vector(*NORTH), True),
        (vector(*EAST), Centre.of(vector(*NORTH)), True),
        (vector(*EAST), None, False),  # read before there were vectors
        (None, None, False),
        (vector(*EAST), vector(*EAST, model="test-model.2"), False),
        (vector(*EAST), vector(1.0, 0.0), False),
    ],
)
def test_what_can_be_compared_is_known_before(
    one: Vector | None, other: Vector | Centre | None, expected: bool
) -> None:
    assert is_comparable(one, other) is expected
    assert is_comparable(other, one) is expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Rates rise", "The bank met on Monday.", "Rates rise\nThe bank met on Monday."),
        ("Rates rise", "", "Rates rise"),
        ("", "The bank met on Monday.", "The bank met on Monday."),
        ("", "", ""),
        ("Rates rise", "word " * 1_000_000, "Rates rise\n" + ("word " * 80).strip()),
    ],
)
def test_a_passage_is_the_title_and_what_the_text_begins_with(title: str, text: str, expected: str) -> None:
    assert passage(title, text) == expected


def test_a_centre_is_the_mean_of_its_articles() -> None:
    vectors = some_vectors(20)
    centre = Centre.of(vectors[0], 2.0)
    for one in vectors[1:]:
        centre = centre.add(one)
    sums = vectors[0].unit * 2 + np.sum([one.unit for one in vectors[1:]], axis=0)
    expected = vector_of(vectors[0].model, sums)
    assert cosine(centre, expected) == pytest.approx(1.0, abs=1e-3)


def test_an_article_taken_out_leaves_the_centre_as_it_was() -> None:
    """Also through the texts that are stored, and from among a thousand articles, where one hardly counts."""
    first, *others = some_vectors(1000)
    centre = Centre.of(first)
    for one in others:
        centre = Centre.from_text(centre.add(one).to_text())
    for one in reversed(others):
        centre = centre.remove(one)
    assert cosine(centre, first) == pytest.approx(1.0, abs=1e-4)


def test_a_centre_without_articles_resembles_nothing() -> None:
    (one, other, third) = some_vectors(3)
    empty = Centre.of(one).add(other, 0.3).remove(one).remove(other, 0.3)
    assert cosine(empty, one) == 0.0
    assert cosine(empty.add(third), third) == pytest.approx(1.0, abs=1e-4)
