"""stories that live long

Follows 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import storage.types
from storage import search

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('story_change',
    sa.Column('id', ID, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=16), nullable=False),
    sa.Column('story_id', ID, nullable=False),
    sa.Column('other_id', ID, nullable=False),
    sa.Column('articles', JSON, nullable=False),
    sa.Column('detail', JSON, nullable=False),
    sa.Column('undone', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['other_id'], ['story.id'], ),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_story_change_other_id'), 'story_change', ['other_id'], unique=False)
    op.create_index(op.f('ix_story_change_story_id'), 'story_change', ['story_id'], unique=False)

    op.create_table('story_key',
    sa.Column('story_id', ID, nullable=False),
    sa.Column('term', sa.String(length=200), nullable=False),
    sa.Column('first', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('last', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('story_id', 'term')
    )
    op.create_index('ix_story_key_term_last', 'story_key', ['term', 'last'], unique=False)

    op.drop_table('story_term')
    # Articles are compared in another way now, and names have other keys: `worker/steps/renew.py` works all this out
    # again. It knows by `described`, which is 0, which stories are still to be done.
    op.execute("DELETE FROM band")
    op.execute("DELETE FROM mention")
    op.execute("DELETE FROM name")
    op.execute("DELETE FROM term")
    op.execute("UPDATE article SET profile = '{}'")

    op.add_column('article', sa.Column('subjects', JSON, server_default="[]", nullable=False))
    op.add_column('article', sa.Column('part_of', ID, sa.ForeignKey('article.id'), nullable=True), inline_references=True)
    op.add_column('article', sa.Column('indexed_revision', sa.Integer(), server_default="0", nullable=False))
    op.create_index(op.f('ix_article_part_of'), 'article', ['part_of'], unique=False)
    op.create_index('ix_article_unindexed', 'article', ['id'], unique=False, sqlite_where=sa.text('indexed_revision <> revision'), postgresql_where=sa.text('indexed_revision <> revision'))

    op.add_column('story', sa.Column('summary', JSON, server_default="[]", nullable=False))
    op.add_column('story', sa.Column('centre', JSON, server_default="{}", nullable=False))
    op.add_column('story', sa.Column('described', sa.Integer(), server_default="0", nullable=False))
    op.create_index('ix_story_undescribed', 'story', ['id'], unique=False, sqlite_where=sa.text('described <> articles'), postgresql_where=sa.text('described <> articles'))
    op.add_column('story', sa.Column('merged_into', ID, sa.ForeignKey('story.id'), nullable=True), inline_references=True)
    op.create_index(op.f('ix_story_merged_into'), 'story', ['merged_into'], unique=False)
    search.create(op.get_bind())


def downgrade() -> None:
    search.drop(op.get_bind())
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index('ix_story_undescribed')
        batch_op.drop_index(batch_op.f('ix_story_merged_into'))
        batch_op.drop_column('described')
        batch_op.drop_column('merged_into')
        batch_op.drop_column('centre')
        batch_op.drop_column('summary')

    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_index('ix_article_unindexed')
        batch_op.drop_index(batch_op.f('ix_article_part_of'))
        batch_op.drop_column('indexed_revision')
        batch_op.drop_column('part_of')
        batch_op.drop_column('subjects')

    op.create_table('story_term',
    sa.Column('term', sa.String(length=200), nullable=False),
    sa.Column('story_id', ID, nullable=False),
    sa.Column('weight', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('term', 'story_id')
    )
    op.create_index(op.f('ix_story_term_story_id'), 'story_term', ['story_id'], unique=False)
    op.drop_table('story_key')
    op.drop_table('story_change')
