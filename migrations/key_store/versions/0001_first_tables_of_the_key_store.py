"""First tables of the key store."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity',
    sa.Column('installation_id', sa.Uuid(), nullable=False),
    sa.Column('private_check', sa.LargeBinary(), nullable=False),
    sa.Column('working_check', sa.LargeBinary(), nullable=False),
    sa.Column('recovery', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('installation_id', name=op.f('pk_identity'))
    )
    op.create_table('private_keys',
    sa.Column('scope_id', sa.Uuid(), nullable=False),
    sa.Column('compartment', sa.String(length=200), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('scope_id', 'compartment', name=op.f('pk_private_keys'))
    )
    op.create_table('working_keys',
    sa.Column('scope_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=200), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('scope_id', 'purpose', name=op.f('pk_working_keys'))
    )


def downgrade() -> None:
    op.drop_table('working_keys')
    op.drop_table('private_keys')
    op.drop_table('identity')
