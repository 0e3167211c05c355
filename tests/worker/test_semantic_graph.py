"""The graph of MiniLM against a second way to compute the same: its layers in numpy, written from the papers alone."""

import math
from collections.abc import Callable, Sequence
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from worker.semantic.errors import SemanticError
from worker.semantic.graph import build, rounded
from worker.semantic.minilm import MiniLm
from worker.semantic.weights import PACKAGE, ModelFiles, Tensors, model_files, read_tensors
from worker.stages.vector import cosine

Floats = NDArray[np.float64]

TEXTS = [
    "The Fed raises rates",
    "US central bank hikes 25 bp",
    "A man is eating food.",
    "A man eats a piece of bread.",
    "Floods in northern Kenya leave dozens dead",
    "Heavy rains kill at least 40 people in Kenya",
    "Zelenskiy arrives in Ankara to revive peace talks",
    "Ukraine's president in Turkey for talks on ending the war",
    "Apple unveils a cheaper laptop with its own chip",
    "Зеленський прибув до Анкари",  # letter by letter, for this model
    "",
]


@pytest.fixture(scope="module")
def files() -> ModelFiles:
    return model_files(distribution(PACKAGE))


@pytest.fixture(scope="module")
def tensors(files: ModelFiles) -> Tensors:
    return read_tensors(files.weights)


@pytest.fixture(scope="module")
def in_floats(files: ModelFiles, tensors: Tensors) -> MiniLm:
    return MiniLm("in-floats", build(tensors, in_floats=True), files.tokenizer)


@pytest.fixture(scope="module")
def in_whole_numbers(files: ModelFiles, tensors: Tensors) -> MiniLm:
    return MiniLm("in-floats", build(tensors), files.tokenizer)  # the same name: they are compared here


def test_in_floats_the_graph_gives_what_the_layers_give(files: ModelFiles, tensors: Tensors, in_floats: MiniLm) -> None:
    for text in (TEXTS[1], TEXTS[-2], TEXTS[-1]):
        expected = forward(tensors, in_floats.tokens(text))
        assert np.abs(in_floats.numbers(text) - expected).max() < 1e-5, text


def test_in_whole_numbers_a_vector_stays_close(in_floats: MiniLm, in_whole_numbers: MiniLm) -> None:
    pairs = zip(in_floats.embed(TEXTS), in_whole_numbers.embed(TEXTS), strict=True)
    likeness = [cosine(exact, close) for exact, close in pairs]
    assert min(likeness) > 0.97
    assert float(np.median(likeness)) > 0.99


def test_texts_of_one_meaning_are_nearer_than_others(in_whole_numbers: MiniLm) -> None:
    vectors = in_whole_numbers.embed(TEXTS)
    for one in range(0, 8, 2):
        others = [cosine(vectors[one], vectors[other]) for other in range(9) if other not in (one, one + 1)]
        assert cosine(vectors[one], vectors[one + 1]) > max(others) + 0.2, TEXTS[one]


@pytest.mark.parametrize("axis", [0, 1])
def test_rounded_weights_are_off_by_half_a_step_at_most(axis: int) -> None:
    weight = np.random.default_rng(3).normal(size=(40, 30)).astype(np.float32)
    weight[:, 4] = weight[5, :] = 0  # as of a word that was never trained
    codes, scales = rounded(weight, 63, axis=axis)
    assert np.abs(codes).max() == 63
    assert (np.abs(codes * scales - weight) <= scales * 0.501).all()


def _cut_short(content: bytes) -> bytes:
    return content[:200]


def _with_endless_header(content: bytes) -> bytes:
    return b"\xff" * 8 + content[8:]


def _with_broken_header(content: bytes) -> bytes:
    return content[:8] + b"}" + content[9:]


def _empty(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut_short, _with_endless_header, _with_broken_header, _empty])
def test_damaged_weights_are_an_error_that_names_the_file(
    damage: Callable[[bytes], bytes], files: ModelFiles, tmp_path: Path
) -> None:
    with files.weights.open("rb") as file:
        start = file.read(100_000)
    (tmp_path / "damaged").write_bytes(damage(start))
    with pytest.raises(SemanticError, match="damaged is not a safetensors file"):
        read_tensors(tmp_path / "damaged")


# --- The layers in numpy, in doubles ---


def forward(tensors: Tensors, tokens: Sequence[int]) -> Floats:
    """Token numbers to a unit vector."""
    words, places, kinds = (
        tensors[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
    )
    hidden = words[list(tokens)].astype(float) + places[: len(tokens)] + kinds[0]
    hidden = _layer_norm(tensors, "embeddings.LayerNorm", hidden)
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        attended = _dense(tensors, f"{name}.attention.output.dense", _attention(tensors, name, hidden))
        hidden = _layer_norm(tensors, f"{name}.attention.output.LayerNorm", hidden + attended)
        wide = _gelu(_dense(tensors, f"{name}.intermediate.dense", hidden))
        hidden = _layer_norm(
            tensors, f"{name}.output.LayerNorm", hidden + _dense(tensors, f"{name}.output.dense", wide)
        )
    mean = hidden.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def _dense(tensors: Tensors, name: str, hidden: Floats) -> Floats:
    return np.asarray(hidden @ tensors[name + ".weight"].T + tensors[name + ".bias"])


def _layer_norm(tensors: Tensors, name: str, hidden: Floats) -> Floats:
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return np.asarray(centred / spread * tensors[name + ".weight"] + tensors[name + ".bias"])


def _gelu(hidden: Floats) -> Floats:
    return np.asarray(hidden * 0.5 * (1 + np.vectorize(math.erf)(hidden / math.sqrt(2))))


def _attention(tensors: Tensors, name: str, hidden: Floats) -> Floats:
    query, key, value = (_dense(tensors, f"{name}.attention.self.{part}", hidden) for part in ("query", "key", "value"))
    heads = []
    for head in range(12):
        of_head = slice(head * 32, head * 32 + 32)
        scores = query[:, of_head] @ key[:, of_head].T / math.sqrt(32)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        heads.append(shares / shares.sum(axis=-1, keepdims=True) @ value[:, of_head])
    return np.concatenate(heads, axis=-1)
