"""`storytrail topics propose`: example articles made into a topic that a person edits."""

from collections.abc import Sequence
from io import StringIO
from textwrap import fill
from typing import Any

import typer
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from cli.show import complain, json_lines, lines
from cli.start import start_with_database
from worker.errors import WorkerError
from worker.stages.address import is_id
from worker.stages.propose import MAX_EXAMPLES, Member, NothingToGoByError
from worker.steps.propose import Proposed, propose_topic

WIDTH = 100  # characters of a line of the query


def run_propose(named: Sequence[str], name: str | None, *, as_json: bool) -> None:
    """Print a topic made of one to five articles, as a topics file has it. Nothing is stored."""
    if len(named) > MAX_EXAMPLES:
        raise typer.BadParameter(f"at most {MAX_EXAMPLES} examples", param_hint="EXAMPLE...")
    run = start_with_database()
    try:
        proposed = propose_topic(run, named)
    except (WorkerError, NothingToGoByError) as error:
        complain(str(error))
        raise typer.Exit(1) from error
    finally:
        run.close()
    if as_json:
        json_lines([_row(proposed, name)])
    else:
        lines(_as_yaml(proposed, name))


def _row(proposed: Proposed, name: str | None) -> dict[str, Any]:
    proposal = proposed.proposal
    return {
        "name": name or proposal.name,
        "query": proposal.query,
        "like": list(proposed.labels),
        "like_at_least": proposed.limit,
        "languages": list(proposal.languages),
        "who": _members(proposal.who),
        "where": _members(proposal.where),
        "what": _members(proposal.what),
    }


def _members(members: Sequence[Member]) -> list[dict[str, Any]]:
    return [{"text": member.text, "examples": member.examples} for member in members]


def _as_yaml(proposed: Proposed, name: str | None) -> list[str]:
    """A topics file of this one topic, to be saved as it is or pasted into another."""
    row = _row(proposed, name)
    labels = [int(label) if is_id(label) else label for label in row["like"]]
    topic = {key: row[key] for key in ("name", "query", "like", "like_at_least")} | {"like": labels}
    if len(topic["query"]) > WIDTH:
        topic["query"] = LiteralScalarString(
            fill(topic["query"], WIDTH, break_on_hyphens=False, break_long_words=False)
        )
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = StringIO()
    yaml.dump({"topics": [topic]}, written)
    return written.getvalue().splitlines()
