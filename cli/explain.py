"""`storytrail explain`: why an article matched a topic or not, topic by topic, and what came of it."""

from collections.abc import Sequence
from typing import Any

import typer
from sqlalchemy.orm import Session

from cli.failure import MISUSED
from cli.rows import Row
from cli.show import complain, counted, json_lines, moment, receipt_lines, say
from cli.start import start_with_database
from config.messages import unknown
from storage.tables import Article, Mark
from worker.runtime import Runtime
from worker.stages.match import Match
from worker.stages.query.explain import Explanation
from worker.stages.query.explain import lines as query_lines
from worker.steps.explain import Account, RaisedAlert, explain_article, near_addresses, why_not_yet
from worker.steps.named import find_named
from worker.topics import TopicsInForce

FEW_TOPICS = 20  # are all told in words; of more, those that have something to do with the article

_BY = {"query": "by its words", "follow": "by following its story", "like": "by its examples"}


def run_explain(named: str, topic: str | None, *, as_json: bool) -> None:
    """Give account of an article, named by its id or its address: of each topic, or of one."""
    run = start_with_database()
    topics = run.topics.current()
    article = _article(run, named)
    accounts = run.database.read(lambda session: explain_article(session, article, topics, topic))
    run.close()
    if topic is not None and not accounts:
        complain(unknown("topic", topic, topics.by_name) if topics.by_name else "there are no topics")
        raise typer.Exit(MISUSED)
    if as_json:
        json_lines(account_row(article, account) for account in accounts)
    else:
        _print(article, accounts, topics, is_one=topic is not None)


def _article(run: Runtime, named: str) -> Article:
    """The article that is meant, or the end of the command."""

    def look(session: Session) -> tuple[Article | None, Sequence[str]]:
        article = find_named(session, named)
        return article, () if article else near_addresses(session, named)

    article, near = run.database.read(look)
    if article is None:
        complain(f"there is no article {named}: storytrail articles shows them with their ids")
        for url in near:
            complain(f"did you mean {url}")
    elif why := why_not_yet(article):
        complain(f"article {article.id} cannot be explained: {why}")
    else:
        return article
    run.close()
    raise typer.Exit(1)


# --- For machines ---


def account_row(article: Article, account: Account) -> Row:
    """`by` and `reason` are as things stand now, `stored` as they were when the article was read."""
    is_match = isinstance(account.verdict, Match)
    return {
        "article": article.id,
        "url": article.url,
        "topic": account.topic,
        "version": account.version,
        "matches": is_match,
        "by": account.verdict.by if isinstance(account.verdict, Match) else None,
        "reason": account.verdict.reason,
        "filters": [{"what": f.what, "lets_in": f.lets_in, "why": f.why} for f in account.filters],
        "query": _clause(account.query) if account.query else None,
        "following": account.following,
        "examples": account.examples,
        "stored": _stored(account),
        "changed": account.changed,
        "alerts": [_alert(raised) for raised in account.alerts],
        "no_alert": account.silent,
        "origin": account.origin,
        "mark": _mark(account.mark) if account.mark else None,
    }


def _clause(explanation: Explanation) -> Row:
    return {
        "clause": explanation.text,
        "holds": explanation.holds,
        "decisive": explanation.decisive,
        "why": explanation.why,
        "hits": [
            {"term": hit.term, "field": hit.field, "start": hit.start, "end": hit.end, "found": hit.found, "by": hit.by}
            for hit in explanation.hits
        ],
        "parts": [_clause(part) for part in explanation.parts],
    }


def _stored(account: Account) -> dict[str, Any] | None:
    match = account.stored
    if match is None:
        return None
    return {"version": match.version, "by": match.by, "created": match.created, "receipt": match.receipt}


def _alert(raised: RaisedAlert) -> Row:
    return {
        "id": raised.alert.id,
        "reason": raised.alert.reason,
        "created": raised.alert.created,
        "deliveries": [{"channel": d.channel, "status": d.status} for d in raised.deliveries],
    }


def _mark(mark: Mark) -> Row:
    return {"is_right": mark.is_right, "note": mark.note, "created": mark.created, "version": mark.version}


# --- For people ---


def _print(article: Article, accounts: Sequence[Account], topics: TopicsInForce, *, is_one: bool) -> None:
    say(f"{article.id}  {article.outlet or article.host}: {article.title}", style="bold")
    say(article.url, indent=4)
    if not topics.by_name:
        say("there are no topics", indent=4)
    told = accounts
    if not is_one and len(topics.by_name) > FEW_TOPICS:
        told = [account for account in accounts if account.is_of_interest]
    for account in told:
        _print_account(account)
    if left := len(topics.by_name) - len(told) if not is_one else 0:
        say("")
        say(f"{counted(left, 'other topic')} it has nothing to do with: --topic NAME says why")


def _print_account(account: Account) -> None:
    say("")
    say(f"{account.topic}: {_verdict(account)}", style="bold")
    for told in account.filters:
        say(f"{'+' if told.lets_in else '-'} {told.why}", indent=4)
    for line in query_lines(account.query) if account.query else ():
        say(line, indent=4)
    for what, told_in_words in (("following", account.following), ("examples", account.examples)):
        if told_in_words:
            say(f"{what}: {told_in_words}", indent=4)
    _print_stored(account)
    _print_outcome(account)


def _verdict(account: Account) -> str:
    if isinstance(account.verdict, Match):
        return f"matches {_BY[account.verdict.by]}"
    return f"does not match: {account.verdict.reason}"


def _print_stored(account: Account) -> None:
    if account.origin:
        say(account.origin, indent=4)
    if account.changed:
        say(account.changed, indent=4)
    if account.stored:
        first, *more = receipt_lines(account.stored.receipt)
        say(f"receipt of {moment(account.stored.created)}: {first}", indent=4)
        for line in more:
            say(line, indent=6)


def _print_outcome(account: Account) -> None:
    for raised in account.alerts:
        sent = ", ".join(f"{delivery.channel}: {delivery.status}" for delivery in raised.deliveries)
        say(f"alert {raised.alert.id} ({raised.alert.reason}), {sent}", indent=4)
    if account.silent:
        say(f"no alert: {account.silent}", indent=4)
    if account.mark:
        note = f": {account.mark.note}" if account.mark.note else ""
        say(f"marked {'right' if account.mark.is_right else 'wrong'} on {moment(account.mark.created)}{note}", indent=4)
