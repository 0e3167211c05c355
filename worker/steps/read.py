"""Read one article: the pure stages in order, then one transaction that writes all they found.

    extract → clean → does it say anything else than before?         of an article that was read before; if not: done
    extract → clean → language → fingerprint → names, terms, facts   outside any transaction, on values
    copies → story → match → alerts → outbox                         inside it, as they look at other articles

What is written is written together: an article is either read, with its story, matches and alerts, or not yet. One
that was read before and says something else gets a revision: the earlier title and text are kept, and what has changed
is worked out when somebody wants to see it.
"""

import random
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from storage import articles, story_changes
from storage.articles import advance
from storage.bodies import load_body
from storage.claims import Claim, LostClaimError
from storage.database import lock_grouping
from storage.tables import Article, ArticleState
from worker.runtime import Runtime
from worker.stages.address import site
from worker.stages.clean import Cleaned, clean
from worker.stages.extract import Extracted, Given
from worker.stages.facts import Fact, find_facts
from worker.stages.feed import clamp
from worker.stages.language import identify
from worker.stages.media_topics import MediaTopic, media_topics
from worker.stages.query import Document, PreparedDocument, prepare
from worker.stages.revision import is_remnant, is_same_text, says_the_same
from worker.stages.search import MAX_CHARACTERS, text_terms
from worker.stages.timing import retry_at
from worker.steps.extraction import extract_confined, extract_without_page
from worker.steps.group import PLACE, Placed, place
from worker.steps.look import plan_look
from worker.steps.regroup import RULE, merge, merge_if_one
from worker.steps.study import Study, keep_names, study
from worker.steps.tell import match_and_tell
from worker.topics import TopicsInForce

log = structlog.get_logger()

ON_PAGE = "page"  # how the methods begin that find a text on the page itself
KEPT = "the page holds little of its text any more: what it held before is kept"


@dataclass(frozen=True)
class Reading:
    """All that reading one article found by looking at it alone."""

    title: str
    extracted: Extracted
    cleaned: Cleaned
    language: str
    study: Study
    subjects: tuple[MediaTopic, ...]
    facts: tuple[Fact, ...]
    document: PreparedDocument
    event_time: datetime

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.cleaned.text)


@dataclass(frozen=True)
class Unchanged:
    """What was read of the article before still stands. `cut` says what the page does not hold any more."""

    cut: str


def read_article(run: Runtime, article_id: int) -> tuple[int, ...]:
    """Read the article if it is due; ids of the deliveries that came of it."""
    topics = run.topics.current()  # before the claim: a topics file that cannot be read costs no article an attempt
    now = run.now()
    claimed = run.database.write(
        lambda session: articles.claim_article(session, article_id, ArticleState.READ, now, run.lease)
    )
    if claimed is None:
        return ()
    article, claim = claimed
    try:
        reading = _read(run, article, topics)
        return run.database.write(lambda session: _commit(run, session, article, claim, reading, topics))
    except LostClaimError:
        return ()  # whoever has claimed it since reads it, or has
    except Exception as error:
        # Whatever one article does to the stages, the others go on: it is tried again, then shown in quarantine.
        log.exception("reading failed", article=article_id)
        _fail(run, claim, f"{type(error).__name__}: {error}"[:500])
        return ()


def _read(run: Runtime, article: Article, topics: TopicsInForce) -> Reading | Unchanged:
    extracted = _extract(run, article)
    title = _title(article, extracted)
    cleaned = clean(extracted.text, title=title)
    if article.revision > 0:
        if unchanged := _unchanged(article, title, extracted, cleaned):
            return unchanged
        title = _title_of_revision(article, title, extracted)
        cleaned = clean(extracted.text, title=title)
    language = identify(title, cleaned.text, declared=extracted.language)
    text_terms(cleaned.text[:MAX_CHARACTERS], language)  # remembered until its batch is made searchable
    event_time = _event_time(article, extracted)
    found = study(title, cleaned.text, language, event_time, topics.aliases, run.embedder)
    document = Document(
        title=title,
        text=cleaned.text,
        source=extracted.outlet or article.host,
        site=site(article.url),
        authors=extracted.authors,
        url=article.url,
        language=language,
        names=tuple(name.shown for name in found.names),
        published=event_time,
    )
    return Reading(
        title=title,
        extracted=extracted,
        cleaned=cleaned,
        language=language,
        study=found,
        subjects=media_topics(found.terms) if run.settings.subjects else (),
        facts=find_facts(title, cleaned.text, language, published=event_time.date()),
        document=prepare(document),
        event_time=event_time,
    )


def _extract(run: Runtime, article: Article) -> Extracted:
    given = _given(article)
    body_digest = article.body_digest
    if body_digest is None:
        return extract_without_page(run, given)
    body = run.database.read(lambda session: load_body(session, body_digest))
    said = replace(given, title="") if article.given.get("is_link_text") else given
    extracted = extract_confined(run, body, said, content_type=article.content_type)
    return extracted if extracted.title else replace(extracted, title=given.title)


def _title(article: Article, extracted: Extracted) -> str:
    """What its page still calls it, or what is made of page and feed together."""
    is_kept = article.revision > 0 and not article.given.get("is_file")
    if is_kept and extracted.own_title and is_same_text(article.title, extracted.own_title):
        return article.title
    return extracted.title


def _title_of_revision(article: Article, title: str, extracted: Extracted) -> str:
    """A page that was looked at again may have a new heading of which its feed has not told yet."""
    own = extracted.own_title
    return own if own and title == article.title and own not in article.text else title


def _unchanged(article: Article, title: str, extracted: Extracted, cleaned: Cleaned) -> Unchanged | None:
    """Whether it says what it said, or nothing, or hardly anything: a page that has gone takes nothing back."""
    if says_the_same(article.title, article.text, title, cleaned.text):
        return Unchanged(_cut(article, extracted))
    is_empty = not (title or cleaned.text)
    if is_empty or _has_lost_its_page(article, extracted, cleaned):
        return Unchanged(", ".join(filter(None, (extracted.cut, KEPT))))
    return None


def _has_lost_its_page(article: Article, extracted: Extracted, cleaned: Cleaned) -> bool:
    """Whether a wall, a notice or an error stands where the text was. What a user gives as a file is what he means."""
    if not article.method.startswith(ON_PAGE) or article.given.get("is_file"):
        return False
    return not extracted.method.startswith(ON_PAGE) or is_remnant(article.text, cleaned.text)


def _cut(article: Article, extracted: Extracted) -> str:
    """What was left out when the page was fetched, and now that it is read; it may have been read before."""
    if extracted.cut in article.cut:
        return article.cut
    return ", ".join(filter(None, (article.cut, extracted.cut)))


def _event_time(article: Article, extracted: Extracted) -> datetime:
    """The article's own time. A file without one keeps that of the story it has joined."""
    if extracted.published is None and article.revision > 0 and article.given.get("is_file"):
        return article.event_time
    return clamp(extracted.published, article.first_seen)


def _given(article: Article) -> Given:
    given = article.given
    published = given.get("published")
    return Given(
        url=article.url,
        title=given.get("title", ""),
        text=given.get("text", ""),
        html=given.get("html", ""),
        authors=tuple(given.get("authors", ())),
        published=datetime.fromisoformat(published) if published else None,
        published_raw=given.get("published_raw", ""),
        language=given.get("language", ""),
        outlet=given.get("outlet", ""),
    )


def _commit(
    run: Runtime, session: Session, claimed: Article, claim: Claim, reading: Reading | Unchanged, topics: TopicsInForce
) -> tuple[int, ...]:
    """Write the reading and what follows from it; deliveries to send. LostClaimError: none of it may be written."""
    now = run.now()
    if isinstance(reading, Unchanged):
        following = plan_look(session, session.get_one(Article, claim.id), now, has_changed=False)
        if not advance(session, claim, "read", ArticleState.DONE, now, cut=reading.cut, next_look=following):
            raise LostClaimError
        return ()
    lock_grouping(session)
    before = articles.as_it_stands(session, claimed)
    if before.revision > 0:
        articles.keep_revision(session, before, now)
    columns = _columns(before, reading, now)
    article = articles.with_columns(before, columns)
    placed = Placed() if reading.is_empty else place(session, article, reading.study)
    columns |= {name: getattr(article, name) for name in PLACE}
    if not advance(session, claim, "read", ArticleState.DONE, now, **columns):
        raise LostClaimError
    if reading.is_empty:
        return ()
    keep_names(session, article.id, reading.study, is_first=article.revision == 1)
    _settle_stories(session, article, placed, now)
    alike = run.examples.alike(session, topics, article, reading.study.profile, now)
    deliveries = match_and_tell(session, article, reading.facts, reading.document, topics, before.text, now, alike)
    _plan_look(session, article, now)
    return deliveries


def _settle_stories(session: Session, article: Article, placed: Placed, now: datetime) -> None:
    """Merge what has turned out to be one with the article's story; the oldest id stays."""
    assert article.story_id is not None  # noqa: S101 -- just placed
    emptied_stories = story_changes.bring(session, placed.left, article.story_id) if placed.left else ()
    for emptied in emptied_stories:
        merge(session, emptied, article.story_id, RULE, now)
        article.story_id = emptied
    if placed.also:
        article.story_id = merge_if_one(session, article.story_id, placed.also, now)


def _plan_look(session: Session, article: Article, now: datetime) -> None:
    following = plan_look(session, article, now, has_changed=article.revision > 1)
    if following != article.next_look:
        articles.look_next(session, article.id, following)


def _columns(article: Article, reading: Reading, now: datetime) -> dict[str, object]:
    extracted, cleaned = reading.extracted, reading.cleaned
    is_renamed = reading.title != extracted.title
    return {
        # What the feed called it has been replaced on the page; the feed is believed again when it tells of a change.
        **({"given": {**article.given, "title": reading.title}} if is_renamed else {}),
        "revision": article.revision + 1,
        "title": reading.title,
        "authors": list(extracted.authors),
        "outlet": extracted.outlet or article.host,
        "published": extracted.published,
        "event_time": reading.event_time,
        "language": reading.language,
        "text": cleaned.text,
        "text_digest": reading.study.fingerprint.digest,
        "method": extracted.method,
        "cut": _cut(article, extracted),
        "dateline": cleaned.dateline.place if cleaned.dateline else "",
        "credit": cleaned.credit,
        "subjects": [topic.id for topic in reading.subjects],
        "set_aside": "no-text" if reading.is_empty else "",
        "read_at": now,
    }


def _fail(run: Runtime, claim: Claim, reason: str) -> None:
    if claim.attempt >= run.settings.max_attempts:
        run.database.write(lambda session: articles.quarantine(session, claim, reason))
        return
    until = retry_at(run.now(), claim.attempt, None, random.random())  # noqa: S311 -- spreads retries, protects nothing
    run.database.write(lambda session: articles.postpone(session, claim, reason, until))
