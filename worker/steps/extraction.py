"""An article's text and metadata, taken out by a child that can be stopped. A page too much for it is not lost."""

from dataclasses import replace

import structlog

from worker.confine.errors import ConfinedError
from worker.runtime import Runtime
from worker.stages.extract import Extracted, Given, extract_given, extract_page

log = structlog.get_logger()

SHORT_MARKUP = 20_000  # characters; the parser's time grows with the square of what is made to hold it up
NO_PAGE = b""


def extract_confined(run: Runtime, body: bytes, given: Given, *, content_type: str = "") -> Extracted:
    """The same as `extract_page`; when that would take too long, what was given before the page was read.

    Raises NoChildError when it could not be tried.
    """
    try:
        return run.confined.call(extract_page, body, given, content_type=content_type)
    except ConfinedError as error:
        log.warning("a page could not be read, taking what its source said", url=given.url, reason=str(error))
        return replace(extract_without_page(run, given), cut=f"the page could not be read: {error}")


def extract_without_page(run: Runtime, given: Given) -> Extracted:
    """The same as `extract_given`. A feed's long text is for the child, too; if it is too much, the article has none.

    Raises NoChildError when it could not be tried.
    """
    if len(given.html) <= SHORT_MARKUP:
        return extract_given(given)
    try:
        return run.confined.call(extract_page, NO_PAGE, given)
    except ConfinedError as error:
        log.warning("what a feed holds of an article could not be read", url=given.url, reason=str(error))
        return replace(extract_given(replace(given, html="")), cut=f"the feed's text could not be read: {error}")
