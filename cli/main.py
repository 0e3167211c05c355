"""The `storytrail` command: every subcommand with its options. What each does is in the file it imports.

The imports stand inside the functions, so that `--help` does not wait for the libraries of the pipeline.

Exit codes: 0 done; 1 failed; 2 wrong usage or configuration.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from config.errors import ConfigError

DONE, FAILED, MISUSED = 0, 1, 2

app = typer.Typer(
    name="storytrail",
    help="Follows news stories: polls feeds, reads articles, groups coverage, and alerts you when something is new.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
sources_app = typer.Typer(no_args_is_help=True, help="The sources that are polled: add, list, import, export.")
app.add_typer(sources_app, name="sources")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]
TopicName = Annotated[str | None, typer.Option("--topic", help="Only what matched this topic.")]
Most = Annotated[int, typer.Option("--most", min=1, help="How many at most, the newest first.")]


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app(standalone_mode=True)
    except ConfigError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(MISUSED)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="End when everything has been read.")] = False,
    port: Annotated[int, typer.Option(help="Of the page; 0 takes any that is free.")] = 8000,
) -> None:
    """Three days of a small made-up news world, read in half a minute.

    Serves `seeds/` as real feeds and pages on this machine, follows three topics over them and prints each alert.

    Example: `storytrail demo --once`
    """
    from cli.demo import run_demo

    run_demo(once=once, port=port)


@app.command()
def up() -> None:
    """Everything in one process: poll, read, alert, and the web page. Ctrl-C ends it; nothing is lost by a kill.

    Example: `storytrail up`
    """
    from cli.roles import run_up

    run_up()


@app.command()
def poll(
    everything: Annotated[bool, typer.Option("--all", help="Poll every source, due or not.")] = False,
    as_json: Json = False,
) -> None:
    """Poll what is due, read what it brings, deliver, and end: for cron and for trying.

    Example: `storytrail poll --all`
    """
    from cli.poll import run_poll

    run_poll(everything=everything, as_json=as_json)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files (.html .txt .jsonl) or folders.", exists=True)],
    as_json: Json = False,
) -> None:
    """Read files as if they had been fetched: through the same pipeline, in order of publication; twice adds nothing.

    A line of a .jsonl file is an object with `url, title, text or html, published, outlet, authors`.

    Example: `storytrail ingest articles/ more.jsonl --json`
    """
    from cli.ingest import run_ingest

    run_ingest(paths, as_json=as_json)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="An HTML file.", exists=True, dir_okay=False)],
    url: Annotated[str, typer.Option(help="The page's address, for its links and date.")] = "",
    as_json: Json = False,
) -> None:
    """Show what would be read from a page: title, authors, date, language, text. Stores nothing.

    Example: `storytrail extract page.html --url https://example.org/news/1 --json`
    """
    from cli.extract import run_extract

    run_extract(file, url, as_json=as_json)


@app.command()
def check(as_json: Json = False) -> None:
    """Check settings, topics, sources, database and broker, and say where something is wrong.

    Example: `storytrail check`
    """
    from cli.check import run_check

    run_check(as_json=as_json)


@sources_app.command("add")
def sources_add(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="A feed, or a page that names its feed.")],
    title: Annotated[str, typer.Option(help="Shown as the outlet's name instead of the feed's own title.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639-1 code, when the feed does not say.")] = "",
    as_json: Json = False,
) -> None:
    """Add sources. A home page is enough: its feed is found.

    Example: `storytrail sources add https://example.org/`
    """
    from cli.sources import run_add

    run_add(urls, title, language, as_json=as_json)


@sources_app.command("list")
def sources_list(as_json: Json = False) -> None:
    """Show the sources, whether they are well, since when, and why not.

    Example: `storytrail sources list --json`
    """
    from cli.sources import run_list

    run_list(as_json=as_json)


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
    """Print the sources as OPML.

    Example: `storytrail sources export > feeds.opml`
    """
    from cli.sources import run_export

    run_export()


@app.command()
def articles(topic: TopicName = None, most: Most = 50, as_json: Json = False) -> None:
    """Show articles, the newest first.

    Example: `storytrail articles --topic "Ankara talks"`
    """
    from cli.look import show_articles

    show_articles(topic, most, as_json=as_json)


@app.command()
def stories(topic: TopicName = None, most: Most = 50, as_json: Json = False) -> None:
    """Show stories with their articles, facts and disagreements, the newest first.

    Example: `storytrail stories --topic "Ankara talks" --json`
    """
    from cli.look import show_stories

    show_stories(topic, most, as_json=as_json)


@app.command()
def alerts(
    topic: TopicName = None,
    most: Most = 50,
    resend: Annotated[
        int | None, typer.Option(help="Put a dead or uncertain delivery (its id) into the outbox.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show alerts, why each was raised, and what became of its deliveries, the newest first.

    Example: `storytrail alerts --json`
    """
    from cli.look import resend_delivery, show_alerts

    if resend is not None:
        resend_delivery(resend)
    else:
        show_alerts(topic, most, as_json=as_json)


@app.command()
def quarantine(
    rerun: Annotated[list[int] | None, typer.Option("--rerun", help="Send this article on its way again.")] = None,
    as_json: Json = False,
) -> None:
    """Show the articles that were set apart after too many failures, and run them again.

    Example: `storytrail quarantine --rerun 17`
    """
    from cli.look import rerun_articles, show_quarantine

    if rerun:
        rerun_articles(rerun)
    else:
        show_quarantine(as_json=as_json)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check the database's invariants: nothing lost, nothing doubled, nothing stuck. Exits 1 on a breach.

    Example: `storytrail doctor`
    """
    from cli.doctor import run_doctor

    run_doctor(as_json=as_json)


@app.command()
def worker(
    queues: Annotated[
        str, typer.Option(help="Of poll, fetch, read, deliver; with commas.")
    ] = "poll,fetch,read,deliver",
    pool: Annotated[str, typer.Option(help="threads (for fetching) or prefork (for reading).")] = "threads",
    concurrency: Annotated[int, typer.Option(min=1, help="Threads or processes.")] = 4,
) -> None:
    """Run a worker on some of the queues; needs Redis.

    Example: `storytrail worker --queues read --pool prefork --concurrency 2`
    """
    from cli.roles import run_worker

    run_worker(queues.split(","), pool, concurrency)


@app.command()
def scheduler() -> None:
    """Run the scheduler, which hints at what is due; needs Redis. A second one does no harm.

    Example: `storytrail scheduler`
    """
    from cli.roles import run_scheduler

    run_scheduler()


@app.command()
def web() -> None:
    """Serve the status page and `/healthz`.

    Example: `storytrail web`
    """
    from cli.roles import run_web

    run_web()


@app.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs.

    Example: `storytrail migrate`
    """
    from cli.roles import run_migrate

    run_migrate()


@app.command()
def healthcheck(
    queue: Annotated[list[str] | None, typer.Option(help="Is work going through this queue?")] = None,
    scheduler: Annotated[bool, typer.Option("--scheduler", help="Is the scheduler hinting?")] = False,
    web: Annotated[bool, typer.Option("--web", help="Does the page answer?")] = False,
    as_json: Json = False,
) -> None:
    """Say whether work is being done, not only whether a process is up. Exits 1 if not.

    Example: `storytrail healthcheck --queue read`
    """
    from cli.healthcheck import run_healthcheck

    run_healthcheck(queue or [], scheduler=scheduler, web=web, as_json=as_json)


if __name__ == "__main__":
    main()
