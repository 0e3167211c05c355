"""Articles: how they wait, are claimed, and what becomes of them. How sources bring them in is in `entries`."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, String, Update, bindparam, delete, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Claim
from storage.statements import (
    ask,
    dialect_of,
    for_each,
    insert_if_new,
    insert_of,
    insert_or_ignore,
    is_among,
    run,
    table_of,
    values_of,
)
from storage.tables import Article, ArticleState, Band, Match, Mention, Name, Revision, StageLog
from storage.types import UtcDateTime

_LOG_STAGE = insert(table_of(StageLog)).from_select(
    ["article_id", "round", "stage", "committed"],
    select(
        Article.id, Article.round, bindparam("done", type_=String), bindparam("at", type_=UtcDateTime)
    ).where(Article.id == bindparam("article")),
)  # fmt: skip
_FORGET_BANDS = delete(table_of(Band)).where(Band.article_id == bindparam("article"))
_FORGET_MENTIONS = delete(table_of(Mention)).where(Mention.article_id == bindparam("article"))
_NAME = 'INSERT INTO name ("key", shown, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
_MENTION = (
    "INSERT INTO mention (article_id, name_id, shown, count) "
    'VALUES (?, (SELECT id FROM name WHERE "key" = ?), ?, ?) ON CONFLICT DO NOTHING'
)
_COLUMNS = tuple(column.name for column in table_of(Article).columns)

WAITING = (ArticleState.FETCH, ArticleState.READ)
MOST_AT_ONCE = 2_000  # ids that are asked about; more than a feed or a tick brings
MOST_IN_A_LIST = 500  # values in one IN (…)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item that a source lists, or a file that was given: all that is known before the page is read.

    `uid` tells it from others of its source; `fallback` is what it is known by when its source changes that. `given`
    is JSON for the reading stages; storage does not look into it. `state` says where the way begins: `fetch` when
    there is a page to fetch, `read` when everything is here.
    """

    uid: str
    url: str
    url_hash: str  # of the canonical address: what makes two addresses one article
    host: str
    title: str
    published: datetime | None
    event_time: datetime
    content_digest: str
    given: dict[str, Any] = field(hash=False)
    state: ArticleState = ArticleState.FETCH
    body_digest: str | None = None
    content_type: str = ""
    fallback: str = ""
    uid_hash: str = field(init=False)
    fallback_hash: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "uid_hash", _sha256(self.uid))
        object.__setattr__(self, "fallback_hash", _sha256(self.fallback) if self.fallback else "")


def store_article(session: Session, item: Listed, now: datetime, source_id: int | None = None) -> tuple[int, bool]:
    """The article of this address, made if it is new: (id, is it new)."""
    is_new = insert_if_new(session, Article, article_row(item, now, source_id))
    return session.scalars(select(Article.id).where(Article.url_hash == item.url_hash)).one(), is_new


def article_row(item: Listed, now: datetime, source_id: int | None) -> dict[str, Any]:
    """The columns of a new article."""
    return {
        "url": item.url, "url_hash": item.url_hash, "host": item.host, "source_id": source_id, "first_seen": now,
        "state": item.state, "next_attempt_at": now, "given": item.given, "title": item.title,
        "published": item.published, "event_time": item.event_time,
        "body_digest": item.body_digest, "content_type": item.content_type,
    }  # fmt: skip


def store_given(session: Session, item: Listed, now: datetime) -> tuple[int, bool]:
    """The article of a file that was given: (id, is it new or changed). The same file again changes nothing."""
    article_id, is_new = store_article(session, item, now)
    if is_new:
        return article_id, True
    article = session.get_one(Article, article_id)
    if article.given == item.given and article.body_digest == item.body_digest:
        return article_id, False
    send_again(session, article_id, item, now)
    return article_id, True


def send_again(session: Session, article_id: int, item: Listed, now: datetime) -> None:
    """What the source says of it has changed: the article goes its way once more.

    The fence is raised, so that a worker which is busy with the former version drops its result. A page stays until it
    is fetched again, in case it is gone; with everything here, there may be none any more.
    """
    session.execute(
        update(Article)
        .where(Article.id == article_id)
        .values(
            given=item.given, state=item.state, round=Article.round + 1, fence=Article.fence + 1,
            lease_until=None, attempts=0, last_error="", next_attempt_at=now,
            **({} if item.state == ArticleState.FETCH else {"body_digest": item.body_digest}),
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that waits for its next step."""

    id: int
    state: ArticleState
    host: str


def due_articles(session: Session, now: datetime, limit: int, state: ArticleState | None = None) -> Sequence[Waiting]:
    """The free articles whose time has come (in one state, or in any they wait in), in order of event time."""
    statement = (
        select(Article.id, Article.state, Article.host)
        .where(Article.state.in_([state] if state else WAITING))
        .where(Article.next_attempt_at <= now, claims.is_free(Article, now))
        .order_by(Article.event_time, Article.id)
        .limit(limit)
    )
    return [Waiting(row.id, ArticleState(row.state), row.host) for row in session.execute(statement)]


def due_at_host(session: Session, host: str, now: datetime, limit: int) -> Sequence[int]:
    """The host's pages that are due to be fetched, in order of event time."""
    statement = (
        select(Article.id)
        .where(Article.state == ArticleState.FETCH, Article.host == host)
        .where(Article.next_attempt_at <= now, claims.is_free(Article, now))
        .order_by(Article.event_time, Article.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def waiting_among(session: Session, ids: Sequence[int]) -> Sequence[Waiting]:
    """Those of the articles that wait for a step, in order of event time."""
    statement = (
        select(Article.id, Article.state, Article.host)
        .where(Article.id.in_(ids[:MOST_AT_ONCE]), Article.state.in_(WAITING))
        .order_by(Article.event_time, Article.id)
    )
    return [Waiting(row.id, ArticleState(row.state), row.host) for row in session.execute(statement)]


def claim_article(
    session: Session, article_id: int, state: ArticleState, now: datetime, lease: timedelta
) -> tuple[Article, Claim] | None:
    """The article as it stands with the claim on it, if it is due in this state and free.

    It is in no session: what becomes of it `advance` and its like write.
    """
    asked = {**claims.when_taking(article_id, now, lease), "waits": state}
    rows = ask(session, claiming(), asked)
    if not rows:
        return None
    article = _article(dict(zip(_COLUMNS, rows[0], strict=True)))
    return article, Claim(article_id, article.fence, article.attempts)


@lru_cache
def claiming() -> Update:
    """Written down once, as each article is claimed twice."""
    is_due = (Article.state == bindparam("waits"), Article.next_attempt_at <= claims.NOW)
    return claims.taking(Article, *is_due).returning(*table_of(Article).columns)


def as_it_stands(session: Session, article: Article) -> Article:
    """The claimed article as its row is now. Of one that was never read nobody can have changed anything since."""
    if article.revision == 0:
        return article
    stands = select(table_of(Article)).where(Article.id == article.id)
    return _article(dict(session.connection().execute(stands).mappings().one()))


def with_columns(article: Article, columns: Mapping[str, Any]) -> Article:
    """The article with these columns, in no session either. The one that is given stays as it is."""
    stands = vars(article)
    return _article({name: stands[name] for name in _COLUMNS} | dict(columns))


def _article(columns: Mapping[str, Any]) -> Article:
    """An article in no session, all of whose columns are given: its constructor would note each as a change."""
    article: Article = Article.__mapper__.class_manager.new_instance()
    vars(article).update(columns)
    return article


def advance(session: Session, claim: Claim, stage: str, to: ArticleState, now: datetime, **columns: Any) -> bool:
    """The stage is done: write its result and move on. False: the claim was lost, drop the result."""
    if not claims.settle(session, Article, claim, state=to, attempts=0, last_error="", next_attempt_at=now, **columns):
        return False
    run(session, _LOG_STAGE, {"article": claim.id, "done": stage, "at": now})
    return True


def look_next(session: Session, article_id: int, when: datetime | None) -> None:
    """When the page of an article that was read is looked at again; None: never."""
    session.execute(update(Article).where(Article.id == article_id).values(next_look=when))


def postpone(session: Session, claim: Claim, reason: str, until: datetime) -> bool:
    """The stage failed in passing: try again later. The attempt counts."""
    return claims.settle(session, Article, claim, last_error=reason, next_attempt_at=until)


def release(session: Session, claim: Claim, until: datetime) -> bool:
    """Nothing was tried, it was not our turn: give the claim back as if it had not been taken."""
    return claims.settle(session, Article, claim, attempts=claim.attempt - 1, next_attempt_at=until)


def quarantine(session: Session, claim: Claim, reason: str) -> bool:
    """Give up for now, and show it. `rerun` sends it on its way again."""
    return claims.settle(session, Article, claim, state=ArticleState.QUARANTINED, last_error=reason)


def quarantine_exhausted(session: Session, now: datetime, max_attempts: int) -> int:
    waits = Article.state.in_(WAITING)
    return claims.set_apart(session, Article, now, max_attempts, waits, state=ArticleState.QUARANTINED)


def rerun(session: Session, article_id: int, now: datetime) -> bool:
    """Send a quarantined article on its way again; False if it is not quarantined."""
    article = session.get(Article, article_id)
    if article is None or article.state != ArticleState.QUARANTINED:
        return False
    is_here = article.body_digest or article.given.get("is_file")  # a file was read whole: there is no page to fetch
    article.state = ArticleState.READ if is_here else ArticleState.FETCH
    article.round += 1
    article.attempts, article.next_attempt_at = 0, now
    return True


def keep_revision(session: Session, article: Article, now: datetime) -> None:
    """Keep the version that is about to be replaced."""
    insert_or_ignore(session, Revision, [{
        "article_id": article.id, "number": article.revision, "title": article.title, "text": article.text,
        "replaced": now,
    }])  # fmt: skip


def revisions_of(session: Session, article_id: int) -> Sequence[Revision]:
    """The versions that were replaced, the first one first."""
    statement = select(Revision).where(Revision.article_id == article_id).order_by(Revision.number)
    return session.scalars(statement).all()


def find_article(session: Session, url_hashes: Sequence[str]) -> Article | None:
    """The article known by one of these hashes of its address."""
    return session.scalars(select(Article).where(Article.url_hash.in_(url_hashes))).first()


def store_bands(session: Session, article_id: int, bands: Sequence[int], *, is_first: bool = False) -> None:
    """Replace what copies of an article are found by. `is_first`: there is nothing to replace."""
    if not is_first:
        run(session, _FORGET_BANDS, {"article": article_id})
    if bands:
        run(session, _storing_bands(dialect_of(session)), {"bands": sorted(set(bands)), "article": article_id})


@dataclass(frozen=True, slots=True)
class Comparable:
    """What is compared of an article that may be the origin of another, or its copy."""

    id: int
    outlet: str
    host: str
    event_time: datetime
    text: str
    credit: str
    authors: list[str] = field(hash=False)


def copy_candidates(
    session: Session, article_id: int, bands: Sequence[int], least: float, most: int
) -> Sequence[Comparable]:
    """Origins (never copies) that share these bands, those first that share most and rarest; `least` of rarity."""
    if not bands:
        return ()
    asked = {"bands": list(bands), "own": article_id, "least": least, "most": most}
    return [Comparable(*row) for row in ask(session, _sharing(dialect_of(session)), asked)]


def become_copies(session: Session, copies: Sequence[int], origin: int, share: float) -> None:
    """These articles turn out to be copies of `origin`, and so are their own copies: there are no chains."""
    if not copies:
        return
    session.execute(update(Article).where(Article.copy_of.in_(copies)).values(copy_of=origin))
    session.execute(update(Article).where(Article.part_of.in_(copies)).values(part_of=origin))
    session.execute(
        update(Article).where(Article.id.in_(copies)).values(copy_of=origin, part_of=None, copy_share=share)
    )
    session.execute(delete(Band).where(Band.article_id.in_(copies)))  # only origins are looked up


def pass_on(session: Session, article_id: int, origin: int) -> None:
    """The article is a copy of `origin` now: so are its copies, and what holds a part of it holds one of that."""
    session.execute(update(Article).where(Article.copy_of == article_id).values(copy_of=origin))
    session.execute(update(Article).where(Article.part_of == article_id).values(part_of=origin))
    session.execute(delete(Band).where(Band.article_id == article_id))


def become_parts(session: Session, parts: Mapping[int, float], origin: int) -> None:
    """These articles turn out to hold a part of `origin`, each so much of its own text."""
    for article, share in sorted(parts.items()):
        is_more = or_(Article.part_of.is_(None), Article.copy_share < share)
        statement = update(Article).where(Article.id == article, Article.copy_of.is_(None), is_more)
        session.execute(statement.values(part_of=origin, copy_share=share))


def copies_of(session: Session, article_id: int) -> Sequence[int]:
    return session.scalars(select(Article.id).where(Article.copy_of == article_id).order_by(Article.id)).all()


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name in an article. `key` is the same for all spellings; `shown` is the article's own."""

    key: str
    shown: str
    kind: str
    count: int


def store_mentions(session: Session, article_id: int, names: Sequence[NameCount], *, is_first: bool = False) -> None:
    """Replace the names of an article. `is_first`: there are none to replace."""
    if not is_first:
        run(session, _FORGET_MENTIONS, {"article": article_id})
    by_key = {name.key: name for name in names}
    if not by_key:
        return
    known = {key for (key,) in run(session, _known_names(dialect_of(session)), {"keys": list(by_key)}).fetchall()}
    ordered = sorted(by_key.items())
    for_each(session, _NAME, [(key, name.shown, name.kind) for key, name in ordered if key not in known])
    for_each(session, _MENTION, [(article_id, key, name.shown, name.count) for key, name in ordered])


def newest(session: Session, most: int, topic: str | None = None) -> Sequence[Article]:
    """Articles by event time, the newest first; those that matched `topic`, or all."""
    statement = select(Article).order_by(Article.event_time.desc(), Article.id.desc()).limit(most)
    if topic is not None:
        statement = statement.join(Match, Match.article_id == Article.id).where(Match.topic == topic)
    return session.scalars(statement).all()


def of_story(session: Session, story_id: int) -> Sequence[Article]:
    """The articles of a story, copies too, in event order."""
    statement = select(Article).where(Article.story_id == story_id).order_by(Article.event_time, Article.id)
    return session.scalars(statement).all()


def by_ids(session: Session, ids: Sequence[int]) -> Sequence[Article]:
    """In event order."""
    statement = select(Article).where(Article.id.in_(ids)).order_by(Article.event_time, Article.id)
    return session.scalars(statement).all()


def quarantined(session: Session) -> Sequence[Article]:
    statement = select(Article).where(Article.state == ArticleState.QUARANTINED).order_by(Article.id)
    return session.scalars(statement).all()


def names_of(session: Session, article_id: int) -> Sequence[str]:
    """As the article writes them, most mentioned first."""
    statement = (
        select(Mention.shown).where(Mention.article_id == article_id).order_by(Mention.count.desc(), Mention.shown)
    )
    return session.scalars(statement).all()


@lru_cache
def _sharing(dialect: str) -> Any:
    """A number that few articles have says more than one that many have, such as of what stands under all of them."""
    is_origin = (Article.copy_of.is_(None), Article.revision > 0)  # read before, even if it is being read again now
    held_by = func.count().over(partition_by=Band.band)
    hits = (
        select(Band.article_id.label("id"), (1.0 / held_by).label("rarity"))
        .join(Article, Article.id == Band.article_id)
        .where(is_among(dialect, Band.band, "bands"), Band.article_id != bindparam("own"), *is_origin)
        .subquery()
    )
    rarity = func.sum(hits.c.rarity)
    best = (
        select(hits.c.id, rarity.label("rarity"))
        .group_by(hits.c.id)
        .having(rarity >= bindparam("least"))
        .order_by(rarity.desc(), hits.c.id)
        .limit(bindparam("most"))
        .subquery()
    )
    compared = (Article.id, Article.outlet, Article.host, Article.event_time, Article.text, Article.credit)
    return (
        select(*compared, Article.authors)
        .join(best, best.c.id == Article.id)
        .order_by(best.c.rarity.desc(), best.c.id)
    )  # fmt: skip


@lru_cache
def _storing_bands(dialect: str) -> Any:
    listed = values_of(dialect, "bands", Band.band)
    rows = select(listed.c.value, bindparam("article", type_=BigInteger)).where(true())
    return insert_of(dialect, Band).from_select(["band", "article_id"], rows).on_conflict_do_nothing()


@lru_cache
def _known_names(dialect: str) -> Select[str]:
    return select(Name.key).where(is_among(dialect, Name.key, "keys"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
