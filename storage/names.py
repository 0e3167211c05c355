"""The names that articles speak of: one row for each whatever its spellings, with how many articles have it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from storage.tables import Mention, Name

MOST_SPELLINGS = 20  # of a name, the most frequent


@dataclass(frozen=True, slots=True)
class CountedName:
    """A name, in how many articles it stands, and how they write it, the most frequent spelling first."""

    id: int
    key: str
    shown: str
    kind: str
    articles: int
    spellings: Sequence[str]


def find_names(session: Session, beginnings: Sequence[str], limit: int) -> Sequence[CountedName]:
    """Names with a word that begins in one of these ways (folded; none: all names), those of most articles first."""
    counted = func.count(Mention.article_id)
    statement = (
        select(Name.id, Name.key, Name.shown, Name.kind, counted.label("articles"))
        .join(Mention, Mention.name_id == Name.id)
        .group_by(Name.id, Name.key, Name.shown, Name.kind)
        .order_by(counted.desc(), Name.key)
        .limit(limit)
    )
    if beginnings:
        statement = statement.where(or_(*(_has_word(beginning) for beginning in beginnings)))
    rows = session.execute(statement).all()
    spellings = _spellings(session, [row.id for row in rows])
    return [CountedName(*row, spellings.get(row.id, [row.shown])) for row in rows]


def names_in(session: Session, article_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The names of each article as it writes them."""
    statement = select(Mention.article_id, Mention.shown).where(Mention.article_id.in_(article_ids))
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(statement.order_by(Mention.article_id, Mention.name_id)):
        found[row.article_id].append(row.shown)
    return found


def _has_word(beginning: str) -> ColumnElement[bool]:
    return or_(
        Name.key.startswith(beginning, autoescape=True),
        Name.key.contains(f" {beginning}", autoescape=True),
        Name.id.in_(select(Mention.name_id).where(Mention.shown.istartswith(beginning, autoescape=True))),
    )


def _spellings(session: Session, name_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    counted = func.count()
    statement = (
        select(Mention.name_id, Mention.shown)
        .where(Mention.name_id.in_(name_ids))
        .group_by(Mention.name_id, Mention.shown)
        .order_by(Mention.name_id, counted.desc(), Mention.shown)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(statement):
        if len(found[row.name_id]) < MOST_SPELLINGS:
            found[row.name_id].append(row.shown)
    return found
