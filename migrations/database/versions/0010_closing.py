"""A campaign is closed by its signed checklist; what was agreed of adjustments is kept, sealed."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('campaigns', sa.Column('closed_at', sa.DateTime(), nullable=True))
    op.execute(
        'UPDATE campaigns SET closed_at = (SELECT signed_at FROM quality_signatures '
        'WHERE quality_signatures.campaign_id = campaigns.id)'
    )
    op.drop_index(op.f('ix_campaigns_organisation_id_campaigns_state'), table_name='campaigns')
    op.create_index(
        op.f('ix_campaigns_organisation_id_campaigns_state_campaigns_closed_at'),
        'campaigns',
        ['organisation_id', 'state', 'closed_at'],
    )
    op.create_table(
        'agreed_adjustments',
        sa.Column('campaign_id', sa.Uuid(), nullable=False),
        sa.Column('blob', sa.LargeBinary(), nullable=False),
        sa.Column('applications', sa.Integer(), nullable=False),
        sa.Column('is_answered', sa.Boolean(), nullable=False),
        sa.Column('is_made', sa.Boolean(), nullable=False),
        sa.Column('entered_by', sa.Uuid(), nullable=False),
        sa.Column('entered_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['campaign_id'], ['campaigns.id'], name=op.f('fk_agreed_adjustments_campaign_id_campaigns')
        ),
        sa.ForeignKeyConstraint(
            ['entered_by'], ['people.id'], name=op.f('fk_agreed_adjustments_entered_by_people')
        ),
        sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_agreed_adjustments')),
    )


def downgrade() -> None:
    op.drop_table('agreed_adjustments')
    op.drop_index(op.f('ix_campaigns_organisation_id_campaigns_state_campaigns_closed_at'), table_name='campaigns')
    op.create_index(
        op.f('ix_campaigns_organisation_id_campaigns_state'), 'campaigns', ['organisation_id', 'state']
    )
    op.drop_column('campaigns', 'closed_at')
