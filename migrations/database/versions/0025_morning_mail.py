"""Who stopped the morning mail for themselves."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('people', sa.Column('morning_mail_off_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('people', 'morning_mail_off_at')
