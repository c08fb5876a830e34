"""Marks of tests and assessment days, with the rule fixed before them."""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stage_markings',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('full', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('fixed_by', sa.Uuid(), nullable=False),
    sa.Column('fixed_at', sa.DateTime(), nullable=False),
    sa.Column('was_held', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('closed_by', sa.Uuid(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'stage_position'], ['stages.campaign_id', 'stages.position'], name=op.f('fk_stage_markings_campaign_id_stage_position_stages')),
    sa.ForeignKeyConstraint(['closed_by'], ['people.id'], name=op.f('fk_stage_markings_closed_by_people')),
    sa.ForeignKeyConstraint(['fixed_by'], ['people.id'], name=op.f('fk_stage_markings_fixed_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'stage_position', name=op.f('pk_stage_markings'))
    )
    op.create_table('stage_marks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Integer(), nullable=True),
    sa.Column('entered_by', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_stage_marks_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['campaign_id', 'stage_position'], ['stage_markings.campaign_id', 'stage_markings.stage_position'], name='fk_stage_marks_stage_markings'),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_stage_marks_entered_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'stage_position', name=op.f('pk_stage_marks'))
    )


def downgrade() -> None:
    op.drop_table('stage_marks')
    op.drop_table('stage_markings')
