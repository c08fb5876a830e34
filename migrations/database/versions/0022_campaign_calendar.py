"""Dates of a campaign's steps that were set by hand."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('campaigns', sa.Column('planned_dates', sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column('campaigns', 'planned_dates')
