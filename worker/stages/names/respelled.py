"""How a Latin spelling sounds in the languages that spell unlike they speak: Renault as "reno", Reeves as "rivz".

A name written in another script was heard, not read: Рено, Ривз. So its Latin form is spelled out first, as each
language would read it, with letters that `sounds` takes at their plain value. The language is unknown: all are tried.
"""

import re
from functools import lru_cache

_Rules = list[tuple[re.Pattern[str], str]]


def _rules(table: str) -> _Rules:
    """Lines of an expression and what it becomes; = for nothing."""
    return [
        (re.compile(old), "" if new == "=" else new)
        for old, new in (line.split() for line in table.strip().splitlines())
    ]


_ENGLISH = _rules("""
^kn n
^wr r
^wh w
wh$ w
igh ay
ough o
augh o
aw o
ow(?=[a-z]) au
ew yu
ck k
ea i
oa o
ai ey
ay(?![aeiou]) ey
a([bcdfgklmnprstvz])e(?=s?$) ey\\1
i([bcdfgklmnprstvz])e(?=s?$) ay\\1
u([bcdfgklmnprstvz])e(?=s?$) yu\\1
(?<=[aeiouy])r?e$ r
ye$ ay
(?<=[b-df-hj-np-tv-xz])e$ =
(?<=[vbdgmnlr])e?s$ z
(?<=[b-df-hj-np-tv-xz])u(?=[bcdfgklmnpqrstvxz]{2}|[bdgmnp]$) a
(?:ir|ur)(?=[b-df-hj-np-tv-z]|$) er
^j dzh
dge? dzh
g(?=[ei]) dzh
tion shn
""")
_FRENCH = _rules("""
eaux?$ o
(?:aul|au|eau)[dtx]s?$ o
eau|au o
oeu|oe|eu e
oi|oy ua
ai|ei|ay e
gn(?=[aeiou]) ny
qu k
ge(?=[ao]) zh
g(?=[eiy]) zh
j zh
ch sh
c(?=[ei]) s
ou u
(?<![cpsz])h =
ille y
(?<=[bcdfgjklmnpqrstvz])(?:er|ez|et)s?$ e
(?<=[b-df-hj-np-tv-z])(?:es|e)$ =
(?<=[aeiourn])[tdpsxz]+$ =
(?:ain|ein|in|im|yn|un|ien)(?=[bcdfgjklpqrstvz]|$) en
(?:en|em)(?=[bcdfgjklpqrstvz]) an
tion syon
""")
_GERMAN = _rules("""
ei|ai ay
eu|aeu oy
ie i
^s(?=[pt]) sh
^s(?=[aeiou]) z
(?<=[aeiou])s(?=[aeiou]) z
z ts
v f
w v
th t
(?<=[aeiou])h(?=[b-df-hj-np-tv-z]|$) =
sch sh
""")
_HUNGARIAN = _rules("""
cs ch
zs zh
(?<!s)s(?!z) sh
sz ss
gy(?=[aeiou]) dy
gy d
ly y
ny n
c ts
""")
_ITALIAN = _rules("""
gli ly
gn ny
sc(?=[ei]) sh
ci(?=[aou]) zh
c(?=[ei]) tsch
cch k
ch k
gh g
gi(?=[aou]) dzh
g(?=[ei]) dzh
z ts
""")
_SPANISH = _rules("""
qu k
gu(?=[ei]) g
g(?=[ei]) kh
j kh
ll ly
z s
c(?=[ei]) s
h(?!$)(?<!ch)(?<!kh) =
^v b
""")
_PORTUGUESE = _rules("""
lh ly
nh ny
j zh
g(?=[ei]) zh
ch sh
o$ u
os$ us
""")
_SWEDISH = _rules("""
^g(?=[eiy]) y
berg$ bery
kj|tj sh
sj sh
^j y
""")
_POLISH = _rules("""
(?<=[ptk])rz sh
rz zh
cz ch
sz sh
(?<!k)(?<!c)(?<!s)c(?![hi]) ts
w v
j y
ie e
""")
_TURKISH = _rules("""
c(?!h) dzh
j zh
""")
_LANGUAGES = (_ENGLISH, _FRENCH, _GERMAN, _HUNGARIAN, _ITALIAN, _SPANISH, _PORTUGUESE, _SWEDISH, _TURKISH, _POLISH)
_POLISH_NASALS = [(re.compile(old), new) for old, new in (
    ("ą(?=[bp])", "om"), ("ę(?=[bp])", "em"), ("ą", "on"), ("ę", "en"), ("ř", "rzh"), ("rz", "zh"), ("ț|ţ", "ts"),
    ("ñ", "ny"), ("ão", "aun"), ("ãe", "ayn"), ("ã", "an"),
)]  # fmt: skip


@lru_cache(maxsize=16_384)
def respelled(folded: str) -> tuple[str, ...]:
    """A folded word as each language would read it, without what is the word itself."""
    found = dict.fromkeys(_apply(rules, folded) for rules in _LANGUAGES)
    return tuple(spelling for spelling in found if spelling != folded and spelling)


def _apply(rules: _Rules, word: str) -> str:
    for old, new in rules:
        word = old.sub(new, word)
    return word


def with_marks_read(word: str) -> str:
    """A word in lower case with the letters spelled out that lose a sound with their mark: Świątek, Валенса."""
    for old, new in _POLISH_NASALS:
        word = old.sub(new, word)
    return word
