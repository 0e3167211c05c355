"""The tables: what Storytrail knows, one class for each thing stored.

Only the shape is here; what is done with it is in the file of the same name beside (`sources.py`, `articles.py`, …).

Three kinds of rows are worked on by several processes at once and share the columns of `Claimable`: sources (to be
polled), articles (to be fetched, then read) and deliveries (to be sent). See `claims.py` for the rules.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import Digest, Id, Json, UtcDateTime


class Base(DeclarativeBase):
    """All tables. Columns of type `datetime` are instants (see `UtcDateTime`); `dict` and `list` are JSON."""

    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it from the class, it is never changed
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[str]: Json,
        list[dict[str, Any]]: Json,
    }


class Claimable:
    """Columns of a row that one worker at a time may work on.

    `fence` grows with each claim: a result is written only by the claim that still holds it. `lease_until` is when a
    claim lapses. `attempts` counts claims since the last success, and is raised before the work, so that work that
    kills its process is counted too.
    """

    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


def _index_of_leases(table: str) -> Index:
    """Of the few rows that are held at the moment: every tick asks which of them have lapsed."""
    is_held = text("lease_until IS NOT NULL")
    return Index(f"ix_{table}_lease_until", "lease_until", sqlite_where=is_held, postgresql_where=is_held)


def _index_of_unsearchable() -> Index:
    """Of the few articles that were read since they were last made searchable."""
    has_more = text("indexed_revision <> revision")
    return Index("ix_article_unindexed", "id", sqlite_where=has_more, postgresql_where=has_more)


def _index_of_undescribed() -> Index:
    """Of the few stories that have changed since their title and summary were chosen."""
    has_changed = text("described <> articles")
    return Index("ix_story_undescribed", "id", sqlite_where=has_changed, postgresql_where=has_changed)


class SourceState(StrEnum):
    HEALTHY = "healthy"
    SLOW = "slow"
    FAILING = "failing"
    QUIET = "quiet"
    RETIRED = "retired"
    QUARANTINED = "quarantined"


class SourceKind(StrEnum):
    """What stands at a source's address."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    FOLDER = "folder"


class SubscriptionState(StrEnum):
    """`asked`: the hub has yet to verify that it was us. `refused`: it does not want us; we ask again some day."""

    WANTED = "wanted"
    ASKED = "asked"
    ACTIVE = "active"
    REFUSED = "refused"


class ArticleState(StrEnum):
    """Where an article is on its way. It waits in `fetch` or `read`; `done` and `quarantined` are ends."""

    FETCH = "fetch"
    READ = "read"
    DONE = "done"
    QUARANTINED = "quarantined"


class DeliveryStatus(StrEnum):
    """`muted`: a reader wanted it not to be sent. `uncertain`: it may have been sent, and the channel's policy is not
    to repeat. `dead`: given up, and shown.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    MUTED = "muted"
    UNCERTAIN = "uncertain"
    DEAD = "dead"


class Source(Claimable, Base):
    """Where entries come from."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    url_hash: Mapped[str] = mapped_column(Digest, unique=True)
    kind: Mapped[str] = mapped_column(String(16), default=SourceKind.FEED)
    links: Mapped[list[str]] = mapped_column(default=list)  # patterns of the links that are taken from a listing page
    title: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(16), default="")
    origin: Mapped[str] = mapped_column(String(16))  # "file": from the sources file; "command": added by hand
    listed_hash: Mapped[str] = mapped_column(Digest, default="")  # of the address it was given under, before any move
    created: Mapped[datetime]

    state: Mapped[str] = mapped_column(String(16), default=SourceState.HEALTHY)
    since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")

    next_poll: Mapped[datetime] = mapped_column(index=True)
    interval_seconds: Mapped[int | None] = mapped_column(default=None)
    failures: Mapped[int] = mapped_column(default=0)
    last_ok: Mapped[datetime | None] = mapped_column(default=None)

    etag: Mapped[str] = mapped_column(Text, default="")
    last_modified: Mapped[str] = mapped_column(Text, default="")
    body_digest: Mapped[str] = mapped_column(Digest, default="")
    moved_to: Mapped[str] = mapped_column(Text, default="")
    moved_times: Mapped[int] = mapped_column(default=0)
    habits: Mapped[dict[str, Any]] = mapped_column(default=dict)  # when it publishes, and when it wants to be asked
    memory: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what it had at the last look, where parts are asked


class Subscription(Claimable, Base):
    """A source whose changes a hub pushes to us (WebSub). The hub knows us by `token`, we know it by `secret`."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), unique=True)
    hub: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)  # the address under which the hub knows the feed
    token: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    next_attempt_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None] = mapped_column(default=None)  # when the hub will forget us
    last_push: Mapped[datetime | None] = mapped_column(default=None)


class Push(Base):
    """What a hub has sent for a source, until a poll takes it in place of asking."""

    __tablename__ = "push"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    # None: it was only the word that there is something new
    body_digest: Mapped[str | None] = mapped_column(ForeignKey("body.digest"), index=True)
    content_type: Mapped[str] = mapped_column(Text)
    next_attempt_at: Mapped[datetime]


class Entry(Base):
    """One item that a source lists, as it was listed last."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("source_id", "uid_hash"),
        Index("ix_entry_source_id_fallback_hash", "source_id", "fallback_hash"),
        Index("ix_entry_source_id_published", "source_id", "published"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    uid_hash: Mapped[str] = mapped_column(Digest)
    fallback_hash: Mapped[str] = mapped_column(Digest, default="")  # by which it is known again when its guid changes
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    published: Mapped[datetime | None]
    content_digest: Mapped[str] = mapped_column(Digest)
    first_seen: Mapped[datetime]


class Body(Base):
    """A fetched page, compressed by zlib, stored once whatever the number of addresses that served it."""

    __tablename__ = "body"

    digest: Mapped[str] = mapped_column(Digest, primary_key=True)  # sha256 of the uncompressed bytes
    content: Mapped[bytes] = mapped_column(LargeBinary)
    stored: Mapped[datetime]


class Article(Claimable, Base):
    """A page that was read, or is on its way to be."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_state_next_attempt_at", "state", "next_attempt_at"),
        _index_of_leases("article"),
        _index_of_unsearchable(),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    url_hash: Mapped[str] = mapped_column(Digest, unique=True)  # sha256 of the canonical address
    host: Mapped[str] = mapped_column(Text)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="SET NULL"))
    first_seen: Mapped[datetime]

    state: Mapped[str] = mapped_column(String(16))
    round: Mapped[int] = mapped_column(default=1)  # how many times it has been sent on its way; grows with each change
    next_attempt_at: Mapped[datetime]
    set_aside: Mapped[str] = mapped_column(String(32), default="")  # why a done article is in no story: "too-short", …

    # What the source said before the page was read
    given: Mapped[dict[str, Any]]
    body_digest: Mapped[str | None] = mapped_column(ForeignKey("body.digest"), index=True)
    content_type: Mapped[str] = mapped_column(Text, default="")
    page_error: Mapped[str] = mapped_column(Text, default="")  # why it had to be read without its page
    cut: Mapped[str] = mapped_column(Text, default="")  # what was left out of the page, and why
    etag: Mapped[str] = mapped_column(Text, default="")
    last_modified: Mapped[str] = mapped_column(Text, default="")
    next_look: Mapped[datetime | None] = mapped_column(index=True)  # when the page is looked at again for changes
    looks: Mapped[int] = mapped_column(default=0)

    # What reading found
    revision: Mapped[int] = mapped_column(default=0)  # 0: not read yet
    title: Mapped[str] = mapped_column(Text, default="")
    authors: Mapped[list[str]] = mapped_column(default=list)
    outlet: Mapped[str] = mapped_column(Text, default="")
    published: Mapped[datetime | None]
    event_time: Mapped[datetime] = mapped_column(index=True)  # published, clamped; else first seen
    language: Mapped[str] = mapped_column(String(16), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    text_digest: Mapped[str] = mapped_column(Digest, default="", index=True)
    method: Mapped[str] = mapped_column(String(32), default="")
    dateline: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[list[str]] = mapped_column(default=list)
    subjects: Mapped[list[str]] = mapped_column(default=list)  # IPTC Media Topics
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what its story holds of it, to be taken out again
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    part_of: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)  # whose text stands in its own
    copy_share: Mapped[float | None]  # of its text, as a copy or in part
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    read_at: Mapped[datetime | None]
    indexed_revision: Mapped[int] = mapped_column(default=0)  # which search finds; -1: by terms of an older version


class Revision(Base):
    """A version of an article that a later one has replaced. The current version stands in the article itself."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    replaced: Mapped[datetime]


class StageLog(Base):
    """One row for each stage that was committed for an article: the proof that none ran twice."""

    __tablename__ = "stage_log"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), primary_key=True)
    committed: Mapped[datetime]


class Band(Base):
    """A number of the sample of an article's shingles: articles that share some may be copies."""

    __tablename__ = "band"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True)


class Name(Base):
    """A person, place or organisation, one row whatever its spellings."""

    __tablename__ = "name"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    shown: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))


class Mention(Base):
    """A name in an article, and how often."""

    __tablename__ = "mention"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    name_id: Mapped[int] = mapped_column(ForeignKey("name.id"), primary_key=True, index=True)
    shown: Mapped[str] = mapped_column(Text)
    count: Mapped[int]


class Term(Base):
    """In how many read articles a word or name stands: what makes it rare or common."""

    __tablename__ = "term"

    term: Mapped[str] = mapped_column(String(200), primary_key=True)
    articles: Mapped[int]


class Story(Base):
    """Coverage of one event by any number of outlets."""

    __tablename__ = "story"
    __table_args__ = (_index_of_undescribed(),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[list[str]] = mapped_column(default=list)
    first: Mapped[datetime]
    last: Mapped[datetime] = mapped_column(index=True)
    articles: Mapped[int]  # independent ones, whose words make up its centre
    created: Mapped[datetime]
    centre: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what an article is compared with
    described: Mapped[int] = mapped_column(default=0)  # how many articles title and summary were last chosen from
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)  # where its id leads now


class StoryKey(Base):
    """A word or name under which a story is found by an article that has it too."""

    __tablename__ = "story_key"
    __table_args__ = (Index("ix_story_key_term_last", "term", "last"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(String(200), primary_key=True)
    first: Mapped[datetime]
    last: Mapped[datetime]


class ChangeKind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"


class StoryChange(Base):
    """Two stories made one, or one made two, so that it can be undone."""

    __tablename__ = "story_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))  # "rule" or "person"
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)  # the one kept, or split
    other_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)  # the one merged away, or made
    articles: Mapped[list[int]] = mapped_column(Json)  # that moved
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone: Mapped[datetime | None]


class Fact(Base):
    """One statement in a story, by the article that made it."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("article_id", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    slot: Mapped[str | None] = mapped_column(String(200))
    value: Mapped[float | None]
    qualifier: Mapped[str] = mapped_column(String(16))
    hedged: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    said: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Match(Base):
    """Article x topic, with its receipt."""

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("article_id", "topic"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(100), index=True)
    version: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(16))
    receipt: Mapped[dict[str, Any]]
    created: Mapped[datetime]


class Mark(Base):
    """A person's word on an article and a topic: whether it belongs there. `version`: the topic's, when it was said."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("article_id", "topic"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(100), index=True)
    is_right: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]


class Alert(Base):
    """The decision to tell a topic's readers something. `key` says what it is about, and is unique."""

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_topic_story_id", "topic", "story_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Digest, unique=True)
    topic: Mapped[str] = mapped_column(String(100))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    reason: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime]
    new: Mapped[list[str]]
    disagreements: Mapped[list[dict[str, Any]]]
    changes: Mapped[list[dict[str, Any]]]  # for a correction: sentences before and after
    facts: Mapped[list[str]]  # keys of the facts that it told
    receipt: Mapped[dict[str, Any]]
    acknowledged: Mapped[datetime | None] = mapped_column(default=None)


class Delivery(Claimable, Base):
    """Alert x channel: the outbox row that is sent, retried, or marked uncertain."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "channel"),
        Index("ix_delivery_status_next_attempt_at", "status", "next_attempt_at"),
        _index_of_leases("delivery"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"))
    channel: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(16), default=DeliveryStatus.PENDING)
    next_attempt_at: Mapped[datetime]
    sent: Mapped[datetime | None]
    doubts: Mapped[int] = mapped_column(default=0)  # attempts of which nobody knows whether they arrived
    # Bound before the first attempt and never changed: a message that is sent again says the same under the same id.
    sent_with: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), default=None, index=True)
    thread: Mapped[str] = mapped_column(Digest, default="", server_default="")  # "": leads no message
    number: Mapped[int] = mapped_column(default=0, server_default="0")  # of the message in its thread; 0: the first
    handle: Mapped[str] = mapped_column(Text, default="", server_default="")  # by which the channel can edit it
    digest_at: Mapped[datetime | None] = mapped_column(default=None)  # it waits for the digest of then
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id"), default=None, index=True)


class DigestMessage(Base):
    """What could wait, in one message: of a topic, on a channel, of a day, by the clock of the topic's zone."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("topic", "channel", "day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Digest, unique=True)
    topic: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(100))
    day: Mapped[str] = mapped_column(String(10))  # 2026-03-04
    created: Mapped[datetime]


class Hush(Base):
    """A reader's word that a story is to be quiet for a topic: until then, or for good."""

    __tablename__ = "hush"

    topic: Mapped[str] = mapped_column(String(100), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), primary_key=True, index=True)
    until: Mapped[datetime | None]
    created: Mapped[datetime]


class ChannelTrouble(Base):
    """Deliveries on a channel were given up, one after the other. `written`: digest of what the user wrote of it."""

    __tablename__ = "channel_trouble"

    channel: Mapped[str] = mapped_column(String(100), primary_key=True)
    given_up: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    dead_since: Mapped[datetime | None] = mapped_column(default=None)
    next_probe: Mapped[datetime | None] = mapped_column(default=None)  # None: not before the user changes it
    written: Mapped[str] = mapped_column(Digest, default="")
    told: Mapped[bool] = mapped_column(default=False)


class Outage(Base):
    """A topic whose usual sources do not come through, since when; told once, and gone when they do again."""

    __tablename__ = "outage"

    topic: Mapped[str] = mapped_column(String(100), primary_key=True)
    began: Mapped[datetime]


class Heartbeat(Base):
    """When each part last showed that work goes through it: `queue:read`, `scheduler`."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen: Mapped[datetime]
