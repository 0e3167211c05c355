"""every shape of source

Follows 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import storage.types

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('push',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body_digest', sa.String(length=64), nullable=True),
    sa.Column('content_type', sa.Text(), nullable=False),
    sa.Column('next_attempt_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_digest'], ['body.digest'], ),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('push', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_push_body_digest'), ['body_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_push_source_id'), ['source_id'], unique=False)

    op.create_table('subscription',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hub', sa.Text(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('next_attempt_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('until', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_push', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('lease_until', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('source_id'),
    sa.UniqueConstraint('token')
    )
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_next_attempt_at'), ['next_attempt_at'], unique=False)

    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cut', sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column('etag', sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column('last_modified', sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column('next_look', storage.types.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('looks', sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f('ix_article_body_digest'), ['body_digest'], unique=False)
        batch_op.create_index('ix_article_lease_until', ['lease_until'], unique=False, sqlite_where=sa.text('lease_until IS NOT NULL'), postgresql_where=sa.text('lease_until IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_article_next_look'), ['next_look'], unique=False)

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index('ix_delivery_lease_until', ['lease_until'], unique=False, sqlite_where=sa.text('lease_until IS NOT NULL'), postgresql_where=sa.text('lease_until IS NOT NULL'))

    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fallback_hash', sa.String(length=64), server_default="", nullable=False))
        batch_op.create_index('ix_entry_source_id_fallback_hash', ['source_id', 'fallback_hash'], unique=False)

    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), server_default="feed", nullable=False))
        batch_op.add_column(sa.Column('links', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column('habits', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column('memory', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), server_default="{}", nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.drop_column('memory')
        batch_op.drop_column('habits')
        batch_op.drop_column('links')
        batch_op.drop_column('kind')

    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index('ix_entry_source_id_fallback_hash')
        batch_op.drop_column('fallback_hash')

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_delivery_lease_until', sqlite_where=sa.text('lease_until IS NOT NULL'), postgresql_where=sa.text('lease_until IS NOT NULL'))

    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_next_look'))
        batch_op.drop_index('ix_article_lease_until', sqlite_where=sa.text('lease_until IS NOT NULL'), postgresql_where=sa.text('lease_until IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_article_body_digest'))
        batch_op.drop_column('looks')
        batch_op.drop_column('next_look')
        batch_op.drop_column('last_modified')
        batch_op.drop_column('etag')
        batch_op.drop_column('cut')

    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscription_next_attempt_at'))

    op.drop_table('subscription')
    with op.batch_alter_table('push', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_push_source_id'))
        batch_op.drop_index(batch_op.f('ix_push_body_digest'))

    op.drop_table('push')
