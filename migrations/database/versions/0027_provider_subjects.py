"""By what the body's account provider knows a member of staff."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('people', sa.Column('provider_subject', sa.String(length=200), nullable=True))
    op.create_index(op.f('ix_people_provider_subject'), 'people', ['provider_subject'], unique=True)


def downgrade() -> None:
    op.drop_index(op.f('ix_people_provider_subject'), table_name='people')
    op.drop_column('people', 'provider_subject')
