"""endings in search

Follows 0004.
"""

from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of languages other than English, articles have more terms now: `worker/steps/tidy.py` works them out again. Until
    # then they are found by those they have, and whoever must miss none knows that they are behind.
    op.execute("UPDATE article SET indexed_revision = -1 WHERE indexed_revision > 0 AND language NOT IN ('', 'en')")


def downgrade() -> None:
    """Terms that are too many do no harm; those still to be worked out are worked out by the version before."""
