"""When a body's reporting year ends."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('organisations', sa.Column('year_end', sa.Integer(), server_default=sa.text('3'), nullable=False))


def downgrade() -> None:
    op.drop_column('organisations', 'year_end')
