"""Imports that are repeated: fingerprints of imported rows, and the mapping that a campaign used last."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('applications', sa.Column('import_fingerprints', sa.LargeBinary(), nullable=True))
    op.add_column('campaigns', sa.Column('import_mapping', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('campaigns', 'import_mapping')
    op.drop_column('applications', 'import_fingerprints')
