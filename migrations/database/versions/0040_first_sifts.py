"""A first sift on a lead criterion, and who went past it."""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('first_sifts',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('named_by', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(), nullable=False),
    sa.Column('was_held', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_first_sifts_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_first_sifts_campaign_id_criterion_id_criteria')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_first_sifts_decided_by_people')),
    sa.ForeignKeyConstraint(['named_by'], ['people.id'], name=op.f('fk_first_sifts_named_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_first_sifts'))
    )
    op.create_table('first_sift_results',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('is_past', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_first_sift_results_campaign_id_application_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_first_sift_results'))
    )
    op.add_column('allocations', sa.Column('is_locked', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column('allocations', 'is_locked')
    op.drop_table('first_sift_results')
    op.drop_table('first_sifts')
