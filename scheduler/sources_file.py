"""Keeping the sources in the database those of the sources file, which may change while we run."""

from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from config.errors import ConfigError
from config.sources import Source, SourcesFile, load_sources
from storage.sources import NewSource, align_with_file, wake_replaced
from worker.folder import folder_address
from worker.runtime import Runtime
from worker.stages.address import address_hash

log = structlog.get_logger()


def align(run: Runtime) -> None:
    """Make the database's sources those of the file; an error in the file is raised."""
    file = load_sources(run.settings.sources, required=run.settings.sources_required)
    _align(run, file)


class SourcesWatch:
    """Aligns again when the file has changed; with an error in the file, the sources stay as they are."""

    def __init__(self) -> None:
        self._stamp: tuple[int, int] | str | None = "not looked at yet"  # the file may have gone while we were down

    def look(self, run: Runtime) -> None:
        stamp = _stamp(run.settings.sources)
        if stamp == self._stamp:
            return
        try:
            align(run)
        except ConfigError as error:
            log.error("sources file refused, the sources stay as they are", error=str(error))  # noqa: TRY400 -- the place says it all
        self._stamp = stamp  # not sooner: with the database away, the next look tries again


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when the file does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _align(run: Runtime, file: SourcesFile) -> None:
    listed = [_as_new(source) for source in file.sources]

    def work(session: Session) -> None:
        align_with_file(session, listed, run.now())
        wake_replaced(session, address_hash, run.now())

    run.database.write(work)


def _as_new(source: Source) -> NewSource:
    url = folder_address(Path(source.folder)) if source.folder else source.url or ""
    return NewSource(
        url, address_hash(url), source.title or "", source.language or "", source.interval, source.kind, source.links
    )
