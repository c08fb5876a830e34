"""What candidates asked for by right, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rights_requests',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True),
    sa.Column('application_id', sa.Uuid(), nullable=True),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_rights_requests_answered_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_rights_requests_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_rights_requests_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_requests'))
    )
    op.create_index(op.f('ix_rights_requests_candidate_id'), 'rights_requests', ['candidate_id'], unique=False)
    op.create_index(op.f('ix_rights_requests_organisation_id_rights_requests_standing'), 'rights_requests', ['organisation_id', 'standing'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_rights_requests_organisation_id_rights_requests_standing'), table_name='rights_requests')
    op.drop_index(op.f('ix_rights_requests_candidate_id'), table_name='rights_requests')
    op.drop_table('rights_requests')
