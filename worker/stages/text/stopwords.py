"""Words that say nothing about what an article is about: function words of each language, and newsroom English.

Not a list of rare or banned words: what is merely common in an archive gets its low weight from `keywords.idf`.
"""

from functools import lru_cache

import stopwordsiso

from worker.stages.text.fold import fold

# What every report says whatever it reports, and what pages around it say.
_NEWS_WORDS = """
    according add added adds agree agreed ahead allow allowed amid announce announced announcement announces article
    ask asked asks breaking call called calls claim claimed claims comment comments confirm confirmed confirms
    correspondent day days declined described editor expect expected expects explained file follow followed following
    headline hour hours image journalist latest live media minute minutes month months news newsletter noted official
    officials part people photo photograph photos picture press publish published read recap report reported reporter
    reporters reporting reportedly reports reuters reveal revealed reveals said say saying says share show showed shows
    sign source sources speaking spoke spokesman spokesperson spokeswoman statement stated story subscribe told tell
    tells update updated updates video videos want wants watch week weekend weeks write writes wrote year years
    yesterday today tomorrow morning evening night afternoon
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    jan feb mar apr jun jul aug sept sep oct nov dec
    mon tue tues wed thu thurs fri
"""


def primary(language: str) -> str:
    """The language without its region or script: "en-GB" -> "en", "zh_Hant" -> "zh"."""
    return language.lower().replace("_", "-").partition("-")[0]


@lru_cache(maxsize=64)
def stopwords(language: str) -> frozenset[str]:
    """Folded stop words of a language (an ISO 639-1 code, region ignored); English ones when it is unknown."""
    code = primary(language)
    listed = stopwordsiso.stopwords(code) if stopwordsiso.has_lang(code) else ()
    folded = {fold(word) for word in listed}
    if code == "en" or not folded:
        folded |= {fold(word) for word in stopwordsiso.stopwords("en")} | set(_NEWS_WORDS.split())
    return frozenset(folded - {""})
