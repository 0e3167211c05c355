"""Sources: how they come, change, go and come back, and that a poll under way does not undo it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage import claims, polls, sources
from storage.claims import Claim
from storage.database import Database
from storage.sources import MOVED, NOT_LISTED, REMOVED, NewSource
from storage.tables import Source, SourceKind, SourceState

LEASE = timedelta(minutes=5)
FEED = NewSource("http://a.example/feed", "a")
OTHER = NewSource("http://b.example/feed", "b")
LISTING = NewSource("http://a.example/feed", "a", kind=SourceKind.LISTING, links=("/news/*",))
RETIRED, HEALTHY, QUARANTINED = SourceState.RETIRED, SourceState.HEALTHY, SourceState.QUARANTINED


@pytest.fixture
def desk(database: Database, now: datetime) -> "Desk":
    return Desk(database, now)


class Desk:
    """Somebody who sees to the sources."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def adds(self, new: NewSource, origin: str = "command") -> Source | None:
        return self.database.write(lambda session: sources.add_source(session, new, origin, self.now))

    def revives(self, new: NewSource) -> bool:
        return self.database.write(lambda session: sources.revive(session, new, self.now))

    def reshapes(self, new: NewSource) -> bool:
        return self.database.write(lambda session: sources.reshape(session, new, self.now))

    def lists(self, *listed: NewSource) -> None:
        """In the sources file."""
        self.database.write(lambda session: sources.align_with_file(session, listed, self.now))

    def removes(self, new: NewSource) -> None:
        def work(session: Session) -> None:
            sources.remove_source(session, source_of(session, new), self.now)

        self.database.write(work)

    def sets(self, new: NewSource, **columns: object) -> None:
        def work(session: Session) -> None:
            for name, value in columns.items():
                setattr(source_of(session, new), name, value)

        self.database.write(work)

    def wakes_replaced(self) -> None:
        """Addresses are their own hosts' letters here."""
        self.database.write(lambda session: sources.wake_replaced(session, lambda url: url[7], self.now))

    def begins_poll(self) -> Claim:
        claim = self.database.write(lambda session: claims.take(session, Source, 1, self.now, LEASE))
        assert claim is not None
        return claim

    def ends_poll(self, claim: Claim) -> bool:
        found = {"state": HEALTHY, "reason": "", "etag": "new"}
        return self.database.write(lambda session: claims.settle(session, Source, claim, **found))

    def waits(self, **by: float) -> None:
        self.now += timedelta(**by)

    def sees(self, new: NewSource = FEED) -> Source:
        return self.database.read(lambda session: source_of(session, new))

    def is_due(self, new: NewSource = FEED) -> bool:
        due = self.database.read(lambda session: polls.due_sources(session, self.now, 10))
        return new.url in [url for _id, url in due]


def source_of(session: Session, new: NewSource) -> Source:
    source = sources.find_known(session, new.url_hash)
    assert source is not None
    return source


def test_a_source_is_added_once_with_its_shape(desk: Desk) -> None:
    assert desk.adds(LISTING) is not None
    assert desk.adds(FEED) is None
    source = desk.sees()
    assert (source.kind, source.links, source.memory) == ("listing", ["/news/*"], {})


def test_an_address_is_known_after_a_move_and_its_owner_comes_first(desk: Desk) -> None:
    desk.adds(FEED)
    desk.sets(FEED, url="http://b.example/feed", url_hash="b")
    assert desk.adds(FEED) is None
    assert desk.sees(FEED).url == "http://b.example/feed"
    desk.sets(FEED, url="http://c.example/feed", url_hash="c", listed_hash="b")
    desk.adds(NewSource("http://b.example/other", "x"))
    desk.sets(NewSource("", "x"), url_hash="b")
    assert desk.sees(OTHER).url == "http://b.example/other"


# --- Removed by command ---


def test_a_removed_source_is_retired_and_stays(desk: Desk) -> None:
    desk.adds(FEED)
    desk.waits(hours=1)
    desk.removes(FEED)
    source = desk.sees()
    assert (source.state, source.reason, source.since, source.origin) == (RETIRED, REMOVED, desk.now, "command")
    assert not desk.is_due()


def test_what_the_user_gave_up_is_not_shown_among_the_unwell(desk: Desk) -> None:
    desk.adds(FEED)
    desk.adds(OTHER)
    desk.removes(FEED)
    desk.sets(OTHER, state=RETIRED, reason="the server answered 410")
    assert [source.url for source in desk.database.read(sources.unwell)] == [OTHER.url]


@pytest.mark.parametrize(
    "decides",
    [
        lambda desk: desk.removes(FEED),
        lambda desk: desk.lists(),  # it stands in the file no more
        lambda desk: desk.lists(LISTING),
    ],
    ids=["removed", "no longer listed", "another kind"],
)
def test_a_poll_under_way_does_not_undo_what_was_decided(desk: Desk, decides: Callable[[Desk], None]) -> None:
    desk.lists(FEED)
    claim = desk.begins_poll()
    decides(desk)
    before = desk.sees()
    assert not desk.ends_poll(claim)
    after = desk.sees()
    assert (after.state, after.reason, after.kind, after.etag) == (before.state, before.reason, before.kind, "")


def test_a_poll_under_way_is_written_where_nothing_was_decided(desk: Desk) -> None:
    desk.lists(FEED)
    claim = desk.begins_poll()
    desk.lists(FEED)
    assert desk.ends_poll(claim)


# --- Back again ---


@pytest.mark.parametrize("state", [RETIRED, QUARANTINED])
def test_a_source_that_was_given_up_is_polled_again(desk: Desk, state: SourceState) -> None:
    desk.adds(FEED)
    desk.sets(FEED, state=state, reason="why", failures=7, attempts=5, next_poll=desk.now + timedelta(days=1))
    assert desk.revives(LISTING)
    source = desk.sees()
    assert (source.state, source.reason, source.failures, source.attempts) == (HEALTHY, "", 0, 0)
    assert (source.kind, source.links) == ("listing", ["/news/*"])
    assert desk.is_due()
    assert not desk.revives(FEED)


@pytest.mark.parametrize(("reason", "origin"), [(NOT_LISTED, "command"), ("the server answered 410", "file")])
def test_it_is_the_commands_only_if_the_file_lists_it_no_more(desk: Desk, reason: str, origin: str) -> None:
    desk.adds(FEED, "file")
    desk.sets(FEED, state=RETIRED, reason=reason)
    assert desk.revives(FEED)
    assert desk.sees().origin == origin


def test_one_that_moved_is_revived_by_its_former_address(desk: Desk) -> None:
    desk.adds(FEED)
    desk.sets(FEED, url=OTHER.url, url_hash=OTHER.url_hash, state=RETIRED)
    assert desk.revives(FEED)


def test_one_that_was_removed_is_the_files_when_the_file_lists_it(desk: Desk) -> None:
    desk.adds(FEED)
    desk.removes(FEED)
    desk.lists(NewSource(FEED.url, FEED.url_hash, "Herald", "en", 60, "sitemap"))
    source = desk.sees()
    assert (source.state, source.origin, source.reason) == (HEALTHY, "file", "")
    assert (source.title, source.language, source.interval_seconds, source.kind) == ("Herald", "en", 60, "sitemap")


def test_one_of_the_command_that_the_file_lists_as_well_is_left_alone(desk: Desk) -> None:
    desk.adds(LISTING)
    desk.lists(FEED)
    assert (desk.sees().origin, desk.sees().kind) == ("command", "listing")


# --- Another kind, other links ---


def test_another_shape_forgets_what_was_remembered_and_is_looked_at_at_once(desk: Desk) -> None:
    desk.adds(FEED)
    desk.sets(FEED, etag="1", last_modified="2", body_digest="3", memory={"read": {}}, next_poll=desk.now + LEASE)
    assert not desk.reshapes(FEED)
    assert not desk.is_due()
    assert desk.reshapes(LISTING)
    source = desk.sees()
    assert (source.kind, source.links) == ("listing", ["/news/*"])
    assert (source.etag, source.last_modified, source.body_digest, source.memory) == ("", "", "", {})
    assert desk.is_due()


def test_the_shape_of_one_in_the_file_is_the_files(desk: Desk) -> None:
    desk.lists(FEED)
    assert not desk.reshapes(LISTING)
    desk.lists(LISTING)
    assert (desk.sees().kind, desk.sees().links) == ("listing", ["/news/*"])


def test_looking_at_the_same_file_again_interrupts_nothing(desk: Desk) -> None:
    desk.lists(LISTING)
    desk.sets(FEED, etag="1", next_poll=desk.now + LEASE)
    fence = desk.sees().fence
    desk.lists(LISTING)
    assert (desk.sees().etag, desk.sees().fence, desk.is_due()) == ("1", fence, False)
    desk.lists()
    fence = desk.sees().fence
    desk.lists()
    assert desk.sees().fence == fence


# --- Replaced by one that was polled already ---


def replaced(desk: Desk) -> None:
    desk.adds(FEED)
    desk.adds(OTHER, "file")
    desk.sets(FEED, state=RETIRED, reason=MOVED.format(OTHER.url), moved_to=OTHER.url)


def test_one_that_was_replaced_stays_so_as_long_as_the_other_is_polled(desk: Desk) -> None:
    replaced(desk)
    desk.wakes_replaced()
    assert desk.sees().state == RETIRED


def test_one_that_was_replaced_is_back_when_the_other_is_polled_no_more(desk: Desk) -> None:
    replaced(desk)
    desk.lists()
    desk.wakes_replaced()
    assert (desk.sees(FEED).state, desk.sees(OTHER).state) == (HEALTHY, RETIRED)
    assert desk.is_due()


@pytest.mark.parametrize("reason", [REMOVED, NOT_LISTED, "the server answered 410"])
def test_one_that_is_retired_for_another_reason_is_not(desk: Desk, reason: str) -> None:
    replaced(desk)
    desk.sets(FEED, reason=reason)
    desk.lists()
    desk.wakes_replaced()
    assert desk.sees().state == RETIRED
