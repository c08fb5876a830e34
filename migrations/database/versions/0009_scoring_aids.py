"""A score that replaces one keeps it, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('scores', sa.Column('replaced_value', sa.Integer(), nullable=True))
    op.add_column('scores', sa.Column('replaced_reason', sa.LargeBinary(), nullable=True))
    op.add_column('scores', sa.Column('replaced_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('scores', 'replaced_at')
    op.drop_column('scores', 'replaced_reason')
    op.drop_column('scores', 'replaced_value')
