"""What a body calls its service, from whom its mail comes, and at which hour the morning's mail comes."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('organisations', sa.Column('service_name', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    op.add_column('organisations', sa.Column('sender_name', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    op.add_column('installation', sa.Column('digest_hour', sa.Integer(), server_default=sa.text('7'), nullable=False))


def downgrade() -> None:
    op.drop_column('installation', 'digest_hour')
    op.drop_column('organisations', 'sender_name')
    op.drop_column('organisations', 'service_name')
