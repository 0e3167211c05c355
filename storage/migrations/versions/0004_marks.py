"""marks

Follows 0003.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('mark',
    sa.Column('id', ID, nullable=False),
    sa.Column('article_id', ID, nullable=False),
    sa.Column('topic', sa.String(length=100), nullable=False),
    sa.Column('is_right', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('created', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('article_id', 'topic')
    )
    op.create_index(op.f('ix_mark_topic'), 'mark', ['topic'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_mark_topic'), table_name='mark')
    op.drop_table('mark')
