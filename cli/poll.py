"""`storytrail poll`: one round of everything that is due, in this process."""

from collections.abc import Mapping

from cli.show import counted, json_lines, progress, say
from cli.start import start_with_database
from scheduler.drain import drain
from scheduler.sources_file import align
from storage import polls
from storage.counts import Counts, count_all
from worker.runtime import Runtime

DOING = {"poll": "polling", "fetch": "fetching", "read": "reading", "deliver": "delivering", "subscribe": "asking hubs"}


def run_poll(*, everything: bool, as_json: bool) -> None:
    run = start_with_database()
    align(run)
    if everything:
        run.database.write(lambda session: polls.make_all_due(session, run.now()))
    before = run.database.read(count_all)
    _drain_with_progress(run)
    after = run.database.read(count_all)
    summary = _difference(before, after)
    if as_json:
        json_lines([summary])
    else:
        _print(summary)
    run.close()


def _drain_with_progress(run: Runtime) -> None:
    with progress() as steps:
        drain(run, lambda step, done, due: steps.at(DOING[step], done, due))


def _print(summary: Mapping[str, int]) -> None:
    if not summary["sources"]:
        say("no sources yet: storytrail sources add https://example.org/")
        return
    waiting = summary["waiting"]
    say(
        f"{counted(summary['sources'], 'source')}: {counted(summary['articles'], 'new article')}, "
        f"{counted(summary['stories'], 'new story', 'new stories')}, {counted(summary['alerts'], 'alert')}"
        + (f"; {counted(waiting, 'article')} must wait for a later time" if waiting else "")
    )


def _difference(before: Counts, after: Counts) -> dict[str, int]:
    return {
        "sources": sum(after.sources.values()),
        "articles": sum(after.articles.values()) - sum(before.articles.values()),
        "stories": after.stories - before.stories,
        "alerts": after.alerts - before.alerts,
        "waiting": after.articles.get("fetch", 0) + after.articles.get("read", 0),
    }
