"""`storytrail poll`: one round of everything that is due, in this process."""

from cli.show import json_lines, out, progress
from cli.start import start_with_database
from scheduler.drain import drain
from scheduler.sources_file import align
from storage import sources
from storage.counts import Counts, count_all
from worker.runtime import Runtime


def run_poll(*, everything: bool, as_json: bool) -> None:
    run = start_with_database()
    align(run)
    if everything:
        run.database.write(lambda session: sources.make_all_due(session, run.now()))
    before = run.database.read(count_all)
    _drain_with_progress(run)
    after = run.database.read(count_all)
    summary = _difference(before, after)
    if as_json:
        json_lines([summary])
    else:
        out.print(
            f"{summary['sources']} sources: {summary['articles']} new articles in {summary['stories']} new stories, "
            f"{summary['alerts']} alerts, {summary['waiting']} articles wait for a later time"
        )
    run.close()


def _drain_with_progress(run: Runtime) -> None:
    with progress("reading", 0) as steps:

        def show(step: str, count: int) -> None:
            if step == "fetch":
                steps.grow(count)
            elif step == "read":
                steps.advance(count)

        drain(run, show)


def _difference(before: Counts, after: Counts) -> dict[str, int]:
    return {
        "sources": sum(after.sources.values()),
        "articles": sum(after.articles.values()) - sum(before.articles.values()),
        "stories": after.stories - before.stories,
        "alerts": after.alerts - before.alerts,
        "waiting": after.articles.get("fetch", 0) + after.articles.get("read", 0),
    }
