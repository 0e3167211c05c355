"""The repository that the tests belong to: where it is and which files it holds."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
# The rooms of the house; `bench`, `seeds` and `tests` stand beside it.
ROOMS = ("cli", "config", "scheduler", "storage", "web", "worker")


def files() -> Sequence[Path]:
    """Every file that is in git or would be, were all added now."""
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard", "-z").stdout.split(b"\0")
    paths = (ROOT / name.decode() for name in listed if name)
    return [path for path in paths if path.is_file()]  # one removed but not committed is still listed


def is_ignored(name: str) -> bool:
    """Does git leave this file alone?"""
    return _git("check-ignore", "--quiet", name).returncode == 0


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([shutil.which("git") or "git", *words], cwd=ROOT, capture_output=True)
