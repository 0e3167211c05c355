"""The `storytrail` command: every subcommand with its options. What each does is in the file it imports.

The imports stand inside the functions, so that `--help` does not wait for the libraries of the pipeline.

Exit codes: 0 done; 1 failed; 2 wrong usage or configuration.
"""

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.alerts import app as alerts_app
from cli.channels import channels_app
from cli.failure import FAILED, MISUSED, sentence
from cli.story import app as story_app
from cli.topics import topics_app
from config.errors import ConfigError

FOLLOW, LOOK, CHECK, ROLES = "Follow stories", "Look at what was found", "See whether all is well", "Run in production"

app = typer.Typer(
    name="storytrail",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
sources_app = typer.Typer(no_args_is_help=True)


class Queue(StrEnum):
    """What a worker can work on."""

    POLL = "poll"
    FETCH = "fetch"
    READ = "read"
    DELIVER = "deliver"


class Kind(StrEnum):
    """What can stand at a source's address."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    FOLDER = "folder"


class State(StrEnum):
    """How a source can be."""

    HEALTHY = "healthy"
    SLOW = "slow"
    FAILING = "failing"
    QUIET = "quiet"
    RETIRED = "retired"
    QUARANTINED = "quarantined"


class Pool(StrEnum):
    """How a worker does several things at once."""

    THREADS = "threads"
    PREFORK = "prefork"


Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]
TopicName = Annotated[str | None, typer.Option("--topic", help="Only what matched this topic.")]
Most = Annotated[int, typer.Option("--most", min=1, help="How many at most, the newest first.")]


def main() -> None:
    """Run the command line and leave with its exit code."""
    _write_in_any_encoding()
    try:
        app(prog_name="storytrail")
    except ConfigError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(MISUSED)
    except Exception as error:
        told = sentence(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        sys.exit(FAILED)


def _write_in_any_encoding() -> None:
    """A letter that the terminal's encoding lacks is written as an escape, and does not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"storytrail {version('storytrail')}")
        raise typer.Exit


@app.callback()
def storytrail(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Follows news stories: polls feeds, reads articles, groups coverage, and alerts you when something is new.

    `storytrail COMMAND --help` says more of each. Settings are environment variables: `.env.example` lists them.

    Example: `storytrail demo`
    """


@app.command(rich_help_panel=FOLLOW)
def demo(
    once: Annotated[bool, typer.Option("--once", help="End when everything has been read.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Of the page; 0 takes any that is free.")] = 8000,
) -> None:
    """See it work: three days of a small made-up news world, in half a minute.

    Serves `seeds/` as real feeds and pages on this machine, follows three topics over them and prints each alert.
    What it reads stays in a folder of its own, `demo` in STORYTRAIL_DATA, which each run makes anew.

    Example: `storytrail demo --once`
    """
    from cli.demo import run_demo

    run_demo(once=once, port=port)


@app.command(rich_help_panel=FOLLOW)
def up() -> None:
    """Run everything in one process: poll, read, alert, and the web page.

    Ctrl-C ends it. Nothing is lost when it is killed: it goes on where it was.

    Example: `storytrail up`
    """
    from cli.roles import run_up

    run_up()


@app.command(rich_help_panel=FOLLOW)
def poll(
    everything: Annotated[bool, typer.Option("--all", help="Poll every source, due or not.")] = False,
    as_json: Json = False,
) -> None:
    """Poll what is due, read what it brings, alert, and end.

    For cron, and for trying. What must wait for a later time is left to the next run.

    Example: `storytrail poll --all`
    """
    from cli.poll import run_poll

    run_poll(everything=everything, as_json=as_json)


@app.command(rich_help_panel=FOLLOW)
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files (.html .txt .jsonl) or folders.", exists=True)],
    as_json: Json = False,
) -> None:
    """Read articles from files instead of feeds.

    They go through the same pipeline, in order of publication. Reading a file twice adds nothing.

    A .txt file needs no title, date or address: they are looked for in its text and its name. A line of a .jsonl file
    is an object with `url`, `title`, `text` or `html`, `published`, `outlet` and `authors`; only `url` is required.

    Example: `storytrail ingest articles/ more.jsonl --json`
    """
    from cli.ingest import run_ingest

    run_ingest(paths, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def extract(
    file: Annotated[Path, typer.Argument(help="An .html or .txt file.", exists=True, dir_okay=False)],
    url: Annotated[str, typer.Option(help="The page's address, for its links and date.")] = "",
    as_json: Json = False,
) -> None:
    """Show what would be read from a page: title, authors, date, language, text.

    Nothing is stored.

    Example: `storytrail extract page.html --url https://example.org/news/1 --json`
    """
    from cli.extract import run_extract

    run_extract(file, url, as_json=as_json)


@app.command(rich_help_panel=CHECK)
def check(as_json: Json = False) -> None:
    """Check settings, topics, sources, database and broker.

    Says in which line and column something is wrong, and what is allowed there.

    Example: `storytrail check`
    """
    from cli.check import run_check

    run_check(as_json=as_json)


@sources_app.callback()
def sources() -> None:
    """The sources that are polled: add, remove, list, import, export.

    They can stand in `config/sources.yaml` as well.

    Example: `storytrail sources add https://example.org/`
    """


@sources_app.command("add")
def sources_add(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL...", help="A feed, a page that names its feed, a sitemap, or a folder.")
    ],
    title: Annotated[str, typer.Option(help="Shown as the outlet's name instead of the feed's own title.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639-1 code, when the feed does not say.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="What stands there; found out when not given.")] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Of a listing: which links are articles; with - before it, which not."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Add sources. A home page is enough: its feed is found.

    Where there is no feed, a news sitemap will do. A page that lists articles needs `--kind listing`, and is best told
    which of its links are articles: `--link "/news/*" --link "-/news/live/*"`. Of a folder, the files that are put
    there are read. What a source has published so far is read at the next poll.

    Example: `storytrail sources add https://example.org/`
    """
    from cli.sources import run_add

    run_add(urls, title, language, kind, link or (), as_json=as_json)


@sources_app.command("remove")
def sources_remove(
    sources: Annotated[list[str], typer.Argument(metavar="URL|ID...", help="As `storytrail sources list` shows them.")],
    as_json: Json = False,
) -> None:
    """Poll sources no more. What they brought stays.

    One that stands in the sources file is to be taken out there. `storytrail sources add` brings one back.

    Example: `storytrail sources remove https://example.org/feed.xml`
    """
    from cli.sources import run_remove

    run_remove(sources, as_json=as_json)


@sources_app.command("list")
def sources_list(
    state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None, as_json: Json = False
) -> None:
    """Show the sources, whether they are well, since when, and why not.

    Example: `storytrail sources list --state failing`
    """
    from cli.sources import run_list

    run_list(state, as_json=as_json)


@sources_app.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)], as_json: Json = False
) -> None:
    """Add the feeds that an OPML file lists.

    Example: `storytrail sources import feeds.opml`
    """
    from cli.sources import run_import

    run_import(file, as_json=as_json)


@sources_app.command("export")
def sources_export() -> None:
    """Print the feeds among the sources as OPML.

    Example: `storytrail sources export > feeds.opml`
    """
    from cli.sources import run_export

    run_export()


@app.command(rich_help_panel=LOOK)
def articles(topic: TopicName = None, most: Most = 50, as_json: Json = False) -> None:
    """Show articles, the newest first.

    Example: `storytrail articles --topic "Ankara talks"`
    """
    from cli.look import show_articles

    show_articles(topic, most, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def stories(topic: TopicName = None, most: Most = 50, as_json: Json = False) -> None:
    """Show stories with their articles, facts and disagreements.

    The newest come first.

    Example: `storytrail stories --topic "Ankara talks" --json`
    """
    from cli.look import show_stories

    show_stories(topic, most, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def revisions(
    article: Annotated[str, typer.Argument(metavar="ID|URL", help="Its id, as `articles` shows it, or its address.")],
    as_json: Json = False,
) -> None:
    """Show what an outlet has changed in an article since it was first read.

    Each change has its date, the sentences that are gone (-) and those that came (+).

    Example: `storytrail revisions 17`
    """
    from cli.revisions import run_revisions

    run_revisions(article, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def explain(
    article: Annotated[str, typer.Argument(metavar="ID|URL", help="Its id, as `articles` shows it, or its address.")],
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    as_json: Json = False,
) -> None:
    """Show why an article matched a topic, or why not, clause by clause.

    Of each topic: its filters, its query, the story it follows and its examples; what the receipt said when the article
    was read, and by which version of the topic; the alerts that came of it, or why none did.

    Example: `storytrail explain 17 --topic "Ankara talks"`
    """
    from cli.explain import run_explain

    run_explain(article, topic, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def search(
    words: Annotated[list[str], typer.Argument(metavar="QUERY...", help="As in a topic; or plain words.")],
    most: Most = 20,
    since: Annotated[str | None, typer.Option("--since", help="Only from this day on, such as 2025-11-19.")] = None,
    best_first: Annotated[bool, typer.Option("--best", help="Those that fit best first, not the newest.")] = False,
    as_json: Json = False,
) -> None:
    """Search all that was read, in the language of topics.

    Both databases give the same answer. Spellings, scripts and plural endings do not count, as in a topic.

    Example: `storytrail search zelensky ankara --since 2025-11-19`
    """
    from cli.search import run_search

    run_search(words, most, since, best_first=best_first, as_json=as_json)


@app.command(rich_help_panel=LOOK)
def names(
    beginning: Annotated[str | None, typer.Argument(help="How the name, or a part of it, begins.")] = None,
    most: Most = 50,
    as_json: Json = False,
) -> None:
    """Show the names that articles speak of, with their spellings, those of most articles first.

    Example: `storytrail names zelen`
    """
    from cli.search import run_names

    run_names(beginning, most, as_json=as_json)


@app.command(rich_help_panel=CHECK)
def quarantine(
    rerun: Annotated[
        list[int] | None, typer.Option("--rerun", metavar="ID", help="Send this article on its way again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the articles that failed too often, and run them again.

    Example: `storytrail quarantine --rerun 17`
    """
    from cli.look import rerun_articles, show_quarantine

    if rerun:
        rerun_articles(rerun)
    else:
        show_quarantine(as_json=as_json)


@app.command(rich_help_panel=CHECK)
def doctor(as_json: Json = False) -> None:
    """Check what must always hold: nothing lost, nothing doubled, nothing stuck.

    Counts the breaches in the database and exits 1 if there is one.

    Example: `storytrail doctor`
    """
    from cli.doctor import run_doctor

    run_doctor(as_json=as_json)


@app.command(rich_help_panel=ROLES)
def worker(
    queues: Annotated[str, typer.Option(help=f"Of {', '.join(Queue)}; with commas.")] = ",".join(Queue),
    pool: Annotated[Pool, typer.Option(help="Threads for what waits, processes for what computes.")] = Pool.THREADS,
    concurrency: Annotated[int, typer.Option(min=1, help="How many threads or processes.")] = 4,
) -> None:
    """Run a worker on some of the queues.

    It needs a broker that several processes can reach: STORYTRAIL_BROKER_URL names a Redis or Valkey.

    Example: `storytrail worker --queues read --pool prefork --concurrency 2`
    """
    from cli.roles import run_worker

    run_worker(_queues(queues), pool.value, concurrency)


def _queues(written: str) -> list[str]:
    try:
        return [Queue(name.strip()).value for name in written.split(",")]
    except ValueError:
        raise typer.BadParameter(f"must be some of {', '.join(Queue)}, with commas", param_hint="'--queues'") from None


@app.command(rich_help_panel=ROLES)
def scheduler() -> None:
    """Run the scheduler, which tells the workers what is due.

    It needs a broker that several processes can reach, as workers do. A second scheduler does no harm.

    Example: `storytrail scheduler`
    """
    from cli.roles import run_scheduler

    run_scheduler()


@app.command(rich_help_panel=ROLES)
def web() -> None:
    """Serve the status page, and `/healthz` for monitors.

    Example: `storytrail web`
    """
    from cli.roles import run_web

    run_web()


@app.command(rich_help_panel=ROLES)
def migrate() -> None:
    """Bring the database to the shape that this version needs.

    Running it again changes nothing.

    Example: `storytrail migrate`
    """
    from cli.roles import run_migrate

    run_migrate()


@app.command(rich_help_panel=ROLES)
def healthcheck(
    queue: Annotated[list[Queue] | None, typer.Option(help="Is work going through this queue?")] = None,
    scheduler: Annotated[bool, typer.Option("--scheduler", help="Is the scheduler hinting?")] = False,
    web: Annotated[bool, typer.Option("--web", help="Does the page answer?")] = False,
    as_json: Json = False,
) -> None:
    """Say whether work is being done, and not only a process up.

    Without options it asks after every queue and the scheduler. Exits 1 if something is not well.

    Example: `storytrail healthcheck --queue read`
    """
    from cli.healthcheck import run_healthcheck

    everything = not (queue or scheduler or web)
    queues = list(Queue) if everything else queue or []
    run_healthcheck(queues, scheduler=scheduler or everything, web=web, as_json=as_json)


app.add_typer(sources_app, name="sources", rich_help_panel=FOLLOW)
app.add_typer(topics_app, name="topics", rich_help_panel=FOLLOW)
app.add_typer(channels_app, name="channels", rich_help_panel=FOLLOW)
app.add_typer(alerts_app, name="alerts", rich_help_panel=LOOK)
app.add_typer(story_app, name="story", rich_help_panel=LOOK)


if __name__ == "__main__":
    main()
