"""Wordings of letters may have a Welsh one beside them."""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('letter_wordings', sa.Column('welsh_subject', sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column('letter_wordings', sa.Column('welsh_body', sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    op.drop_column('letter_wordings', 'welsh_body')
    op.drop_column('letter_wordings', 'welsh_subject')
