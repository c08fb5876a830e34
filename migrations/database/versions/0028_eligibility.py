"""What campaigns require of candidates, and what the check found."""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('eligibility_requirements',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('requirement', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_eligibility_requirements_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'requirement', name=op.f('pk_eligibility_requirements'))
    )
    op.create_table('eligibility_checks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('checked_by', sa.Uuid(), nullable=False),
    sa.Column('checked_at', sa.DateTime(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_eligibility_checks_campaign_id_applications')),
    sa.ForeignKeyConstraint(['checked_by'], ['people.id'], name=op.f('fk_eligibility_checks_checked_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_eligibility_checks'))
    )


def downgrade() -> None:
    op.drop_table('eligibility_checks')
    op.drop_table('eligibility_requirements')
