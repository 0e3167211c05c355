"""The one way to sentence vectors: an embedder where the extra `semantic` is installed, nothing where it is not."""

from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import structlog

from worker.semantic.cache import cached
from worker.semantic.errors import SemanticError
from worker.semantic.shape import VERSION
from worker.semantic.weights import PACKAGE, ModelFiles, model_files, read_tensors
from worker.stages.vector import Embedder

log = structlog.get_logger()

MODEL = "all-minilm-l6-v2"
MODULES = ("onnx", "onnxruntime", "tokenizers")
HOW = "`make semantic` installs it"


def load_embedder(cache_folder: Path, *, required: bool = False, threads: int = 1) -> Embedder | None:
    """MiniLM, ready to run on so many threads; None, with a line in the log, where the extra is not installed.

    The first call on a machine takes a second and leaves 22 MB in `cache_folder`. Raises SemanticError where the extra
    is installed but broken, and with `required` also where it is not installed.
    """
    missing = missing_packages()
    if not missing:
        return _load(cache_folder, threads)
    reason = f"{' and '.join(missing)} not installed"
    if required:
        raise SemanticError(f"no sentence vectors: {reason}; {HOW}")
    log.info("no sentence vectors", reason=reason)
    return None


def missing_packages() -> tuple[str, ...]:
    """What of the extra is not installed, by the names of the packages. Imports none of them."""
    missing = [name for name in MODULES if not _is_found(name)]
    try:
        distribution(PACKAGE)
    except PackageNotFoundError:
        missing.append(PACKAGE)
    return tuple(missing)


def _is_found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ImportError:  # from a finder that hides it
        return False


def _load(cache_folder: Path, threads: int) -> Embedder:
    try:
        from worker.semantic.minilm import MiniLm  # here, because the extra may be missing

        files = model_files(distribution(PACKAGE))
        name = f"{MODEL}.{files.digest[:8]}.{VERSION}"
        graph = cached(cache_folder, name, lambda: _build(files))
        return MiniLm(name, graph, files.tokenizer, threads=threads)
    except SemanticError:
        raise
    except Exception as error:  # what broken packages raise has no common root
        raise SemanticError(
            f"no sentence vectors, though the extra is installed: {error!r}; install it again"
        ) from error


def _build(files: ModelFiles) -> bytes:
    from worker.semantic.graph import build  # here, because onnx is slow to import and rarely needed

    log.info("making the model for sentence vectors, once on this machine")
    try:
        return build(read_tensors(files.weights))
    except (KeyError, ValueError, IndexError) as error:
        raise SemanticError(f"{files.weights} does not hold all-MiniLM-L6-v2: {error!r}") from error
