"""How far two spellings of one word are apart by sound: Khrushchev, Chruschtschow and Khrouchtchev are close.

Spellings are cut into sounds, letters and letter groups as Latin transliterations use them; the distance is the
cheapest way from one row of sounds to the other (Levenshtein 1966, with weights), where what transliterations confuse
costs little. It knows nothing of names: `parts` says which distance is still one name.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

VOWELS = frozenset("aeiou")

# Letter groups and the sound each stands for. Capitals are sounds without a Latin letter of their own: Q shch, C ch,
# D dh, S sh, Z zh, J dzh, X kh, G gh; 4 is "ch", 5 a soft and 6 a hard "c", which languages read in several ways.
_GROUPS = """
schtsch Q|chtch Q|shch Q|stsch Q|szcz Q|tsch C|tch C|tsh C|dsch J|dzh J|dzs J|sch S|cz C|ch 4|sh S|sz S|zh Z|kh X|gh G
dj J|dz J|ddh D|dh D|ph f|th t|ts c|tz c|ds J|qu k|eau o|ieu ye|eu e|oo u|ou u|ee i|oe o|ue u|aa a|ij i|iy i|yi i
yy i|ii i|x ks
"""
_SOUND_OF: Mapping[str, str] = dict(entry.split()[:2] for entry in re.split(r"[|\n]", _GROUPS.strip()))
_SOUND = re.compile("|".join([*sorted(_SOUND_OF, key=len, reverse=True), "c(?=[eiy]|$)", "[a-zT]"]))
_GLIDE = re.compile(r"y(?=[aeou])")

_SLAVIC_OV = re.compile(r"(?<=[a-z]{2}[^aeiou])[iyj]?[eo](?:v|w|ff?)$")  # Gorbachev, Gorbatschow, Gorbachyov

_MC = re.compile("^mc(?=[a-z])")  # McCain, Маккейн

# Pairs of sounds and what it costs to take one for the other; pairs not named here cost 1.
_CONFUSED = """
wv.05 vb.4 fv.3 fw.3 wu.1 wo.2 vu.4 wb.4 pb.5 Gg.1 Gh.2 gh.3 gk.3 Xh.15 Xk.25 qk.05 qg.15 qG.1 Xg.4 td.5 sz.25
sc.45 cz.25 5s.1 5c.1 5C.15 5k.3 5z.3 5S.3 sS.25 SC.3 SZ.35 Zz.25 ZJ.15 zJ.3 Cc.3 CJ.4 6k.0 6q.05 6c.25 6C.3 65.2
64.3 6X.3 6g.4 6s.5 6J.4 Jd.4 Sz.4 Sc.4 Zs.4 Ck.5 4C.05 4X.1 4S.2 4k.25 4h.25 45.15 4c.35 4g.5 QS.3 QC.3 Q4.3 gZ.3 gJ.2
Dd.05 Dz.1 DZ.3 Dt.3 jy.1 gy.25 jZ.15 jJ.15 jX.25 jh.3 ji.15 yi.1 ye.3 jC.4 yJ.3 yZ.3 ao.35 ae.35 ei.25 ou.2 iu.4
ai.8 au.4 eo.7 eu.6 io.7 mn.8
"""
# In writing without vowels, and with letters that stand for two sounds (ב b or v, פ p or f, و w or u).
_CONFUSED_IN_ABJAD = """
vb.05 pf.05 wv.05 wu.05 wo.05 vu.1 vo.1 yi.05 ye.05 sS.1 hX.1 ks.9 zJ.2 gJ.1
Tt.05 Ts.1 gq.1 kq.1 kX.1 mn.3 dz.3 pb.15 tc.6 vf.2
"""
_CONFUSED_IN_KATAKANA = "lr.05 mn.1 vb.1 fh.3 sS.1 tC.2 zj.1 jJ.1 dz.3 ts.3 au.3 ao.25"

_INSERTED = {"y": 0.15, "j": 0.3, "h": 0.2, "w": 0.5, "G": 0.5}
_VOWEL, _VOWEL_BESIDE_VOWEL, _FINAL_A, _FINAL_S = 0.5, 0.2, 1.1, 0.35
_FINALS = {"a": _FINAL_A, "e": 0.15, "i": 1.0}  # a woman's name; a silent letter; a man from there: Hamdan, Hamdani
_SHORT_BEFORE_FINAL = 3
_VOWEL_IN_ABJAD, _VOWEL_IN_KATAKANA = 0.04, 0.12
_HARD_C_BEFORE_K = 0.1  # Mitskoski, Mickoski
_DOUBLED_IN_ABJAD = 0.15  # الله; in Latin letters doubled ones are heard once
_R_IN_KATAKANA = 0.3  # リチャード, Richard
_SILENT_H = 0.1  # Ohtani, Spahn
_INITIAL_J = 0.15  # Jelzin, Eltsine
_LONG_ENOUGH_FOR_FINAL_S = 6

PLAIN, ABJAD, KATAKANA = "plain", "abjad", "katakana"
MAX_LETTERS = 40


def _costs(table: str) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for entry in table.split():
        found[entry[0], entry[1]] = found[entry[1], entry[0]] = float(entry[2:])
    return found


_COSTS = {
    PLAIN: _costs(_CONFUSED),
    ABJAD: {**_costs(_CONFUSED), **_costs(_CONFUSED_IN_ABJAD)},
    KATAKANA: {**_costs(_CONFUSED), **_costs(_CONFUSED_IN_KATAKANA)},
}


@lru_cache(maxsize=65_536)
def sounds(folded: str, writing: str = PLAIN) -> str:
    """The sounds of a folded word, one character each, doubled ones once: "chruschtschow" -> "4ruQov".

    Without vowels between them two equal ones are two: محمد.
    """
    if writing == ABJAD:
        folded = folded.replace("tsh", "ts-h").replace("th", "T")  # צח; "ch" is no letter there; عثمان, Osman
    heard = _heard(_SLAVIC_OV.sub("ov", _MC.sub("mak", folded[:MAX_LETTERS])))
    return "".join(heard if writing == ABJAD else _once(heard))


def _heard(folded: str) -> Iterator[str]:
    for group in _SOUND.finditer(folded):
        text = group.group()
        if text == "c":
            yield "5" if group.end() == len(folded) or folded[group.end()] in "eiy" else "6"
        elif text == "y":
            yield "y" if _GLIDE.match(folded, group.start()) else "i"
        else:
            yield from _SOUND_OF.get(text, text)


def _once(heard: Iterator[str]) -> Iterator[str]:
    previous = ""
    for sound in heard:
        if sound != previous:
            yield sound
        previous = sound


@lru_cache(maxsize=65_536)
def distance(one: str, other: str, writing: str = PLAIN) -> float:
    """What it costs to turn one row of `sounds` into the other; `writing`: how the vaguer is written."""
    costs = _COSTS[writing]
    dropped, added = _insertions(one, writing), _insertions(other, writing)
    above = list(accumulate(added, initial=0.0))
    for row, sound in enumerate(one):
        left = above[0] + dropped[row]
        current = [left]
        for column, against in enumerate(other):
            swap = above[column]
            if sound != against:
                swap += _swapped(one, row, other, column, costs)
            left = min(swap, above[column + 1] + dropped[row], left + added[column])
            current.append(left)
        above = current
    return above[-1]


@lru_cache(maxsize=65_536)
def _insertions(word: str, writing: str) -> tuple[float, ...]:
    return tuple(_inserted(word, at, writing) for at in range(len(word)))


def _swapped(one: str, row: int, other: str, column: int, costs: Mapping[tuple[str, str], float]) -> float:
    sound, against = one[row], other[column]
    is_end = row + 1 == len(one) and column + 1 == len(other)
    if is_end and "a" in (sound, against) and ("i" in (sound, against) or sound not in VOWELS or against not in VOWELS):
        return _FINAL_A  # Zelenska is not Zelensky
    return costs.get((sound, against), 1.0)


def _inserted(word: str, at: int, writing: str) -> float:
    """What it costs that one spelling has a sound which the other lacks."""
    sound = word[at]
    is_last = at + 1 == len(word)
    if writing == ABJAD and (sound in VOWELS or sound in "ywh"):
        return _VOWEL_IN_ABJAD if sound in VOWELS else 2 * _VOWEL_IN_ABJAD
    if sound not in VOWELS:
        return _consonant_inserted(word, at, writing)
    if writing == KATAKANA:
        return _VOWEL_IN_KATAKANA
    if is_last and sound in _FINALS and (sound in "ae" or len(word) > _SHORT_BEFORE_FINAL):
        return _FINALS[sound]
    beside = word[at - 1 : at] + word[at + 1 : at + 2]
    return _VOWEL_BESIDE_VOWEL if any(letter in VOWELS or letter in "yj" for letter in beside) else _VOWEL


def _consonant_inserted(word: str, at: int, writing: str) -> float:
    sound, following = word[at], word[at + 1 : at + 2]
    if writing == ABJAD and sound == word[at - 1 : at]:
        return _DOUBLED_IN_ABJAD
    if sound == "s" and not following and len(word) >= _LONG_ENOUGH_FOR_FINAL_S and word[at - 1] in VOWELS:
        return _FINAL_S  # Greek nominatives: Mitsotakis, Mitsotaki
    if sound == "j" and at == 0 and following == "e":
        return _INITIAL_J
    if sound == "h" and following not in VOWELS:
        return _SILENT_H
    if sound == "6" and following == "k":
        return _HARD_C_BEFORE_K
    if sound == "r" and writing == KATAKANA:
        return _R_IN_KATAKANA
    return _INSERTED.get(sound, 1.0)
