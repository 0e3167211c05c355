"""Which of two alike was first: by what they say of themselves, then by their times.

A credit weighs more than time: agencies send a report to their clients before they show it on a page of their own.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from worker.stages.duplicate.shingles import folded_words


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as it is compared. `credit` is the agency that its dateline or last line names, or its author."""

    id: int
    outlet: str
    published: datetime
    text: str
    credit: str = ""


# News agencies, whose texts others print: each with the names it goes by, folded. One of up to four letters must stand
# alone.
_AGENCIES = (
    ("reuters", "thomson reuters"),
    ("ap", "associated press", "ap news", "apnews"),
    ("afp", "agence france presse", "afp news"),
    ("dpa", "deutsche presse agentur", "dpa international"),
    ("upi", "united press international"),
    ("pa", "press association", "pa media"),
    ("efe", "agencia efe", "efe news"),
    ("ansa", "agenzia ansa", "ansa it"),
    ("apa", "austria presse agentur"),
    ("ats", "keystone sda", "sda", "keystone ats"),
    ("anp", "algemeen nederlands persbureau"),
    ("belga", "belga news agency"),
    ("lusa", "agencia lusa"),
    ("ntb", "norsk telegrambyra"),
    ("tt", "tidningarnas telegrambyra", "tt nyhetsbyran"),
    ("ritzau",),
    ("stt", "suomen tietotoimisto"),
    ("pap", "polska agencja prasowa"),
    ("ctk", "ceska tiskova kancelar", "czech news agency"),
    ("mti", "magyar tavirati iroda"),
    ("aa", "anadolu", "anadolu agency", "anadolu ajansi"),
    ("dha", "demiroren haber ajansi"),
    ("iha", "ihlas haber ajansi"),
    ("tass", "itar tass"),
    ("interfax", "interfax ukraine", "interfaks", "interfaks ukrayina"),
    ("ukrinform",),
    ("unian",),
    ("xinhua", "xinhua news agency", "新 华 社"),
    ("kyodo", "kyodo news", "共 同 通 信"),
    ("jiji", "jiji press", "時 事 通 信"),
    ("yonhap", "yonhap news agency", "yeonhabnyuseu"),
    ("pti", "press trust of india"),
    ("ani", "asian news international"),
    ("ians", "indo asian news service"),
    ("antara", "antara news"),
    ("bernama",),
    ("aap", "australian associated press"),
    ("canadian press", "la presse canadienne"),
    ("bloomberg", "bloomberg news"),
    ("wafa",),
    ("spa", "saudi press agency"),
    ("mena", "middle east news agency"),
    ("telam", "agencia telam"),
    ("agencia brasil",),
    ("europa press",),
)
_SHORT_NAME = 4
_BY_NAME = {name: names[0] for names in _AGENCIES for name in names}


def comes_before(one: Piece, other: Piece, *, is_reprint: bool) -> bool:
    """Whether the first of two alike is the origin: credited by the other, else the only agency of the two where one
    reprints the other, else the one published first, else the one known first.
    """
    gets_credit, gives_credit = is_credited(one, other), is_credited(other, one)
    if gets_credit != gives_credit:
        return gets_credit
    is_agency = bool(agency_named(one.outlet))
    if is_reprint and is_agency != bool(agency_named(other.outlet)):
        return is_agency
    return (one.published, one.id) < (other.published, other.id)


def is_credited(one: Piece, by: Piece) -> bool:
    """Whether the other names its outlet as the source: "Meridian Wire", or "AFP" for "AFP News"."""
    if not one.outlet or not by.credit:
        return False
    agency = agency_named(by.credit)
    if agency:
        return agency == agency_named(one.outlet)
    credit, outlet = set(_said(by.credit).split()), set(_said(one.outlet).split())
    return bool(credit and outlet) and (credit <= outlet or outlet <= credit)


def same_outlet(one: Piece, other: Piece) -> bool:
    return bool(one.outlet) and _said(one.outlet) == _said(other.outlet)


@lru_cache(maxsize=4096)
def agency_named(name: str) -> str:
    """The agency that a credit or an outlet names, by the first of its names; "" for anybody else."""
    said = _said(name)
    if said in _BY_NAME:
        return _BY_NAME[said]
    return next((first for known, first in _BY_NAME.items() if len(known) > _SHORT_NAME and _holds(said, known)), "")


@lru_cache(maxsize=4096)
def _said(name: str) -> str:
    return " ".join(folded_words(name))


def _holds(said: str, name: str) -> bool:
    return f" {name} " in f" {said} "
