"""Groups of a body, what each gets and when, the reports made for them, and sheets of the Equality Delivery System."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('eds_sheets',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.String(length=200), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('scored', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('given_to', sa.String(length=200), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('given_at', sa.DateTime(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['given_by'], ['people.id'], name=op.f('fk_eds_sheets_given_by_people')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_eds_sheets_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_eds_sheets_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_eds_sheets'))
    )
    op.create_index(op.f('ix_eds_sheets_organisation_id'), 'eds_sheets', ['organisation_id'], unique=False)
    op.create_table('governance_groups',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_governance_groups_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_governance_groups_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_governance_groups'))
    )
    op.create_index(op.f('ix_governance_groups_organisation_id'), 'governance_groups', ['organisation_id'], unique=False)
    op.create_table('calendar_entries',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('rhythm', sa.String(length=200), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('has_figures', sa.Boolean(), nullable=False),
    sa.Column('has_actions', sa.Boolean(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=True),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['governance_groups.id'], name=op.f('fk_calendar_entries_group_id_governance_groups')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_calendar_entries_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_calendar_entries_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['plan_id'], ['action_plans.id'], name=op.f('fk_calendar_entries_plan_id_action_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_entries'))
    )
    op.create_index(op.f('ix_calendar_entries_group_id'), 'calendar_entries', ['group_id'], unique=False)
    op.create_index(op.f('ix_calendar_entries_organisation_id'), 'calendar_entries', ['organisation_id'], unique=False)
    op.create_table('group_reports',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('given_note', sa.Text(), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('given_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['calendar_entries.id'], name=op.f('fk_group_reports_entry_id_calendar_entries')),
    sa.ForeignKeyConstraint(['given_by'], ['people.id'], name=op.f('fk_group_reports_given_by_people')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_group_reports_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_group_reports_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_reports'))
    )
    op.create_index(op.f('ix_group_reports_organisation_id_group_reports_entry_id'), 'group_reports', ['organisation_id', 'entry_id'], unique=False)
    op.create_table('left_out_reports',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('left_out_by', sa.Uuid(), nullable=False),
    sa.Column('left_out_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['calendar_entries.id'], name=op.f('fk_left_out_reports_entry_id_calendar_entries')),
    sa.ForeignKeyConstraint(['left_out_by'], ['people.id'], name=op.f('fk_left_out_reports_left_out_by_people')),
    sa.PrimaryKeyConstraint('entry_id', 'period_until', name=op.f('pk_left_out_reports'))
    )


def downgrade() -> None:
    op.drop_table('left_out_reports')
    op.drop_index(op.f('ix_group_reports_organisation_id_group_reports_entry_id'), table_name='group_reports')
    op.drop_table('group_reports')
    op.drop_index(op.f('ix_calendar_entries_organisation_id'), table_name='calendar_entries')
    op.drop_index(op.f('ix_calendar_entries_group_id'), table_name='calendar_entries')
    op.drop_table('calendar_entries')
    op.drop_index(op.f('ix_governance_groups_organisation_id'), table_name='governance_groups')
    op.drop_table('governance_groups')
    op.drop_index(op.f('ix_eds_sheets_organisation_id'), table_name='eds_sheets')
    op.drop_table('eds_sheets')
