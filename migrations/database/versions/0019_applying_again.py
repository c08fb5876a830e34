"""Whose an application was that was withdrawn and replaced by another before the closing time."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('applications', sa.Column('earlier_candidate_id', sa.Uuid(), nullable=True))
    op.create_index(op.f('ix_applications_earlier_candidate_id'), 'applications', ['earlier_candidate_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_applications_earlier_candidate_id'), table_name='applications')
    op.drop_column('applications', 'earlier_candidate_id')
