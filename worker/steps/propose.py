"""From addresses or stored articles to a proposed topic: look them up, or fetch and read them without storing them.

Nothing is written: whether the topic comes into force is for the person who edits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage import examples as stored
from storage import stories
from storage.bodies import unpack
from storage.tables import Article
from worker.errors import PermanentError, TransientError
from worker.runtime import Runtime
from worker.stages.address import canonical, host, is_id
from worker.stages.clean import clean
from worker.stages.examples import Example, limit_between
from worker.stages.extract import Given
from worker.stages.language import identify
from worker.stages.propose import ExampleText, Proposal, propose
from worker.stages.query import Document, prepare
from worker.stages.story import IdfOf, Profile, counted_keys
from worker.steps.document import document_of
from worker.steps.extraction import extract_confined
from worker.steps.group import idf_from
from worker.steps.named import find_named
from worker.steps.page import ask_for_page, has_page, page_turn
from worker.steps.study import Study, study

COMPARED = 500  # of the newest articles, those that the examples are held against


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the examples it came from, as labels for `like`, and from which likeness on they match."""

    proposal: Proposal
    labels: Sequence[str]
    limit: float


@dataclass(frozen=True, slots=True)
class _Read:
    """An example, read. `story`: the one it is in, if it is stored."""

    label: str
    title: str
    language: str
    study: Study
    document: Document
    story: int | None


def propose_topic(run: Runtime, named: Sequence[str]) -> Proposed:
    """A topic made of one to five articles. Raises WorkerError for one that cannot be had, NothingToGoByError."""
    examples = [_read(run, name) for name in named]
    aliases = run.topics.current().aliases

    def work(session: Session) -> Proposed:
        proposal = propose([_text(example) for example in examples], _idf_of(session, examples), aliases)
        return Proposed(proposal, [example.label for example in examples], _limit(session, examples))

    return run.database.read(work)


def _read(run: Runtime, named: str) -> _Read:
    article = run.database.read(lambda session: find_named(session, named))
    if article is not None and (article.text or article.title):
        return _example(run, article, str(article.id) if is_id(named) else named)
    if not has_page(named):
        raise PermanentError(f"there is no article {named}: storytrail articles shows them with their ids")
    return _example(run, _fetched(run, named), named)


def _fetched(run: Runtime, url: str) -> Article:
    """The article at an address, as a row that is not stored."""
    address = canonical(url)
    article = Article(url=address, host=host(address), given={}, authors=[], outlet="", story_id=None)
    article.etag = article.last_modified = ""
    with page_turn(run, article) as pause:
        if pause > 0:
            raise TransientError(f"{article.host} wants to be left alone for {pause:.0f} s", retry_after=pause)
        page = ask_for_page(run, article)
    assert page is not None  # noqa: S101 -- nothing is known of it by which the server could say "not modified"
    extracted = extract_confined(run, unpack(page.packed), Given(url=url), content_type=page.content_type)
    article.title, article.authors = extracted.title, list(extracted.authors)
    article.text = clean(extracted.text, title=extracted.title).text
    article.language = identify(article.title, article.text, declared=extracted.language)
    article.outlet, article.event_time = extracted.outlet, extracted.published or run.now()
    if not (article.title or article.text):
        raise PermanentError(f"there is nothing to read at {url}")
    return article


def _example(run: Runtime, article: Article, label: str) -> _Read:
    aliases = run.topics.current().aliases
    found = study(article.title, article.text, article.language, article.event_time, aliases, None)
    document = document_of(article, (name.shown for name in found.names))
    return _Read(label, article.title, article.language, found, document, article.story_id)


def _text(example: _Read) -> ExampleText:
    return ExampleText(
        example.title, example.language, example.study.names, example.study.terms, prepare(example.document)
    )


def _idf_of(session: Session, examples: Sequence[_Read]) -> IdfOf:
    keys = {key for example in examples for key in (*example.study.terms, *counted_keys(example.study.profile))}
    return idf_from(stories.term_frequencies(session, keys), examples[0].language)


def _limit(session: Session, examples: Sequence[_Read]) -> float:
    """Between the articles of the examples' own stories and the newest of all others."""
    own = {example.story for example in examples if example.story is not None}
    given = [Example(example.label, example.study.profile) for example in examples]
    inside = map(Profile.from_json, stored.profiles_in(session, own))
    outside = map(Profile.from_json, stored.newest_profiles(session, COMPARED, own))
    return limit_between(given, inside, outside)
