"""A watched folder as a source: its files that are new or changed are listed, with their pages."""

from datetime import datetime
from functools import partial

from storage.tables import Source
from worker.folder import Limits, folder_at, look_in
from worker.runtime import Runtime
from worker.steps.extraction import extract_confined
from worker.steps.poll.outcome import Outcome

SOON_SECONDS = 5.0  # a file is being written


def look_in_folder(run: Runtime, source: Source, now: datetime) -> Outcome:
    """Raises TransientError when the folder cannot be read."""
    found = look_in(
        folder_at(source.url), source.memory, now,
        outlet=source.title, language=source.language, extract=partial(extract_confined, run),
        limits=Limits(file_bytes=run.settings.max_body_bytes),
    )  # fmt: skip
    return Outcome(
        is_unchanged=not found.items and found.memory == source.memory and found.note == source.reason,
        listed=tuple(item.listed for item in found.items),
        bodies=tuple(item.body for item in found.items if item.body),
        note=found.note,
        ask_again=0.0 if found.more else SOON_SECONDS if found.waits else None,
        columns={} if found.memory == source.memory else {"memory": found.memory},
    )
