"""The checklist after a campaign, and the actions and plans that follow from it."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('action_plans',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('indicators', sa.Text(), nullable=False),
    sa.Column('sources', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_action_plans_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_action_plans_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_plans'))
    )
    op.create_index(op.f('ix_action_plans_organisation_id'), 'action_plans', ['organisation_id'], unique=False)
    op.create_table('checklist_templates',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('own', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_checklist_templates_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_checklist_templates_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_checklist_templates'))
    )
    op.create_table('actions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True),
    sa.Column('objective', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('lead', sa.String(length=200), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=200), nullable=False),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_actions_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['changed_by'], ['people.id'], name=op.f('fk_actions_changed_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_actions_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['plan_id'], ['action_plans.id'], name=op.f('fk_actions_plan_id_action_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actions'))
    )
    op.create_index(op.f('ix_actions_organisation_id_actions_status'), 'actions', ['organisation_id', 'status'], unique=False)
    op.create_index(op.f('ix_actions_plan_id'), 'actions', ['plan_id'], unique=False)
    op.create_table('quality_entries',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(length=200), nullable=False),
    sa.Column('settled', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_quality_entries_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_quality_entries_entered_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'item', name=op.f('pk_quality_entries'))
    )
    op.create_table('quality_signatures',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('template_version', sa.Integer(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('signed_by', sa.Uuid(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_quality_signatures_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['signed_by'], ['people.id'], name=op.f('fk_quality_signatures_signed_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_quality_signatures'))
    )


def downgrade() -> None:
    op.drop_table('quality_signatures')
    op.drop_table('quality_entries')
    op.drop_index(op.f('ix_actions_plan_id'), table_name='actions')
    op.drop_index(op.f('ix_actions_organisation_id_actions_status'), table_name='actions')
    op.drop_table('actions')
    op.drop_table('checklist_templates')
    op.drop_index(op.f('ix_action_plans_organisation_id'), table_name='action_plans')
    op.drop_table('action_plans')
