"""names in their cases

Follows 0005.
"""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Names are joined in more of their forms, and stories are also found by how names sound: what was counted and
    # listed before cannot be compared any more. `worker/steps/renew.py` works it out again before anything is read.
    op.execute("DELETE FROM band")
    op.execute("DELETE FROM mention")
    op.execute("DELETE FROM name")
    op.execute("DELETE FROM term")
    op.execute("DELETE FROM story_key")
    op.execute("UPDATE article SET profile = '{}'")
    op.execute("UPDATE story SET described = 0, centre = '{}'")


def downgrade() -> None:
    """The version before can take what is there; what is still to be worked out it works out in its own way."""
