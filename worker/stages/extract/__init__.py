"""The first stage: from a fetched page, a feed's entry or a file to an article's text, title, authors and date.

    bytes of a page ──▶ page ──▶ Extracted       jsonld, metadata, people, dates: what the page says of itself
                                                 prune: what its marks prove to be no article, before the text is found
                                                 agreement, repeats, lead: the text held against what the page says
    a feed's entry ───▶ page ──▶ Extracted       fragment: HTML inside a feed
    bytes of a file ──▶ plain ─▶ Given ──▶ page
    everything ───────▶ characters               what is let in at all

Pure: the same bytes give the same article. What the text still carries that is not the article is for `clean`.
"""

from worker.stages.extract.page import extract_given, extract_page
from worker.stages.extract.plain import extract_plain
from worker.stages.extract.values import Extracted, Given, Method

__all__ = ["Extracted", "Given", "Method", "extract_given", "extract_page", "extract_plain"]
