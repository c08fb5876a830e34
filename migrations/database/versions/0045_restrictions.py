"""An application may be stored and not used, by right; requests keep why, and when their candidate was told."""

import sqlalchemy as sa
from alembic import op


revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime()
    op.add_column('applications', sa.Column('restricted_at', moment, nullable=True))
    op.add_column('rights_requests', sa.Column('ground', sa.String(length=200), nullable=True))
    op.add_column('rights_requests', sa.Column('told_at', moment, nullable=True))
    op.add_column('rights_requests', sa.Column('ends_at', moment, nullable=True))


def downgrade() -> None:
    op.drop_column('rights_requests', 'ends_at')
    op.drop_column('rights_requests', 'told_at')
    op.drop_column('rights_requests', 'ground')
    op.drop_column('applications', 'restricted_at')
