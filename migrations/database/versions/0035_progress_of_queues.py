"""Whether an allocation has all its scores is kept with it, so that a long queue counts itself quickly."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

COMPLETE = """
UPDATE allocations SET is_complete = true WHERE EXISTS (
    SELECT 1 FROM answers a WHERE a.campaign_id = allocations.campaign_id AND a.id = allocations.answer_id
    AND NOT EXISTS (
        SELECT 1 FROM question_criteria q WHERE q.campaign_id = a.campaign_id AND q.question_id = a.question_id
        AND NOT EXISTS (
            SELECT 1 FROM scores s WHERE s.campaign_id = a.campaign_id AND s.allocation_id = allocations.id
            AND s.criterion_id = q.criterion_id
        )
    )
)
"""


def upgrade() -> None:
    op.add_column('allocations', sa.Column('is_complete', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(COMPLETE)
    op.create_index('ix_allocations_progress', 'allocations', ['campaign_id', 'person_id', 'state', 'is_complete', 'position'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_allocations_progress', table_name='allocations')
    op.drop_column('allocations', 'is_complete')
