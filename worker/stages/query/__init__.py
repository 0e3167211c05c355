"""The query language: what a topic looks for, and whether an article has it.

    query text ─parse─▶ tree ─compile─▶ clauses ─match(prepared document)─▶ Verdict: hits, or what is missing
                                                         └─explain(…)─▶ Explanation: the same, clause by clause

| written | matches |
|---|---|
| `peace talks`, `peace AND talks` | both words, anywhere in title or text |
| `Ankara OR Turkey` | either; AND binds closer than OR, brackets closer still |
| `NOT war`, `-war` | articles without it; a query cannot consist of this alone |
| `"peace talks"` | the words in a row; “smart”, „low“, «French» and 「Japanese」 marks do as well |
| `"peace talks"~5` | these words in any order with at most 5 other words between them |
| `talks NEAR/5 (Ankara OR "the capital")` | at most 5 words between, in either order; each is near the one before it |
| `talks ~5 (Ankara OR "the capital")` | the same |
| `negotiat*` | words that begin so (at least two letters; * only ends a word) |
| `wom?n` | any one letter (of the folded form; at the end of a word in a phrase, ? is punctuation) |
| `=Erdoğan` | this form only: diacritics and endings count, case does not |
| `title:talks`, `title:(a OR b)`, `title:"a b"` | words of the title; `author:` and `name:` likewise |
| `source:reuters` | words of the outlet's name or of its host |
| `site:example.org` | the host, or a part of it |
| `url:/politics/`, `url:https://example.org/a` | addresses that contain it |
| `lang:en` | the language; en-GB is en, but en is not en-GB |
| `since:2026-03`, `until:2026-03-15` | published from then on, or up to then: all of a day, a month or a year in UTC |
| `date:2026-01..2026-03-15` | published between; either end may be left out, as may `..`: `date:2026-03` |

Operators are capitals, or && and ||; lower-case and, or, not are words like any others. How words meet:
- Case, diacritics and script do not count, nor do plurals, cases and possessives of the article's language: talks,
  talk, talk's; Länder, Land; Анкарі, Анкара; Ankara'da (see `endings`).
- A word with a capital also meets other spellings of a name, if the article has a capital too: Zelensky, Zelenskiy,
  Зеленський. Such a word meets other endings only with a capital: Gates is not gate.
- Two or three letters all in capitals (US, WHO, IT, MPs) match only words in capitals or with points (U.S.). Write `us`
  to look for the word.
- + # & count where they are part of a word: C++ is not C, AT&T is not "at t". Other signs part words: well-known is the
  phrase "well known".
- Chinese and Japanese words are phrases of their characters.
- A word or phrase that is a member of an alias group matches any member of it; =exact ones do not.
A phrase, loose phrase or NEAR lies within the title or within the text, never across.

No query takes more than a bounded time: its length is bounded, as are the parts that cost most (see `check`), and each
part handles all places of its words at once (see `spans`).
"""

from worker.stages.query.clauses import Hit
from worker.stages.query.document import Document, PreparedDocument, prepare
from worker.stages.query.errors import QuerySyntaxError
from worker.stages.query.evaluate import Query, Verdict, compile_query
from worker.stages.query.explain import Explanation, explain, lines
from worker.stages.query.parse import parse

__all__ = [
    "Document",
    "Explanation",
    "Hit",
    "PreparedDocument",
    "Query",
    "QuerySyntaxError",
    "Verdict",
    "compile_query",
    "explain",
    "lines",
    "parse",
    "prepare",
]
