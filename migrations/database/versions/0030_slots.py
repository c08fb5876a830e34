"""Times that candidates choose among, and their appointments."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('slot_plans',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('change_hours', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'stage_position'], ['stages.campaign_id', 'stages.position'], name=op.f('fk_slot_plans_campaign_id_stage_position_stages')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_slot_plans_made_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'stage_position', name=op.f('pk_slot_plans'))
    )
    op.create_table('slots',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('begins', sa.String(length=200), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('offered_by', sa.Uuid(), nullable=False),
    sa.Column('offered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'stage_position'], ['stages.campaign_id', 'stages.position'], name=op.f('fk_slots_campaign_id_stage_position_stages')),
    sa.ForeignKeyConstraint(['offered_by'], ['people.id'], name=op.f('fk_slots_offered_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_slots'))
    )
    op.create_index('ix_slots_stage', 'slots', ['campaign_id', 'stage_position'], unique=False)
    op.create_table('appointments',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('adjustments', sa.LargeBinary(), nullable=True),
    sa.Column('slot_id', sa.Uuid(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('begins', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('calendar_key', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('came', sa.Boolean(), nullable=True),
    sa.Column('came_recorded_by', sa.Uuid(), nullable=True),
    sa.Column('came_recorded_at', sa.DateTime(), nullable=True),
    sa.Column('invited_by', sa.Uuid(), nullable=False),
    sa.Column('invited_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['came_recorded_by'], ['people.id'], name=op.f('fk_appointments_came_recorded_by_people')),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_appointments_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['campaign_id', 'slot_id'], ['slots.campaign_id', 'slots.id'], name=op.f('fk_appointments_campaign_id_slot_id_slots')),
    sa.ForeignKeyConstraint(['campaign_id', 'stage_position'], ['stages.campaign_id', 'stages.position'], name=op.f('fk_appointments_campaign_id_stage_position_stages')),
    sa.ForeignKeyConstraint(['invited_by'], ['people.id'], name=op.f('fk_appointments_invited_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'stage_position', name=op.f('pk_appointments'))
    )
    op.create_index('ix_appointments_slot', 'appointments', ['campaign_id', 'slot_id'], unique=False)
    op.add_column('bookings', sa.Column('minutes', sa.Integer(), server_default=sa.text('0'), nullable=False))


def downgrade() -> None:
    op.drop_column('bookings', 'minutes')
    op.drop_index('ix_appointments_slot', table_name='appointments')
    op.drop_table('appointments')
    op.drop_index('ix_slots_stage', table_name='slots')
    op.drop_table('slots')
    op.drop_table('slot_plans')
