"""Closing times that moved, for everybody or for one candidate."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('closing_requests',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=True),
    sa.Column('code', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('ground', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('closed_before', sa.DateTime(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('told_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_closing_requests_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_closing_requests_candidate_id_candidates')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_closing_requests_decided_by_people')),
    sa.ForeignKeyConstraint(['proposed_by'], ['people.id'], name=op.f('fk_closing_requests_proposed_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_closing_requests'))
    )
    op.create_index(op.f('ix_closing_requests_candidate_id'), 'closing_requests', ['candidate_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_closing_requests_candidate_id'), table_name='closing_requests')
    op.drop_table('closing_requests')
