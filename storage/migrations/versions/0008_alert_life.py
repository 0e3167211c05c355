"""the life of an alert

Follows 0007.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
TIME = storage.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('digest',
    sa.Column('id', ID, nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('topic', sa.String(length=100), nullable=False),
    sa.Column('channel', sa.String(length=100), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('created', TIME, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key'),
    sa.UniqueConstraint('topic', 'channel', 'day')
    )
    op.create_table('hush',
    sa.Column('topic', sa.String(length=100), nullable=False),
    sa.Column('story_id', ID, nullable=False),
    sa.Column('until', TIME, nullable=True),
    sa.Column('created', TIME, nullable=False),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], ),
    sa.PrimaryKeyConstraint('topic', 'story_id')
    )
    op.create_index(op.f('ix_hush_story_id'), 'hush', ['story_id'], unique=False)
    op.create_table('channel_trouble',
    sa.Column('channel', sa.String(length=100), nullable=False),
    sa.Column('given_up', sa.Integer(), nullable=False),
    sa.Column('since', TIME, nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('dead_since', TIME, nullable=True),
    sa.Column('next_probe', TIME, nullable=True),
    sa.Column('written', sa.String(length=64), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('channel')
    )
    op.create_table('outage',
    sa.Column('topic', sa.String(length=100), nullable=False),
    sa.Column('began', TIME, nullable=False),
    sa.PrimaryKeyConstraint('topic')
    )
    op.add_column('alert', sa.Column('acknowledged', TIME, nullable=True))
    with op.batch_alter_table('delivery') as batch_op:
        batch_op.add_column(sa.Column('sent_with', ID, nullable=True))
        batch_op.add_column(sa.Column('thread', sa.String(length=64), server_default='', nullable=False))
        batch_op.add_column(sa.Column('number', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('handle', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('digest_at', TIME, nullable=True))
        batch_op.add_column(sa.Column('digest_id', ID, nullable=True))
        batch_op.create_foreign_key('fk_delivery_sent_with', 'delivery', ['sent_with'], ['id'])
        batch_op.create_foreign_key('fk_delivery_digest_id', 'digest', ['digest_id'], ['id'])
    op.create_index(op.f('ix_delivery_sent_with'), 'delivery', ['sent_with'], unique=False)
    op.create_index(op.f('ix_delivery_digest_id'), 'delivery', ['digest_id'], unique=False)


def downgrade() -> None:
    """The version before knows no messages of several alerts, and none that a reader did not want: they are given up."""
    op.execute("UPDATE delivery SET status = 'dead', last_error = 'muted' WHERE status = 'muted'")
    op.drop_index(op.f('ix_delivery_digest_id'), table_name='delivery')
    op.drop_index(op.f('ix_delivery_sent_with'), table_name='delivery')
    with op.batch_alter_table('delivery') as batch_op:
        batch_op.drop_constraint('fk_delivery_digest_id', type_='foreignkey')
        batch_op.drop_constraint('fk_delivery_sent_with', type_='foreignkey')
        for column in ('digest_id', 'digest_at', 'handle', 'number', 'thread', 'sent_with'):
            batch_op.drop_column(column)
    with op.batch_alter_table('alert') as batch_op:
        batch_op.drop_column('acknowledged')
    for table in ('outage', 'channel_trouble', 'hush', 'digest'):
        op.drop_table(table)
