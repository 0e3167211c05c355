"""MiniLM at work: texts in, vectors out.

A text is read as far as the model reads: 128 tokens, about a title and a paragraph. The model was made for English.
Other scripts it takes letter by letter or not at all, and finds all texts in such a language alike.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import ExecutionMode, InferenceSession, SessionOptions
from tokenizers import Tokenizer

from worker.semantic.shape import MAX_TOKENS, TOKENS, VECTOR
from worker.stages.text.stopwords import primary
from worker.stages.vector import Numbers, Vector, vector_of

LANGUAGE = "en"
MAX_CHARACTERS = 2_000  # read before the text is cut to tokens, which are four characters or so
_ERRORS_ONLY = 3


class MiniLm:
    """An `Embedder`, for any number of threads. With one thread of its own, children may be forked from it as well."""

    def __init__(self, name: str, graph: Path | bytes, tokenizer: Path, *, threads: int = 1) -> None:
        self.name = name
        # By its path where it has one: of bytes, the session would keep a copy that it never needs.
        self._session = InferenceSession(graph, _options(threads), providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def reads(self, language: str) -> bool:
        """English only, with any region: "en-GB"."""
        return primary(language) == LANGUAGE

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, whatever it holds; the empty text has one as well."""
        return [vector_of(self.name, self.numbers(text)) for text in texts]

    def numbers(self, text: str) -> Numbers:
        """The model's own answer, of unit length, before it is rounded to a `Vector`."""
        return np.asarray(self._session.run([VECTOR], {TOKENS: np.array(self.tokens(text), np.int64)})[0])

    def tokens(self, text: str) -> Sequence[int]:
        """What the model reads of a text: the numbers of its words and parts of words, between two marks."""
        return self._tokenizer.encode(_writable(text[:MAX_CHARACTERS])).ids


def _writable(text: str) -> str:
    """Without lone surrogates, which have no place in UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _options(threads: int) -> SessionOptions:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = _ERRORS_ONLY
    # Threads that wait by spinning would take the processor from the other workers.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Without the arena, memory is given back after the longest text.
    options.enable_cpu_mem_arena = False
    return options
